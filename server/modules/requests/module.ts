import { clockEndpoints } from '../../../contract/clocks.ts';
import { requestEndpoints as api } from '../../../contract/requests.ts';
import { runningViews } from '../../../contract/views.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { claimFiles } from '../../platform/files.ts';
import { answeredBefore, type Desk, type HttpContext, serve } from '../../platform/serve.ts';
import { inStatement, inTransaction } from '../../platform/transaction.ts';
import { whenStepsChanged } from '../clocks/index.ts';
import { provideFates } from '../knowledge/index.ts';
import { eraseRepliesAbout } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { fatesOf } from './answered.ts';
import { clockLogOf } from './clockLog.ts';
import { submissionTime } from './clocks.ts';
import { confirm, deny, message, noteSaidSolved, nudge, object, rate, withdraw } from './closing.ts';
import { requestByCode } from './codes.ts';
import { isStaffDevice, noteCodeFailure } from './contacts/queries.ts';
import { openCursors } from './cursors.ts';
import { deviceHash, noteDevice } from './devices.ts';
import { type Asked, type IntakeOptions, prepareCreation, type Received, receivedAs, storeCreation } from './intake.ts';
import { notInThisState } from './lifecycle.ts';
import { countRequests, listMine } from './lists/queries.ts';
import { filterOf, page, rowViews } from './lists.ts';
import { newsBySms, provideNumbers } from './news.ts';
import { actsForStaff, mayMoveToSealed, mayWrite, readerAt, readerOf } from './policy.ts';
import { type Creation, contentOf, createRequests, lockRequest, type RequestRecord } from './queries.ts';
import { prepareRegistration } from './registering.ts';
import { rehearse } from './rehearsal.ts';
import { createdAs } from './resent.ts';
import { readRequest, threadOf } from './thread.ts';
import { storeTogether } from './together.ts';
import {
  answerAtOnce,
  answerFromDesk,
  checkVersion,
  moveToSealed,
  setFacts,
  whenSealed,
  writeSummary,
} from './triage.ts';
import { codeWordIsOwn } from './verification.ts';
import { lookAtPriority } from './warnings.ts';

/** Counted no further: "999" on screen means "very many". */
const mostCounted = 999;

/** Its row, or its pictures, are taken: by what this phone sent before, or by somebody else. */
const createdBefore = (error: unknown): boolean =>
  ['request_pkey', 'content_pkey', 'idempotency_pkey'].includes((error as { constraint?: string }).constraint ?? '') ||
  (error instanceof Refusal && error.code === 'file_gone');

