import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import {
  type Base,
  type Crew,
  daysOfUsual,
  type Fault,
  figuresOf,
  headCount,
  type Outlier,
  outliersOf,
  type ReportItem,
  reportFaults,
  type Usual,
  usualOf,
  type Values,
} from '../../../contract/report-checks.ts';
import type { FormVersion, reportEndpoints } from '../../../contract/reports.ts';
import { roleFor } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { stageAt } from '../stages/index.ts';
import { dayOf, filedAt, instantOf, isDueOn, nextDay, opensOn } from './calendar.ts';
import { placesOf, versionView } from './forms.ts';
import {
  type FilingRecord,
  type FormRecord,
  formByCode,
  insertVersion,
  lastReports,
  lockFiling,
  lockFilingOf,
  openFilings,
  patchFiling,
  type VersionRecord,
  versionById,
  versionsOfForm,
} from './queries.ts';
import { filesAt, noteFiling } from './record.ts';

type Filing = ParsedOf<(typeof reportEndpoints)['file']>;

/** What a version holds beside its columns. */
export interface Content {
  values: Values;
  crews: Crew[];
  base: Base | null;
  flags: Outlier[];
  confirmed: Record<string, string>;
  /** Head-count of the report before as the server knew it when this came. */
  baseKnown: number | null;
}
export const contentOf = (version: Pick<VersionRecord, 'content'>): Content => version.content as unknown as Content;

/** How long after its day a report still comes in: what a phone kept for so long is no news. */
const mostDaysLate = 14;

/** A filing as it is opened; null where nothing is asked of the place on that day. */
export async function openingOf(
  tx: Tx,
  dir: Directory,
  form: FormVersion,
  nodeId: number,
  day: string,
): Promise<FilingRecord | null> {
  if (!isDueOn(form.rhythm, form.due, day)) return null;
  const stage = await stageAt(tx, dir.ancestors(nodeId), instantOf(dir, day));
  const time = form.due.times[stage?.code ?? ''];
  const unitId = dir.unitOf(nodeId);
  if (!stage || !time || unitId === null) return null;
  return {
    id: uuidv7(),
    form_code: form.code,
    form_no: form.no,
    node_id: nodeId,
    unit_id: unitId,
    day,
    stage_code: stage.code,
    due_at: instantOf(dir, day, time),
    locks_at: instantOf(dir, nextDay(day)),
    state: 'open',
    current_id: null,
    made_at: null,
    first_received_at: null,
    late: null,
    amended: false,
    versions: 0,
    flags: 0,
    heads: null,
    filed_by: null,
    filed_label: null,
    checked_by: null,
    checked_label: null,
    checked_at: null,
    returned_words: null,
    locked_at: null,
    noticed_at: null,
    escalated_at: null,
    chased_at: null,
  };
}

/** The ordinary of each figure of a place, by its own last reports of the form. */
export function ordinaryOf(
  items: readonly ReportItem[],
  past: readonly { values: Values; crews: readonly { id: string }[] }[],
): Record<string, Usual> {
  const figures = new Map<string, number[]>();
  for (const one of past)
    for (const { key, value } of figuresOf(items, one.values, one.crews as Crew[]))
      figures.set(key, [...(figures.get(key) ?? []), value]);
  return Object.fromEntries(
    [...figures].flatMap(([key, values]) => {
      const usual = usualOf(values);
      return usual ? [[key, usual] as const] : [];
    }),
  );
}

export interface Past {
  day: string;
  values: Values;
  crews: { id: string }[];
  heads: number | null;
}

/** The last reports before a day, newest first, of each place and form asked. */
export async function pastOf(
  tx: Tx,
  asked: readonly { nodeId: number; form: string; day: string }[],
  days = daysOfUsual,
): Promise<Past[][]> {
  if (asked.length === 0) return [];
  const rows = await lastReports(tx, [
    asked.map((one) => one.nodeId),
    asked.map((one) => one.form),
    asked.map((one) => one.day),
    days,
  ]);
  return asked.map((_, i) =>
    rows
      .filter((row) => Number(row.asked) === i + 1)
      .map((row) => ({ day: row.day, values: row.content.values as Values, crews: row.crews, heads: row.heads })),
  );
}

