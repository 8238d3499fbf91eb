/** Plans written and signed for tests, through the doors people use. */
import { randomUUID } from 'node:crypto';
import type { LineContent, PlanKind, PlanLine, signedSteps } from '../../contract/plans.ts';
import { api, type Client, type House } from './program.ts';

export const contentOf = ({
  level,
  zh,
  en,
  who,
  ownerId,
  place,
  how,
  workLineId,
  phase,
  nature,
  frequency,
  evidence,
  evidenceCount,
  red,
  clause,
}: PlanLine): LineContent => ({
  level,
  zh,
  en,
  who,
  ownerId,
  place,
  how,
  workLineId,
  phase,
  nature,
  frequency,
  evidence,
  evidenceCount,
  red,
  clause,
});

export const lineWith = (more: Partial<LineContent>): LineContent => ({
  level: 'site',
  zh: '收工后逐班清点并复盘',
  en: 'Count and look back after each shift',
  who: '工地保障员',
  ownerId: null,
  place: '大门内候车棚',
  how: '班组长报数，保障员记台账',
  workLineId: null,
  phase: 'after',
  nature: 'service',
  frequency: 'daily',
  evidence: 'record',
  evidenceCount: 1,
  red: false,
  clause: 'S4-M20',
  ...more,
});

const kindOf: Record<string, PlanKind> = { group: 'strategy', unit: 'unit_plan', site: 'site_set' };

/** Begins a plan of a place, by its code, and adds lines to it. @returns its id */
export async function begun(
  house: House,
  by: Client,
  place: string,
  stage = 'S4',
  lines: Partial<LineContent>[] = [],
): Promise<string> {
  const id = randomUUID();
  const node = house.dir.nodesByCode.get(place) ?? house.dir.groupNode;
  await by.do(api.plans.write, {
    id,
    kind: kindOf[node.kind]!,
    nodeId: node.id,
    stage,
    trigger: 'stage',
    triggerWords: '阶段要求',
    aim: null,
  });
  for (const one of lines) await by.do(api.plans.addLine, { id, key: randomUUID(), line: lineWith(one) });
  return id;
}

/** Three lines of a place's own: the templates of a stage leave phases empty at the level of sites. */
export const wholeSet = (place: string): Partial<LineContent>[] => [
  { zh: `${place}开工前查验塔吊下方通道`, phase: 'before', how: `${place}两侧围挡各查一遍`, place: `${place}塔吊` },
  { zh: `${place}食堂分三批就餐`, phase: 'during', how: '每批四十分钟', place: '食堂' },
  { zh: `${place}收工后清点复盘`, phase: 'after' },
];

export const versionOf = async (by: Client, id: string): Promise<number> =>
  (await by.do(api.plans.plan, { id })).version;

/** Signs the plan as it stands now. */
export const signNow = async (by: Client, id: string, step: (typeof signedSteps)[number]) =>
  by.try(api.plans.sign, { id, step, version: await versionOf(by, id) });
