import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReviewRow } from '../../../contract/lessons.ts';
import { api, day, type House, hour, openHouse } from '../../testing/program.ts';

let house: House;
/** The order by which S1 began, and which is looked back upon. */
let orderId = '';
beforeAll(async () => {
  house = await openHouse();
  orderId = await switchTo('S1');
  await switchTo('S0');
});
afterAll(() => house.stop());

const dayNow = (): string => new Date(house.clock.now().getTime() + 8 * hour).toISOString().slice(0, 10);
const order = async (id: string) => (await house.as('sup01')).do(api.stages.order, { id });

/** A stage begins for the whole group by a signed order; its hour comes. */
async function switchTo(toCode: string): Promise<string> {
  const { id } = await (await house.as('sup01')).do(api.stages.draft, {
    id: randomUUID(),
    nodeId: house.dir.groupNode.id,
    toCode,
    basisNumber: '汀澜综保〔2026〕12号',
    basisTitle: '关于阶段转换的通知',
    basisDay: dayNow(),
    effectiveAt: new Date(house.clock.now().getTime() + 2 * hour).toISOString(),
    trigger: '形势变化',
  });
  await (await house.as('sup02')).do(api.stages.review, { id, version: (await order(id)).version });
  const { version, look } = await order(id);
  await (await house.as('lead00')).do(api.stages.sign, {
    id,
    version,
    unreadyUnitIds: look.units.filter((unit) => !unit.ready).map((unit) => unit.unitId),
    seenUnready: true,
    seenConsequences: true,
  });
  house.clock.forward(2 * hour);
  await house.timers.run('stages.activate');
  return id;
}

async function reviewOf(unit: string, stage = 'S1', by = 'sup01'): Promise<ReviewRow> {
  const { periods } = await (await house.as(by)).do(api.lessons.reviews, {});
  return periods.find((one) => one.stage === stage)!.reviews.find((one) => one.unitId === house.unit(unit))!;
}

/** A record of the house that a lesson may rest on. */
async function nearMiss(by = 'site01', site = 'U04-01'): Promise<string> {
  return (
    await (
      await house.as(by)
    ).do(api.drills.recordNearMiss, {
      id: randomUUID(),
      nodeId: house.site(site),
      happenedAt: new Date(house.clock.now().getTime() - hour).toISOString(),
      what: '应急出口被物资挡住',
      stoppedBy: '巡夜人员推不开门',
    })
  ).number;
}

async function observed(by = 'liai04', more: { reviewId?: string; level?: 'unit' | 'group' } = {}): Promise<string> {
  const { id } = await (await house.as(by)).do(api.lessons.observe, {
    unitId: by === 'sup01' ? null : house.unit('U04'),
    kind: 'bad',
    level: more.level ?? 'unit',
    reviewId: more.reviewId ?? null,
    title: '应急出口夜里没人查',
    observed: '三个晚上出口都被物资挡住，没有人发现。',
    evidence: [await nearMiss()],
  });
  return id;
}
const file = async (id: string, by = 'sup01') => (await house.as(by)).do(api.lessons.lesson, { id });
async function proposed(by = 'liai04', more: { reviewId?: string; level?: 'unit' | 'group' } = {}): Promise<string> {
  const id = await observed(by, more);
  const writer = await house.as(by);
  await writer.do(api.lessons.analyse, { id, version: (await file(id)).version, cause: '夜班交接没有这一项' });
  await writer.do(api.lessons.propose, {
    id,
    version: (await file(id)).version,
    proposal: '夜班交接加“出口畅通”一项，拍照',
    level: more.level ?? 'unit',
  });
  return id;
}
async function adopted(): Promise<string> {
  const id = await proposed();
  await (await house.as('lead04')).do(api.lessons.decide, {
    id,
    version: (await file(id)).version,
    adopt: true,
    adoptions: [{ kind: 'article', id: 'K01' }],
  });
  return id;
}

