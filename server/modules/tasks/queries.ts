import type { Expression, ExpressionBuilder, Insertable, Selectable, SqlBool, Updateable } from 'kysely';
import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('tasks');

export type TaskRecord = Selectable<DB['task']>;
export type NewTask = Insertable<DB['task']>;
export type TaskPatch = Omit<Updateable<DB['task']>, 'id' | 'version'>;
export type MilestoneRecord = Selectable<DB['milestone']>;
export type SlipRecord = Selectable<DB['slip']>;
export type TellingRecord = Selectable<DB['telling']>;
export type EntryRecord = Selectable<DB['entry']>;
export type ProblemRecord = Selectable<DB['problem']>;
export type MemberRecord = Selectable<DB['member']>;
export type MovementRecord = Selectable<DB['movement']>;
export type DirectiveRecord = Selectable<DB['directive']>;
export type ParagraphRecord = Selectable<DB['paragraph']>;

/** Takes the counter of this kind and year, and holds it until the transaction ends: numbers have no gaps. */
export async function lockCounter(tx: Tx, kind: 'task' | 'problem', year: number): Promise<number> {
  await db(tx)
    .insertInto('counter')
    .values({ kind, year, last: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
  const { last } = await db(tx)
    .selectFrom('counter')
    .select('last')
    .where('kind', '=', kind)
    .where('year', '=', year)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return last;
}
export const setCounter = (tx: Tx, kind: 'task' | 'problem', year: number, last: number) =>
  db(tx).updateTable('counter').set({ last }).where('kind', '=', kind).where('year', '=', year).execute();

// ---- tasks

export const insertTask = (tx: Tx, row: NewTask) => db(tx).insertInto('task').values(row).execute();
export const taskByOnce = (tx: Tx, onceKey: string) =>
  db(tx).selectFrom('task').selectAll().where('once_key', '=', onceKey).executeTakeFirst();
export const taskById = (tx: Tx, id: string) =>
  db(tx).selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst();
export const tasksByIds = (tx: Tx, ids: string[]) =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).selectFrom('task').selectAll().where('id', 'in', ids).execute();
export const taskByNumber = (tx: Tx, number: string) =>
  db(tx).selectFrom('task').selectAll().where('number', '=', number).executeTakeFirst();
export const tasksOfSource = (tx: Tx, sourceId: string) =>
  db(tx).selectFrom('task').selectAll().where('source_id', '=', sourceId).orderBy('issued_at').execute();
export const lockTask = (tx: Tx, id: string) =>
  db(tx).selectFrom('task').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const patchTask = (tx: Tx, id: string, patch: TaskPatch) =>
  db(tx)
    .updateTable('task')
    .set({ ...patch, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();
/** What time has to look at now. */
export const tasksToLookAt = (tx: Tx, now: Date, limit: number) =>
  db(tx)
    .selectFrom('task')
    .select('id')
    .where('next_look_at', '<=', now)
    .orderBy('next_look_at')
    .limit(limit)
    .execute();

/** The one that time looks at first, where that is due by then. */
export const nextToLookAt = (tx: Tx, upTo: Date) =>
  db(tx)
    .selectFrom('task')
    .select(['id', 'next_look_at'])
    .where('next_look_at', '<=', upTo)
    .orderBy('next_look_at')
    .limit(1)
    .executeTakeFirst();

export const insertMilestones = async (tx: Tx, rows: Insertable<DB['milestone']>[]): Promise<void> => {
  if (rows.length > 0) await db(tx).insertInto('milestone').values(rows).execute();
};
export const milestonesOf = (tx: Tx, taskId: string) =>
  db(tx).selectFrom('milestone').selectAll().where('task_id', '=', taskId).orderBy('due_at').orderBy('id').execute();
export const meetMilestones = (tx: Tx, taskId: string, ids: string[], at: Date, by: string) =>
  db(tx)
    .updateTable('milestone')
    .set({ met_at: at, met_by: by })
    .where('task_id', '=', taskId)
    .where('id', 'in', ids)
    .where('met_at', 'is', null)
    .returning('id')
    .execute();

export const insertHand = (tx: Tx, row: Insertable<DB['hand']>) =>
  db(tx)
    .insertInto('hand')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
export const handsOf = (tx: Tx, taskId: string) =>
  db(tx).selectFrom('hand').selectAll().where('task_id', '=', taskId).execute();

export const slipsOf = (tx: Tx, taskId: string) =>
  db(tx).selectFrom('slip').selectAll().where('task_id', '=', taskId).orderBy('no').execute();
export const insertSlips = async (tx: Tx, rows: Insertable<DB['slip']>[]): Promise<void> => {
  if (rows.length > 0) await db(tx).insertInto('slip').values(rows).execute();
};
export const tellingsOf = (tx: Tx, taskId: string) =>
  db(tx).selectFrom('telling').selectAll().where('task_id', '=', taskId).orderBy('no').execute();
export const insertTelling = (tx: Tx, row: Insertable<DB['telling']>) =>
  db(tx).insertInto('telling').values(row).execute();

export const insertEntries = async (tx: Tx, rows: Insertable<DB['entry']>[]): Promise<void> => {
  if (rows.length > 0) await db(tx).insertInto('entry').values(rows).execute();
};
export const entriesOf = (tx: Tx, recordId: string) =>
  db(tx).selectFrom('entry').selectAll().where('record_id', '=', recordId).orderBy('at').orderBy('id').execute();
/** Removal to a sealed line: the thread's words go too (rules 5). */
export const eraseWords = (tx: Tx, recordId: string) => sql`select tasks.erase_words(${recordId})`.execute(db(tx));

/** What was drawn from a request goes with it: words, and what a milestone or a movement says. */
export async function eraseTask(tx: Tx, id: string): Promise<void> {
  await db(tx)
    .updateTable('task')
    .set({ title: '', title_en: null, criterion: '', criterion_en: null, source_label: '', guarded: true })
    .where('id', '=', id)
    .execute();
  await db(tx).updateTable('milestone').set({ what: '' }).where('task_id', '=', id).execute();
}
export const problemsOfSource = (tx: Tx, sourceId: string) =>
  db(tx).selectFrom('problem').select('id').where('source_id', '=', sourceId).execute();
/** Raised by the ledger about the request of this number. */
export const drawnByLedger = async (
  tx: Tx,
  number: string,
): Promise<{ tasks: { id: string }[]; problems: { id: string }[] }> => ({
  tasks: await db(tx)
    .selectFrom('task')
    .select('id')
    .where('source_kind', '=', 'ledger')
    .where('source_label', '=', number)
    .execute(),
  problems: await db(tx)
    .selectFrom('problem')
    .select('id')
    .where('source_kind', '=', 'ledger')
    .where('source_label', '=', number)
    .execute(),
});
export const eraseProblem = (tx: Tx, id: string) =>
  db(tx)
    .updateTable('problem')
    .set({ title: '', title_en: null, matter: '', source_label: '', guarded: true })
    .where('id', '=', id)
    .execute();

// ---- hard problems

export const insertProblem = (tx: Tx, row: Insertable<DB['problem']>) =>
  db(tx).insertInto('problem').values(row).execute();
export const problemByOnce = (tx: Tx, onceKey: string) =>
  db(tx).selectFrom('problem').selectAll().where('once_key', '=', onceKey).executeTakeFirst();
export const insertLinks = async (tx: Tx, rows: Insertable<DB['link']>[]): Promise<void> => {
  if (rows.length > 0)
    await db(tx)
      .insertInto('link')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
};
export const problemById = (tx: Tx, id: string) =>
  db(tx).selectFrom('problem').selectAll().where('id', '=', id).executeTakeFirst();
export const problemsByIds = (tx: Tx, ids: string[]) =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).selectFrom('problem').selectAll().where('id', 'in', ids).execute();
export const lockProblem = (tx: Tx, id: string) =>
  db(tx).selectFrom('problem').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const patchProblem = (tx: Tx, id: string, patch: Omit<Updateable<DB['problem']>, 'id' | 'version'>) =>
  db(tx)
    .updateTable('problem')
    .set({ ...patch, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();
export const problemsIn = (tx: Tx, state: 'open' | 'closed') =>
  db(tx).selectFrom('problem').selectAll().where('state', '=', state).orderBy('opened_at', 'desc').limit(500).execute();
export const problemsLinkedTo = (tx: Tx, recordId: string) =>
  db(tx)
    .selectFrom('link')
    .innerJoin('problem', 'problem.id', 'link.problem_id')
    .selectAll('problem')
    .where('link.record_id', '=', recordId)
    .orderBy('problem.opened_at')
    .execute();

export const membersOf = (tx: Tx, problemIds: string[]) =>
  problemIds.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('member').selectAll().where('problem_id', 'in', problemIds).orderBy('added_at').execute();
export const insertMember = (tx: Tx, row: Insertable<DB['member']>) =>
  db(tx).insertInto('member').values(row).execute();
export const patchMember = (tx: Tx, id: string, patch: Omit<Updateable<DB['member']>, 'id'>) =>
  db(tx).updateTable('member').set(patch).where('id', '=', id).execute();

export const movementsOf = (tx: Tx, problemIds: string[]) =>
  problemIds.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('movement').selectAll().where('problem_id', 'in', problemIds).orderBy('at').execute();
export const insertMovement = (tx: Tx, row: Insertable<DB['movement']>) =>
  db(tx).insertInto('movement').values(row).execute();
export const linksOf = (tx: Tx, problemId: string) =>
  db(tx).selectFrom('link').selectAll().where('problem_id', '=', problemId).orderBy('linked_at').execute();

// ---- directives

export const insertDirective = (tx: Tx, row: Insertable<DB['directive']>) =>
  db(tx).insertInto('directive').values(row).execute();
export const directiveById = (tx: Tx, id: string) =>
  db(tx).selectFrom('directive').selectAll().where('id', '=', id).executeTakeFirst();
export const directivesByIds = (tx: Tx, ids: string[]) =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).selectFrom('directive').selectAll().where('id', 'in', ids).execute();
export const directiveByDocument = (tx: Tx, documentNumber: string, nodeId: number) =>
  db(tx)
    .selectFrom('directive')
    .select('id')
    .where('document_number', '=', documentNumber)
    .where('node_id', '=', nodeId)
    .executeTakeFirst();
export const directivesAll = (tx: Tx) =>
  db(tx).selectFrom('directive').selectAll().orderBy('issued_at', 'desc').limit(300).execute();
export const insertParagraphs = (tx: Tx, rows: Insertable<DB['paragraph']>[]) =>
  db(tx).insertInto('paragraph').values(rows).execute();
export const paragraphsOf = (tx: Tx, directiveIds: string[]) =>
  directiveIds.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('paragraph').selectAll().where('directive_id', 'in', directiveIds).orderBy('n').execute();
export const lockParagraph = (tx: Tx, id: string) =>
  db(tx).selectFrom('paragraph').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const signNoAction = (
  tx: Tx,
  id: string,
  set: { no_action: string; signed_by: string; signed_label: string; signed_at: Date },
) => db(tx).updateTable('paragraph').set(set).where('id', '=', id).execute();
export type MappingRecord = Selectable<DB['mapping']>;
/** The paragraph is locked by whoever calls, after it has looked whether the two are mapped already. */
export const insertMapping = (tx: Tx, row: Insertable<DB['mapping']>) =>
  db(tx).insertInto('mapping').values(row).execute();
export const insertUnmapping = (tx: Tx, row: Insertable<DB['unmapping']>) =>
  db(tx).insertInto('unmapping').values(row).execute();
const standingMappings = (tx: Tx) =>
  db(tx)
    .selectFrom('mapping')
    .leftJoin('unmapping', 'unmapping.mapping_id', 'mapping.id')
    .where('unmapping.mapping_id', 'is', null);
/** Those that were not undone. */
export const mappingsOf = (tx: Tx, paragraphIds: string[]): Promise<MappingRecord[]> =>
  paragraphIds.length === 0
    ? Promise.resolve([])
    : standingMappings(tx)
        .selectAll('mapping')
        .where('mapping.paragraph_id', 'in', paragraphIds)
        .orderBy('mapping.mapped_at')
        .orderBy('mapping.id')
        .execute();
/** Of these mappings those whose task has moved since: somebody reported, handed in, accepted or returned it. */
export async function movedSinceMapped(tx: Tx, mappingIds: string[]): Promise<Set<string>> {
  if (mappingIds.length === 0) return new Set();
  const rows = await db(tx)
    .selectFrom('mapping')
    .innerJoin('entry', (join) =>
      join.onRef('entry.record_id', '=', 'mapping.task_id').onRef('entry.at', '>=', 'mapping.mapped_at'),
    )
    .select('mapping.id')
    .distinct()
    .where('mapping.id', 'in', mappingIds)
    .where('entry.kind', 'in', ['progress', 'submitted', 'accepted', 'returned'])
    .execute();
  return new Set(rows.map((row) => row.id));
}
/** Paragraphs that a task carries out, with their directive. */
export const paragraphsOfTask = (tx: Tx, taskId: string) =>
  standingMappings(tx)
    .innerJoin('paragraph', 'paragraph.id', 'mapping.paragraph_id')
    .innerJoin('directive', 'directive.id', 'paragraph.directive_id')
    .select(['directive.id', 'directive.title', 'directive.document_number', 'paragraph.n'])
    .where('mapping.task_id', '=', taskId)
    .orderBy('paragraph.n')
    .execute();

// ---- lists

/** What a person's grants let them list, and who they are. */
export interface TaskScope {
  accountId: string;
  everywhere: boolean;
  unitIds: number[];
  siteIds: number[];
  /** Lines whose work the person sees; `units` null = everywhere. */
  lines: { lineId: number; units: number[] | null }[];
  /** Posts the person holds: lines at head office (`unitId` null) or in a unit, and units they lead. */
  posts: { lineId: number; unitId: number | null }[];
  leads: number[];
  /** Nodes in whose name they issue. */
  issuesFrom: number[];
}

export interface TaskFilter {
  scope: TaskScope;
  view: 'mine' | 'to_accept' | 'issued' | 'open' | 'overdue' | 'closed' | 'all';
  now: Date;
  unitIds?: number[];
  siteIds?: number[];
  lineId?: number;
  colour?: string;
  source?: string;
  sourceId?: string;
  sourceNumber?: string;
  /** A number, or words of titles the reader may read. */
  search?: { number: string; like: string };
  after?: { at: Date; id: string };
  limit: number;
}

type TaskExpression = ExpressionBuilder<DB, 'task'>;

const anyOf = (e: TaskExpression, conditions: (Expression<SqlBool> | false)[]) => {
  const real = conditions.filter((one): one is Expression<SqlBool> => one !== false);
  return real.length > 0 ? e.or(real) : e.lit(false);
};
/** Answers for it: as the person named, or by post. */
const owned = (e: TaskExpression, scope: TaskScope) =>
  anyOf(e, [
    // Said so that it is also a "no" where nobody is named.
    e('owner_id', 'is not distinct from', scope.accountId),
    ...scope.posts.map((post) =>
      e.and([
        e('owner_id', 'is', null),
        e('owner_line_id', '=', post.lineId),
        post.unitId === null ? e('owner_unit_id', 'is', null) : e('owner_unit_id', '=', post.unitId),
      ]),
    ),
    scope.leads.length > 0 &&
      e.and([e('owner_id', 'is', null), e('owner_line_id', 'is', null), e('owner_unit_id', 'in', scope.leads)]),
  ]);
/** Its own people: whoever answers for it, took it in hand, issued it or accepts it. */
const party = (e: TaskExpression, scope: TaskScope) =>
  anyOf(e, [
    owned(e, scope),
    e('holder_id', '=', scope.accountId),
    e('issuer_id', '=', scope.accountId),
    scope.issuesFrom.length > 0 && e('issuer_node_id', 'in', scope.issuesFrom),
  ]);
const readable = (e: TaskExpression, scope: TaskScope) =>
  scope.everywhere
    ? e.lit(true)
    : anyOf(e, [
        party(e, scope),
        scope.unitIds.length > 0 && e('unit_id', 'in', scope.unitIds),
        scope.unitIds.length > 0 && e('owner_unit_id', 'in', scope.unitIds),
        scope.siteIds.length > 0 && e('site_id', 'in', scope.siteIds),
        ...scope.lines.map((line) =>
          e.and([
            e('owner_line_id', '=', line.lineId),
            line.units === null ? e.lit(true) : e('owner_unit_id', 'in', line.units.length > 0 ? line.units : [0]),
          ]),
        ),
      ]);

const inView = (e: TaskExpression, { view, scope, now }: Pick<TaskFilter, 'view' | 'scope' | 'now'>) => {
  const open = e('state', 'not in', ['accepted', 'void']);
  switch (view) {
    case 'mine':
      return e.and([open, e('state', '!=', 'submitted'), owned(e, scope)]);
    case 'to_accept':
      return e.and([
        e('state', '=', 'submitted'),
        scope.issuesFrom.length > 0 ? e('issuer_node_id', 'in', scope.issuesFrom) : e.lit(false),
        e.not(owned(e, scope)),
        e.not(
          e.exists(
            e
              .selectFrom('hand')
              .select('hand.task_id')
              .whereRef('hand.task_id', '=', 'task.id')
              .where('hand.account_id', '=', scope.accountId),
          ),
        ),
      ]);
    case 'issued':
      return e.and([open, e('issuer_id', '=', scope.accountId)]);
    case 'overdue':
      return e.and([open, e('state', '!=', 'submitted'), e('due_at', '<=', now)]);
    case 'open':
      return open;
    case 'closed':
      return e('state', 'in', ['accepted', 'void']);
    case 'all':
      return e.lit(true);
  }
};

const matching = (e: TaskExpression, filter: TaskFilter) =>
  e.and([
    readable(e, filter.scope),
    inView(e, filter),
    ...(filter.unitIds ? [e.or([e('unit_id', 'in', filter.unitIds), e('owner_unit_id', 'in', filter.unitIds)])] : []),
    ...(filter.siteIds ? [e('site_id', 'in', filter.siteIds)] : []),
    ...(filter.lineId ? [e('owner_line_id', '=', filter.lineId)] : []),
    ...(filter.colour ? [e('colour', '=', filter.colour)] : []),
    ...(filter.source ? [e('source_kind', '=', filter.source)] : []),
    ...(filter.sourceId
      ? [
          e.or([
            e('source_id', '=', filter.sourceId),
            // The ledger raises by an entry of its own, under the number of the request.
            e.and([e('source_kind', '=', 'ledger'), e('source_label', '=', filter.sourceNumber ?? '')]),
          ]),
        ]
      : []),
    ...(filter.search
      ? [
          e.or([
            e('number', '=', filter.search.number),
            // What a reader may not read is not found by its words either.
            e.and([
              e.or([
                e('title', 'ilike', filter.search.like),
                e('title_en', 'ilike', filter.search.like),
                e('source_label', 'ilike', filter.search.like),
              ]),
              e.or([e('guarded', '=', false), party(e, filter.scope)]),
            ]),
          ]),
        ]
      : []),
  ]);

const newestFirst = (view: TaskFilter['view']): boolean => view === 'closed' || view === 'all';

/** Open ones by their due, the earliest first; closed ones by their day of issue, the latest first. */
export const listTasks = (tx: Tx, filter: TaskFilter): Promise<TaskRecord[]> => {
  const backwards = newestFirst(filter.view);
  return db(tx)
    .selectFrom('task')
    .selectAll()
    .where((e) => matching(e, filter))
    .$if(filter.after !== undefined, (q) =>
      q.where(
        backwards
          ? sql<boolean>`(issued_at, id) < (${filter.after!.at}::timestamptz, ${filter.after!.id}::uuid)`
          : sql<boolean>`(due_at, id) > (${filter.after!.at}::timestamptz, ${filter.after!.id}::uuid)`,
      ),
    )
    .orderBy(backwards ? 'issued_at' : 'due_at', backwards ? 'desc' : 'asc')
    .orderBy('id', backwards ? 'desc' : 'asc')
    .limit(filter.limit)
    .execute();
};
export const cursorOf = (view: TaskFilter['view'], row: TaskRecord): { at: Date; id: string } => ({
  at: newestFirst(view) ? row.issued_at : row.due_at,
  id: row.id,
});

/** Counted up to 999. */
export const countTasks = async (tx: Tx, filter: TaskFilter): Promise<number> => {
  const { n } = await db(tx)
    .selectFrom((q) =>
      q
        .selectFrom('task')
        .select('id')
        .where((e) => matching(e, filter))
        .limit(999)
        .as('counted'),
    )
    .select((e) => e.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
};

/** Tasks one person owns by name that were due or handed in within [from, to), or stand open past their due time. */
export const tasksOwnedBy = (tx: Tx, accountId: string, from: Date, to: Date) =>
  db(tx)
    .selectFrom('task')
    .select(['id', 'number', 'due_original', 'submitted_at', 'accepted_at', 'returned_at', 'owner_id', 'holder_id'])
    .where('owner_id', '=', accountId)
    .where('voided_at', 'is', null)
    .where('class', '=', 'normal')
    .where('due_original', '<', to)
    .where((e) => e.or([e('due_original', '>=', from), e('accepted_at', '>=', from), e('accepted_at', 'is', null)]))
    .orderBy('due_original')
    .limit(200)
    .execute();
