/**
 * What the demo world has learnt: each unit's look back upon the four stages it has left, resting on its own drills and
 * near-misses. The look back upon the last one is still open in two units, so that its order is not closed.
 */
import { uuidv7 } from 'uuidv7';
import { accountByLogin } from '../modules/access/index.ts';
import { dateOf, localDay } from '../modules/clocks/index.ts';
import { allDrills, allNearMisses, approvedContingencies } from '../modules/drills/index.ts';
import { articlesInForce } from '../modules/knowledge/index.ts';
import {
  insertAdoptions,
  insertEvidence,
  insertLessons,
  insertReviews,
  setCounters,
} from '../modules/lessons/index.ts';
import { directory } from '../modules/organization/index.ts';
import { linesInForce, type MeasureLine } from '../modules/plans/index.ts';
import { stagePeriods } from '../modules/stages/index.ts';
import { append, type JournalEntry } from '../platform/journal.ts';
import type { Tx } from '../platform/transaction.ts';
import { demoLessons, noneWords } from './lesson-words.ts';

const hour = 3_600_000;
const day = 24 * hour;

const adoptedIntoLine = (line: MeasureLine) => ({
  kind: 'measure',
  record_id: line.lineId,
  zh: `${line.templateCode ?? ''} ${line.title.zh}`.trim(),
  en: `${line.templateCode ?? ''} ${line.title.en || line.title.zh}`.trim(),
  route: `/plans/${line.planId}`,
});

/** Which risk a contingency named in the words is of. */
const riskOf: Record<string, string> = { fever: '工地出现发热人员', waste: '医疗废物洒漏', meals: '供餐商停供' };

