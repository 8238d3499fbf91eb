import type { FilingRow, FormVersion, Tally } from '../../../contract/reports.ts';
import type { Actor } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsInRoles } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { dayOf, nextDay } from './calendar.ts';
import { contentOf, openingOf, pastOf } from './filing.ts';
import { type FormInUse, formsInUse, placesOf, versionView } from './forms.ts';
import {
  approvalsOn,
  changedSince,
  type FilingRecord,
  filingById,
  filingsBetween,
  filingsOn,
  formByCode,
  madeOffline,
  officesOf,
  versionsOf,
  versionsOfForm,
} from './queries.ts';
import { approves, checks, filedIt, filesAt, placesRead, reads } from './record.ts';
import { keeps } from './sites.ts';

const matrixDays = 14;

function timingOf({ state, late, due_at }: Pick<FilingRecord, 'state' | 'late' | 'due_at'>, now: Date) {
  if (state !== 'open') return late ? ('late' as const) : ('on_time' as const);
  return now > due_at ? ('silent' as const) : ('waiting' as const);
}

export function rowOf(filing: FilingRecord, now: Date, offline = false): FilingRow {
  return {
    id: filing.id,
    form: filing.form_code,
    nodeId: filing.node_id,
    unitId: filing.unit_id,
    day: filing.day,
    dueAt: filing.due_at.toISOString(),
    locksAt: filing.locks_at.toISOString(),
    locked: now >= filing.locks_at,
    state: filing.state as FilingRow['state'],
    timing: timingOf(filing, now),
    madeAt: filing.made_at?.toISOString() ?? null,
    receivedAt: filing.first_received_at?.toISOString() ?? null,
    offline,
    amended: filing.amended,
    versions: filing.versions,
    flags: filing.flags,
    heads: filing.heads,
    by: filing.filed_label,
    checkedBy: filing.checked_label,
    chasedAt: filing.chased_at?.toISOString() ?? null,
  };
}

const none = (): Tally => ({
  expected: 0,
  received: 0,
  onTime: 0,
  late: 0,
  silent: 0,
  waiting: 0,
  checked: 0,
  flagged: 0,
  heads: 0,
});

export function tallyOf(rows: readonly Pick<FilingRow, 'timing' | 'state' | 'flags' | 'heads'>[]): Tally {
  const all = none();
  for (const row of rows) {
    all.expected++;
    if (row.state !== 'open') all.received++;
    if (row.timing === 'on_time') all.onTime++;
    if (row.timing === 'late') all.late++;
    if (row.timing === 'silent') all.silent++;
    if (row.timing === 'waiting') all.waiting++;
    if (row.state === 'checked' || row.state === 'approved') all.checked++;
    if (row.flags > 0) all.flagged++;
    all.heads += row.heads ?? 0;
  }
  return all;
}

/** Who files for a place: the officers of a site, the liaisons of a unit, by label; of these places, or of all. */
export async function filersOf(
  tx: Tx,
  nodeIds: readonly number[] | null = null,
): Promise<Map<number, { ids: string[]; labels: string[] }>> {
  const found = new Map<number, { ids: string[]; labels: string[] }>();
  for (const one of await accountsInRoles(tx, ['site_officer', 'unit_liaison'], nodeIds)) {
    const there = found.get(one.node_id) ?? { ids: [], labels: [] };
    there.ids.push(one.id);
    there.labels.push(one.label);
    found.set(one.node_id, there);
  }
  return found;
}

/** The form asked for, in use or former; the first in use where none is named. */
export async function formAsked(tx: Tx, code: string | undefined, inUse: FormInUse[]): Promise<FormVersion> {
  const found = code === undefined ? inUse[0] : inUse.find((form) => form.version.code === code);
  if (found) return found.version;
  const record = code === undefined ? undefined : await formByCode(tx, code);
  const version = record && (await versionsOfForm(tx, record.code)).filter((one) => one.state !== 'draft').at(-1);
  if (!record || !version) throw notFound();
  return versionView(record, version);
}

