/** What in a 转办摘要 could give a confidential requester away (rules 6). Warnings, not a gate: a person decides. */
export interface Revealing {
  kind: 'crew' | 'bed' | 'time' | 'number' | 'name' | 'copied';
  found: string;
}

const patterns: readonly [Revealing['kind'], RegExp][] = [
  [
    'crew',
    /[\p{Script=Han}]{1,3}班组|(?:钢筋|木工|瓦工|架子工?|电工|焊工|水电|盾构|混凝土|白|夜|中)[一二三四五六\d]?班|(?:crew|gang|shift)\s*\w*/iu,
  ],
  ['bed', /\d+\s*号?床|[上下]铺|\d+\s*号楼|\d{2,4}\s*(?:室|房|号房)|\b(?:bed|room|bunk)\s*\d*/iu],
  [
    'time',
    /\d{1,2}\s*[:：]\s*\d{2}|\d{1,2}\s*[点时](?:半|\d{1,2}分?)?|[一二两三四五六七八九十]{1,3}点(?:半|多)?|凌晨|半夜|中午|傍晚/u,
  ],
  ['number', /1\d{10}|\b\d{3,4}[- ]\d{4,8}\b/u],
];
/** Words in a row that count as copied. */
const copiedLength = 12;

function copiedFrom(original: string, summary: string): string | null {
  const source = original.replace(/\s+/g, '');
  const text = summary.replace(/\s+/g, '');
  for (let start = 0; start + copiedLength <= text.length; start += 1) {
    const part = text.slice(start, start + copiedLength);
    if (source.includes(part)) return part;
  }
  return null;
}

export function revealing(summary: string, original: string | null, requesterLabel: string | null): Revealing[] {
  const found: Revealing[] = [];
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(summary);
    if (match) found.push({ kind, found: match[0] });
  }
  if (requesterLabel && requesterLabel.length > 1 && summary.includes(requesterLabel))
    found.push({ kind: 'name', found: requesterLabel });
  const copied = original ? copiedFrom(original, summary) : null;
  if (copied) found.push({ kind: 'copied', found: copied });
  return found;
}
