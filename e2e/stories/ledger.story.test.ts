import { beforeAll, expect, test } from 'vitest';
import { api, becomes, type Given, inWorld, see } from '../story.ts';

const world = inWorld();

let denied: Given;

beforeAll(async () => {
  denied = await world().request({ site: 'U04-01', text: '板房区早上停水两个小时。', until: 'handled' });
  await (await world().as('worker01')).do(api.requests.judge, { id: denied.id, solved: false, why: '龙头还是没水。' });
});

test('put off by the line, approved by a leader, objected to by the person, judged by three others', async () => {
  const number = denied.number.replace(/^[A-Z]+-/, '');
  const line = await world().page('hand11');
  await line.getByRole('link', { name: /^台账/ }).click();
  await line.getByRole('listitem').filter({ hasText: number }).getByRole('link').click();
  await see(line.getByText('“解决了”只由本人或随访说'));
  await line.keyboard.press('d');
  await line.getByLabel('理由').fill('备件要从外省调货，本周到不了工地。');
  await line.getByLabel('到时做什么').fill('到货当天换泵，并请本人到场试水。');
  await line.getByRole('button', { name: '7 天' }).click();
  await line.locator('form').getByRole('button', { name: '提限期暂缓' }).click();
  await see(line.getByText('暂缓等审定'));

  const leader = await world().page('lead04');
  await leader.getByRole('link', { name: /^台账/ }).click();
  await leader.getByRole('listitem').filter({ hasText: number }).getByRole('link').click();
  await leader.getByRole('button', { name: '审定' }).click();
  await leader.getByText('同意', { exact: true }).click();
  await leader.locator('form').getByRole('button', { name: '审定' }).click();
  await see(leader.getByText(/^暂缓到/));

  const worker = await world().as('worker01');
  expect((await worker.do(api.requests.thread, { id: denied.id })).dissatisfaction?.mayObject).toBe(true);
  await worker.do(api.requests.object, { id: denied.id, why: '不能再等一周了。' });

  for (const [i, login] of ['pan01', 'pan02', 'pan03'].entries()) {
    const member = await world().page(login);
    await member.getByRole('listitem').filter({ hasText: number }).getByRole('link').click();
    await member.getByRole('button', { name: '投票' }).click();
    // The answers are those of the question: whether the person should wait, not whether something was given.
    await see(member.getByText('该不该让本人等到那一天？').first());
    await member.getByText('不该等', { exact: true }).click();
    await member.getByLabel(/^理由/).fill('生活用水不能停一周，应先送水再等备件。');
    await member.locator('form').getByRole('button', { name: '投票' }).click();
    if (i < 2) await see(member.getByText('已投').first());
    else await see(member.getByText('不该等').first());
  }
  await becomes(
    async () => (await (await world().as('disp01')).do(api.requests.thread, { id: denied.id })).priority,
    'urgent',
  );
  // The document of the panel is on its own page, with the votes and no name.
  await leader.reload();
  await leader
    .getByRole('link', { name: /台账〔\d+〕\d+号/ })
    .first()
    .click();
  await see(leader.getByRole('heading', { name: '评议决定书' }));
  await see(leader.getByText('该等 0 票；不该等 3 票'));
  expect(await leader.getByText('评议组01').count()).toBe(0);
});
