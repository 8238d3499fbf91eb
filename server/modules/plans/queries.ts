import type { Insertable, Selectable } from 'kysely';
import { moduleTables } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('plans');

export type Template = Selectable<DB['template_measure']>;

export const insertTemplates = (tx: Tx, rows: Insertable<DB['template_measure']>[]) =>
  db(tx).insertInto('template_measure').values(rows).execute();

export const templatesOf = (tx: Tx, stage: string, levels: readonly string[]): Promise<Template[]> =>
  db(tx)
    .selectFrom('template_measure')
    .selectAll()
    .where('stage_code', '=', stage)
    .where('level', 'in', levels)
    .orderBy('ordinal')
    .execute();

/** Plans whose lines are due at `at`: in force by then and not ended; those to be renewed among them. */
export const linesOfPlansInForce = (
  tx: Tx,
  of: { planIds?: string[]; siteIds?: number[]; unitIds?: number[] },
  at: Date,
) => {
  let query = db(tx)
    .selectFrom('line')
    .innerJoin('plan', 'plan.id', 'line.plan_id')
    .selectAll('line')
    .select(['plan.kind', 'plan.stage_code', 'plan.unit_id', 'plan.site_id', 'plan.in_force_from'])
    .where('plan.in_force_from', '<=', at)
    .where((e) => e.or([e('plan.ended_at', 'is', null), e('plan.ended_at', '>', at)]))
    .where('line.removed_at', 'is', null)
    .where((e) => e.not(e.and([e('plan.kind', '=', 'unit_plan'), e('line.level', '=', 'site')])));
  // A list that names nobody asks for nothing.
  if (of.planIds) query = query.where('plan.id', 'in', of.planIds.length > 0 ? of.planIds : [none]);
  if (of.siteIds) query = query.where('plan.site_id', 'in', of.siteIds.length > 0 ? of.siteIds : [-1]);
  if (of.unitIds) query = query.where('plan.unit_id', 'in', of.unitIds.length > 0 ? of.unitIds : [-1]);
  return query.orderBy('plan.id').orderBy('line.position').execute();
};
const none = '00000000-0000-0000-0000-000000000000';
