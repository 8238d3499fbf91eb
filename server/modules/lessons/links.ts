import type { Adopter } from '../../../contract/lessons.ts';
import type { Actor } from '../../platform/actor.ts';
import { badField } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { contingenciesInForce, practiceByNumber } from '../drills/index.ts';
import { articlesInForce } from '../knowledge/index.ts';
import { linesInForce } from '../plans/index.ts';
import { requestsByIds } from '../requests/index.ts';
import { referenceTo, tasksByIds } from '../tasks/index.ts';
import type { EvidenceRecord, LessonRecord } from './queries.ts';

export interface Evidence {
  kind: 'request' | 'task' | 'drill' | 'near_miss';
  id: string;
  number: string;
}

/** 演练[2026]3号 and 演练〔2026〕3号 are the same. */
const spelt = (written: string): string =>
  written
    .trim()
    .replace(/[[［【(（]/g, '〔')
    .replace(/[\]］】)）]/g, '〕');

/**
 * The records of these numbers, as far as this person may read them. A request that was asked in confidence, or that is not of
 * the normal class, stands in no lesson (rules 6): everybody who learns reads lessons.
 * @throws bad_input naming the number that is not there, not this person's to read, or told in confidence
 */
export async function evidenceFor(context: Context, written: readonly string[]): Promise<Evidence[]> {
  const found = new Map<string, Evidence>();
  for (const [i, one] of written.entries()) {
    const practice = await practiceByNumber(context, spelt(one));
    const record: Evidence | null = practice ?? (await referenceTo(context, one));
    if (!record) throw badField(`evidence.${i}`, 'no_such_record');
    if (record.kind === 'request') {
      const [request] = await requestsByIds(context.tx, [record.id]);
      if (request?.confidentiality !== 'open' || request.class !== 'normal')
        throw badField(`evidence.${i}`, 'told_in_confidence');
    }
    if (record.kind === 'task' && (await tasksByIds(context.tx, [record.id])).some((task) => task.guarded))
      throw badField(`evidence.${i}`, 'told_in_confidence');
    found.set(record.id, record);
  }
  return [...found.values()];
}

const pages: Record<Evidence['kind'], (id: string) => string> = {
  request: (id) => `/requests/${id}`,
  task: (id) => `/tasks/${id}`,
  drill: (id) => `/readiness/drills/${id}`,
  near_miss: () => '/readiness/near-misses',
};
export const pageOf = (evidence: Pick<EvidenceRecord, 'kind' | 'record_id'>): string =>
  pages[evidence.kind as Evidence['kind']](evidence.record_id);

/** A measure is shown on the page of its plan. */
export const planRoute = (planId: string): string => `/plans/${planId}`;

const planNames = {
  strategy: { zh: '阶段对策', en: 'Strategy' },
  unit_plan: { zh: '单位方案', en: 'Unit plan' },
  site_set: { zh: '工地措施', en: 'Site measures' },
} as const;

/**
 * What may take a lesson up: of the unit, its plans and their lines; of the group, the strategy and its lines; articles in
 * force, and contingencies the one who decides may read.
 */
export async function adoptersFor(
  tx: Tx,
  actor: Actor,
  lesson: Pick<LessonRecord, 'unit_id' | 'level'>,
  nameOf: (nodeId: number) => { zh: string; en: string },
  now: Date,
): Promise<Adopter[]> {
  const ofUnit = lesson.level === 'unit' && lesson.unit_id !== null;
  const lines = (await linesInForce(tx, ofUnit ? { unitIds: [lesson.unit_id!] } : 'all', now)).filter(
    (line) => ofUnit || line.planKind === 'strategy',
  );
  const plans = new Map<string, Adopter>();
  for (const line of lines) {
    const place = line.siteId ?? line.unitId;
    const where = place === null ? { zh: '全集团', en: 'Whole group' } : nameOf(place);
    const name = planNames[line.planKind];
    plans.set(line.planId, {
      kind: 'plan',
      id: line.planId,
      zh: `${where.zh} ${name.zh}（${line.stage}）`,
      en: `${where.en}: ${name.en} (${line.stage})`,
      route: planRoute(line.planId),
    });
  }
  return [
    ...plans.values(),
    ...lines.map(
      (line): Adopter => ({
        kind: 'measure',
        id: line.lineId,
        zh: `${line.templateCode ?? ''} ${line.title.zh}`.trim(),
        en: `${line.templateCode ?? ''} ${line.title.en || line.title.zh}`.trim(),
        route: planRoute(line.planId),
      }),
    ),
    ...(await articlesInForce(tx)).map(
      (article): Adopter => ({
        kind: 'article',
        id: article.code,
        zh: `${article.code} ${article.zh}`,
        en: `${article.code} ${article.en}`,
        route: `/knowledge?code=${article.code}`,
      }),
    ),
    ...(await contingenciesInForce(tx, actor)).map(
      (one): Adopter => ({
        kind: 'contingency',
        id: one.id,
        zh: `${one.number} 第${one.no}版 ${one.zh}`,
        en: `${one.number} v${one.no} ${one.en || one.zh}`,
        route: `/readiness/risks/${one.risk_id}`,
      }),
    ),
  ];
}
