import { createHmac } from 'node:crypto';
import { post } from './posting.ts';
import { type Letter, type Outcome, type Outlet, shortened, type Way } from './way.ts';

const hmacBase64 = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');
const json = { 'content-type': 'application/json; charset=utf-8' };

interface Said {
  errcode?: number;
  code?: number;
  StatusCode?: number;
}

/**
 * All three answer 200 and say in the body whether it was taken.
 * @param busy codes for "too fast": tried again; @param wrong codes that say the signature or address is wrong
 */
function judgeBy(codeOf: (said: Said) => number | undefined, busy: number[], wrong: number[]) {
  return (text: string): Outcome => {
    let said: Said | null = null;
    try {
      said = JSON.parse(text) as Said;
    } catch {
      // No robot answers so: a proxy on the way, perhaps. Tried again.
    }
    const code = said === null ? undefined : codeOf(said);
    const answer = shortened(text);
    if (code === 0) return { sent: true, answer };
    // A minute's allowance is used up (WeCom and DingTalk 20, Feishu 100); the next minute has a new one.
    if (code !== undefined && busy.includes(code))
      return { sent: false, again: true, reason: 'too_fast', answer, waitMs: 60_000 };
    if (code !== undefined && wrong.includes(code))
      return { sent: false, again: false, reason: 'wrong_secret', answer };
    return code === undefined || code === -1
      ? { sent: false, again: true, reason: 'later', answer }
      : { sent: false, again: false, reason: 'refused', answer };
  };
}

const send = (
  { settings }: Outlet,
  letter: Letter,
  url: string | undefined,
  body: object,
  judge: (text: string) => Outcome,
) =>
  post(
    {
      url,
      body: JSON.stringify(body),
      at: letter.at,
      allowPrivate: settings.allowPrivate ?? false,
      ca: settings.ca,
      headers: json,
    },
    judge,
  );

/** 企业微信群机器人: the key stands in the address. 45009 too fast; 93000 the address is not known. */
export const byWecom: Way = (outlet, letter) =>
  send(
    outlet,
    letter,
    outlet.secrets.url,
    { msgtype: 'text', text: { content: letter.text } },
    judgeBy(({ errcode }) => errcode, [45009], [93000]),
  );

/**
 * 钉钉自定义机器人: `timestamp` (ms) and `sign` = base64(HMAC-SHA256(secret, timestamp LF secret)) in the address.
 * 130101 too fast; 310000 signature, key word or address list; 300005 the token is not known.
 */
export const byDingtalk: Way = (outlet, letter) => {
  const { url, signingKey } = outlet.secrets;
  let address = url;
  if (url && URL.canParse(url) && signingKey) {
    const timestamp = String(letter.at.getTime());
    const signed = new URL(url);
    signed.searchParams.set('timestamp', timestamp);
    signed.searchParams.set('sign', hmacBase64(signingKey, `${timestamp}\n${signingKey}`));
    address = signed.toString();
  }
  return send(
    outlet,
    letter,
    address,
    { msgtype: 'text', text: { content: letter.text } },
    judgeBy(({ errcode }) => errcode, [130101], [310000, 300005]),
  );
};

/**
 * 飞书 / Lark custom bot: `timestamp` (s) and `sign` = base64(HMAC-SHA256(key = timestamp LF secret, message = "")) in the
 * body. 11232 too fast; 19021 signature; 19001 the address is not known. Older answers say `StatusCode`.
 */
export const byFeishu: Way = (outlet, letter) => {
  const { url, signingKey } = outlet.secrets;
  const timestamp = String(Math.floor(letter.at.getTime() / 1000));
  return send(
    outlet,
    letter,
    url,
    {
      ...(signingKey ? { timestamp, sign: hmacBase64(`${timestamp}\n${signingKey}`, '') } : {}),
      msg_type: 'text',
      content: { text: letter.text },
    },
    judgeBy(({ code, StatusCode }) => code ?? StatusCode, [11232], [19021, 19001]),
  );
};
