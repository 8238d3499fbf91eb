/** How a need comes in and what the desk does with it before it is dispatched; as `requests/intake.ts` and `triage.ts`. */
import type { Category } from '../../../contract/organization.ts';
import { sealedClasses } from '../../../contract/requests.ts';
import { moveRequest, readerOf, reckon, runningClock } from '../../modules/requests/index.ts';
import { type Actor, roleFor } from '../../platform/actor.ts';
import type { Asking } from './asking.ts';
import { stranger } from './cast.ts';
import { idAt, streamOf } from './chance.ts';
import { type Doing, idFor, type Ledger, type Need, noteDue, patch, trace, write } from './ledger.ts';

/** @throws when the category is of a sealed class: nothing of it may enter (rules 5) */
export function submit(ledger: Ledger, asking: Asking, seed: number): Need {
  const { dir, calendar } = ledger;
  const random = streamOf(seed, `life ${asking.key}`);
  const category = asking.statedAs ?? asking.category;
  if (sealedClasses.includes(category.recordClass))
    throw new Error(`${category.code} is sealed and may not enter the queue.`);
  const submittedAt = new Date(asking.submittedAt);
  const receivedAt = new Date(asking.at);
  const stage = calendar.stageAt(asking.submittedAt);
  const priority = asking.priority ?? category.priority!;
  const unitId = dir.unitOf(asking.siteId);
  const { dues } = reckon(calendar.table, dir, { priority, stage, unitId }, submittedAt);
  const id = idAt(asking.at, 0, random);
  const call = asking.callOf ? ledger.byKey.get(asking.callOf) : undefined;
  const contactId = call?.row.contact_id ?? idAt(asking.at, 1, random);
  const registrar = asking.registrar?.accountId ?? null;
  const actor: Actor = asking.registrar ?? asking.requester ?? stranger;
  const need: Need = {
    key: asking.key,
    row: {
      id,
      number: '',
      contact_id: contactId,
      channel: asking.channel,
      confidentiality: asking.confidentiality,
      class: category.recordClass,
      category_id: category.id,
      first_category_id: category.parentId!,
      unit_id: unitId,
      site_id: asking.siteId,
      stage_code: stage.code,
      priority,
      requester_id: asking.requester?.accountId ?? null,
      registrar_id: registrar,
      device_id: null,
      code_hmac: Buffer.alloc(0),
      code_dies_at: null,
      submitted_at: submittedAt,
      received_at: receivedAt,
      state: 'received',
      open: true,
      verdict_by: null,
      triage_due: dues.triage,
      contact_due: dues.contact,
      inner_due: dues.inner,
      resolve_due: dues.resolve,
      resolve_now: dues.resolve,
      promise_at: dues.resolve,
      next_due: dues.triage,
      warn_at: null,
      contacted_at: null,
      dispatched_at: null,
      handled_at: null,
      closed_at: null,
      noticed_at: null,
      work: 'new',
      case_id: null,
      line_id: null,
      lead_unit_id: null,
      handler_id: null,
      handler_label: null,
      silently_accepted: false,
      asked: false,
      returns: 0,
      about_line_id: null,
      about_unit_id: null,
      nudges: 0,
      reopens: 0,
      said_by_other: false,
      objected: false,
      rating_result: null,
      rating_speed: null,
      rating_attitude: null,
      version: 0,
      co_posts: [],
    },
    words: { text: asking.text, point: asking.point, callback: asking.callback, label: asking.label, summary: null },
    entries: [],
    work: null,
    calls: [],
    dues: [],
    random,
    order: 2,
  };
  need.entries.push({
    id: idFor(need, receivedAt),
    request_id: id,
    at: submittedAt,
    kind: asking.registrar ? 'registered' : 'submitted',
    actor_id: actor.accountId,
    side: 'requester',
    who: asking.label,
    line_id: null,
    audience: 'everyone',
    original: true,
    text: asking.text,
    data: {},
    file_ids: [],
  });
  if (asking.callback) ledger.extensions.set(contactId, asking.callback);
  if (!call)
    ledger.contacts.push({
      id: contactId,
      at: receivedAt,
      channel: asking.channel,
      operator_id: registrar,
      caller_key: null,
      outcome: 'requests',
    });
  noteDue(need, asking.at);
  ledger.needs.push(need);
  ledger.byKey.set(asking.key, need);
  write(
    ledger,
    {
      at: receivedAt,
      actorId: actor.accountId,
      role: roleFor(actor, asking.registrar ? 'requests.register' : 'requests.ask'),
      action: asking.registrar ? 'requests.registered' : 'requests.submitted',
      recordKind: 'request',
      recordId: id,
      class: category.recordClass,
      unitId: need.row.unit_id,
      siteId: asking.siteId,
      lineId: null,
      categoryId: category.id,
      to: 'received',
      figures: { channel: asking.channel, priority, confidentiality: asking.confidentiality },
    },
    need,
  );
  return need;
}