export function mountRequests(desk: Desk, deps: { keys: Keys }): void {
  const { keys } = deps;
  provideFates(fatesOf);
  const cursors = openCursors(keys);
  provideNumbers();
  whenSealed('messages', async ({ tx }, { id }) => void (await eraseRepliesAbout(tx, id)));
  const together = storeTogether((creations) => inStatement(desk.pool, (tx) => createRequests(tx, creations)));

  /** Sent twice is created once: by idempotency key, or by the id and code made on the device. */
  const store = async (context: HttpContext, creation: Creation) => {
    try {
      if (creation.entry.fileIds.length > 0) {
        return await inTransaction(desk.pool, (tx) => storeCreation(tx, context.actor, creation));
      }
      return receivedAs(creation, await together(creation));
    } catch (error) {
      if (!createdBefore(error)) throw error;
      const kept = creation.once && (await answeredBefore(context.tx, creation.once));
      if (kept) return kept.answer as Received;
      const first = await createdAs(context.tx, creation);
      if (!first) throw error;
      return first;
    }
  };

  const ask = async (
    context: HttpContext,
    asked: Asked,
    options: Pick<IntakeOptions, 'channel' | 'requesterId' | 'requesterLabel'>,
  ) => {
    const dir = await directory(context.tx);
    const creation = await prepareCreation(
      context.tx,
      dir,
      keys,
      context.actor,
      asked,
      {
        ...options,
        registrar: null,
        callerKey: asked.callback ? keys.hmac('caller', asked.callback.replace(/\D/g, '')) : null,
      },
      context.now,
      context.once,
    );
    return store(context, creation);
  };

  serve(
    desk,
    api.create,
    (context, asked) => {
      const program = context.actor.kind === 'program';
      const anonymous = asked.confidentiality === 'anonymous';
      return ask(context, asked, {
        channel: program ? 'program' : 'qr_form',
        requesterId: program || anonymous ? null : context.actor.accountId,
        requesterLabel: program || anonymous ? null : context.actor.label,
      });
    },
    { oneStatement: true },
  );

  serve(
    desk,
    api.createPublic,
    (context, asked) => ask(context, asked, { channel: 'qr_form', requesterId: null, requesterLabel: null }),
    { oneStatement: true },
  );

  serve(desk, api.register, async (context, input) => {
    const { tx, actor } = context;
    if (input.channel === 'hotline' && !actor.permissions.has('hotline.take')) throw forbidden();
    const creation = await prepareRegistration(context, keys, input, input.channel);
    const before = await createdAs(tx, creation);
    if (before) return before;
    // Wherever the site came from, a poster too: only who looks after it registers there.
    const { site_id: siteId, unit_id: unitId } = creation.request;
    const mine = areasFor(actor, 'requests.register');
    if (
      !mine.some(
        (area) =>
          area.everywhere ||
          (siteId !== null && area.siteIds.includes(siteId)) ||
          (unitId !== null && area.unitIds.includes(unitId)),
      )
    )
      throw forbidden();
    const created = await storeCreation(tx, actor, creation);
    await noteDevice(context, [input.id]);
    if (input.answer) {
      const r = await lockRequest(tx, input.id);
      await answerAtOnce(context, r!, input.answer);
    }
    return created;
  });

  serve(desk, api.list, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    const filter = { ...filterOf(dir, actor, now, input), after: cursors.decode(input.after) };
    const { rows, next } = await page(tx, dir, actor, filter);
    return { rows, next: next && cursors.encode(next), asOf: now.toISOString() };
  });

  serve(desk, api.counts, async ({ tx, actor, now }) => {
    const dir = await directory(tx);
    const views = [...runningViews, 'handled'] as const;
    const filters = views.map((view) => filterOf(dir, actor, now, { view, sort: 'due', limit: 1 }));
    const counts = await countRequests(tx, filters, mostCounted);
    return { counts: Object.fromEntries(views.map((view, i) => [view, counts[i]!])) };
  });

  serve(desk, api.mine, async ({ tx, actor }, { after }) => {
    if (!actor.accountId) throw forbidden();
    const dir = await directory(tx);
    const rows = await listMine(tx, actor.accountId, cursors.decode(after), 51);
    const kept = rows.slice(0, 50);
    return {
      rows: await rowViews(tx, dir, actor, kept),
      next: rows.length > 50 ? cursors.encode({ at: kept.at(-1)!.submitted_at, id: kept.at(-1)!.id }) : null,
    };
  });

  serve(desk, api.thread, async ({ tx, actor, now }, { id }) => {
    const { r, reader } = await readRequest(tx, actor, id);
    return threadOf(tx, await directory(tx), actor, reader, r, now);
  });

  // ---- why a clock shows what it shows

  whenStepsChanged('requests', async (context, priority) => void (await lookAtPriority(context, priority)));
  serve(desk, clockEndpoints.ofRequest, async ({ tx, actor, now }, { id }) => {
    const { r, reader } = await readRequest(tx, actor, id);
    return clockLogOf(tx, await directory(tx), reader, r, now);
  });
  serve(desk, clockEndpoints.preview, async ({ tx, now }, { draft }) => rehearse(tx, await directory(tx), draft, now));

  // ---- the person the request is for, by account

  const own = async (context: HttpContext, id: string): Promise<RequestRecord> => {
    if (context.actor.kind !== 'account') throw forbidden('programs_cannot');
    const r = await lockRequest(context.tx, id);
    if (!r || !readerAt(await directory(context.tx), context.actor, r)) throw notFound();
    if (r.requester_id !== context.actor.accountId) throw forbidden('not_yours');
    return r;
  };

  serve(desk, api.judge, async (context, { id, solved, why, madeAt, sentAt }) => {
    const r = await own(context, id);
    // Who registered it speaks as the registrar, whomever it is for (rules 3).
    if (solved && r.registrar_id === context.actor.accountId) await noteSaidSolved(context, r, 'proxy');
    else if (solved)
      await confirm(
        context,
        r,
        'requester',
        why ?? null,
        submissionTime(context.now, {
          submittedAt: madeAt ? new Date(madeAt) : undefined,
          sentAt: sentAt ? new Date(sentAt) : undefined,
        }),
      );
    else {
      if (!why) throw new Refusal(422, 'why_needed', { fields: [{ field: 'why', code: 'required' }] });
      await deny(context, await directory(context.tx), r, 'requester', why);
    }
    return { done: true as const };
  });
  serve(desk, api.rate, async (context, { id, ...rating }) => {
    await rate(context, await own(context, id), rating);
    return { done: true as const };
  });
  serve(desk, api.nudge, async (context, { id, text }) => ({
    nudges: await nudge(context, await own(context, id), text ?? null),
  }));
  serve(desk, api.newsBySms, async (context, { id, agree }) => newsBySms(context, await own(context, id), agree));
  serve(desk, api.withdraw, async (context, { id, why }) => {
    await withdraw(context, await own(context, id), why ?? null);
    return { done: true as const };
  });
  serve(desk, api.object, async (context, { id, why }) => {
    await object(context, await own(context, id), why);
    return { done: true as const };
  });
  serve(desk, api.message, async (context, { id, text, fileIds }) => {
    const { tx, actor } = context;
    const r = await lockRequest(tx, id);
    const reader = r && readerAt(await directory(tx), actor, r);
    if (!r || !reader || reader === 'overseer') throw notFound();
    if (!mayWrite(actor, reader, r)) throw notInThisState(r);
    await claimFiles(tx, fileIds, 'request', r.id, actor);
    await message(
      context,
      r,
      reader === 'requester' ? 'requester' : 'staff',
      text,
      fileIds,
      reader === 'handler' ? r.line_id : null,
    );
    return { done: true as const };
  });

  // ---- by number and query code

  const byCode = async (context: HttpContext, input: { number: string; code: string }): Promise<RequestRecord> => {
    const r = await requestByCode(context.tx, keys, input.number, input.code, context.now, (number) =>
      inTransaction(desk.pool, async (tx) => void (await noteCodeFailure(tx, number, context.now))),
    );
    return (await lockRequest(context.tx, r.id))!;
  };
  /**
   * Whether this device ever acted for staff on the request, or somebody else is signed in there: not the requester's own
   * channel (rules 1, 3). Where it is in nobody's name, only an account that acts for staff is certainly somebody else.
   */
  const spokenByStaff = async (context: HttpContext, r: RequestRecord): Promise<boolean> => {
    const { actor } = context;
    const device = deviceHash(context);
    if (device !== null && (await isStaffDevice(context.tx, r.id, device))) return true;
    if (actor.kind !== 'account') return false;
    return r.requester_id === null ? actsForStaff(actor, r) : r.requester_id !== actor.accountId;
  };
  const asRequester = (actor: Actor, r: RequestRecord): Actor => ({
    ...actor,
    accountId: null,
    label: '',
    locale: actor.locale,
    sessionId: r.id,
  });

  serve(
    desk,
    api.follow,
    async (context, input) => {
      const r = await byCode(context, input);
      const thread = await threadOf(
        context.tx,
        await directory(context.tx),
        asRequester(context.actor, r),
        'requester',
        r,
        context.now,
      );
      return (thread.can.withdraw || thread.can.rate) && (await spokenByStaff(context, r))
        ? { ...thread, can: { ...thread.can, withdraw: false, rate: false } }
        : thread;
    },
    { privateAnswer: true },
  );

  serve(
    desk,
    clockEndpoints.ofRequestByCode,
    async (context, input) => {
      const r = await byCode(context, input);
      return clockLogOf(context.tx, await directory(context.tx), 'requester', r, context.now);
    },
    { privateAnswer: true },
  );

  /** What was moved to a sealed line takes no more words: they would lie outside it again (rules 5). */
  const actingByCode = async (
    context: HttpContext,
    input: { number: string; code: string },
  ): Promise<RequestRecord> => {
    const r = await byCode(context, input);
    if ((await contentOf(context.tx, [r.id])).length === 0) throw notInThisState(r);
    return r;
  };
  serve(desk, api.judgeByCode, async (context, { solved, why, ...input }) => {
    const r = await actingByCode(context, input);
    const acting = { ...context, actor: asRequester(context.actor, r) };
    if (!solved) {
      if (!why) throw new Refusal(422, 'why_needed', { fields: [{ field: 'why', code: 'required' }] });
      await deny(acting, await directory(context.tx), r, 'code', why);
      return { done: true as const, counted: true };
    }
    const device = deviceHash(context);
    const counted = codeWordIsOwn(r, {
      known: device !== null,
      actedForStaff: device !== null && (await isStaffDevice(context.tx, r.id, device)),
      signedInAsOther: context.actor.kind === 'account' && context.actor.accountId !== r.requester_id,
    });
    if (counted) await confirm(acting, r, 'code', why ?? null);
    else await noteSaidSolved(acting, r, r.confidentiality === 'anonymous' ? 'anonymous_code' : 'proxy');
    return { done: true as const, counted };
  });
  serve(desk, api.rateByCode, async (context, { number, code, deviceId: _deviceId, ...rating }) => {
    const r = await actingByCode(context, { number, code });
    // A mark is as much the person's own as a verdict: never from where staff worked on it (rules 3).
    if (await spokenByStaff(context, r)) throw forbidden('not_yours');
    await rate({ ...context, actor: asRequester(context.actor, r) }, r, rating);
    return { done: true as const };
  });
  serve(desk, api.nudgeByCode, async (context, { text, ...input }) => {
    const r = await actingByCode(context, input);
    return { nudges: await nudge({ ...context, actor: asRequester(context.actor, r) }, r, text ?? null) };
  });
  serve(desk, api.newsBySmsByCode, async (context, { agree, ...input }) => {
    const r = await actingByCode(context, input);
    return newsBySms({ ...context, actor: asRequester(context.actor, r) }, r, agree);
  });
  serve(desk, api.withdrawByCode, async (context, { why, ...input }) => {
    const r = await actingByCode(context, input);
    if (await spokenByStaff(context, r)) throw forbidden('not_yours');
    await withdraw({ ...context, actor: asRequester(context.actor, r) }, r, why ?? null);
    return { done: true as const };
  });
  serve(desk, api.objectByCode, async (context, { why, ...input }) => {
    const r = await actingByCode(context, input);
    await object({ ...context, actor: asRequester(context.actor, r) }, r, why);
    return { done: true as const };
  });
  serve(desk, api.messageByCode, async (context, { text, fileIds, ...input }) => {
    const r = await actingByCode(context, input);
    await claimFiles(context.tx, fileIds, 'request', r.id, context.actor);
    await message({ ...context, actor: asRequester(context.actor, r) }, r, 'requester', text, fileIds, null);
    return { done: true as const };
  });

  // ---- the desk

  const atDesk = async (
    context: HttpContext,
    id: string,
    version: number,
  ): Promise<{ r: RequestRecord; dir: Directory }> => {
    const r = await lockRequest(context.tx, id);
    if (!r || readerOf(context.actor, r) !== 'dispatcher') throw notFound();
    checkVersion(r, version);
    await noteDevice(context, [id]);
    return { r, dir: await directory(context.tx) };
  };
  serve(desk, api.setFacts, async (context, input) => {
    const { r, dir } = await atDesk(context, input.id, input.version);
    await setFacts(context, dir, r, input);
    return { done: true as const, version: (await lockRequest(context.tx, r.id))!.version };
  });
  serve(desk, api.writeSummary, async (context, { id, version, summary }) => {
    const { r } = await atDesk(context, id, version);
    await writeSummary(context, r, summary);
    return { done: true as const };
  });
  serve(desk, api.answer, async (context, { id, version, ...answer }) => {
    const { r } = await atDesk(context, id, version);
    await answerFromDesk(context, r, answer);
    return { done: true as const };
  });
  serve(desk, api.moveToSealed, async (context, { id, version, to }) => {
    const r = await lockRequest(context.tx, id);
    const reader = r && readerOf(context.actor, r);
    if (!r || (reader !== 'dispatcher' && reader !== 'registrar')) throw notFound();
    if (!mayMoveToSealed(reader, r)) throw notInThisState(r);
    checkVersion(r, version);
    await moveToSealed(context, await directory(context.tx), r, to);
    return { done: true as const };
  });
}
