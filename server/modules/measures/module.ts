import type { ParsedOf } from '../../../contract/endpoint.ts';
import { measureEndpoints as api, type MeasureFigures } from '../../../contract/measures.ts';
import type { Actor } from '../../platform/actor.ts';
import { forbidden, notFound } from '../../platform/errors.ts';
import { type Context, type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsInRoles } from '../access/index.ts';
import { provideDutyList } from '../duty/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { provideMeasureWork } from '../plans/index.ts';
import { officesOf } from '../reports/index.ts';
import { provideMeasuresOfNobody } from './accountable.ts';
import { answer, check } from './answering.ts';
import { measuresOf } from './fulfilment.ts';
import { began, ended, today, zoneOf } from './making.ts';
import { checkerOf, dutiesOf, mayRead, seenBy } from './policy.ts';
import {
  checkedBy,
  type DueRecord,
  dayFigures,
  daysLapsed,
  dueById,
  duesFor,
  eventLines,
  lapses,
  marksOf,
  recordsOfDay,
  type Seen,
  sampleOf,
  unanswered,
} from './queries.ts';
import { dueView, dueViews, eventView, markViews } from './view.ts';
import { dayAfter, instantOf } from './windows.ts';
import { cannot, happened, tick } from './working.ts';

/** A late one stays on the list of its doer for so long. */
const shownLateDays = 3;
/** Of one list: what a person can look through. */
const mostRecords = 500;
const mostCannots = 200;
/** What is drawn to be checked, of the last days. */
const sampleSize = 12;
const sampleDays = 3;

const noFigures = (): MeasureFigures => ({
  due: 0,
  open: 0,
  done: 0,
  late: 0,
  lapsed: 0,
  redLapsed: 0,
  cannot: 0,
  checked: 0,
});
const add = (to: MeasureFigures, one: MeasureFigures): void => {
  for (const name of Object.keys(to) as (keyof MeasureFigures)[]) to[name] += one[name];
};

type Act = (typeof api)['tick' | 'cannot' | 'answer' | 'check'];