describe('on leaving any stage a review is mandatory', () => {
  test('every unit the stage was in force for has a week; told twice, the looks back are there once', async () => {
    const { periods } = await (await house.as('sup01')).do(api.lessons.reviews, {});
    const units = [...house.dir.nodes.values()].filter((node) => node.kind === 'unit').length;
    expect(periods.map((one) => [one.stage, one.reviews.length])).toEqual([
      ['S1', units],
      ['S4', units],
    ]);
    const one = await reviewOf('U04');
    expect(Date.parse(one.dueAt) - Date.parse(one.leftAt)).toBe(7 * day);
    const [told] = await house.sql<{ n: number }>(
      `select count(*)::int as n from messages.message where kind = 'lesson.review' and once = $1`,
      [`lesson.review.${one.id}`],
    );
    expect(told!.n).toBe(1);
    await expect(
      house.sql(
        `insert into lessons.review (id, period_id, stage_code, left_at, unit_id, due_at, state)
         select gen_random_uuid(), period_id, stage_code, left_at, unit_id, due_at, 'open' from lessons.review where id = $1`,
        [one.id],
      ),
    ).rejects.toThrow(/review_period_id_unit_id_key/);
  });

  test('it is answered with a lesson that says what to change; an observation alone is not enough', async () => {
    const { id } = await reviewOf('U04');
    const liaison = await house.as('liai04');
    const lessonId = await observed('liai04', { reviewId: id });
    const answer = async () => liaison.try(api.lessons.answerReview, { id, version: (await reviewOf('U04')).version });
    expect((await answer()).code).toBe('no_lesson_yet');
    await liaison.do(api.lessons.analyse, { id: lessonId, version: 0, cause: '夜班交接没有这一项' });
    await liaison.do(api.lessons.propose, { id: lessonId, version: 1, proposal: '交接加一项', level: 'unit' });
    expect((await (await house.as('liai07')).try(api.lessons.answerReview, { id, version: 0 })).status).toBe(403);
    expect((await answer()).code).toBeNull();
    expect((await answer()).code).toBe('review_answered');
    const late = await liaison.try(api.lessons.observe, {
      reviewId: id,
      kind: 'bad',
      level: 'unit',
      title: '再补一条',
      observed: '已经交了',
      evidence: [await nearMiss()],
    });
    expect(late.code).toBe('review_answered');
  });

  test('"none" is signed by the unit’s leader, and never by whoever asked for it; the database refuses it too', async () => {
    const { id, version } = await reviewOf('U07');
    const liaison = await house.as('liai07');
    const reason = '本阶段没有启用任何新做法，也没有发生未遂。';
    await liaison.do(api.lessons.askNone, { id, version, reason });
    expect((await reviewOf('U07')).state).toBe('none_asked');
    expect((await liaison.try(api.lessons.signNone, { id, version: version + 1, sign: true })).status).toBe(403);
    expect(
      (await (await house.as('lead04')).try(api.lessons.signNone, { id, version: version + 1, sign: true })).status,
    ).toBe(403);
    await expect(
      house.sql(`update lessons.review set none_signed_by = none_asked_by where id = $1`, [id]),
    ).rejects.toThrow(/none_signed_by_another/);
    const leader = await house.as('u07-deputy');
    await leader.do(api.lessons.signNone, { id, version: version + 1, sign: false });
    expect((await reviewOf('U07')).state, 'handed back').toBe('open');
    await liaison.do(api.lessons.askNone, { id, version: version + 2, reason });
    await leader.do(api.lessons.signNone, { id, version: version + 3, sign: true });
    expect(await reviewOf('U07')).toMatchObject({ state: 'answered', noneSignedBy: expect.any(String) });
  });

  test('"none" is not said, and not signed, where a lesson was written', async () => {
    const { id, version } = await reviewOf('U04', 'S4');
    const [liaison, leader] = [await house.as('liai04'), await house.as('lead04')];
    const reason = '本阶段没有启用任何新做法，也没有发生未遂。';
    await liaison.do(api.lessons.askNone, { id, version, reason });
    await observed('liai04', { reviewId: id });
    const signing = { id, version: version + 1, sign: true };
    expect((await leader.try(api.lessons.signNone, signing)).code).toBe('lesson_there');
    expect((await reviewOf('U04', 'S4', 'lead04')).can).toMatchObject({ sign: false, handBack: true });
    await leader.do(api.lessons.signNone, { ...signing, sign: false });
    expect((await liaison.try(api.lessons.askNone, { id, version: version + 2, reason })).code).toBe('lesson_there');
  });

  test('the order closes when every unit has answered, also when the last two answer at once', async () => {
    const { periods } = await (await house.as('sup01')).do(api.lessons.reviews, {});
    const open = periods.find((one) => one.stage === 'S1')!.reviews.filter((one) => one.state !== 'answered');
    const answers: (() => Promise<unknown>)[] = [];
    for (const review of open) {
      const code = house.dir.nodes.get(review.unitId)!.code.toLowerCase();
      await (await house.as(`${code}-liaison`)).do(api.lessons.askNone, {
        id: review.id,
        version: review.version,
        reason: '本阶段没有启用任何新做法，也没有发生未遂。',
      });
      const leader = await house.as(`${code}-deputy`);
      answers.push(() => leader.do(api.lessons.signNone, { id: review.id, version: review.version + 1, sign: true }));
    }
    expect((await order(orderId)).state).toBe('closing_review');
    for (const answer of answers.slice(0, -2)) await answer();
    expect((await order(orderId)).state).toBe('closing_review');
    await Promise.all(answers.slice(-2).map((answer) => answer()));
    expect((await order(orderId)).state).toBe('closed');
  });

  test('a look back that is late is told to the liaison once, and a week later to the leader', async () => {
    house.clock.forward(8 * day);
    const { id } = await reviewOf('U09', 'S4');
    const told = async (level: string) =>
      Number(
        (
          await house.sql<{ n: string }>(
            `select count(*) as n from messages.message where kind = 'lesson.overdue' and about_id = $1 and level = $2`,
            [id, level],
          )
        )[0]!.n,
      );
    await house.timers.run('lessons.remind');
    await house.timers.run('lessons.remind');
    expect([await told('important'), await told('urgent')]).toEqual([1, 0]);
    house.clock.forward(7 * day);
    await house.timers.run('lessons.remind');
    expect([await told('important'), await told('urgent')]).toEqual([1, 1]);
  });
});

