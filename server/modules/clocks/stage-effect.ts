/** What a switch of stage changes about clocks: by which calendar they run. What was promised stays promised (rules 4). */
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { openAt } from '../requests/index.ts';
import { allStages, provideStageEffect } from '../stages/index.ts';
import type { Calendar } from './calendars.ts';
import { timetable } from './held.ts';
import { calendarFor, levelAt, type Priority } from './timetable.ts';

const named = (calendar: Calendar) => ({
  zh: calendar.week ? calendar.zh : '24×7',
  en: calendar.week ? calendar.en : '24×7',
});
const fewest = 10;

async function calendarsOf(tx: Tx, unitIds: readonly number[], stage: string, at: Date): Promise<Calendar[]> {
  const dir = await directory(tx);
  const table = await timetable(tx);
  const row = (await allStages(tx)).find(({ code }) => code === stage)!;
  const of = (unitId: number | null): Calendar =>
    calendarFor(
      table,
      dir.group.timezone,
      { priority: 'normal24', stage: { code: row.code, workingTime: row.working_time }, unitId },
      at,
    );
  // Units may use a calendar of their own; each is named once.
  const all = unitIds.length > 0 ? unitIds.map((unitId) => of(unitId)) : [of(null)];
  return all.filter((one, i) => all.findIndex(({ code }) => code === one.code) === i);
}

const together = (calendars: readonly Calendar[]) => ({
  zh: calendars.map((one) => named(one).zh).join('、'),
  en: calendars.map((one) => named(one).en).join(', '),
});

export function provideClocksEffect(): void {
  provideStageEffect({
    key: 'clocks',
    words: { zh: '时钟', en: 'Clocks' },
    order: 10,
    async preview(tx, { scope, fromStage, toStage, at }) {
      const dir = await directory(tx);
      const units =
        scope.unitIds.length > 0
          ? scope.unitIds
          : scope.siteIds.map((siteId) => dir.unitOf(siteId)).filter((unitId) => unitId !== null);
      const before = together(await calendarsOf(tx, units, fromStage, at));
      const after = together(await calendarsOf(tx, units, toStage, at));
      const changed = before.zh !== after.zh;
      const table = await timetable(tx);
      const rounds = (['urgent', 'high'] satisfies Priority[]).map(
        (priority) => levelAt(table, dir.sla, priority, at).resolveMinutes / 60,
      );
      const open = await openAt(tx, scope.unitIds, scope.siteIds);
      const n = open === 0 ? '0' : open < fewest ? `<${fewest}` : String(open);
      return [
        {
          item: { zh: '一般诉求计时', en: 'Normal needs run' },
          before,
          after,
          consequence: changed
            ? { zh: '只管生效后提出的', en: 'Those asked after it only' }
            : { zh: '不变', en: 'As before' },
          changed,
        },
        {
          item: { zh: '紧急、较急计时', en: 'Urgent and high run' },
          before: { zh: '24×7', en: '24×7' },
          after: { zh: '24×7', en: '24×7' },
          consequence: { zh: `不变，${rounds.join(' / ')} 小时办结`, en: `As before: ${rounds.join(' / ')} h` },
          changed: false,
        },
        {
          item: { zh: '在办诉求期限', en: 'Dues of open needs' },
          before: { zh: `${n} 件`, en: n },
          after: { zh: `${n} 件`, en: n },
          consequence: { zh: '保持原期限', en: 'Keep their due' },
          changed: false,
        },
      ];
    },
  });
}