function atDesk(doing: Doing, need: Need): void {
  if (readerOf(doing.actor, need.row) !== 'dispatcher')
    throw new Error(`${doing.actor.label} is not at the desk for ${need.key}.`);
}

/** Category mended or the unit noted that the need complains about. Dues are computed anew from the same submission. */
export function setFacts(
  doing: Doing,
  need: Need,
  facts: { category?: Category; aboutUnitId?: number; aboutLineId?: number },
): void {
  atDesk(doing, need);
  const { dir, calendar } = doing.ledger;
  const r = need.row;
  const category = facts.category ?? dir.categories.get(r.category_id)!;
  const priority = (facts.category?.priority ?? r.priority) as 'urgent';
  const stage = calendar.stageAt(r.submitted_at.getTime());
  const { dues } = reckon(calendar.table, dir, { priority, stage, unitId: r.unit_id }, r.submitted_at);
  const next = runningClock({
    state: r.state,
    work: r.work,
    triageDue: dues.triage,
    contactDue: dues.contact,
    resolveDue: dues.resolve,
    resolveNow: dues.resolve,
    contactedAt: r.contacted_at,
  });
  const data = {
    ...(category.id === r.category_id ? {} : { category: category.code }),
    ...(priority === r.priority ? {} : { priority }),
  };
  Object.assign(r, { triage_due: dues.triage, contact_due: dues.contact, resolve_due: dues.resolve });
  patch(need, {
    category_id: category.id,
    first_category_id: category.parentId!,
    class: r.class === 'normal' ? category.recordClass : r.class,
    priority,
    resolve_now: dues.resolve,
    promise_at: dues.resolve,
    inner_due: dues.inner,
    next_due: next?.due ?? null,
    about_line_id: facts.aboutLineId ?? r.about_line_id,
    about_unit_id: facts.aboutUnitId ?? r.about_unit_id,
  });
  trace(doing, [need], {
    kind: 'facts_changed',
    action: 'requests.facts_changed',
    side: 'staff',
    permission: 'cases.dispatch',
    audience: 'staff',
    data,
    figures: data,
  });
}

/** The words that handlers read in place of a confidential original. */
export function writeSummary(doing: Doing, need: Need, summary: string): void {
  atDesk(doing, need);
  need.words!.summary = summary;
  patch(need, {});
  trace(doing, [need], {
    kind: 'summary_written',
    action: 'requests.summary_written',
    side: 'staff',
    permission: 'cases.dispatch',
    audience: 'staff',
    text: summary,
  });
}

/** Answered by the operator while the caller waits: handled by who answered, to be verified by another. */
export function answerAtOnce(doing: Doing, need: Need, text: string, article: string | null): void {
  const { actor, now } = doing;
  const from = need.row.state;
  const state = moveRequest('handle', from as 'received');
  patch(need, {
    state,
    work: 'handled',
    handled_at: now,
    contacted_at: need.row.contacted_at ?? now,
    noticed_at: now,
    next_due: null,
    handler_id: actor.accountId,
    handler_label: actor.label,
  });
  trace(doing, [need], {
    kind: 'answered',
    action: 'requests.answered',
    side: 'staff',
    permission: null,
    text,
    from,
    to: state,
    data: { article },
    figures: { article },
  });
}

/** Recognised as belonging to a sealed line: content erased, a stub stays (rules 5). */
export function moveToSealed(doing: Doing, need: Need, to: 'care' | 'oversight'): void {
  atDesk(doing, need);
  const { group } = doing.ledger.dir;
  const from = need.row.state;
  const state = moveRequest('seal', from as 'received');
  need.words = null;
  for (const entry of need.entries) Object.assign(entry, { text: null, file_ids: [] });
  patch(need, { state, closed_at: doing.now, next_due: null, requester_id: null, device_id: null });
  trace(doing, [need], {
    kind: 'sealed',
    action: 'requests.moved_to_sealed',
    side: 'staff',
    permission: null,
    from,
    to: state,
    reason: to,
    data: { to, ring: to === 'care' ? group.careLine : group.oversightLine },
  });
}