describe('a lesson rests on records of the house', () => {
  test('without one it is not taken; what was asked in confidence stands in none', async () => {
    const liaison = await house.as('liai04');
    const wanted = {
      unitId: house.unit('U04'),
      kind: 'bad' as const,
      level: 'unit' as const,
      title: '热水不够',
      observed: '夜班洗澡没有热水',
    };
    const faultOf = async (evidence: string[]) =>
      (await liaison.try(api.lessons.observe, { ...wanted, evidence })).problem.fields?.[0];
    expect((await faultOf([]))?.field).toBe('evidence');
    expect(await faultOf(['督办〔2026〕9999号'])).toMatchObject({ field: 'evidence.0', code: 'no_such_record' });
    const { number } = await house.given.request({ confidentiality: 'confidential', by: 'worker01' });
    expect(['told_in_confidence', 'no_such_record']).toContain((await faultOf([number]))?.code);
    const open = await house.given.request({ by: 'worker01' });
    await liaison.do(api.lessons.observe, { ...wanted, evidence: [open.number] });
    await expect(
      house.sql(
        `insert into lessons.lesson (id, number, stage_code, unit_id, kind, level, state, title, observed, author_label, writers, observed_at)
         values (gen_random_uuid(), 'x', 'S0', $1, 'bad', 'unit', 'observed', '没有依据', '没有依据', 'x', '{}', now())`,
        [house.unit('U04')],
      ),
    ).rejects.toThrow(/rests on a record/);
  });

  test('a neighbour reads what a unit has learnt, and writes nothing of it', async () => {
    const id = await observed();
    const neighbour = await house.as('liai07');
    expect((await file(id, 'liai07')).title).toBe('应急出口夜里没人查');
    expect((await neighbour.try(api.lessons.analyse, { id, version: 0, cause: '与我们无关的原因' })).status).toBe(403);
    expect((await (await house.as('worker01')).try(api.lessons.lesson, { id })).status).toBe(403);
  });
});

