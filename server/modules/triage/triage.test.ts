import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type House, minute, openHouse } from '../../testing/program.ts';
import { trainNow } from './training.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await trainNow(house.program.pool, house.clock.now());
}, 120_000);
afterAll(() => house.stop());

/** Waits until the program has read the journal to its end for suggestions and decisions. */
async function follow(): Promise<void> {
  await house.settled();
  await expect
    .poll(async () => {
      const [row] = await house.sql<{ behind: string }>(
        `select (select max(position) from journal.settled)
           - coalesce((select position from journal.cursor where reader = 'triage.suggestions'), 0) as behind`,
      );
      return Number(row!.behind);
    })
    .toBe(0);
}
/** The classifier asks for news every five seconds. */
const newsHeard = () => new Promise((resolve) => setTimeout(resolve, 5_100));

const suggested = async (id: string, by = 'disp01') => {
  await follow();
  return (await house.as(by)).do(api.triage.ofRequest, { id });
};
const version = async (id: string) => (await house.standing(id)).version;

describe('a suggestion', () => {
  test('names a category with its reason from the first day, before anything was learnt from a request', async () => {
    const { id } = await house.given.request({ category: 'A02', text: '食堂今天的盒饭又是凉的，饭菜不够吃' });
    const { suggestion } = await suggested(id);
    expect(suggestion!.categories[0]!.categoryId).toBe(house.category('A01'));
    expect(suggestion!.reasons).toContain('盒饭');
    expect(suggestion!.agrees).toBe(false);
    expect(suggestion!.lineId).toBe(house.line('L11'));
    expect(suggestion!.lineBecause).toBe('category');
  });

  test('words of danger raise it, and say which they are', async () => {
    const { id } = await house.given.request({ category: 'E05', text: '闸机控制箱漏电，有人触电了，快来' });
    const { suggestion } = await suggested(id);
    expect(suggestion!.priority).toBe('urgent');
    expect(suggestion!.urgentWords).toEqual(['漏电', '触电']);
  });

  test('there is none for confidential, personal and health requests, not even for the dispatcher', async () => {
    for (const wanted of [
      { category: 'A01', confidentiality: 'confidential' as const, text: '食堂盒饭凉了，不敢说名字' },
      { category: 'G01', text: '工资三个月没有发，补贴也没有' },
      { category: 'C01', text: '发烧三十八度，嗓子疼咳嗽' },
    ]) {
      const { id } = await house.given.request(wanted);
      expect((await suggested(id)).suggestion).toBeNull();
      expect(await house.sql('select 1 from triage.suggestion where request_id = $1', [id])).toEqual([]);
    }
  });

  test('goes when the request becomes one of health', async () => {
    const { id } = await house.given.request({ category: 'A01', text: '食堂盒饭吃完上吐下泻，发烧' });
    expect((await suggested(id)).suggestion).not.toBeNull();
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id,
      version: await version(id),
      categoryId: house.category('C01'),
    });
    await follow();
    expect(await house.sql('select 1 from triage.suggestion where request_id = $1', [id])).toEqual([]);
  });

  test('what may belong to a sealed line is said to the dispatcher and stands nowhere', async () => {
    const { id } = await house.given.request({ category: 'A03', text: '晚上失眠睡不着，心里难受老想哭，不想活了' });
    const { suggestion, sealed } = await suggested(id);
    expect(sealed).toBe('care');
    const kinds = suggestion!.categories.map(({ categoryId }) => house.dir.categories.get(categoryId)!.recordClass);
    expect(kinds).not.toContain('psych');
    const [row] = await house.sql<{ all: string }>(
      'select s::text as all from triage.suggestion s where request_id = $1',
      [id],
    );
    expect(row!.all).not.toMatch(/psych|care/);
  });

  test('is for the dispatcher alone: handler, site officer, neighbour, caller and program are refused', async () => {
    const { id } = await house.given.request({ category: 'A01', text: '食堂盒饭凉了' });
    await suggested(id);
    for (const login of ['hand11', 'site01', 'worker02', 'fu01', 'lead04', 'op01'])
      expect((await (await house.as(login)).try(api.triage.ofRequest, { id })).status).toBeGreaterThanOrEqual(403);
    const token = await house.given.token(['requests:read']);
    expect((await token.try(api.triage.ofRequest, { id })).status).toBe(403);
  });

  test('holds no name and nothing that only this message says', async () => {
    const { id } = await house.given.request({ category: 'A01', text: '我是欧阳震华，食堂盒饭凉了，床位在甲栋癸号' });
    const { suggestion } = await suggested(id);
    expect(suggestion!.reasons.join(' ')).not.toMatch(/欧阳|震华|甲栋|癸/);
  });
});