export async function loadLessons(tx: Tx, now: Date): Promise<void> {
  const dir = await directory(tx);
  const person = async (login: string) => {
    const account = await accountByLogin(tx, login);
    if (!account) throw new Error(`There is no account ${login} in the demo world.`);
    return { id: account.id, label: account.label };
  };
  const support = await person('sup01');
  const units = [...dir.nodes.values()]
    .filter((one) => one.kind === 'unit')
    .sort((a, b) => a.code.localeCompare(b.code));
  const drills = await allDrills(tx);
  const misses = await allNearMisses(tx);
  const articles = new Map((await articlesInForce(tx)).map((one) => [one.code, one]));
  const contingencies = await approvedContingencies(tx);

  const adopter = (named: string) => {
    const article = articles.get(named);
    if (article)
      return {
        kind: 'article',
        record_id: article.code,
        zh: `${article.code} ${article.zh}`,
        en: `${article.code} ${article.en}`,
        route: `/knowledge?code=${article.code}`,
      };
    const one = contingencies.find(({ zh }) => zh === riskOf[named]);
    if (!one) throw new Error(`Nothing called ${named} is in force in the demo world.`);
    return {
      kind: 'contingency',
      record_id: one.id,
      zh: `${one.number} 第${one.no}版 ${one.zh}`,
      en: `${one.number} v${one.no} ${one.en}`,
      route: `/readiness/risks/${one.risk_id}`,
    };
  };
  /** The newest record of the unit's own at that moment: a near-miss, else a drill. */
  const restsOn = (unitId: number, before: Date) => {
    const miss = misses.find((one) => one.unit_id === unitId && one.recorded_at < before);
    const drill = drills.find((one) => one.unit_id === unitId && one.closed_at !== null && one.closed_at < before);
    const found = miss
      ? { kind: 'near_miss', id: miss.id, number: miss.number }
      : drill && { kind: 'drill', id: drill.id, number: drill.number };
    if (!found) throw new Error('A unit of the demo world has neither a drill nor a near-miss to learn from.');
    return found;
  };

  const reviewRows: Parameters<typeof insertReviews>[1] = [];
  const lessonRows: Parameters<typeof insertLessons>[1] = [];
  const evidenceRows: Parameters<typeof insertEvidence>[1] = [];
  const adoptionRows: Parameters<typeof insertAdoptions>[1] = [];
  const journal: JournalEntry[] = [];
  const last = new Map<number, number>();
  const noted = (
    at: Date,
    actorId: string | null,
    action: string,
    recordKind: string,
    recordId: string,
    unitId: number,
    to: string,
  ): void => {
    journal.push({
      at,
      actorId,
      role: null,
      action: `lessons.${action}`,
      recordKind,
      recordId,
      class: 'normal',
      unitId,
      to,
    });
  };

  const left = (await stagePeriods(tx)).filter((one) => one.node_id === dir.groupNode.id && one.to_at !== null);
  let turn = 0;
  for (const [p, period] of left.entries()) {
    const leftAt = period.to_at!;
    const isLast = p === left.length - 1;
    for (const [u, unit] of units.entries()) {
      const prefix = unit.code.toLowerCase();
      const liaison = await person(`${prefix}-liaison`);
      const leader = await person(`${prefix}-deputy`);
      const reviewId = uuidv7();
      const none = period.code === 'S1' && unit.code === 'U03';
      const asks = isLast && unit.code === 'U06';
      const silent = isLast && unit.code === 'U09';
      const writtenAt = new Date(leftAt.getTime() + (1 + (u % 4)) * day + 3 * hour);
      const answeredAt = new Date(writtenAt.getTime() + 20 * hour);
      const answered = !asks && !silent;
      reviewRows.push({
        id: reviewId,
        period_id: period.id,
        order_id: period.order_id,
        stage_code: period.code,
        left_at: leftAt,
        unit_id: unit.id,
        due_at: new Date(leftAt.getTime() + 7 * day),
        state: answered ? 'answered' : asks ? 'none_asked' : 'open',
        ...(none || asks ? { none_reason: noneWords, none_asked_by: liaison.id, none_asked_label: liaison.label } : {}),
        ...(none ? { none_signed_by: leader.id, none_signed_label: leader.label } : {}),
        ...(answered
          ? {
              answered_at: answeredAt,
              answered_by: none ? leader.id : liaison.id,
              answered_label: none ? leader.label : liaison.label,
            }
          : {}),
      });
      noted(leftAt, null, 'review_opened', 'lesson_review', reviewId, unit.id, 'open');
      if (answered)
        noted(
          answeredAt,
          none ? leader.id : liaison.id,
          none ? 'none_signed' : 'review_answered',
          'lesson_review',
          reviewId,
          unit.id,
          'answered',
        );
      if (none || asks || silent) continue;

      const words = demoLessons[turn % demoLessons.length]!;
      const evidence = restsOn(unit.id, writtenAt);
      turn++;
      const id = uuidv7();
      const year = Number(dateOf(localDay(dir.group.timezone, writtenAt)).slice(0, 4));
      last.set(year, (last.get(year) ?? 0) + 1);
      const group = turn % 4 === 0;
      const decider = group ? support : leader;
      const decidedAt = new Date(writtenAt.getTime() + 4 * day);
      const effectDue = new Date(decidedAt.getTime() + 30 * day);
      const rejected = !isLast && words.adoptedIn === undefined;
      const adopted = !isLast && !rejected;
      const looked = adopted && words.effect !== undefined && effectDue.getTime() + day < now.getTime();
      lessonRows.push({
        id,
        number: `经验〔${year}〕${last.get(year)}号`,
        review_id: reviewId,
        stage_code: period.code,
        unit_id: unit.id,
        line_id: dir.linesByCode.get(words.line)?.id ?? null,
        kind: words.kind,
        level: group ? 'group' : 'unit',
        state: isLast ? 'proposed' : rejected ? 'rejected' : looked ? 'effect_reviewed' : 'adopted',
        title: words.zh,
        title_en: words.en,
        observed: words.observed,
        cause: words.cause,
        proposal: words.proposal,
        author_label: liaison.label,
        writers: [liaison.id],
        observed_at: writtenAt,
        analysed_at: new Date(writtenAt.getTime() + hour),
        proposed_at: new Date(writtenAt.getTime() + 2 * hour),
        ...(isLast ? {} : { decided_by: decider.id, decided_label: decider.label, decided_at: decidedAt }),
        ...(rejected ? { decision: '做法可取，暂由本单位自行决定，不改方案。' } : {}),
        ...(adopted ? { effect_due: effectDue } : {}),
        ...(looked
          ? {
              effect: 'better',
              effect_measure: words.effect!.measure,
              effect_before: words.effect!.before,
              effect_after: words.effect!.after,
              effect_by: decider.id,
              effect_label: decider.label,
              effect_at: new Date(effectDue.getTime() + day),
            }
          : {}),
      });
      noted(writtenAt, liaison.id, 'observed', 'lesson', id, unit.id, 'observed');
      if (!isLast)
        noted(
          decidedAt,
          decider.id,
          adopted ? 'adopted' : 'rejected',
          'lesson',
          id,
          unit.id,
          adopted ? 'adopted' : 'rejected',
        );
      if (looked)
        noted(
          new Date(effectDue.getTime() + day),
          decider.id,
          'effect_reviewed',
          'lesson',
          id,
          unit.id,
          'effect_reviewed',
        );
      evidenceRows.push({
        lesson_id: id,
        kind: evidence.kind,
        record_id: evidence.id,
        number: evidence.number,
        added_by: liaison.id,
        added_at: writtenAt,
      });
      if (adopted) adoptionRows.push({ lesson_id: id, ...adopter(words.adoptedIn!), at: decidedAt });
      // The unit people look at first has also written it into the plan it worked by then, where its line has a measure there.
      if (adopted && unit.code === 'U04') {
        const lines = (await linesInForce(tx, { unitIds: [unit.id] }, decidedAt)).filter(
          (one) => one.planKind === 'unit_plan',
        );
        const line = lines.find((one) => dir.lines.get(one.workLineId ?? 0)?.code === words.line);
        if (line) adoptionRows.push({ lesson_id: id, ...adoptedIntoLine(line), at: decidedAt });
      }
    }
  }
  await insertReviews(tx, reviewRows);
  await insertLessons(tx, lessonRows);
  await insertEvidence(tx, evidenceRows);
  await insertAdoptions(tx, adoptionRows);
  await setCounters(
    tx,
    [...last].map(([year, number]) => ({ year, last: number })),
  );
  journal.sort((a, b) => a.at.getTime() - b.at.getTime());
  await append(tx, ...journal);
}
