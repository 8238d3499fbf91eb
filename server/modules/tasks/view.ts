import type { SupervisionEntry, TaskRow, TaskView } from '../../../contract/tasks.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';
import { abilitiesOf, mayOwn, mayReadWords, nothingToDo, readerOfTask, type TaskHand } from './policy.ts';
import type { EntryRecord, MilestoneRecord, ProblemRecord, SlipRecord, TaskRecord, TellingRecord } from './queries.ts';

/** What the program named in both languages, in the reader's; what a person wrote, as they wrote it. */
export const titleFor = (reader: Pick<Actor, 'locale'>, one: Pick<TaskRecord, 'title' | 'title_en'>): string =>
  (reader.locale === 'en' && one.title_en) || one.title;
export const criterionFor = (reader: Pick<Actor, 'locale'>, task: TaskRecord): string =>
  (reader.locale === 'en' && task.criterion_en) || task.criterion;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A row as this reader may see it: of a guarded task, a stranger to it sees that it is there. */
export function rowView(dir: Directory, actor: Actor, task: TaskRecord): TaskRow | null {
  const reader = readerOfTask(actor, task, dir);
  if (!reader) return null;
  const words = mayReadWords(reader, task);
  return {
    id: task.id,
    number: task.number,
    state: task.state as TaskRow['state'],
    colour: task.colour as TaskRow['colour'],
    title: words ? titleFor(actor, task) : null,
    source: {
      kind: task.source_kind as TaskRow['source']['kind'],
      id: words ? task.source_id : null,
      label: words ? task.source_label : null,
    },
    priority: task.priority as TaskRow['priority'],
    unitId: task.unit_id,
    siteId: words ? task.site_id : null,
    owner: {
      label: task.owner_label,
      lineId: task.owner_line_id,
      unitId: task.owner_unit_id,
      holder: task.holder_label,
    },
    issuer: task.issuer_id === null ? '' : task.issuer_label,
    issuedAt: task.issued_at.toISOString(),
    due: task.due_at.toISOString(),
    originalDue: task.due_original.toISOString(),
    receiveBy: task.receive_by.toISOString(),
    receivedAt: iso(task.received_at),
    silentlyReceived: task.silently_received,
    submittedAt: iso(task.submitted_at),
    closedAt: iso(task.accepted_at ?? task.voided_at),
    returns: task.returns,
    mine: mayOwn(actor, task),
    version: task.version,
  };
}

/** @param words whether texts and files are this reader's to read */
export const entryViews = (
  entries: EntryRecord[],
  files: Map<string, SupervisionEntry['files'][number]>,
  words: boolean,
): SupervisionEntry[] =>
  entries.map((entry) => ({
    id: entry.id,
    at: entry.at.toISOString(),
    kind: entry.kind as SupervisionEntry['kind'],
    who: entry.who,
    text: words ? entry.text : null,
    data: words
      ? (entry.data as SupervisionEntry['data'])
      : Object.fromEntries(Object.entries(entry.data as SupervisionEntry['data']).filter(([name]) => name !== 'refs')),
    files: words ? entry.file_ids.map((id) => files.get(id)).filter((file) => file !== undefined) : [],
  }));

export interface TaskParts {
  milestones: MilestoneRecord[];
  slips: SlipRecord[];
  tellings: TellingRecord[];
  entries: EntryRecord[];
  hands: TaskHand[];
  /** The person whose dissatisfaction it came from has not said that it is solved. */
  awaited: boolean;
  files: Map<string, SupervisionEntry['files'][number]>;
  paragraphs: { id: string; title: string; document_number: string; n: number }[];
  problems: ProblemRecord[];
}

export function taskView(dir: Directory, actor: Actor, task: TaskRecord, parts: TaskParts, now: Date): TaskView | null {
  const row = rowView(dir, actor, task);
  if (!row) return null;
  const words = mayReadWords(readerOfTask(actor, task, dir)!, task);
  const { can, cannot, independence } = words
    ? abilitiesOf(actor, task, parts.hands, parts.awaited, dir, now)
    : { can: nothingToDo, cannot: {}, independence: [] };
  return {
    ...row,
    criterion: words ? criterionFor(actor, task) : null,
    milestones: parts.milestones.map((one) => ({
      id: one.id,
      due: one.due_at.toISOString(),
      what: words ? one.what : '',
      metAt: iso(one.met_at),
    })),
    slips: parts.slips.map((one) => ({
      no: one.no,
      colour: one.colour as 'red',
      why: one.why as 'overdue',
      due: one.due_at.toISOString(),
      occurredAt: one.occurred_at.toISOString(),
      issuedAt: one.issued_at.toISOString(),
    })),
    tellings: parts.tellings.map((one) => ({
      no: one.no,
      role: one.role,
      nodeId: one.node_id,
      addressees: one.addressees,
      at: one.at.toISOString(),
    })),
    directives: parts.paragraphs.map((one) => ({
      directiveId: one.id,
      title: one.title,
      documentNumber: one.document_number,
      paragraph: one.n,
    })),
    problems: words
      ? parts.problems.map((one) => ({ id: one.id, number: one.number, title: titleFor(actor, one) }))
      : [],
    entries: entryViews(parts.entries, parts.files, words),
    can,
    cannot,
    independence,
    onTime: task.state === 'accepted' ? task.submitted_at! <= task.due_original : null,
  };
}