const fieldOf = (fault: Fault): string => `values.${fault.key}${'part' in fault && fault.part ? `.${fault.part}` : ''}`;

function valuesOf(fault: Fault): Record<string, number> {
  switch (fault.code) {
    case 'heads':
      return { is: fault.is, shouldBe: fault.shouldBe };
    case 'too_small':
      return { least: fault.least };
    case 'too_big':
      return { most: fault.most };
    default:
      return {};
  }
}

function refuse(faults: readonly Fault[]): never {
  throw new Refusal(422, 'report_faults', {
    fields: faults.map((fault) => ({
      field: fieldOf(fault),
      code: `report_${fault.code}`,
      values: valuesOf(fault),
    })),
    values: { n: faults.length },
  });
}

async function formOf(tx: Tx, code: string, no: number): Promise<{ record: FormRecord; version: FormVersion }> {
  const record = await formByCode(tx, code);
  const version = (await versionsOfForm(tx, code)).find((one) => one.no === no);
  if (!record || !version || version.state === 'draft') throw notFound();
  return { record, version: versionView(record, version) };
}

const dayMs = 86_400_000;

/** Whether a phone that may still file can have heard of this stage at the place. */
async function wasInForce(tx: Tx, dir: Directory, nodeId: number, stage: string, now: Date): Promise<boolean> {
  for (let back = 0; back <= mostDaysLate; back++)
    if ((await stageAt(tx, dir.ancestors(nodeId), new Date(now.getTime() - back * dayMs)))?.code === stage) return true;
  return false;
}

/** Sent before, by this person; null where it is new. @throws idempotency_mismatch where it is another's */
async function sentBefore({ tx, actor }: Context, id: string) {
  const again = await versionById(tx, id);
  if (!again) return null;
  if (again.by_id !== actor.accountId) throw conflict('idempotency_mismatch');
  return answer((await lockFiling(tx, again.filing_id))!, again);
}

/**
 * One report. The same id twice is one; a second report of the day is another version, and the later-made stands. What was
 * sent late is late for ever; after the day is locked a change needs a reason. The head-count is checked against what the
 * phone knew of the day before: where that has changed since, the report is taken and the difference shown.
 * @throws report_faults naming each value; reason_needed; forbidden; not_due; too_old; bad_input
 */
