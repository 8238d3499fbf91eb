import {
  followupDayEndpoints as api,
  type DayRow,
  type RateLine as SharedLine,
} from '../../../../contract/followup-days.ts';
import { type Actor, roleFor } from '../../../platform/actor.ts';
import { badField, forbidden, notFound } from '../../../platform/errors.ts';
import { append } from '../../../platform/journal.ts';
import { readAnchors } from '../../../platform/seal.ts';
import { type Desk, serve } from '../../../platform/serve.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { type Directory, directory } from '../../organization/index.ts';
import { requestsByIds } from '../../requests/index.ts';
import { dayAfter, dayIn, isDay } from './calendar.ts';
import { ratesRecord, whole } from './draw.ts';
import { stratumOfLine } from './drawing.ts';
import {
  allRates,
  countedLines,
  type DayRecord,
  type DayTally,
  dayByName,
  daysBefore,
  dayTallies,
  insertRates,
  linesOf,
  planFrom,
  ratesByNo,
  ratesFor,
} from './queries.ts';
import { planText, type RatePlan, stratumOf } from './rates.ts';
import { type Cell, cellsOf, type Line } from './result.ts';
import { verifyDay } from './verifying.ts';
import { dayWords } from './words.ts';

const pageSize = 31;

/** Callers and whoever reads the journal: figures only, and the records to callers alone. */
function admitReaders(actor: Actor): void {
  if (!actor.permissions.has('followups.call') && !actor.permissions.has('journal.read')) throw forbidden();
}

const nothing: Omit<DayTally, 'day'> = {
  framed: 0,
  undecided: 0,
  own: 0,
  own_solved: 0,
  silent: 0,
  drawn: 0,
  mandatory: 0,
  reached: 0,
  solved: 0,
  refused: 0,
  unreachable: 0,
  gone: 0,
  open: 0,
};

function rowOf(day: DayRecord, tally: Omit<DayTally, 'day'>): DayRow {
  const { own_solved: ownSolved, ...figures } = tally;
  return {
    ...figures,
    ownSolved,
    day: day.day,
    state: day.frozen_at ? 'frozen' : day.closed_at ? 'closed' : 'open',
    late: day.late,
    frozenAt: day.frozen_at?.toISOString() ?? null,
  };
}

const shared = ({ from, base, again, lines }: RatePlan) => ({
  from,
  base: base / whole,
  again: again / whole,
  lines: lines.map((line) => ({
    ...line,
    priority: line.priority as SharedLine['priority'],
    share: line.share / whole,
  })),
});

/** The cells of these days, from lines that are alike counted together. */
const cellsOfDays = async (tx: Tx, dir: Directory, days: string[]): Promise<Cell[]> =>
  cellsOf(
    (await countedLines(tx, [days])).map((line) => ({
      stratum: stratumOfLine(dir, line),
      mandatory: line.mandatory !== null || line.disposed === 'mandatory',
      disposed: line.disposed as Line['disposed'],
      outcome: line.outcome,
      n: line.n,
    })),
  );

const encode = (line: { at: Date; request_id: string }): string => `${line.at.getTime()}.${line.request_id}`;
function decode(cursor: string | undefined): [Date | null, string | null] {
  const found = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor ?? '');
  return found ? [new Date(Number(found[1])), found[2]!] : [null, null];
}

