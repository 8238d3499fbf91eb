import { type OutwardAnswer, OutwardFault, postOutward } from '../../../platform/outward.ts';
import { type Outcome, shortened } from './way.ts';

const mostWaitMs = 3_600_000;

/** `Retry-After` in seconds or as a date, at most an hour. */
function waitOf({ headers }: OutwardAnswer, at: Date): number | undefined {
  const asked = headers['retry-after'];
  if (!asked) return undefined;
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - at.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), mostWaitMs) : undefined;
}

/**
 * Posts and judges the answer: what the transport says first, then `judge` what the body says. A redirect is a refusal:
 * what is signed for one address is not carried to another.
 */
export async function post(
  sending: {
    url: string | undefined;
    body: string;
    at: Date;
    headers: Record<string, string>;
    allowPrivate: boolean;
    ca?: string | undefined;
  },
  judge: (text: string) => Outcome,
): Promise<Outcome> {
  const { url, body, at, headers, allowPrivate, ca } = sending;
  try {
    const answer = await postOutward(url ?? '', body, { headers, allowPrivate, ...(ca ? { ca } : {}) });
    const said = shortened(`${answer.status} ${answer.text}`);
    if (answer.status === 429 || answer.status >= 500) {
      const waitMs = waitOf(answer, at);
      return {
        sent: false,
        again: true,
        reason: answer.status === 429 ? 'too_fast' : 'later',
        answer: said,
        ...(waitMs === undefined ? {} : { waitMs }),
      };
    }
    if (answer.status < 200 || answer.status >= 300)
      return { sent: false, again: false, reason: 'refused', answer: said };
    return judge(answer.text);
  } catch (error) {
    if (!(error instanceof OutwardFault)) throw error;
    return {
      sent: false,
      again: error.code !== 'address_refused',
      reason: error.code,
      answer: shortened(error.message),
    };
  }
}
