import type { Values } from '../../../contract/report-checks.ts';
import type { ToFile } from '../../../contract/reports.ts';
import { deviceId, uuid } from '../../app/identifiers.ts';
import { online } from '../../app/online.ts';
import { isTakeable } from '../../app/outbox.ts';
import { pending, post } from '../../app/pending.ts';
import { outbox } from '../../app/sending.ts';
import { draftAs, subjectOf, today } from './kept.ts';

/**
 * Puts a report into the outbox: it is on the phone's disk when this returns, and is sent once, whatever happens to the
 * network. One of the same day that has not left yet is replaced by it.
 */
export async function fileReport(
  account: string,
  one: ToFile,
  said: { values: Values; confirmed: Record<string, string>; reason: string },
): Promise<void> {
  const subject = subjectOf(account, one);
  const waiting = pending.get().find((item) => item.kind === 'filing' && item.subject === subject && isTakeable(item));
  if (waiting) await outbox.take(waiting.id);
  const id = uuid();
  const madeAt = new Date().toISOString();
  const asked = new Set(one.form.items.map((item) => item.key));
  await post(
    {
      id,
      kind: 'filing',
      subject,
      account,
      urgent: false,
      ring: [],
      madeAt,
      phase: 'waiting',
      tries: 0,
      notBefore: 0,
      problem: null,
      calls: [
        {
          path: '/api/reports/filings',
          key: id,
          body: {
            id,
            form: one.form.code,
            formNo: one.form.no,
            nodeId: one.nodeId,
            day: one.day,
            stage: one.stage,
            values: Object.fromEntries(Object.entries(said.values).filter(([key]) => asked.has(key))),
            base: one.base,
            crews: one.crews,
            confirmed: said.confirmed,
            madeAt,
            offline: !online.get(),
            device: deviceId().slice(0, 8),
            ...(one.day < today() && said.reason.trim() !== '' ? { reason: said.reason.trim() } : {}),
          },
          photo: null,
          stamped: true,
        },
      ],
    },
    { clears: [draftAs(subject)] },
  );
}
