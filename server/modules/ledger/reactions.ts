import type { Context } from '../../platform/serve.ts';
import { settleWork } from '../cases/index.ts';
import { provideDeciders, type Told, whenAnswered } from '../followups/index.ts';
import { directory } from '../organization/index.ts';
import {
  confirm,
  deny,
  inHand,
  lockRequest,
  moveRequest,
  patchRequest,
  provideDissatisfaction,
  provideObjection,
  type RequestRecord,
  whenConfirmed,
  whenRated,
  whenReopened,
  whenSealed,
  whenWithdrawn,
} from '../requests/index.ts';
import { end, endRedone, note, sourceOf } from './dissatisfaction.ts';
import { escalate } from './escalating.ts';
import { objectToDeferral } from './measures.ts';
import { callPanel } from './panel.ts';
import { eraseWords, judges, latestOf, lockStanding, partakers, patchEntry, repeatsOf } from './queries.ts';
import { placeOf } from './record.ts';

/** A mark of one or two for the result is dissatisfaction, whatever else was said. */
const poor = (mark: number | null): boolean => mark !== null && mark <= 2;

/** What a caller heard beyond the verdict that followed from it. */
async function heard(context: Context, r: RequestRecord, told: Told): Promise<void> {
  const { tx } = context;
  if (told.answer === 'solved') {
    const entry = await lockStanding(tx, r.id);
    if (entry?.state === 'handed_over' && inHand(r)) await solvedElsewhere(context, r);
    else if (entry && told.from === 'resolved_confirmed' && r.state === told.from && !poor(told.satisfied))
      await endRedone(context, r);
    if (poor(told.satisfied)) await note(context, (await lockRequest(tx, r.id))!, 'rating');
    return;
  }
  // Where the answer was a denial, the reopening has been noted by now.
  if (!['not_solved', 'better'].includes(told.answer) || r.state !== told.from) return;
  const dir = await directory(tx);
  if (r.state === 'closed_explained' && !r.objected) await deny(context, dir, r, 'followup', told.forLine ?? '');
  else if (await lockStanding(tx, r.id)) await note(context, r, 'followup');
}

/** Solved where it was handed over, says the person: handled at this moment, and confirmed. */
async function solvedElsewhere(context: Context, r: RequestRecord): Promise<void> {
  const { tx, now } = context;
  await patchRequest(tx, r.id, {
    state: moveRequest('handle', r.state as 'reopened'),
    work: 'handled',
    handled_at: now,
    next_due: null,
    asked: false,
  });
  await confirm(context, (await lockRequest(tx, r.id))!, 'followup', null);
  if (r.case_id) await settleWork(context, r.case_id, (await lockRequest(tx, r.id))!, 'solved_elsewhere');
}

/** Every dissatisfaction opens an entry or adds to it, in the transaction in which it was said. */
export function joinRequests(): void {
  whenReopened('ledger', async (context, r, how) => {
    const { tx } = context;
    // What follows from a panel's finding is not one more voice.
    if (how.voice === 'panel') {
      const entry = await lockStanding(tx, r.id);
      if (!entry) return;
      const reopens = r.reopens + ((await repeatsOf(tx, [r.id])).get(r.id) ?? 0);
      await escalate(context, await patchEntry(tx, entry.id, { ...placeOf(r), reopens }), r);
      return;
    }
    const entry = await note(context, r, sourceOf(how));
    // Explained, and not accepted: three others judge whether the explanation stands.
    if (how.from === 'closed_explained' && entry.state === 'open')
      await callPanel(context, entry, r, 'explanation', null);
  });
  whenConfirmed('ledger', endRedone);
  whenWithdrawn('ledger', async (context, r) => {
    const entry = await lockStanding(context.tx, r.id);
    if (entry) await end(context, entry, 'withdrawn');
  });
  whenSealed('ledger', async (context, r) => {
    const entry = await lockStanding(context.tx, r.id);
    if (entry) await end(context, entry, 'sealed');
    await eraseWords(context.tx, r.id);
  });
  whenRated('ledger', async (context, r) => {
    if (poor(r.rating_result)) {
      await note(context, r, 'rating');
      return;
    }
    // Taken back by the person who gave it: the one voice there was.
    const entry = await lockStanding(context.tx, r.id);
    if (entry?.source === 'rating' && entry.last_source === 'rating' && r.state === 'resolved_confirmed')
      await endRedone(context, r);
  });
  whenAnswered('ledger', heard);
  provideDeciders('ledger', async (tx, requestId) =>
    [...(await partakers(tx, [requestId])), ...(await judges(tx, [requestId]))].map((row) => row.account_id),
  );
  provideObjection(objectToDeferral);
  provideDissatisfaction(async (tx, requestId) => {
    const [latest] = await latestOf(tx, [requestId]);
    return latest
      ? {
          entryId: latest.id,
          state: latest.state as 'open',
          until: latest.until_at?.toISOString() ?? null,
          mayObject: latest.may_object,
        }
      : null;
  });
}
