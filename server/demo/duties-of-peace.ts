import { insertDuties } from '../modules/drills/index.ts';
import type { Tx } from '../platform/transaction.ts';

/** Of the measures of the normal stage: what the program itself asks of every unit, in stages S0 and S4. */
export const dutiesOfPeace = [
  ['S0-M03', '每季度开展一次应急演练', 'Drill every quarter', 'quarterly', 'drill'],
  ['S0-M01', '明确单位、条线、工地三级责任人', 'Name accountable owners at unit, line and site', 'quarterly', 'record'],
  ['S0-M05', '每月盘点并清理近效期物资', 'Monthly count and near-expiry review', 'monthly', 'record'],
  ['S0-M10', '通知渠道全员可达性测试', 'Test that every person can be reached', 'quarterly', 'record'],
  ['S0-M17', '梳理关键岗位AB角', 'Name backups for key posts', 'quarterly', 'record'],
  ['S0-M02', '编制并年审综合保障方案', 'Maintain and review the support plan every year', 'yearly', 'record'],
] as const;

/** What every group begins with, also without any history. */
export const loadDuties = (tx: Tx): Promise<unknown> =>
  insertDuties(
    tx,
    dutiesOfPeace.map(([code, zh, en, frequency, kind], ordinal) => ({
      code,
      zh,
      en,
      frequency,
      kind,
      stages: ['S0', 'S4'],
      ordinal,
    })),
  );
