import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { system } from '../../platform/actor.ts';
import type { Context } from '../../platform/serve.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { api, day, type House, openHouse } from '../../testing/program.ts';
import { openHardProblem, raiseTask, type TaskRaising } from './index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-20T02:00:00Z' });
});
afterAll(() => house.stop());

const act = <T>(work: (context: Context) => Promise<T>): Promise<T> =>
  inTransaction(house.program.pool, (tx) => work({ tx, actor: system, now: house.clock.now() }));
const raising = (more: Partial<TaskRaising> = {}): TaskRaising => ({
  source: { kind: 'instruction', id: '', label: '集团分管领导批示' },
  title: '板房区热水全部恢复',
  criterion: '11 月 25 日前 24 间板房热水可用，附逐间照片',
  owner: { lineId: house.line('L11'), unitId: house.unit('U04') },
  dueAt: new Date(house.clock.now().getTime() + 4 * day),
  priority: 'high',
  unitId: house.unit('U04'),
  siteId: null,
  class: 'normal',
  ...more,
});
const running = (number: string): number => Number(/〕(\d+)号/.exec(number)![1]);

describe('raising a supervised task', () => {
  test('what the program names stands in the reader’s language; what a person wrote stays as they wrote it', async () => {
    const named = {
      title: { zh: '一号泵站两次重办', en: 'Pump station one, redone twice' },
      criterion: { zh: '本人说解决', en: 'The person says solved' },
    };
    const { id } = await act((context) => raiseTask(context, raising(named)));
    const { id: written } = await act((context) => raiseTask(context, raising()));
    const problem = await act((context) =>
      openHardProblem(context, {
        source: { kind: 'task', id, label: '' },
        title: named.title,
        unitId: null,
        siteId: null,
        class: 'normal',
      }),
    );
    const leader = await house.as('lead00');
    const read = async () => {
      const { title, criterion, problems } = await leader.do(api.tasks.task, { id });
      const other = await leader.do(api.tasks.task, { id: written });
      const found = await leader.do(api.tasks.list, { view: 'all', search: 'Pump station' });
      return {
        title,
        criterion,
        problem: problems.map((one) => one.title),
        alone: (await leader.do(api.tasks.problem, { id: problem.id })).title,
        other: other.title,
        found: found.rows.map((row) => row.title),
      };
    };
    const zh = named.title.zh;
    expect(await read()).toEqual({
      title: zh,
      criterion: '本人说解决',
      problem: [zh],
      alone: zh,
      other: '板房区热水全部恢复',
      found: [zh],
    });
    const en = named.title.en;
    await leader.do(api.access.setLocale, { locale: 'en' });
    expect(await read()).toEqual({
      title: en,
      criterion: 'The person says solved',
      problem: [en],
      alone: en,
      other: '板房区热水全部恢复',
      found: [en],
    });
    await leader.do(api.access.setLocale, { locale: 'zh-CN' });
  });

  test('numbers have no gaps, whoever fails in between and however many raise at once', async () => {
    const first = await act((context) => raiseTask(context, raising()));
    expect(first.number).toMatch(/^督办〔2026〕\d+号$/);
    await expect(
      act(async (context) => {
        await raiseTask(context, raising());
        throw new Error('something after it failed');
      }),
    ).rejects.toThrow('something after it failed');
    const many = await Promise.all(Array.from({ length: 12 }, () => act((context) => raiseTask(context, raising()))));
    const numbers = many.map((one) => running(one.number)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, i) => running(first.number) + 1 + i));
  });

  test('the same occasion raises one task, however many programs notice it at once', async () => {
    const once = 'request:01990000-0000-7000-8000-000000000001:reopened:2';
    const before = await act((context) => raiseTask(context, raising()));
    const raised = await Promise.all(
      Array.from({ length: 6 }, () => act((context) => raiseTask(context, raising({ once })))),
    );
    expect(new Set(raised.map((one) => one.id)).size).toBe(1);
    expect(await act((context) => raiseTask(context, raising({ once })))).toEqual(raised[0]);
    const after = await act((context) => raiseTask(context, raising()));
    expect(running(after.number)).toBe(running(before.number) + 2);
    const opened = await Promise.all(
      Array.from({ length: 4 }, () =>
        act((context) =>
          openHardProblem(context, {
            source: { kind: 'request', id: '01990000-0000-7000-8000-000000000001', label: 'TL-261120-00001' },
            title: '宿舍拥挤',
            unitId: house.unit('U09'),
            siteId: house.site('U09-07'),
            class: 'normal',
            once,
          }),
        ),
      ),
    );
    expect(new Set(opened.map((one) => one.number)).size).toBe(1);
  });

  test('a resolution of a meeting becomes a task that names it, once however often it is entered', async () => {
    const resolution: Partial<TaskRaising> = {
      source: { kind: 'resolution', id: '', label: '综合保障专题会议纪要第 6 期第 4 项' },
      once: 'meeting:6:resolution:4',
    };
    const [task, again] = [
      await act((context) => raiseTask(context, raising(resolution))),
      await act((context) => raiseTask(context, raising(resolution))),
    ];
    expect(again).toEqual(task);
    const shown = await (await house.as('lead00')).do(api.tasks.task, { id: task.id });
    expect(shown.source).toMatchObject({ kind: 'resolution', label: '综合保障专题会议纪要第 6 期第 4 项' });
  });

  test('the number’s year is that of the group’s zone', async () => {
    house.clock.set('2026-12-31T16:30:00Z');
    expect((await act((context) => raiseTask(context, raising()))).number).toBe('督办〔2027〕1号');
    house.clock.set('2026-11-20T02:00:00Z');
  });

  test('somebody answers for it: one person or one post, and oversight never for what it found', async () => {
    const refused = async (more: Partial<TaskRaising>): Promise<unknown> =>
      act((context) => raiseTask(context, raising(more))).then(
        () => 'raised',
        (error) => error.fields?.[0] ?? error.code,
      );
    expect(await refused({ owner: {} })).toEqual({ field: 'owner', code: 'owner_needed' });
    const [{ id } = { id: '' }] = await house.sql<{ id: string }>(
      `select id from access.account where login = 'site01'`,
    );
    expect(await refused({ owner: { accountId: id, lineId: house.line('L11') } })).toEqual({
      field: 'owner',
      code: 'one_owner',
    });
    expect(await refused({ owner: { accountId: '01990000-0000-7000-8000-0000000000ff' } })).toEqual({
      field: 'owner.accountId',
      code: 'bad_choice',
    });
    expect(await refused({ owner: { unitId: house.site('U04-01') } })).toEqual({
      field: 'owner.unitId',
      code: 'bad_choice',
    });
    const finding = { kind: 'finding' as const, id: '', label: '整改〔2026〕7号' };
    expect(await refused({ source: finding, owner: { lineId: house.line('L04') } })).toEqual({
      field: 'owner.lineId',
      code: 'oversight_handles',
    });
    expect(await refused({ source: finding, owner: { lineId: house.line('L07') } })).toBe('raised');
    expect(await refused({ dueAt: new Date(house.clock.now().getTime() - 1) })).toEqual({
      field: 'dueAt',
      code: 'bad_choice',
    });
    const late = { dueAt: new Date(house.clock.now().getTime() + 5 * day), what: '首批到货' };
    expect(await refused({ milestones: [late] })).toEqual({ field: 'milestones.0.dueAt', code: 'not_on_the_way' });
  });
});
