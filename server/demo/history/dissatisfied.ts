/**
 * 不满意台账 of the history: what the threads say of dissatisfaction, as `ledger/dissatisfaction.ts` would have noted it, and
 * ways out for some of what stands: proposed, decided, judged.
 */
import type { EntryRecord, LedgerHistory, MeasureRecord } from '../../modules/ledger/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { system } from '../../platform/actor.ts';
import { day, hour } from './calendar.ts';
import { isIndependent } from './calling.ts';
import { idAt, streamOf } from './chance.ts';
import { type Ledger, type Need, patch, trace, write } from './ledger.ts';

type Source = 'denial' | 'followup' | 'rating' | 'relapse' | 'objection' | 'cannot_solve';

const why = {
  deferral: '备件要从外省调货，物流恢复前到不了工地。',
  plan: '到货当天更换，并请本人到场查看；期间先送瓶装水和临时设备。',
  handover: '问题出在红线外的公用管网，由属地单位维护。',
  panel: '两次上门都按标准办了，请评议该给的服务给了没有。',
  clause: '《封闭管理期间人员进出办法》第十二条：静止期内不安排外出。',
  told: '当面说明了条文、静止期还剩几天，以及期满后怎么申请。',
  vote: '上门记录和照片都有，但本人要的那一样确实没有送到，应当补上。',
  fair: '该做的两次都做了，条文也讲清楚了。',
} as const;

/** Numbers follow the order in which documents were begun, year by year. */
function numbered(measures: MeasureRecord[]): void {
  const last = new Map<number, number>();
  for (const one of measures.sort((a, b) => a.proposed_at.getTime() - b.proposed_at.getTime())) {
    one.year = new Date(one.proposed_at.getTime() + 8 * hour).getUTCFullYear();
    one.no = (last.get(one.year) ?? 0) + 1;
    last.set(one.year, one.no);
  }
}