/** Filings of a form on a day, of these places or of all: those opened, and of the running day of a form in use those to be opened. */
export async function filingsOfDay(
  tx: Tx,
  dir: Directory,
  form: FormVersion,
  day: string,
  now: Date,
  inUse: readonly FormInUse[],
  among: readonly number[] | null = null,
): Promise<{ opened: FilingRecord[]; toOpen: FilingRecord[] }> {
  const opened = await filingsOn(tx, form.code, day, among);
  const toOpen: FilingRecord[] = [];
  if (day !== dayOf(dir, now) || !inUse.some((one) => one.version.code === form.code)) return { opened, toOpen };
  const there = new Set(opened.map((filing) => filing.node_id));
  const wanted = among && new Set(among);
  for (const nodeId of placesOf(dir, form.filedFor)) {
    if (there.has(nodeId) || wanted?.has(nodeId) === false) continue;
    const opening = await openingOf(tx, dir, form, nodeId, day);
    if (opening) toOpen.push(opening);
  }
  return { opened, toOpen };
}

const mayCheck = (dir: Directory, actor: Actor, filing: FilingRecord): boolean =>
  filing.state === 'submitted' && !filedIt(actor, filing) && checks(dir, actor, filing.node_id);

export async function dayView(
  tx: Tx,
  actor: Actor,
  now: Date,
  asked: { form?: string | undefined; day?: string | undefined },
) {
  const dir = await directory(tx);
  const inUse = await formsInUse(tx);
  const form = await formAsked(tx, asked.form, inUse);
  const today = dayOf(dir, now);
  const day = asked.day ?? today;
  const places = placesRead(dir, actor);
  const { opened, toOpen } = await filingsOfDay(tx, dir, form, day, now, inUse, places);
  const filings = [...opened, ...toOpen].filter((one) => reads(dir, actor, one.node_id));
  const offline = await madeOffline(
    tx,
    filings.flatMap((one) => (one.current_id ? [one.current_id] : [])),
  );
  const officers = await filersOf(tx, places);
  const phones = new Map(
    (
      await officesOf(
        tx,
        filings.map((one) => one.node_id),
      )
    ).map((one) => [one.site_id, one.phone]),
  );
  const rows = filings.map((one) => ({
    ...rowOf(one, now, one.current_id !== null && offline.has(one.current_id)),
    id: toOpen.includes(one) ? null : one.id,
    officers: officers.get(one.node_id)?.labels ?? [],
    phone: phones.get(one.node_id) ?? null,
    can: { check: mayCheck(dir, actor, one), office: keeps(dir, actor, one.node_id) },
  }));
  const approvals = new Map((await approvalsOn(tx, form.code, day)).map((one) => [one.unit_id, one]));
  const unitIds = [...new Set(rows.map((row) => row.unitId))].sort((a, b) =>
    dir.nodes.get(a)!.code.localeCompare(dir.nodes.get(b)!.code),
  );
  const units = [];
  for (const unitId of unitIds) {
    const own = rows.filter((row) => row.unitId === unitId);
    const approval = approvals.get(unitId);
    units.push({
      unitId,
      ...tallyOf(own),
      approval: approval
        ? {
            by: approval.by_label,
            at: approval.at.toISOString(),
            words: approval.words,
            since: await changedSince(tx, form.code, unitId, day, approval.at),
          }
        : null,
      can: { approve: !approval && approves(actor, unitId) && mayApprove(own) === null },
    });
  }
  return {
    asOf: now.toISOString(),
    form,
    forms: inUse.map(({ version }) => version).map(({ code, zh, en, filedFor }) => ({ code, zh, en, filedFor })),
    day,
    today,
    dueAt:
      rows
        .map((row) => row.dueAt)
        .sort()
        .at(-1) ?? null,
    all: tallyOf(rows),
    units,
    rows,
    can: { chase: actor.permissions.has('messages.chase') },
  };
}