describe('one key', () => {
  test('takes category, line and dispatch in one act, and the decision is learnt', async () => {
    const { id } = await house.given.request({ category: 'A02', text: '盒饭分量太少，食堂不给加饭' });
    const { suggestion } = await suggested(id);
    const disp = await house.as('disp01');
    const taken = {
      id,
      version: await version(id),
      categoryId: suggestion!.categories[0]!.categoryId,
      priority: suggestion!.priority,
      lineId: suggestion!.lineId!,
      unitId: suggestion!.unitId,
    };
    await disp.do(api.triage.accept, taken);
    expect((await disp.try(api.triage.accept, taken)).status).toBe(409);
    const thread = await house.standing(id);
    expect(thread.categoryId).toBe(house.category('A01'));
    expect(thread.work).toBe('dispatched');
    await follow();
    const [decision] = await house.sql<{ category_id: number; suggested_id: number }>(
      'select category_id, suggested_id from triage.decision where request_id = $1 order by at desc limit 1',
      [id],
    );
    expect(decision).toEqual({ category_id: house.category('A01'), suggested_id: house.category('A01') });
  });

  test('two dispatchers at once: one does it, the other is told', async () => {
    const { id } = await house.given.request({ category: 'A01', text: '食堂的盒饭是冷饭，送餐太晚' });
    const { suggestion } = await suggested(id);
    const taken = {
      id,
      version: await version(id),
      categoryId: suggestion!.categories[0]!.categoryId,
      priority: suggestion!.priority,
      lineId: suggestion!.lineId!,
      unitId: suggestion!.unitId,
    };
    const both = await Promise.all(
      ['disp01', 'disp02'].map(async (login) => (await house.as(login)).try(api.triage.accept, taken)),
    );
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  });

  test('a correction changes what is suggested for the next one like it', async () => {
    const text = '工棚里的蜂窝煤炉子点不着';
    const first = await house.given.request({ category: 'A05', text });
    const before = (await suggested(first.id)).suggestion!;
    const disp = await house.as('disp01');
    const right = house.category(before.categories[0]!.categoryId === house.category('E05') ? 'A03' : 'E05');
    await disp.do(api.requests.setFacts, { id: first.id, version: await version(first.id), categoryId: right });
    await disp.do(api.cases.dispatch, {
      id: first.id,
      version: await version(first.id),
      lineId: house.line('L08'),
      unitId: null,
    });
    await follow();
    await trainNow(house.program.pool, house.clock.now());
    await newsHeard();
    const second = await house.given.request({ category: 'A05', text: '工棚的蜂窝煤炉子点不着了' });
    const after = (await suggested(second.id)).suggestion!;
    const p = (one: typeof after) => one.categories.find(({ categoryId }) => categoryId === right)?.p ?? 0;
    expect(p(after)).toBeGreaterThan(p(before));
    const { byCategory, decided, accepted } = await (await house.as('disp00')).do(api.triage.overview, {});
    expect(decided).toBeGreaterThan(accepted);
    const row = byCategory.find((one) => one.categoryId === right)!;
    const { decisions } = await (await house.as('disp00')).do(api.triage.decisions, {
      categoryId: right,
      accepted: 'no',
    });
    expect(decisions).toHaveLength(row.decided - row.accepted);
    expect(decisions.map((one) => one.requestId)).toContain(first.id);
  }, 60_000);
});

