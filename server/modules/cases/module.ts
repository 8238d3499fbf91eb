import { caseEndpoints as api } from '../../../contract/cases.ts';
import { areasFor } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import { type Desk, type HttpContext, serve } from '../../platform/serve.ts';
import { directory } from '../organization/index.ts';
import {
  checkVersion,
  lockRequest,
  mayHandle,
  noteDevice,
  provideWork,
  readerOf,
  requestById,
  requestsOfCase,
  whenReopened,
} from '../requests/index.ts';
import { arbitrate, dispatch, join, takeBack } from './dispatching.ts';
import { accept, asHandler, ask, decide, progress, reopenWork, returnCase, sayHandled } from './handling.ts';
import { caseById, lockCase, pendingAsk, pendingAsks } from './queries.ts';

const done = { done: true as const };

export function mountCases(desk: Desk): void {
  whenReopened('cases', async (context, request) => {
    if (request.case_id) await reopenWork(context, request.case_id, request.id);
  });
  provideWork(async (tx, caseId) => {
    const [file, pending] = await Promise.all([caseById(tx, caseId), pendingAsk(tx, caseId)]);
    if (!file) return null;
    return {
      work: {
        state: file.state,
        arbitrated: file.arbitrated,
        returns: file.returns,
        extended: file.extended,
        askPending: pending !== undefined,
      },
      ask: pending
        ? {
            id: pending.id,
            kind: pending.kind as 'extension',
            askedBy: pending.asked_by_label,
            askedAt: pending.asked_at.toISOString(),
            until: pending.until_at.toISOString(),
            reason: pending.text,
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

  serve(desk, api.dispatch, async (context, { id, version, lineId, unitId, note }) => {
    const { r, dir } = await atDesk(context, id, version);
    return { caseId: await dispatch(context, dir, r, { lineId, unitId }, note ?? null) };
  });
  serve(desk, api.arbitrate, async (context, { id, version, lineId, unitId, note }) => {
    const { r, dir } = await atDesk(context, id, version);
    return { caseId: await arbitrate(context, dir, r, { lineId, unitId }, note) };
  });
  serve(desk, api.join, async (context, { id, version, intoRequestId }) => {
    const { r, dir } = await atDesk(context, id, version);
    return { caseId: await join(context, dir, r, intoRequestId) };
  });
  serve(desk, api.takeBack, async (context, { id, reason }) => {
    const file = await lockCase(context.tx, id);
    if (!file) throw notFound();
    await takeBack(context, file, reason);
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
    for (const row of rows.filter((one) => one.asked_by !== actor.accountId && !mayHandle(actor, one))) {
      const first = (await requestsOfCase(tx, row.case_id))[0];
      const request = first && (await requestById(tx, [first.id]))[0];
      if (!request) continue;
      asks.push({
        id: row.id,
        kind: row.kind as 'extension',
        caseId: row.case_id,
        requestId: request.id,
        number: request.number,
        askedBy: row.asked_by_label,
        askedAt: row.asked_at.toISOString(),
        until: row.until_at.toISOString(),
        due: request.resolve_due.toISOString(),
        text: row.text,
      });
    }
    return { asks };
  });
}
