import { insertCategories, insertLines, insertSla, setBackup } from '../modules/organization/index.ts';
import { insertTemplates } from '../modules/plans/index.ts';
import { insertStages, insertTransitions } from '../modules/stages/index.ts';
import type { Tx } from '../platform/transaction.ts';
import { loadDuties } from './duties-of-peace.ts';
import { measureTemplates } from './templates.ts';
import type { World } from './world.ts';

/**
 * Lines with who stands in for whom, service levels, categories and stages: what any group starts with, the fictional one
 * too; a group's own can be set afterwards.
 * @param extensions whether the lines get the telephone extensions of the story
 * @returns the second-level categories and the lines' ids by code
 */
export async function insertStandardWork(
  tx: Tx,
  world: World,
  { extensions }: { extensions: boolean },
): Promise<{ categories: { id: number; code: string }[]; lineIds: Map<string, number> }> {
  const lines = await insertLines(
    tx,
    world.lines.map(({ code, zh, en, class: kind, ext }) => ({
      code,
      zh,
      en,
      class: kind,
      ext: extensions ? ext : null,
    })),
  );
  const lineIds = new Map(lines.map((row) => [row.code, row.id]));
  for (const { line, backup } of world.line_backups) await setBackup(tx, lineIds.get(line)!, lineIds.get(backup)!);
  await insertSla(
    tx,
    world.sla.map((row) => ({
      priority: row.priority,
      contact_minutes: row.ack_min,
      resolve_hours: row.resolve_h,
      followup_hours: row.followup_h,
    })),
  );
  const first = await insertCategories(
    tx,
    world.category_level1.map(({ code, zh, en }) => ({
      code,
      zh,
      en,
      parent_id: null,
      priority: null,
      line_id: null,
      co_line_ids: [],
      record_class: 'normal',
      relapse_days: null,
    })),
  );
  const parents = new Map(first.map((row) => [row.code, row.id]));
  const categories = await insertCategories(
    tx,
    world.categories.map((row) => ({
      code: row.code,
      zh: row.zh,
      en: row.en,
      parent_id: parents.get(row.parent)!,
      priority: row.priority,
      line_id: lineIds.get(row.line)!,
      co_line_ids: row.co_lines.map((code) => lineIds.get(code)!),
      record_class: row.seal ?? 'normal',
      relapse_days: row.relapse_d,
    })),
  );
  await loadDuties(tx);
  await insertStages(
    tx,
    world.stages.map((stage) => ({
      code: stage.code,
      zh: stage.zh,
      en: stage.en,
      ordinal: stage.order,
      working_time: ['S0', 'S4'].includes(stage.code),
    })),
  );
  await insertTransitions(
    tx,
    world.stage_transitions.map(({ from, to }) => ({ from_code: from, to_code: to })),
  );
  await insertTemplates(tx, measureTemplates(world, lineIds));
  return { categories, lineIds };
}