describe('a lesson is adopted by somebody who did not write it', () => {
  test('who wrote on it does not decide, leader or not; the database refuses it too', async () => {
    const id = await proposed('lead04');
    const { version } = await file(id);
    const given = { id, version, adopt: true, adoptions: [{ kind: 'article' as const, id: 'K01' }] };
    expect((await (await house.as('lead04')).try(api.lessons.decide, given)).code).toBe('own_words');
    expect((await (await house.as('liai04')).try(api.lessons.decide, given)).status).toBe(403);
    await expect(
      house.sql(
        `update lessons.lesson set state = 'rejected', decision = 'x', decided_at = now(), decided_by = writers[1] where id = $1`,
        [id],
      ),
    ).rejects.toThrow(/decided_by_another/);
    await (await house.as('u04-deputy')).do(api.lessons.decide, given);
  });

  test('for the whole group the support group decides, for a unit its leader', async () => {
    const unit = await proposed('liai04', { level: 'unit' });
    const group = await proposed('liai04', { level: 'group' });
    const reject = async (by: string, id: string) =>
      (await house.as(by)).try(api.lessons.decide, {
        id,
        version: (await file(id)).version,
        adopt: false,
        words: '已有规定',
      });
    expect((await reject('sup02', unit)).status).toBe(403);
    expect((await reject('lead04', group)).status).toBe(403);
    expect((await reject('lead04', unit)).code).toBeNull();
    expect((await reject('sup02', group)).code).toBeNull();
  });

  test('adopted means adopted somewhere, and is seen from there as well', async () => {
    const id = await proposed();
    const leader = await house.as('lead04');
    const { version } = await file(id);
    const faultOf = async (adoptions: { kind: 'article'; id: string }[]) =>
      (await leader.try(api.lessons.decide, { id, version, adopt: true, adoptions })).problem.fields?.[0]?.field;
    expect(await faultOf([])).toBe('adoptions');
    expect(await faultOf([{ kind: 'article', id: 'K99' }])).toBe('adoptions.0');
    await leader.do(api.lessons.decide, { id, version, adopt: true, adoptions: [{ kind: 'article', id: 'K01' }] });
    expect((await file(id)).adoptions).toMatchObject([{ kind: 'article', id: 'K01' }]);
    const there = await leader.do(api.lessons.adoptedBy, { kind: 'article', recordId: 'K01' });
    expect(there.lessons.map((one) => one.id)).toContain(id);
  });

  test('a plan shows what it and its lines have taken up, and so does every later version of it', async () => {
    const [first, next, line] = [randomUUID(), randomUUID(), randomUUID()];
    const [writer] = await house.sql<{ id: string }>(`select id from access.account where login = 'liai04'`);
    for (const [planId, no, state] of [
      [first, 1, 'in_force'],
      [next, 2, 'draft'],
    ])
      await house.sql(
        `insert into plans.plan (id, kind, node_id, unit_id, stage_code, version_no, state, trigger_kind, trigger_words,
           written_by, written_label, created_at, approved_at, in_force_from)
         values ($1, 'unit_plan', $2, $2, 'S0', $3, $4, 'stage', '', $5, 'x', now(), now(), now())`,
        [planId, house.unit('U04'), no, state, writer!.id],
      );
    await house.sql(
      `insert into plans.line (id, plan_id, key, position, level, zh, en, who, place, how, phase, nature, frequency, evidence, red, clause)
       values ($1, $2, $1, 1, 'unit', '夜间查出口', 'Exits at night', '', '', '', 'during', 'service', 'daily', 'record', false, '')`,
      [line, first],
    );
    const id = await proposed();
    const leader = await house.as('lead04');
    await leader.do(api.lessons.decide, {
      id,
      version: (await file(id)).version,
      adopt: true,
      adoptions: [{ kind: 'measure', id: line! }],
    });
    const shownBy = async (recordId: string) =>
      (await leader.do(api.lessons.adoptedBy, { kind: 'plan', recordId })).lessons.map((one) => one.id);
    expect(await shownBy(first!)).toEqual([id]);
    expect(await shownBy(next!), 'its next version').toEqual([id]);
    expect(await shownBy(randomUUID())).toEqual([]);
  });

  test('two who decide at once decide once', async () => {
    const id = await proposed();
    const { version } = await file(id);
    const given = { id, version, adopt: false, words: '已有规定' };
    const both = await Promise.all(
      ['lead04', 'u04-deputy'].map(async (login) => (await house.as(login)).try(api.lessons.decide, given)),
    );
    expect(both.map((one) => one.code).sort()).toEqual([null, 'stale'].sort());
  });

  test('what is decided is written on no more', async () => {
    const id = await adopted();
    const answer = await (await house.as('liai04')).try(api.lessons.analyse, {
      id,
      version: (await file(id)).version,
      cause: '事后另找的原因',
    });
    expect(answer.code).toBe('not_in_this_state');
  });
});

