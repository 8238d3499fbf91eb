/**
 * How GeoReport v2 answers: the same content as JSON or XML, and faults as a list of code and description.
 * Source: https://wiki.open311.org/GeoReport_v2/
 */
export type Format = 'json' | 'xml';
type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

const contentTypes: Record<Format, string> = {
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
};

/** Both languages: [Chinese, English]. `{x}` is filled from the fault's values. */
export const faultWords = {
  off: ['此接口没有开放', 'This interface is not switched on'],
  key_needed: ['缺少 api_key', 'api_key is missing'],
  key_refused: ['api_key 无效或没有这项权限', 'api_key is not valid or lacks this right'],
  jurisdiction_needed: ['缺少 jurisdiction_id', 'jurisdiction_id is missing'],
  jurisdiction_unknown: ['没有这个 jurisdiction_id', 'jurisdiction_id is unknown'],
  service_needed: ['缺少 service_code', 'service_code is missing'],
  service_unknown: ['没有这个 service_code：{value}', 'service_code is unknown: {value}'],
  request_unknown: ['没有找到这个编号', 'This service_request_id was not found'],
  place_needed: [
    '缺少地点：给 lat 和 long，或 address_id，或 address_string',
    'A place is missing: give lat and long, or address_id, or address_string',
  ],
  place_bad: ['lat 或 long 不对', 'lat or long is wrong'],
  place_far: ['{km} 公里内没有本集团的工地', 'No site of this group within {km} km'],
  address_unknown: [
    'address_id 或 address_string 没有对应的工地',
    'address_id or address_string names no site of this group',
  ],
  too_long: ['{field} 太长，最多 {most} 个字符', '{field} is too long; at most {most} characters'],
  bad_date: ['{field} 不是 ISO 8601 时间', '{field} is no ISO 8601 time'],
  bad_range: ['起止时间颠倒或超过 90 天', 'The dates are reversed or more than 90 days apart'],
  bad_status: ['status 只能是 open 或 closed', 'status is open or closed'],
  bad_page: ['page 或 page_size 不对', 'page or page_size is wrong'],
  bad_text: ['{field} 里有不能保存的字符', '{field} holds a character that cannot be kept'],
  other_site: ['这个 api_key 只用于另一个工地', 'This api_key is for another site'],
  too_busy: ['请求太快，请稍后再来', 'Too many requests; come back later'],
  bad_body: ['内容太大或格式不对', 'The body is too large or not a form'],
  internal: ['服务器出错', 'Something went wrong on the server'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

/** A fault as the standard has it: `status` is 400, 403 or 404, and 429 for haste. */
export class GeoFault extends Error {
  readonly status: number;
  readonly code: keyof typeof faultWords;
  readonly values: Record<string, string | number>;
  constructor(status: number, code: keyof typeof faultWords, values: Record<string, string | number> = {}) {
    super(code);
    this.name = 'GeoFault';
    this.status = status;
    this.code = code;
    this.values = values;
  }
}

export type Locale = 'zh-CN' | 'en';
export const inWords = (
  pair: readonly [string, string],
  locale: Locale,
  values: Record<string, unknown> = {},
): string => pair[locale === 'en' ? 1 : 0].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

// Characters that XML 1.0 cannot hold are left out: no client could read the answer otherwise.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out.
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string): string =>
  text.replace(unreadable, '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const element = (name: string, value: Value): string =>
  value === null ? `<${name}/>` : `<${name}>${escaped(String(value))}</${name}>`;

const rowXml = (name: string, row: Row): string =>
  `<${name}>${Object.entries(row)
    .map(([key, value]) => element(key, value))
    .join('')}</${name}>`;

export interface Said {
  type: string;
  body: string;
}

/** A list: an array in JSON, `<root><item>…</item></root>` in XML. */
export function sayList(format: Format, root: string, item: string, rows: Row[]): Said {
  const body =
    format === 'json'
      ? JSON.stringify(rows)
      : `<?xml version="1.0" encoding="utf-8"?>\n<${root}>${rows.map((row) => rowXml(item, row)).join('')}</${root}>`;
  return { type: contentTypes[format], body };
}

/** The fields of one service: ours have none beyond the standard's own. */
export function sayDefinition(format: Format, code: string): Said {
  const body =
    format === 'json'
      ? JSON.stringify({ service_code: code, attributes: [] })
      : `<?xml version="1.0" encoding="utf-8"?>\n<service_definition>${element('service_code', code)}<attributes/></service_definition>`;
  return { type: contentTypes[format], body };
}

export const sayFault = (format: Format, status: number, description: string): Said =>
  sayList(format, 'errors', 'error', [{ code: status, description }]);