test('words that are being typed are sorted for who registers, and leave nothing', async () => {
  const op = await house.as('op01');
  const rows =
    'select (select count(*) from triage.suggestion)::int + (select count(*) from platform.idempotency)::int as n';
  const [before] = await house.sql<{ n: number }>(rows);
  const answer = await op.do(api.triage.ofText, { text: '口罩不够用，想申领两百个' }, { key: 'typed-words-1' });
  expect(answer.categories[0]!.categoryId).toBe(house.category('B01'));
  expect((await op.do(api.triage.ofText, { text: '我想举报仓库主任倒卖物资吃回扣' })).sealed).toBe('oversight');
  expect(await house.sql(rows)).toEqual([before]);
  expect((await (await house.as('worker01')).try(api.triage.ofText, { text: '口罩不够' })).status).toBe(403);
});

describe('a rule the group wrote', () => {
  const rule = async () => {
    const lead = await house.as('disp00');
    return lead.do(api.triage.makeRule, {
      categoryId: house.category('B01'),
      unitId: null,
      leastP: 0.5,
      mostPriority: 'high',
    });
  };
  const arrived = async (wanted: Parameters<House['given']['request']>[0]) => {
    const { id } = await house.given.request({
      category: 'B01',
      text: '口罩不够用，申领防护用品，请补发口罩手套',
      ...wanted,
    });
    await follow();
    // A rule acts right after the batch that brought the suggestion.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return house.standing(id);
  };

  test('does nothing before it was tried and put in force; then dispatches, told by its id, and can be taken back', async () => {
    const lead = await house.as('disp00');
    const { id } = await rule();
    expect((await arrived({})).work).toBe('new');
    expect((await lead.try(api.triage.putInForce, { id, version: 0 })).code).toBe('try_first');
    await lead.do(api.triage.tryRule, { id });
    await lead.do(api.triage.putInForce, { id, version: 0 });
    const sent = await arrived({});
    expect(sent.work).toBe('dispatched');
    expect(sent.lineId).toBe(house.line('L10'));
    await house.settled();
    const [entry] = await house.sql<{ figures: { rule: string }; actor_id: string }>(
      `select figures, actor_id from journal.entry where record_id = $1 and action = 'triage.dispatched_by_rule'`,
      [sent.id],
    );
    expect(entry!.figures.rule).toBe(id);
    // Who put it in force has a hand in it.
    const hands = await house.sql('select account_id from cases.hand where case_id = $1 and did = $2', [
      sent.caseId,
      'dispatched',
    ]);
    expect(hands).toEqual([{ account_id: entry!.actor_id }]);
    // They decided for it unseen: they ask nobody how it was, though whoever dispatches by hand may.
    const [leadAccount] = await house.sql<{ id: string }>(`select id from access.account where login = 'disp00'`);
    await (await house.as('sec01')).do(api.access.grant, {
      id: leadAccount!.id,
      role: 'followup_caller',
      nodeId: house.dir.groupNode.id,
      lineId: null,
    });
    const handled = await arrived({});
    const line = await house.as('ho-l10');
    await line.do(api.cases.accept, { id: handled.caseId! });
    await line.do(api.cases.handled, {
      id: handled.caseId!,
      solution: 'solved',
      text: '口罩送到，已发两百个。',
      partsWhy: '协办条线不必再办。',
    });
    house.clock.forward(25 * 3_600_000);
    await house.timers.run('followups.list_silent');
    const [call] = await house.sql<{ id: string }>('select id from followups.call where request_id = $1', [handled.id]);
    const sheet = await (await house.as('disp00')).do(api.followups.sheet, { id: call!.id });
    expect(sheet.independence.find((one) => one.rule === 'no_part')!.holds).toBe(false);
    // Its name in the thread is said in the reader's language.
    await house.sql(`update access.account set locale = 'en' where login = 'disp02'`);
    const shown = async (login: string) =>
      JSON.stringify(await (await house.as(login)).do(api.requests.thread, { id: handled.id }));
    for (const [login, word] of [
      ['disp02', 'A dispatch rule'],
      ['disp01', '规则派单'],
    ] as const) {
      expect(await shown(login)).toContain(`"who":"${word}"`);
      expect(await shown(login)).toContain(`"askedBy":"${word}"`);
      expect(await shown(login)).not.toContain('dispatch_rule');
    }
    await (await house.as('disp01')).do(api.cases.takeBack, { id: sent.caseId!, reason: '派错了，收回重派' });
    await follow();
    // What a person took back goes with them.
    expect((await house.standing(sent.id)).work).toBe('returned');

    expect((await arrived({ confidentiality: 'confidential' })).work).toBe('new');
    expect((await arrived({ confidentiality: 'anonymous' })).work).toBe('new');
    expect((await arrived({ category: 'B03' })).work).toBe('new');
    expect((await arrived({ text: '口罩不够用，防护用品仓库着火了，请补发口罩' })).work).toBe('new');
    expect((await arrived({ category: 'B04', text: '口罩断货，防护用品全部用完，请申领口罩' })).work).toBe('new');

    // Its own dispatches say nothing about how right suggestions are.
    const { decisions } = await lead.do(api.triage.decisions, { categoryId: house.category('B01') });
    expect(decisions.map((one) => one.requestId)).not.toContain(sent.id);

    const { rules } = await lead.do(api.triage.rules, {});
    const standing = rules.find((one) => one.id === id)!;
    expect(standing.dispatched).toBe(2);
    // The figure opens to its request.
    const sentBy = await lead.do(api.triage.decisions, { ruleId: id });
    expect(sentBy.decisions.map((one) => [one.requestId, one.byRule]).sort()).toEqual(
      [sent, handled].map((one) => [one.id, true]).sort(),
    );
    await lead.do(api.triage.endRule, { id, version: standing.version });
    expect((await arrived({})).work).toBe('new');
    expect((await lead.try(api.triage.putInForce, { id, version: standing.version + 1 })).code).toBe('rule_has_ended');
  }, 60_000);

  test('is never for what is personal, of health, sealed or urgent', async () => {
    const lead = await house.as('disp00');
    for (const code of ['G01', 'C01', 'D01', 'I03', 'B04', 'A'])
      expect(
        (
          await lead.try(api.triage.makeRule, {
            categoryId: house.category(code),
            unitId: null,
            leastP: 0.9,
            mostPriority: 'high',
          })
        ).problem.fields![0]!.field,
      ).toBe('categoryId');
  });

  test('is written by the lead alone', async () => {
    const wanted = { categoryId: house.category('A01'), unitId: null, leastP: 0.9, mostPriority: 'high' as const };
    for (const login of ['disp01', 'hand11', 'op01', 'lead00', 'sys01'])
      expect((await (await house.as(login)).try(api.triage.makeRule, wanted)).status).toBe(403);
  });
});

test('keywords are written over the version that was read, and bring a new fit', async () => {
  const lead = await house.as('disp00');
  const categoryId = house.category('A05');
  const words = await lead.do(api.triage.words, { categoryId });
  house.clock.forward(minute);
  const wanted = {
    categoryId,
    version: words.version,
    keywords: [...words.keywords, '蜂窝煤'],
    examples: words.examples,
  };
  await lead.do(api.triage.setWords, wanted);
  expect((await lead.try(api.triage.setWords, wanted)).code).toBe('stale');
  await house.timers.run('triage.train');
  const { model } = await lead.do(api.triage.overview, {});
  expect(model!.trainedAt).toBe(house.clock.now().toISOString());
  const { id } = await house.given.request({ category: 'A03', text: '想买几块蜂窝煤' });
  await newsHeard();
  const { suggestion } = await suggested(id);
  expect(suggestion!.categories.map((one) => one.categoryId)).toContain(categoryId);
}, 60_000);