export function mountDays(desk: Desk, deps: { anchorsFile: string }): void {
  serve(desk, api.days, async ({ tx, actor }, { before }) => {
    admitReaders(actor);
    const rows = await daysBefore(tx, before ?? null, pageSize + 1);
    const page = rows.slice(0, pageSize);
    const tallies = new Map((await dayTallies(tx, [page.map((row) => row.day)])).map((row) => [row.day, row]));
    return {
      days: page.map((day) => {
        const { day: _, ...tally } = tallies.get(day.day) ?? { day: day.day, ...nothing };
        return rowOf(day, tally);
      }),
      next: rows.length > pageSize ? page.at(-1)!.day : null,
    };
  });

  serve(desk, api.day, async ({ tx, actor }, { day }) => {
    admitReaders(actor);
    const found = await dayByName(tx, day);
    if (!found) throw notFound();
    const dir = await directory(tx);
    const [tally] = await dayTallies(tx, [[day]]);
    const rates = found.rates_no === null ? undefined : await ratesByNo(tx, found.rates_no);
    return {
      day: rowOf(found, tally ?? nothing),
      cells: await cellsOfDays(tx, dir, [day]),
      rates: rates ? shared(planFrom(rates)) : null,
    };
  });

  serve(desk, api.dayLines, async ({ tx }, { day, figure, stratum, certain, after, limit }) => {
    if (!(await dayByName(tx, day))) throw notFound();
    const dir = await directory(tx);
    const of = stratum === undefined ? null : stratumOf(stratum);
    const category = of && (dir.categoriesByCode.get(of.category)?.id ?? 0);
    const found = await linesOf[figure](tx, [
      day,
      category,
      of?.priority ?? null,
      of?.timing ?? null,
      certain === undefined ? null : certain === 'yes',
      ...decode(after),
      limit + 1,
    ]);
    const lines = found.slice(0, limit);
    const requests = new Map(
      (
        await requestsByIds(
          tx,
          lines.map((line) => line.request_id),
        )
      ).map((r) => [r.id, r]),
    );
    return {
      lines: lines.flatMap((line) => {
        const r = requests.get(line.request_id);
        return r
          ? [
              {
                requestId: r.id,
                number: r.number,
                at: line.at.toISOString(),
                stratum: line.priority === null ? '' : stratumOfLine(dir, line),
                mandatory: line.mandatory,
                disposed: line.disposed,
                outcome: line.outcome,
                siteId: r.site_id,
                unitId: r.unit_id,
                callId: line.call_id,
              },
            ]
          : [];
      }),
      next: found.length > limit ? encode(lines.at(-1)!) : null,
    };
  });

  serve(desk, api.verifyDay, async ({ tx, actor, now }, { day }) => {
    if (!isDay(day)) throw badField('day', 'bad_format');
    const check = await verifyDay(tx, day, await readAnchors(deps.anchorsFile));
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: roleFor(actor, 'journal.read'),
      action: 'followups.day_verified',
      recordKind: 'journal',
      recordId: ratesRecord,
      class: 'audit',
      figures: { day, valid: check.valid, state: check.state, differences: check.differences.length },
    });
    return {
      ...check,
      differences: check.differences.slice(0, 200).map(({ what, request }) => {
        const [zh, en] = dayWords.differences[what];
        return { what, zh, en, request };
      }),
    };
  });

  serve(desk, api.rates, async ({ tx, actor, now }) => {
    admitReaders(actor);
    const dir = await directory(tx);
    const today = dayIn(dir.group.timezone)(now);
    const inForce = (await ratesFor(tx, today)).no;
    const days = (await daysBefore(tx, today, 14)).filter((day) => day.closed_at !== null);
    const strata = new Map<string, { silent: number; reached: number }>();
    const names = days.map(({ day }) => day);
    for (const cell of await cellsOfDays(tx, dir, names)) {
      const sum = strata.get(cell.stratum) ?? { silent: 0, reached: 0 };
      strata.set(cell.stratum, { silent: sum.silent + (cell.mandatory ? 0 : cell.B), reached: sum.reached + cell.r });
    }
    return {
      plans: (await allRates(tx)).map((row) => ({
        ...shared(planFrom(row)),
        no: row.no,
        madeBy: row.made_by_label,
        madeAt: row.made_at.toISOString(),
        inForce: row.no === inForce,
      })),
      today,
      strata: [...strata]
        .map(([stratum, sum]) => ({ stratum, ...sum }))
        .sort((a, b) => a.stratum.localeCompare(b.stratum)),
    };
  });

  serve(desk, api.setRates, async ({ tx, actor, now }, { from, base, again, lines }) => {
    const dir = await directory(tx);
    const tomorrow = dayAfter(dayIn(dir.group.timezone)(now));
    if (!isDay(from)) throw badField('from', 'bad_format');
    // Published before the day begins, and never changed for a running one (rules 9).
    if (from < tomorrow) throw badField('from', 'rates_too_early', { day: tomorrow });
    lines.forEach((line, i) => {
      const first = line.category === null ? null : dir.categoriesByCode.get(line.category);
      if (first === undefined || (first && first.parentId !== null))
        throw badField(`lines.${i}.category`, 'unknown_category');
    });
    const plan: RatePlan = {
      from,
      base: Math.round(base * whole),
      again: Math.round(again * whole),
      lines: lines.map((line) => ({ ...line, share: Math.round(line.share * whole) })),
    };
    await insertRates(tx, plan, { id: actor.accountId, label: actor.label, at: now });
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: roleFor(actor, 'followups.plan'),
      action: 'followups.rates_set',
      recordKind: 'followup_rates',
      recordId: ratesRecord,
      class: 'normal',
      figures: { from, plan: planText(plan) },
    });
    return { done: true as const };
  });
}
