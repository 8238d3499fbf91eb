import { caseEndpoints as api } from '../../../contract/cases.ts';
import { areasFor, sameHand } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import { type Desk, type HttpContext, serve } from '../../platform/serve.ts';
import { directory } from '../organization/index.ts';
import {
  checkVersion,
  firstInHand,
  lockRequest,
  mayHandle,
  noteDevice,
  provideWork,
  readerOf,
  sightOf,
  told,
  whenFactsChanged,
  whenReopened,
  whenSealed,
  whenWithdrawn,
} from '../requests/index.ts';
import { arbitrate, dispatch, join, takeBack } from './dispatching.ts';
import { accept, asHandler, ask, decide, progress, reopenWork, sayHandled, settleWork } from './handling.ts';
import { mountJointWork } from './jointWork.ts';
import { caseWithAsk, eraseAsks, eraseParts, pendingAsks } from './queries.ts';
import { returnCase } from './returning.ts';
import { urgeCase } from './urgency.ts';

const done = { done: true as const };

export function mountCases(desk: Desk): void {
  whenReopened('cases', async (context, request) => {
    if (request.case_id) await reopenWork(context, request.case_id, request.id);
  });
  whenWithdrawn('cases', async (context, request) => {
    if (request.case_id) await settleWork(context, request.case_id, request, 'withdrawn');
  });
  whenSealed('cases', async (context, request) => {
    if (!request.case_id) return;
    await eraseAsks(context.tx, request.case_id);
    await eraseParts(context.tx, request.case_id);
    await settleWork(context, request.case_id, request, 'sealed');
  });
  whenFactsChanged('cases', async (context, request) => {
    if (request.case_id) await urgeCase(context, request.case_id);
  });
  provideWork(async (tx, caseId) => {
    const [found] = await caseWithAsk(tx, [caseId]);
    if (!found) return null;
    const { state, arbitrated, returns, extended, ask_id: askId } = found;
    return {
      work: {
        state,
        arbitrated,
        returns,
        extended,
        askedBy: askId && found.asked_by,
        askedAt: askId ? found.asked_at : null,
      },
      suspendedMinutes: found.suspended,
      ask: askId
        ? {
            id: askId,
            kind: found.ask_kind as 'extension',
            askedBy: found.asked_by_label,
            askedAt: found.asked_at.toISOString(),
            until: found.until_at.toISOString(),
            reason: found.ask_text,
          }
        : null,
    };
  });

  const atDesk = async (context: HttpContext, id: string, version: number) => {
    const r = await lockRequest(context.tx, id);
    if (!r || readerOf(context.actor, r) !== 'dispatcher') throw notFound();
    checkVersion(r, version);
    await noteDevice(context, [id]);
    return { r, dir: await directory(context.tx) };
  };

  serve(desk, api.dispatch, async (context, { id, version, lineId, unitId, note, coLineIds }) => {
    const { r, dir } = await atDesk(context, id, version);
    return { caseId: await dispatch(context, dir, r, { lineId, unitId }, note ?? null, coLineIds) };
  });
  serve(desk, api.arbitrate, async (context, { id, version, lineId, unitId, note, coLineIds }) => {
    const { r, dir } = await atDesk(context, id, version);
    return { caseId: await arbitrate(context, dir, r, { lineId, unitId }, note, coLineIds) };
  });
  serve(desk, api.join, async (context, { id, version, intoRequestId }) => {
    const { r, dir } = await atDesk(context, id, version);
    return { caseId: await join(context, dir, r, intoRequestId) };
  });
  serve(desk, api.takeBack, async (context, { id, reason }) => {
    await takeBack(context, id, reason);
    return done;
  });

  const handling = async (context: HttpContext, id: string) => {
    const found = await asHandler(context, id);
    await noteDevice(
      context,
      found.requests.map((request) => request.id),
    );
    return found;
  };
  mountJointWork(desk, handling);

  serve(desk, api.accept, async (context, { id }) => {
    const { file, requests } = await handling(context, id);
    await accept(context, file, requests);
    return done;
  });
  serve(desk, api.progress, async (context, input) => {
    const { file, requests } = await handling(context, input.id);
    await progress(context, file, requests, input);
    return done;
  });
  serve(desk, api.return, async (context, input) => {
    const { file, requests } = await handling(context, input.id);
    await returnCase(context, file, requests, input);
    return done;
  });
  serve(desk, api.ask, async (context, input) => {
    const { file, requests } = await handling(context, input.id);
    return { askId: await ask(context, file, requests, input) };
  });
  serve(desk, api.handled, async (context, input) => {
    const { file, requests } = await handling(context, input.id);
    await sayHandled(context, file, requests, input);
    return done;
  });
  serve(desk, api.decide, async (context, { id, approve, text }) => {
    await decide(context, id, approve, text ?? null);
    return done;
  });
  serve(desk, api.asks, async ({ tx, actor }) => {
    const areas = areasFor(actor, 'cases.approve');
    const rows = await pendingAsks(
      tx,
      areas.flatMap((area) => area.unitIds),
      areas.some((area) => area.role === 'dispatcher_lead'),
    );
    const asks = [];
    for (const row of rows.filter((one) => !sameHand(actor, one.asked_by, one.asked_at) && !mayHandle(actor, one))) {
      const [request] = await firstInHand(tx, [row.case_id]);
      if (!request) continue;
      const sight = sightOf(readerOf(actor, request) ?? 'overseer', request);
      asks.push({
        id: row.id,
        kind: row.kind as 'extension',
        caseId: row.case_id,
        requestId: request.id,
        number: request.number,
        askedBy: row.asked_by_label,
        askedAt: row.asked_at.toISOString(),
        until: row.until_at.toISOString(),
        due: told(sight, request.resolve_due),
        suspendedMinutes: row.suspended,
        text: sight.detail ? row.text : '',
      });
    }
    return { asks };
  });
}