/** Why a unit's day cannot be approved yet; null: it can. Before the day is locked everything must have come. */
export function mayApprove(
  rows: readonly Pick<FilingRow, 'state' | 'locked' | 'timing'>[],
): 'nothing_asked' | 'unchecked' | 'outstanding' | null {
  if (rows.length === 0) return 'nothing_asked';
  if (rows.some((row) => row.state === 'submitted' || row.state === 'returned')) return 'unchecked';
  if (rows.some((row) => row.state === 'open' && !row.locked)) return 'outstanding';
  return null;
}

export async function matrixView(tx: Tx, actor: Actor, now: Date, code: string | undefined) {
  const dir = await directory(tx);
  const form = await formAsked(tx, code, await formsInUse(tx));
  const today = dayOf(dir, now);
  const days = Array.from({ length: matrixDays }, (_, i) => nextDay(today, i - matrixDays + 1));
  const found = await filingsBetween(tx, form.code, days[0]!, today);
  const byNode = new Map<number, Map<string, (typeof found)[number]>>();
  for (const one of found) {
    const cells = byNode.get(one.node_id) ?? new Map();
    byNode.set(one.node_id, cells.set(one.day, one));
  }
  const rows = [...byNode]
    .filter(([nodeId]) => dir.nodes.has(nodeId) && reads(dir, actor, nodeId))
    .map(([nodeId, cells]) => ({
      nodeId,
      unitId: [...cells.values()][0]!.unit_id,
      cells: days.map((day) => {
        const one = cells.get(day);
        if (!one) return null;
        return { timing: timingOf(one, now), amended: one.amended, heads: one.heads };
      }),
    }))
    .sort((a, b) => dir.nodes.get(a.nodeId)!.code.localeCompare(dir.nodes.get(b.nodeId)!.code));
  return { days, rows };
}

export async function filingView(tx: Tx, actor: Actor, now: Date, id: string) {
  const dir = await directory(tx);
  const filing = await filingById(tx, id);
  const files = filing && filesAt(dir, actor, filing.node_id);
  if (!filing || (!files && !reads(dir, actor, filing.node_id))) throw notFound();
  const record = (await formByCode(tx, filing.form_code))!;
  const form = versionView(record, (await versionsOfForm(tx, record.code)).find((one) => one.no === filing.form_no)!);
  const versions = await versionsOf(tx, id);
  const [past = []] = await pastOf(tx, [{ nodeId: filing.node_id, form: filing.form_code, day: filing.day }], 1);
  const [before] = past;
  const officers = await filersOf(tx, [filing.node_id]);
  const [office] = await officesOf(tx, [filing.node_id]);
  return {
    ...rowOf(filing, now, versions.find((one) => one.id === filing.current_id)?.offline ?? false),
    form,
    stage: filing.stage_code,
    returned: filing.returned_words,
    versions: versions.map((one) => {
      const content = contentOf(one);
      return {
        id: one.id,
        no: one.no,
        formNo: one.form_no,
        stands: one.id === filing.current_id,
        values: content.values,
        crews: content.crews,
        base: content.base,
        baseNow: before && content.base?.heads !== before.heads ? before.heads : null,
        flags: content.flags,
        confirmed: content.confirmed,
        saidAt: one.said_at.toISOString(),
        madeAt: one.made_at.toISOString(),
        receivedAt: one.received_at.toISOString(),
        offline: one.offline,
        by: one.by_label,
        device: one.device,
        reason: one.reason,
        afterLock: one.after_lock,
      };
    }),
    officers: officers.get(filing.node_id)?.labels ?? [],
    phone: office?.phone ?? null,
    previous: before ? { day: before.day, values: before.values } : null,
    can: {
      check: mayCheck(dir, actor, filing),
      amend: Boolean(files),
      office: keeps(dir, actor, filing.node_id),
    },
  };
}