/** Measures as work: what falls due, who does it with which evidence, what lapses, who answers and who checks. */
export function mountMeasures(desk: Desk): void {
  provideMeasureWork({ began, ended });
  provideMeasuresOfNobody();
  provideDutyList({ key: 'measures', words: { zh: '措施打卡', en: 'Measures' }, items: measuresOf });

  /** Where this person looks, narrowed to a unit. @throws forbidden where it is not theirs */
  function seen(actor: Actor, unitId: number | undefined): Seen | null {
    const mine = seenBy(actor);
    if (unitId === undefined) return mine;
    if (mine !== null && !mine.unitIds.includes(unitId)) throw forbidden();
    return { unitIds: [unitId], siteIds: [] };
  }

  /** Of what this reader sees, one site, what stands under one unit, or the group's own. */
  function narrowed(
    dir: Directory,
    all: Seen | null,
    {
      unitId,
      siteId,
      level,
    }: { unitId?: number | undefined; siteId?: number | undefined; level?: 'group' | undefined },
  ): Seen | null {
    const sees = (unit: number | null | undefined): boolean =>
      all === null || (unit != null && all.unitIds.includes(unit));
    if (siteId !== undefined) {
      const own = sees(dir.unitOf(siteId)) || all!.siteIds.includes(siteId);
      return { unitIds: [], siteIds: own ? [siteId] : [] };
    }
    if (unitId !== undefined)
      return sees(unitId)
        ? { unitIds: [unitId], siteIds: [] }
        : { unitIds: [], siteIds: all!.siteIds.filter((id) => dir.unitOf(id) === unitId) };
    if (level === 'group') return { unitIds: [], siteIds: [], group: all === null };
    return all;
  }

  /** Whom to ring about it: who answers for it by name, at the site's office, or on the extension of its line. */
  async function ringsFor(tx: Tx, dir: Directory, dues: readonly DueRecord[]) {
    const people = dues.length > 0 ? await accountsInRoles(tx, ['site_officer', 'unit_liaison', 'support_group']) : [];
    const siteIds = [...new Set(dues.flatMap((due) => due.site_id ?? []))];
    const offices = new Map((await officesOf(tx, siteIds)).map((one) => [one.site_id, one.phone]));
    return (due: DueRecord) => {
      const office = due.site_id === null ? undefined : offices.get(due.site_id);
      const number =
        office ?? ((due.line.work_line_id && dir.lines.get(due.line.work_line_id)?.ext) || dir.group.hotline);
      const role = due.site_id ? 'site_officer' : due.unit_id ? 'unit_liaison' : 'support_group';
      const place = due.site_id ?? due.unit_id;
      return people
        .filter((one) => one.role === role && (place === null || one.node_id === place))
        .slice(0, 2)
        .map((one) => ({ name: one.label, number }));
    };
  }

  serve(desk, api.mine, async ({ tx, actor, now }) => {
    const dir = await directory(tx);
    const duties = dutiesOf(actor);
    const day = today(dir, now);
    const until = instantOf(zoneOf(dir), dayAfter(day, 2), 0);
    const dues = (await duesFor(tx, duties, dayAfter(day, -shownLateDays), until)).filter(
      // Of earlier days only what still wants doing.
      (one) => one.day >= day || one.state === 'lapsed' || (one.state === 'cannot' && one.answer !== 'excused'),
    );
    const unitIds = new Set([...duties.siteIds.map((id) => dir.unitOf(id)), ...duties.unitIds]);
    const liaisons = (await accountsInRoles(tx, ['unit_liaison'])).filter((one) => unitIds.has(one.node_id));
    return {
      day,
      asOf: now.toISOString(),
      siteIds: [...new Set(duties.siteIds)],
      rows: await dueViews(tx, actor, dues),
      events: (await eventLines(tx, duties)).map(eventView),
      ring: [
        ...(duties.siteIds.length > 0 ? liaisons.slice(0, 2).map((one) => ({ name: one.label, number: null })) : []),
        { name: dir.group.short, number: dir.group.hotline },
      ],
    };
  });

  /** One as it stands after an act. */
  async function standing(tx: Tx, actor: Actor, id: string) {
    const due = (await dueById(tx, id))!;
    return dueView(actor, due, await marksOf(tx, [id]));
  }

  serve(desk, api.one, async ({ tx, actor }, { id }) => {
    const due = await dueById(tx, id);
    if (!due || !mayRead(actor, due)) throw notFound();
    const marks = await marksOf(tx, [id]);
    const ring = await ringsFor(tx, await directory(tx), [due]);
    return { ...dueView(actor, due, marks), marks: await markViews(tx, marks), ring: ring(due) };
  });

  // What was written comes back in these answers: none is kept for a repeat, whose own ids make it one.
  const once = { privateAnswer: true } as const;
  /** An act on a measure, answered with the measure as it stands. */
  const serveAct = <E extends Act>(endpoint: E, act: (context: Context, input: ParsedOf<E>) => Promise<void>): void =>
    serve<Act>(
      desk,
      endpoint,
      async (context, input) => {
        await act(context, input as ParsedOf<E>);
        return standing(context.tx, context.actor, input.id);
      },
      once,
    );
  serveAct(api.tick, tick);
  serveAct(api.cannot, cannot);
  serveAct(api.answer, answer);
  serveAct(api.check, check);
  serve(
    desk,
    api.happened,
    async (context, input) => standing(context.tx, context.actor, await happened(context, input)),
    once,
  );

  // ---- what the desk watches

  const sampleDaysOf = (day: string): string[] => Array.from({ length: sampleDays }, (_, i) => dayAfter(day, -i));

  /** What is drawn for this person today: theirs to check by the same rule as the command. */
  async function sampleFor(tx: Tx, actor: Actor, day: string): Promise<DueRecord[]> {
    if (!actor.permissions.has('measures.check')) return [];
    const drawn = await sampleOf(tx, sampleDaysOf(day), actor.accountId!, seenBy(actor), sampleSize * 3);
    return drawn.filter((one) => checkerOf(actor, one, []) !== null).slice(0, sampleSize);
  }

  serve(desk, api.board, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    const now_ = today(dir, now);
    const day = input.day ?? now_;
    const where = seen(actor, input.unitId);
    const all = noFigures();
    const units = new Map<
      number | null,
      { all: MeasureFigures; own: MeasureFigures; sites: { siteId: number; figures: MeasureFigures }[] }
    >();
    for (const { unit_id, site_id, red_lapsed, ...row } of await dayFigures(tx, day, where)) {
      const figures = { ...row, redLapsed: red_lapsed };
      const unit = units.get(unit_id) ?? { all: noFigures(), own: noFigures(), sites: [] };
      units.set(unit_id, unit);
      add(all, figures);
      add(unit.all, figures);
      if (site_id === null) add(unit.own, figures);
      else unit.sites.push({ siteId: site_id, figures });
    }
    const inOrder = (a: number | null, b: number | null): number =>
      (dir.nodes.get(a ?? 0)?.code ?? '').localeCompare(dir.nodes.get(b ?? 0)?.code ?? '');
    return {
      day,
      today: now_,
      asOf: now.toISOString(),
      all,
      units: [...units]
        .sort(([a], [b]) => inOrder(a, b))
        .map(([unitId, unit]) => ({
          unitId,
          ...unit,
          sites: unit.sites.sort((a, b) => inOrder(a.siteId, b.siteId)),
        })),
      unanswered: (await unanswered(tx, where, 1)).total,
      lapsedNow: (await lapses(tx, dayAfter(now_, 1 - shownLateDays), where, 1)).total,
      toCheck: (await sampleFor(tx, actor, now_)).length,
    };
  });

  serve(desk, api.records, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    const { rows, total } = await recordsOfDay(tx, {
      day: input.day ?? today(dir, now),
      show: input.show,
      seen: narrowed(dir, seenBy(actor), input),
      limit: mostRecords,
    });
    return { rows: await dueViews(tx, actor, rows), total };
  });

  serve(desk, api.lapses, async ({ tx, actor, now }, { unitId }) => {
    const dir = await directory(tx);
    const day = today(dir, now);
    const days = Array.from({ length: shownLateDays }, (_, i) => dayAfter(day, -i));
    const { rows, total } = await lapses(tx, days.at(-1)!, seen(actor, unitId), mostRecords);
    const lapsedDays = new Map<string, Set<string>>();
    for (const { line_id, day: on } of await daysLapsed(tx, [
      rows.map((one) => one.line_id),
      Array.from({ length: shownLateDays * 2 }, (_, i) => dayAfter(day, -i)),
    ]))
      lapsedDays.set(line_id, (lapsedDays.get(line_id) ?? new Set()).add(on));
    const running = ({ line_id, day: last }: DueRecord): number => {
      let n = 1;
      while (n < 3 && lapsedDays.get(line_id)?.has(dayAfter(last, -n))) n += 1;
      return n;
    };
    const ring = await ringsFor(tx, dir, rows);
    const views = await dueViews(tx, actor, rows);
    return {
      rows: views.map((due, i) => ({ due, ring: ring(rows[i]!), daysRunning: running(rows[i]!) })),
      total,
      asOf: now.toISOString(),
    };
  });

  serve(desk, api.cannots, async ({ tx, actor, now }, { unitId }) => {
    const { rows, total } = await unanswered(tx, seen(actor, unitId), mostCannots);
    return { rows: await dueViews(tx, actor, rows), total, asOf: now.toISOString() };
  });

  serve(desk, api.sample, async ({ tx, actor, now }) => {
    const dir = await directory(tx);
    const day = today(dir, now);
    return {
      rows: await dueViews(tx, actor, await sampleFor(tx, actor, day)),
      checkedToday: await checkedBy(tx, actor.accountId!, instantOf(zoneOf(dir), day, 0)),
    };
  });
}