export async function file(context: Context, input: Filing) {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  if (!filesAt(dir, actor, input.nodeId)) throw forbidden();
  const again = await sentBefore(context, input.id);
  if (again) return again;
  const { record, version: form } = await formOf(tx, input.form, input.formNo);
  if (!placesOf(dir, form.filedFor).includes(input.nodeId)) throw badField('nodeId', 'unknown_place');
  // A phone whose clock runs ahead cannot report of a day that has not begun.
  if (dayOf(dir, now) < opensOn(form.rhythm, input.day)) throw badField('day', 'not_due');
  if (input.day < nextDay(dayOf(dir, now), -mostDaysLate)) throw badField('day', 'too_old');

  const madeAt = filedAt(now, {
    madeAt: new Date(input.madeAt),
    sentAt: input.sentAt ? new Date(input.sentAt) : undefined,
    backAt: input.backAt ? new Date(input.backAt) : undefined,
  });
  let filing = await lockFilingOf(tx, form.code, input.nodeId, input.day);
  if (!filing) {
    const opening = await openingOf(tx, dir, form, input.nodeId, input.day);
    if (!opening) throw badField('day', 'not_due');
    // What was made before the form was retired still comes in.
    if (record.retired_at !== null && madeAt >= record.retired_at) throw conflict('form_retired');
    await openFilings(tx, [opening]);
    filing = (await lockFilingOf(tx, form.code, input.nodeId, input.day))!;
  }
  // The same report on its way twice at once: the other one was first.
  const meanwhile = await sentBefore(context, input.id);
  if (meanwhile) return meanwhile;

  const afterLock = madeAt.getTime() >= filing.locks_at.getTime();
  const reason = input.reason || null;
  if (afterLock && filing.current_id !== null && reason === null)
    throw new Refusal(422, 'reason_needed', { fields: [{ field: 'reason', code: 'required' }] });

  const { items } = form;
  // A phone that has heard of nothing since a stage began asks what it knows; that is no reason to lose its report.
  const heard = input.offline && form.due.times[input.stage];
  const stage = heard && (await wasInForce(tx, dir, input.nodeId, input.stage, now)) ? input.stage : filing.stage_code;
  const faults = reportFaults({
    items,
    stage,
    values: input.values,
    crews: input.crews,
    base: input.base,
  });
  if (faults.length > 0) refuse(faults);
  const known = new Set(items.map((item) => item.key));
  const unknown = Object.keys(input.values).find((key) => !known.has(key));
  if (unknown) throw badField(`values.${unknown}`, 'unknown_item');

  const [past = []] = await pastOf(tx, [{ nodeId: input.nodeId, form: form.code, day: input.day }]);
  const flags = outliersOf(items, input.values, input.crews, ordinaryOf(items, past));
  const heads = headCount(items, input.values, input.crews, input.base)?.is ?? null;
  const content: Content = {
    values: input.values,
    crews: input.crews,
    base: input.base,
    flags,
    confirmed: input.confirmed,
    baseKnown: past[0]?.heads ?? null,
  };
  const row = {
    id: input.id,
    filing_id: filing.id,
    no: filing.versions + 1,
    form_no: form.no,
    content: JSON.stringify(content),
    said_at: new Date(input.madeAt),
    made_at: madeAt,
    received_at: now,
    offline: input.offline,
    device: input.device ?? null,
    by_id: actor.accountId,
    by_label: actor.label,
    reason,
    after_lock: afterLock,
  };
  if (!(await insertVersion(tx, row))) throw conflict('idempotency_mismatch');
  // Of two that were made at the same moment the one that came later stands.
  const stands = filing.made_at === null || madeAt.getTime() >= filing.made_at.getTime();
  // Late is decided by the earliest that was made in time, whichever came first.
  const late = (filing.late ?? true) && madeAt.getTime() > filing.due_at.getTime();
  const changed = {
    versions: row.no,
    first_received_at: filing.first_received_at ?? now,
    late,
    ...(stands
      ? {
          state: 'submitted',
          current_id: row.id,
          made_at: madeAt,
          form_no: form.no,
          heads,
          flags: flags.length,
          filed_by: actor.accountId,
          filed_label: actor.label,
          amended: filing.amended || (afterLock && filing.current_id !== null),
          checked_by: null,
          checked_label: null,
          checked_at: null,
          returned_words: null,
        }
      : {}),
  };
  await patchFiling(tx, filing.id, changed);
  await noteFiling(
    context,
    filing,
    roleFor(actor, 'reports.file'),
    afterLock && filing.current_id ? 'amended' : 'filed',
    { version: row.no, late, offline: input.offline, stands, flags: flags.length, heads },
    dir,
  );
  return answer({ ...filing, ...changed } as FilingRecord, { ...row, content: {} } as VersionRecord, flags.length);
}

function answer(filing: FilingRecord, version: VersionRecord, flags = contentOf(version).flags.length) {
  return {
    id: version.id,
    filingId: filing.id,
    receivedAt: version.received_at.toISOString(),
    madeAt: version.made_at.toISOString(),
    late: filing.late ?? false,
    stands: filing.current_id === version.id,
    flags,
    versions: filing.versions,
  };
}
