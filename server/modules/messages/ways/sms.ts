import { createHmac } from 'node:crypto';
import { post } from './posting.ts';
import { type Outcome, shortened, type Way } from './way.ts';

const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * A text message through whatever gateway the group has: one POST whose body is the administrator's template with {to},
 * {text} and {id} filled in, each escaped for its kind of body. Signed with `x-timestamp` (seconds) and `x-signature`, the
 * hexadecimal HMAC-SHA256 of timestamp, line feed and body. `idempotency-key` is the same in every attempt.
 */
export const bySms: Way = ({ settings, secrets }, letter) => {
  const json = settings.bodyKind !== 'form';
  const escaped = json ? asJson : encodeURIComponent;
  const values: Record<string, string> = { to: letter.to ?? '', text: letter.text, id: letter.key };
  const body = (settings.bodyTemplate ?? '').replace(/\{(to|text|id)\}/g, (_, name: string) => escaped(values[name]!));
  const timestamp = String(Math.floor(letter.at.getTime() / 1000));
  const judge = (text: string): Outcome =>
    !settings.acceptedWhen || text.includes(settings.acceptedWhen)
      ? { sent: true, answer: shortened(text) }
      : { sent: false, again: false, reason: 'refused', answer: shortened(text) };
  return post(
    {
      url: secrets.url,
      body,
      at: letter.at,
      allowPrivate: settings.allowPrivate ?? false,
      ca: settings.ca,
      headers: {
        'content-type': json ? 'application/json; charset=utf-8' : 'application/x-www-form-urlencoded',
        'idempotency-key': letter.key,
        'x-timestamp': timestamp,
        ...(secrets.signingKey
          ? { 'x-signature': createHmac('sha256', secrets.signingKey).update(`${timestamp}\n${body}`).digest('hex') }
          : {}),
      },
    },
    judge,
  );
};
