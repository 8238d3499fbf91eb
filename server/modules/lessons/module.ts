import { id as idShape } from '../../../contract/endpoint.ts';
import { lessonEndpoints as api, type LessonRow, lessonViews } from '../../../contract/lessons.ts';
import { notFound } from '../../platform/errors.ts';
import { provideHearers } from '../../platform/live.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { accountsInRoles } from '../access/index.ts';
import { provideDutyList } from '../duty/index.ts';
import { directory } from '../organization/index.ts';
import { versionsOf } from '../plans/index.ts';
import { provideClosingCheck, provideStageEffect } from '../stages/index.ts';
import { adoptersFor, planRoute } from './links.ts';
import { mayDecideOn } from './policy.ts';
import {
  allReviews,
  findLessons,
  lessonById,
  lessonsAdoptedBy,
  openReviewsOfOrder,
  reviewsOfUnits,
} from './queries.ts';
import { answerReview, askNone, openReviews, reviewDays, signNone } from './reviewing.ts';
import { lessonFile, lessonRows, reviewRows } from './view.ts';
import { analyse, decide, observe, propose, reviewEffect } from './writing.ts';

const done = { done: true as const };

const inView: Record<(typeof lessonViews)[number], (row: LessonRow) => boolean> = {
  all: () => true,
  to_decide: (row) => row.state === 'proposed',
  adopted: (row) => row.state === 'adopted' || row.state === 'effect_reviewed',
  effect_due: (row) => row.effectLate,
  rejected: (row) => row.state === 'rejected',
};

export function mountLessons(desk: Desk): void {
  // What was learnt is there for everybody who reads lessons.
  for (const kind of ['lesson', 'lesson_review'])
    provideHearers(kind, async () => (actor) => actor.permissions.has('lessons.read'));
  provideClosingCheck({ key: 'lessons', open: openReviewsOfOrder });
  provideStageEffect({
    key: 'lessons',
    words: { zh: '复盘', en: 'Look back' },
    order: 95,
    async preview(tx, { scope, fromStage }) {
      const dir = await directory(tx);
      const units = scope.unitIds.length || new Set(scope.siteIds.map((siteId) => dir.unitOf(siteId))).size;
      return [
        {
          item: { zh: `${fromStage} 阶段的复盘`, en: `Look back upon ${fromStage}` },
          before: { zh: '未开始', en: 'not begun' },
          after: {
            zh: `${units} 个单位各写一份，${reviewDays} 天内`,
            en: `${units} ${units === 1 ? 'unit writes' : 'units write'} one within ${reviewDays} days`,
          },
          consequence: {
            zh: '每个单位至少一条经验，或由分管领导签“无”；全部答复后原阶段令才结案',
            en: 'One lesson a unit at least, or a "none" that its leader signs; the order that is left closes after the last',
          },
          changed: units > 0,
        },
      ];
    },
    apply: openReviews,
  });
  provideDutyList({
    key: 'lessons',
    words: { zh: '阶段复盘', en: 'Looks back' },
    async items(tx, accountId, from, to) {
      const posts = (await accountsInRoles(tx, ['unit_liaison'])).filter((one) => one.id === accountId);
      const reviews = await reviewsOfUnits(
        tx,
        posts.map((one) => one.node_id),
        from,
        to,
      );
      return reviews.map((review) => ({
        key: review.id,
        what: { zh: `${review.stage_code} 阶段复盘`, en: `Look back upon ${review.stage_code}` },
        dueAt: review.due_at,
        doneAt: review.answered_at,
        state: review.answered_at === null ? 'due' : review.answered_at > review.due_at ? 'late' : 'done',
        route: '/lessons',
      }));
    },
  });

  serve(desk, api.reviews, async ({ tx, actor, now }, { nodeId }) => {
    const dir = await directory(tx);
    const reviews = (await allReviews(tx)).filter(
      (one) => nodeId === undefined || dir.ancestors(one.unit_id).includes(nodeId),
    );
    // What is still to be done stands first, units as the organisation lists them.
    const place = new Map([...dir.nodes.keys()].map((id, i) => [id, i]));
    const rows = (await reviewRows(tx, dir, actor, reviews, now)).sort(
      (a, b) =>
        Number(a.state === 'answered') - Number(b.state === 'answered') ||
        Number(b.can.write) - Number(a.can.write) ||
        place.get(a.unitId)! - place.get(b.unitId)!,
    );
    const periods = [...new Set(reviews.map((one) => one.period_id))].map((periodId) => {
      const of = reviews.filter((one) => one.period_id === periodId);
      const first = of[0]!;
      const ids = new Set(of.map((one) => one.id));
      return {
        id: periodId,
        stage: first.stage_code,
        leftAt: first.left_at.toISOString(),
        orderId: first.order_id,
        reviews: rows.filter((row) => ids.has(row.id)),
      };
    });
    const open = rows.filter((row) => row.state !== 'answered');
    return { periods, open: open.length, late: open.filter((row) => row.late).length };
  });
  serve(desk, api.answerReview, async (context, { id, version }) => {
    await answerReview(context, id, version);
    return done;
  });
  serve(desk, api.askNone, async (context, { id, version, reason }) => {
    await askNone(context, id, version, reason);
    return done;
  });
  serve(desk, api.signNone, async (context, { id, version, sign }) => {
    await signNone(context, id, version, sign);
    return done;
  });

  serve(desk, api.list, async ({ tx, now }, { view, search, ...filter }) => {
    const like = search ? `%${search.replace(/[%_\\]/g, '\\$&')}%` : undefined;
    const rows = await lessonRows(tx, await findLessons(tx, { ...filter, like }), now);
    const counts = Object.fromEntries(lessonViews.map((one) => [one, rows.filter(inView[one]).length]));
    return {
      lessons: rows.filter(inView[view]),
      counts: counts as Record<(typeof lessonViews)[number], number>,
    };
  });
  serve(desk, api.lesson, async ({ tx, actor, now }, { id }) => {
    const lesson = await lessonById(tx, id);
    if (!lesson) throw notFound();
    return lessonFile(tx, await directory(tx), actor, lesson, now);
  });
  serve(desk, api.observe, (context, input) => observe(context, input));
  serve(desk, api.analyse, async (context, input) => {
    await analyse(context, input);
    return done;
  });
  serve(desk, api.propose, async (context, input) => {
    await propose(context, input);
    return done;
  });
  serve(desk, api.adopters, async ({ tx, actor, now }, { id }) => {
    const lesson = await lessonById(tx, id);
    const dir = await directory(tx);
    if (!lesson || !mayDecideOn(actor, lesson, dir)) throw notFound();
    return { adopters: await adoptersFor(tx, actor, lesson, (nodeId) => dir.nodes.get(nodeId)!, now) };
  });
  serve(desk, api.decide, async (context, input) => {
    await decide(context, input);
    return done;
  });
  serve(desk, api.reviewEffect, async (context, input) => {
    await reviewEffect(context, input);
    return done;
  });
  serve(desk, api.adoptedBy, async ({ tx, now }, { kind, recordId }) => {
    const plans = kind === 'plan' && idShape.safeParse(recordId).success ? await versionsOf(tx, recordId) : [];
    const by = { kind, recordIds: [recordId, ...plans], routes: plans.map(planRoute) };
    return { lessons: await lessonRows(tx, await lessonsAdoptedBy(tx, by), now) };
  });
}
