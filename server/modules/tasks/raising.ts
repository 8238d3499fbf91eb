import { uuidv7 } from 'uuidv7';
import type { priorities } from '../../../contract/organization.ts';
import { type LineClass, receiveHours, type TaskSource } from '../../../contract/tasks.ts';
import { badField, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { labelsOf } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { tellOwner } from './announcing.ts';
import {
  insertLinks,
  insertMilestones,
  insertProblem,
  insertTask,
  lockCounter,
  problemByOnce,
  setCounter,
  taskById,
  taskByOnce,
} from './queries.ts';
import { note } from './record.ts';
import { hour, nextLook } from './slips.ts';

export type Priority = (typeof priorities)[number];

/** Where it comes from. `id` is the record of another module; an empty one stands for a source the program does not hold. */
export interface Source {
  kind: TaskSource;
  id: string;
  label: string;
}

/** As a person wrote it, or the program's own words in both languages. */
export type Wording = string | { zh: string; en: string };
const asWritten = (words: Wording): { zh: string; en: string | null } =>
  typeof words === 'string' ? { zh: words, en: null } : words;

export interface TaskRaising {
  source: Source;
  title: Wording;
  /** By what it is recognised as done: best with a number, a date or a named deliverable. */
  criterion: Wording;
  /** One of: a person; the post of a line, at head office or in a unit; the leader of a unit. */
  owner: { accountId?: string; lineId?: number | null; unitId?: number | null };
  dueAt: Date;
  priority: Priority;
  unitId: number | null;
  siteId: number | null;
  /** Record class; what is not `normal` is told to its own parties only. */
  class: string;
  /** From a confidential request: told to its own parties only, and in no export. */
  guarded?: boolean;
  /** The same key never raises a second task, whoever asks and however often. */
  once?: string;
  id?: string;
  milestones?: { dueAt: Date; what: string }[];
  /** The node whose leaders accept; the group unless told. */
  issuerNodeId?: number;
}

const yearIn = (zone: string, at: Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' }).format(at));

/**
 * Refuses what nobody could answer for. Oversight does not handle what it inspects: a finding is never given to a line of
 * that class.
 * @throws bad_input naming the field
 */
async function ownerOf(context: Context, dir: Directory, { owner, source }: TaskRaising): Promise<string | null> {
  const { accountId, lineId, unitId } = owner;
  if (!accountId && !lineId && !unitId) throw badField('owner', 'owner_needed');
  if (accountId && (lineId || unitId)) throw badField('owner', 'one_owner');
  if (unitId && dir.nodes.get(unitId)?.kind !== 'unit') throw badField('owner.unitId', 'bad_choice');
  const line = lineId ? dir.lines.get(lineId) : undefined;
  if (lineId && !line) throw badField('owner.lineId', 'bad_choice');
  if (source.kind === 'finding' && line?.class === 'oversight') throw badField('owner.lineId', 'oversight_handles');
  if (!accountId) return null;
  const [account] = await labelsOf(context.tx, [accountId]);
  if (!account) throw badField('owner.accountId', 'bad_choice');
  return account.label;
}

/**
 * Raises one supervised task, in the transaction of whoever calls: from a leader's instruction, a request, a resolution, a
 * finding, a measure. With `once`, a second call answers with the task that is there.
 * @returns id and number, 督办〔yyyy〕n号, without gaps in the year of the group's zone
 * @throws bad_input for an owner nobody is, a due that is past
 */
export async function raiseTask(context: Context, raising: TaskRaising): Promise<{ id: string; number: string }> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const ownerLabel = await ownerOf(context, dir, raising);
  if (raising.dueAt <= now) throw new Refusal(422, 'in_the_past', { fields: [{ field: 'dueAt', code: 'bad_choice' }] });
  for (const [i, one] of (raising.milestones ?? []).entries())
    if (one.dueAt <= now || one.dueAt > raising.dueAt) throw badField(`milestones.${i}.dueAt`, 'not_on_the_way');

  const year = yearIn(dir.group.timezone, now);
  const last = await lockCounter(tx, 'task', year);
  // Asked once the counter is held: who came first has committed by now.
  const before = raising.once ? await taskByOnce(tx, raising.once) : undefined;
  if (before) return { id: before.id, number: before.number };
  await setCounter(tx, 'task', year, last + 1);

  const id = raising.id ?? uuidv7();
  const number = `督办〔${year}〕${last + 1}号`;
  const receiveBy = new Date(Math.min(now.getTime() + receiveHours * hour, raising.dueAt.getTime()));
  const milestones = (raising.milestones ?? []).map((one) => ({ id: uuidv7(), ...one }));
  const issuerNodeId = raising.issuerNodeId ?? dir.groupNode.id;
  const title = asWritten(raising.title);
  const criterion = asWritten(raising.criterion);
  await insertTask(tx, {
    id,
    number,
    state: 'issued',
    source_kind: raising.source.kind,
    source_id: raising.source.id || null,
    source_label: raising.source.label,
    title: title.zh,
    title_en: title.en,
    criterion: criterion.zh,
    criterion_en: criterion.en,
    priority: raising.priority,
    class: raising.class,
    guarded: (raising.guarded ?? false) || raising.class !== 'normal',
    unit_id: raising.unitId,
    site_id: raising.siteId,
    owner_id: raising.owner.accountId ?? null,
    owner_label: ownerLabel,
    owner_line_id: raising.owner.lineId ?? null,
    owner_unit_id: raising.owner.unitId ?? null,
    issuer_id: actor.accountId,
    issuer_label: actor.label,
    issuer_node_id: issuerNodeId,
    issued_at: now,
    due_original: raising.dueAt,
    due_at: raising.dueAt,
    receive_by: receiveBy,
    next_look_at: nextLook(
      {
        state: 'issued',
        issuedAt: now,
        dueAt: raising.dueAt,
        submittedAt: null,
        returnedAt: null,
        returns: 0,
        milestones: milestones.map((one) => ({ id: one.id, dueAt: one.dueAt, metAt: null })),
        receiveBy,
      },
      new Set(),
      null,
      now,
    ),
    once_key: raising.once ?? null,
  });
  await insertMilestones(
    tx,
    milestones.map((one) => ({ id: one.id, task_id: id, due_at: one.dueAt, what: one.what })),
  );
  await note(context, {
    recordKind: 'task',
    record: {
      id,
      class: raising.class,
      unitId: raising.unitId,
      siteId: raising.siteId,
      lineId: raising.owner.lineId ?? null,
    },
    kind: 'issued',
    action: 'tasks.issued',
    permission: 'tasks.issue',
    to: 'issued',
    data: { due: raising.dueAt.toISOString(), source: raising.source.kind },
    figures: { source: raising.source.kind, due: raising.dueAt.toISOString(), milestones: milestones.length },
  });
  await tellOwner(context, (await taskById(tx, id))!, 'task.assigned');
  return { id, number };
}

export interface ProblemOpening {
  /** A task that could not be got done may become a hard problem too. */
  source: { kind: TaskSource | 'task'; id: string; label: string };
  title: Wording;
  /** What has been tried and why it is stuck; empty where the linked records say it. */
  matter?: string;
  unitId: number | null;
  siteId: number | null;
  class: string;
  guarded?: boolean;
  /** Classes of line the joint team must have; all three unless told. */
  requiredClasses?: LineClass[];
  once?: string;
  id?: string;
  /** Records it is about, besides its source. */
  links?: { kind: 'request' | 'task' | 'ledger'; id: string; label: string }[];
}

/**
 * Puts something on the hard-problem list (难点), in the transaction of whoever calls. Its team is put together afterwards;
 * until then the list says what is lacking.
 * @returns id and number, 难点〔yyyy〕n号, without gaps
 */
export async function openHardProblem(
  context: Context,
  opening: ProblemOpening,
): Promise<{ id: string; number: string }> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const year = yearIn(dir.group.timezone, now);
  const last = await lockCounter(tx, 'problem', year);
  const before = opening.once ? await problemByOnce(tx, opening.once) : undefined;
  if (before) return { id: before.id, number: before.number };
  await setCounter(tx, 'problem', year, last + 1);
  const id = opening.id ?? uuidv7();
  const number = `难点〔${year}〕${last + 1}号`;
  const title = asWritten(opening.title);
  await insertProblem(tx, {
    id,
    number,
    state: 'open',
    title: title.zh,
    title_en: title.en,
    matter: opening.matter ?? '',
    source_kind: opening.source.kind,
    source_id: opening.source.id || null,
    source_label: opening.source.label,
    class: opening.class,
    guarded: (opening.guarded ?? false) || opening.class !== 'normal',
    unit_id: opening.unitId,
    site_id: opening.siteId,
    required_classes: opening.requiredClasses ?? ['party', 'business', 'oversight'],
    opened_by: actor.accountId,
    opened_label: actor.label,
    opened_at: now,
    once_key: opening.once ?? null,
  });
  const { kind } = opening.source;
  const own =
    opening.source.id && (kind === 'request' || kind === 'ledger' || kind === 'task')
      ? [{ kind, id: opening.source.id, label: opening.source.label }]
      : [];
  await insertLinks(
    tx,
    [...own, ...(opening.links ?? [])].map((link) => ({
      problem_id: id,
      kind: link.kind,
      record_id: link.id,
      label: link.label,
      linked_by: actor.accountId,
      linked_at: now,
    })),
  );
  await note(context, {
    recordKind: 'problem',
    record: { id, class: opening.class, unitId: opening.unitId, siteId: opening.siteId, lineId: null },
    kind: 'opened',
    action: 'tasks.problem_opened',
    permission: 'tasks.issue',
    to: 'open',
    data: { source: kind },
    figures: { source: kind },
  });
  return { id, number };
}