describe('the effect of what was adopted is looked at thirty days later', () => {
  test('with a number before and after or with words, by somebody who did not write it', async () => {
    const id = await adopted();
    const { version, effectDue, decidedAt } = await file(id);
    expect(Date.parse(effectDue!) - Date.parse(decidedAt!)).toBe(30 * day);
    const given = { id, version, effect: 'better' as const };
    expect((await (await house.as('liai04')).try(api.lessons.reviewEffect, { ...given, words: '好多了' })).code).toBe(
      'own_words',
    );
    expect((await (await house.as('liai07')).try(api.lessons.reviewEffect, { ...given, words: '好多了' })).status).toBe(
      403,
    );
    const leader = await house.as('lead04');
    const early = await leader.try(api.lessons.reviewEffect, { ...given, words: '好多了' });
    expect([early.code, (await file(id, 'lead04')).can.effect]).toEqual(['effect_not_due', false]);
    house.clock.forward(30 * day);
    expect((await file(id, 'lead04')).can.effect).toBe(true);
    expect((await leader.try(api.lessons.reviewEffect, given)).problem.fields?.[0]?.field).toBe('words');
    expect((await leader.do(api.lessons.list, { view: 'effect_due' })).lessons.map((one) => one.id)).toContain(id);
    await leader.do(api.lessons.reviewEffect, { ...given, measure: '出口被挡次数', before: 3, after: 0 });
    expect(await file(id)).toMatchObject({
      state: 'effect_reviewed',
      effect: 'better',
      effectBefore: 3,
      effectAfter: 0,
    });
  });

  test('lessons are found by stage, unit, kind and words', async () => {
    const id = await observed();
    const reader = await house.as('lead00');
    const found = async (more: object) =>
      (await reader.do(api.lessons.list, { view: 'all', ...more })).lessons.some((one) => one.id === id);
    expect(await found({ search: '挡住' })).toBe(true);
    expect(await found({ search: '100%' })).toBe(false);
    expect(await found({ unitId: house.unit('U04'), kind: 'bad', stage: 'S0' })).toBe(true);
    expect(await found({ unitId: house.unit('U07') })).toBe(false);
    expect(await found({ kind: 'good' })).toBe(false);
  });
});