export function tellDissatisfied(ledger: Ledger, seed: number): LedgerHistory {
  const random = streamOf(seed, 'ledger');
  const told: LedgerHistory = { entries: [], measures: [], seats: [], votes: [], escalations: [], repeats: [] };
  let order = 0;
  const id = (at: Date): string => idAt(at.getTime(), order++, random);
  const note = (entry: EntryRecord, at: Date, action: string, more: { to: string; reason: string }): void =>
    write(ledger, {
      at,
      actorId: null,
      role: 'system',
      action,
      recordKind: 'ledger',
      recordId: entry.id,
      class: entry.class,
      unitId: entry.unit_id,
      siteId: entry.site_id,
      lineId: entry.line_id,
      categoryId: entry.category_id,
      to: more.to,
      reason: more.reason,
      figures: { request: entry.request_id, voices: entry.voices, reopens: entry.reopens },
    });

  const measureOf = (
    entry: EntryRecord,
    kind: MeasureRecord['kind'],
    at: Date,
    by: Actor | null,
    more: Partial<MeasureRecord>,
  ): MeasureRecord => {
    const measure: MeasureRecord = {
      id: id(at),
      entry_id: entry.id,
      kind,
      year: 0,
      no: 0,
      state: 'proposed',
      proposed_at: at,
      proposed_by: by?.accountId ?? null,
      proposed_label: by?.label ?? null,
      about: null,
      reason: null,
      plan: null,
      until_at: null,
      receiver: null,
      receiver_line_id: null,
      receiver_unit_id: null,
      received_by: null,
      received_at: null,
      clause: null,
      contact_entry_id: null,
      contact_at: null,
      objected_at: null,
      decided_at: null,
      decided_by: null,
      decided_label: null,
      decision: null,
      ...more,
    };
    told.measures.push(measure);
    return measure;
  };

  /** Every voice in one thread, in the order in which it was raised. */
  function ofThread(need: Need): EntryRecord | null {
    const r = need.row;
    let standing: EntryRecord | null = null;
    let reopens = 0;
    let before = '';
    let poor = false;
    const voice = (at: Date, source: Source): EntryRecord => {
      if (standing) {
        Object.assign(standing, { last_at: at, last_source: source, voices: standing.voices + 1, reopens });
        note(standing, at, 'ledger.voiced', { to: standing.state, reason: source });
        return standing;
      }
      standing = {
        id: id(at),
        request_id: r.id,
        opened_at: at,
        source,
        last_at: at,
        last_source: source,
        voices: 1,
        reopens,
        state: 'open',
        pending: null,
        verdict: null,
        deferrals: 0,
        until_at: null,
        exit: null,
        closed_at: null,
        unit_id: r.unit_id,
        site_id: r.site_id,
        line_id: r.line_id,
        lead_unit_id: r.lead_unit_id,
        category_id: r.category_id,
        first_category_id: r.first_category_id,
        class: r.class,
        confidentiality: r.confidentiality,
        version: 1,
      };
      told.entries.push(standing);
      note(standing, at, 'ledger.opened', { to: 'open', reason: source });
      return standing;
    };
    const end = (at: Date, exit: string): void => {
      if (!standing) return;
      Object.assign(standing, { state: 'closed', exit, closed_at: at });
      note(standing, at, 'ledger.ended', { to: 'closed', reason: exit });
      standing = null;
    };
    for (const { kind, at, side, data } of need.entries) {
      const figures = data as Record<string, unknown>;
      if (kind === 'not_solved') {
        reopens++;
        const source =
          before === 'solved'
            ? 'relapse'
            : before.startsWith('closed_')
              ? 'objection'
              : side === 'staff'
                ? 'followup'
                : 'denial';
        voice(at, source);
        for (const [least, step] of [
          [2, 'task'],
          [3, 'hard_problem'],
        ] as const)
          if (reopens === least) told.escalations.push({ request_id: r.id, step, at });
      } else if (kind === 'rated' && Number(figures.result ?? 5) <= 2) voice(at, 'rating');
      else if (kind === 'followup_answer' && figures.answer === 'solved') poor = Number(figures.satisfied ?? 5) <= 2;
      else if (kind === 'solved') {
        const ended: EntryRecord | null = standing;
        end(at, 'redone');
        if (ended)
          measureOf(ended, 'redo', at, null, { state: 'in_force', decided_at: at, proposed_label: r.handler_label });
        if (poor) voice(at, 'rating');
        poor = false;
      } else if (kind === 'withdrawn') end(at, 'withdrawn');
      else if (kind === 'sealed') end(at, 'sealed');
      else if (kind === 'closed_explained') explained(need, voice(at, 'cannot_solve'), at, end);
      if (kind === 'solved' || kind.startsWith('closed_')) before = kind;
      else if (kind === 'handled' || kind === 'not_solved') before = '';
    }
    return standing;
  }

  /** What was closed as explained had its clause and a leader's signature. */
  function explained(need: Need, entry: EntryRecord, at: Date, end: (at: Date, exit: string) => void): void {
    const handler = need.row.handler_id ? ledger.cast.byId.get(need.row.handler_id) : undefined;
    const leader = ledger.cast.leadersOf(need.row.unit_id!)[0];
    const contact = need.entries.findLast((one) => one.kind === 'contacted');
    measureOf(entry, 'explanation', at, handler ?? null, {
      state: 'in_force',
      clause: why.clause,
      reason: why.told,
      contact_entry_id: contact?.id ?? null,
      contact_at: contact?.at ?? null,
      decided_at: at,
      decided_by: leader?.accountId ?? null,
      decided_label: leader?.label ?? null,
    });
    end(at, 'explained');
  }

  const standing: { need: Need; entry: EntryRecord }[] = [];
  for (const need of ledger.needs) {
    const entry = ofThread(need);
    if (entry) standing.push({ need, entry });
  }
  waysOut(standing);
  numbered(told.measures);
  return told;

  /** Of what stands and is in hand, some is put off, handed over or before a panel; the latest stays as it is. */
  function waysOut(all: { need: Need; entry: EntryRecord }[]): void {
    const { now } = ledger.calendar;
    const inHand = all.filter(
      ({ need }) =>
        need.row.state === 'reopened' &&
        need.row.class === 'normal' &&
        need.work !== null &&
        ['reopened', 'in_progress'].includes(need.row.work),
    );
    const quiet = (need: Need): boolean =>
      need.row.state.startsWith('closed_un') || need.row.state === 'resolved_confirmed';
    const silent = all.filter(
      ({ need, entry }) => quiet(need) && need.row.class === 'normal' && entry.closed_at === null && need.work,
    );
    const courses = ['deferred', 'panel', 'deferral', 'outside', 'handover', 'explanation', 'none'] as const;
    for (const [i, one] of inHand.entries()) course(one, courses[i % courses.length]!, i, now);
    // What is left of weeks ago has been judged but for some; of the last days, some panels wait for their votes.
    for (const [i, one] of silent.entries()) {
      const old = now - one.entry.last_at.getTime() > 10 * day;
      if (old ? i % 4 > 0 : i % 8 === 0) course(one, 'panel', i, now);
    }
  }

  function course({ need, entry }: { need: Need; entry: EntryRecord }, name: string, i: number, now: number): void {
    const handler = need.row.handler_id ? ledger.cast.byId.get(need.row.handler_id) : undefined;
    const leader = ledger.cast.leadersOf(need.row.unit_id!)[0];
    const last = Math.max(entry.last_at.getTime(), need.entries.at(-1)!.at.getTime());
    const at = new Date(last + Math.min((now - last) * 0.4, 2 * day));
    const later = new Date(last + Math.min((now - last) * 0.7, 5 * day));
    if (!handler || !leader || name === 'none' || now - last < hour) return;
    const says = (actor: Actor, when: Date) => ({ ledger, actor, now: when });
    const until = new Date(now + (3 + (i % 5)) * day);
    if (name === 'deferral' || name === 'deferred') {
      trace(says(handler, at), [need], {
        kind: 'deferral_proposed',
        action: 'ledger.deferral_proposed',
        side: 'staff',
        permission: null,
        audience: 'staff',
        text: why.deferral,
        data: { until: until.toISOString() },
      });
      const measure = measureOf(entry, 'deferral', at, handler, {
        reason: why.deferral,
        plan: why.plan,
        until_at: until,
      });
      entry.pending = 'deferral';
      if (name === 'deferral') return;
      Object.assign(measure, {
        state: 'in_force',
        decided_at: later,
        decided_by: leader.accountId,
        decided_label: leader.label,
      });
      Object.assign(entry, { state: 'deferred', pending: null, deferrals: 1, until_at: until });
      patch(need, { resolve_now: until, promise_at: until, next_due: until, noticed_at: later });
      trace(says(leader, later), [need], {
        kind: 'deferred',
        action: 'ledger.deferred',
        side: 'staff',
        permission: 'ledger.explain',
        text: `${why.deferral}\n${why.plan}`,
        to: 'deferred',
        data: { until: until.toISOString() },
      });
    } else if (name === 'handover' || name === 'outside') {
      trace(says(handler, at), [need], {
        kind: 'handover_proposed',
        action: 'ledger.handover_proposed',
        side: 'staff',
        permission: null,
        audience: 'staff',
        text: why.handover,
      });
      const measure = measureOf(entry, 'handover', at, handler, {
        reason: why.handover,
        receiver: '属地公用管网维护所',
        until_at: until,
      });
      entry.pending = 'handover';
      if (name === 'handover') return;
      Object.assign(measure, {
        state: 'in_force',
        received_by: '维护所值班长',
        received_at: later,
        decided_at: later,
        decided_by: leader.accountId,
        decided_label: leader.label,
      });
      Object.assign(entry, { state: 'handed_over', pending: null, until_at: until });
      patch(need, { resolve_now: until, promise_at: until, next_due: until, noticed_at: later });
      trace(says(leader, later), [need], {
        kind: 'handed_over',
        action: 'ledger.handed_over',
        side: 'staff',
        permission: null,
        text: why.handover,
        data: { receiver: '属地公用管网维护所', until: until.toISOString() },
      });
    } else if (name === 'explanation') {
      const contact = need.entries.findLast((one) => one.kind === 'contacted' && one.at >= entry.last_at);
      if (!contact) return;
      measureOf(entry, 'explanation', at, handler, {
        clause: why.clause,
        reason: why.told,
        contact_entry_id: contact.id,
        contact_at: contact.at,
      });
      entry.pending = 'explanation';
      trace(says(handler, at), [need], {
        kind: 'explanation_proposed',
        action: 'ledger.explanation_proposed',
        side: 'staff',
        permission: null,
        audience: 'staff',
        text: why.clause,
      });
    } else judged(need, entry, handler, at, later, i, now);
  }

  /** Three drawn members; some have voted, of every third panel all. */
  function judged(need: Need, entry: EntryRecord, handler: Actor, at: Date, later: Date, i: number, now: number): void {
    const members = ['pan01', 'pan02', 'pan03'].map((login) => ledger.cast.byLogin.get(login)!);
    if (!members.every((one) => isIndependent(ledger, one, need))) return;
    const measure = measureOf(entry, 'panel', at, handler, { about: 'service', reason: why.panel });
    entry.state = 'judging';
    trace({ ledger, actor: system, now: at }, [need], {
      kind: 'panel_called',
      action: 'ledger.panel_called',
      side: 'system',
      permission: null,
      who: null,
      to: 'judging',
      reason: 'service',
      data: { about: 'service' },
    });
    for (const one of members)
      told.seats.push({ measure_id: measure.id, account_id: one.accountId!, label: one.label, at, left_at: null });
    const closed = need.row.state !== 'reopened';
    const cast = closed && now - entry.last_at.getTime() > 10 * day ? 3 : i % 3;
    for (const [n, one] of members.slice(0, cast).entries()) {
      told.votes.push({
        measure_id: measure.id,
        account_id: one.accountId!,
        at: new Date(later.getTime() + n),
        given: n < 2,
        reason: n < 2 ? why.fair : why.vote,
      });
    }
    if (cast < 3) return;
    Object.assign(measure, { state: 'given', decided_at: later });
    Object.assign(entry, { state: 'closed', exit: 'judged', verdict: 'given', closed_at: later });
    trace({ ledger, actor: system, now: later }, [need], {
      kind: 'panel_outcome',
      action: 'ledger.panel_decided',
      side: 'system',
      permission: null,
      who: null,
      text: [why.fair, why.fair, why.vote].join('\n'),
      reason: 'given',
      data: { given: true, yes: 2, no: 1, about: 'service' },
    });
    note(entry, later, 'ledger.ended', { to: 'closed', reason: 'judged' });
  }
}
