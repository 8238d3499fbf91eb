import { ledgerEndpoints as api, ledgerViews } from '../../../contract/ledger.ts';
import type { Keys } from '../../platform/crypto.ts';
import { type Desk, type HttpContext, serve } from '../../platform/serve.ts';
import { directory } from '../organization/index.ts';
import { noteDevice, openCursors } from '../requests/index.ts';
import { ledgerFilter, ledgerPage } from './lists.ts';
import { acknowledge, decide, proposeDeferral, proposeExplanation, proposeHandover, referToPanel } from './measures.ts';
import { vote } from './panel.ts';
import { countEntries, entryById } from './queries.ts';
import { joinRequests } from './reactions.ts';
import { entryView } from './view.ts';

/** Counted no further: "999" on screen means "very many". */
const mostCounted = 999;
const done = { done: true as const };

export function mountLedger(desk: Desk, deps: { keys: Keys }): void {
  joinRequests();
  const cursors = openCursors(deps.keys);

  serve(desk, api.list, async ({ tx, actor, now }, { after, ...input }) => {
    const dir = await directory(tx);
    const filter = { ...ledgerFilter(dir, actor, now, input), after: cursors.decode(after) };
    const { rows, next } = await ledgerPage(tx, dir, actor, filter);
    return { rows, next: next && cursors.encode(next), asOf: now.toISOString() };
  });
  serve(desk, api.counts, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    const filters = ledgerViews.map((view) => ledgerFilter(dir, actor, now, { ...input, view, limit: 1 }));
    const counts = await countEntries(tx, filters, mostCounted);
    return { counts: Object.fromEntries(ledgerViews.map((view, i) => [view, counts[i]!])) };
  });
  serve(desk, api.entry, async ({ tx, actor, now }, { id }) => entryView(tx, actor, id, now));

  /** A device the line works on is nobody's own channel (rules 3). */
  const fromStaff = async (context: HttpContext, entryId: string): Promise<void> => {
    const entry = await entryById(context.tx, entryId);
    if (entry) await noteDevice(context, [entry.request_id]);
  };
  serve(desk, api.proposeDeferral, async (context, input) => {
    await fromStaff(context, input.id);
    return { measureId: await proposeDeferral(context, input) };
  });
  serve(desk, api.proposeHandover, async (context, input) => {
    await fromStaff(context, input.id);
    return { measureId: await proposeHandover(context, input) };
  });
  serve(desk, api.referToPanel, async (context, input) => {
    await fromStaff(context, input.id);
    return { measureId: await referToPanel(context, input) };
  });
  serve(desk, api.proposeExplanation, async (context, input) => {
    await noteDevice(context, [input.id]);
    return proposeExplanation(context, input);
  });
  serve(desk, api.decide, async (context, input) => {
    await decide(context, input);
    return done;
  });
  serve(desk, api.acknowledge, async (context, input) => {
    await acknowledge(context, input);
    return done;
  });
  serve(desk, api.vote, async (context, { id, given, reason }) => {
    await vote(context, id, given, reason);
    return done;
  });
}
