/** Measures in force for tests, as a plan would bring them. */
import { randomUUID } from 'node:crypto';
import { makeDays } from '../modules/measures/making.ts';
import { insertLines, type LineRecord } from '../modules/measures/queries.ts';
import { directory } from '../modules/organization/index.ts';
import type { Context } from '../platform/serve.ts';

type Wanted = Partial<LineRecord> & Pick<LineRecord, 'unit_id' | 'site_id'>;

/** Lines in force since yesterday, with their windows of today and tomorrow. @returns their ids */
export async function bringIntoForce({ tx, now }: Context, wanted: readonly Wanted[]): Promise<string[]> {
  const lines = wanted.map(
    (one): LineRecord => ({
      id: randomUUID(),
      plan_id: randomUUID(),
      level: one.site_id === null ? 'unit' : 'site',
      stage: 'S2',
      template_code: null,
      zh: '消杀和通风记录',
      en: 'Disinfection and ventilation log',
      place: '宿舍、食堂、厕所',
      how: '',
      work_line_id: null,
      owner_id: null,
      phase: 'during',
      nature: 'business',
      frequency: 'daily',
      rhythm: 'daily',
      due_minute: 1439,
      within_minutes: null,
      evidence: 'record',
      evidence_count: 1,
      red: false,
      fever: false,
      in_force_from: new Date(now.getTime() - 24 * 3_600_000),
      ended_at: null,
      ...one,
    }),
  );
  await insertLines(tx, lines);
  await makeDays(
    tx,
    await directory(tx),
    now,
    lines.map((one) => one.plan_id),
    0,
  );
  return lines.map((one) => one.id);
}
