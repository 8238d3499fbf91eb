import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { api, hour, inWorld, see } from '../story.ts';

const world = inWorld();
let number = '';

/** A stage begins for the whole group by a signed order; its hour comes. */
async function switchTo(toCode: string): Promise<void> {
  const clerk = await world().as('sup01');
  const group = (await clerk.do(api.organization.directory, {})).nodes.find((node) => node.kind === 'group')!;
  const now = world().clock.now().getTime();
  const { id } = await clerk.do(api.stages.draft, {
    id: randomUUID(),
    nodeId: group.id,
    toCode,
    basisNumber: '汀澜综保〔2026〕12号',
    basisTitle: '关于阶段转换的通知',
    basisDay: new Date(now + 8 * hour).toISOString().slice(0, 10),
    effectiveAt: new Date(now + 2 * hour).toISOString(),
    trigger: '周边出现病例',
  });
  const order = () => clerk.do(api.stages.order, { id });
  await (await world().as('sup02')).do(api.stages.review, { id, version: (await order()).version });
  const { version, look } = await order();
  await (await world().as('lead00')).do(api.stages.sign, {
    id,
    version,
    unreadyUnitIds: look.units.filter((unit) => !unit.ready).map((unit) => unit.unitId),
    seenUnready: true,
    seenConsequences: true,
  });
  world().clock.forward(2 * hour);
  await world().timer('stages.activate');
}

beforeAll(async () => {
  await switchTo('S1');
  ({ number } = await (await world().as('site01')).do(api.drills.recordNearMiss, {
    id: randomUUID(),
    nodeId: world().site('U04-01'),
    happenedAt: world().clock.now().toISOString(),
    what: '应急出口被物资挡住',
    stoppedBy: '巡夜人员推不开门',
  }));
});

test('a unit looks back upon the stage it has left; its leader adopts what it learnt, and the article shows it', async () => {
  const liaison = await world().page('liai04', { path: '/desk/lessons' });
  const mine = liaison.getByRole('listitem').filter({ hasText: '公路公司' });
  await mine.getByRole('button', { name: '写一条' }).click();
  const form = liaison.getByRole('dialog');
  await form.getByRole('textbox', { name: '一句话' }).fill('应急出口夜里没人查');
  await form.getByRole('button', { name: '写一条' }).click();
  await see(form.getByText('请写上'));
  // What was typed outlives a reload.
  await liaison.reload();
  await mine.getByRole('button', { name: '写一条' }).click();
  expect(await form.getByRole('textbox', { name: '一句话' }).inputValue()).toBe('应急出口夜里没人查');
  await form.getByRole('textbox', { name: '看到了什么' }).fill('三个晚上出口都被物资挡住。');
  await form.getByRole('textbox', { name: /依据/ }).fill(number);
  await form.getByRole('button', { name: '写一条' }).click();
  await see(liaison.getByRole('heading', { name: '应急出口夜里没人查' }));
  await liaison.getByRole('button', { name: '写原因' }).click();
  await form.getByRole('textbox', { name: '根本原因' }).fill('夜班交接单没有这一项');
  await form.getByRole('button', { name: '写原因' }).click();
  await liaison.getByRole('button', { name: '写建议' }).click();
  await form.getByRole('textbox', { name: '建议怎么改' }).fill('交接加“出口畅通”，拍照');
  await form.getByRole('button', { name: '写建议' }).click();
  await see(liaison.getByText('交接加“出口畅通”，拍照'));
  expect(await liaison.getByRole('button', { name: '采纳', exact: true }).count(), 'who wrote it decides nothing').toBe(
    0,
  );
  const route = new URL(liaison.url()).pathname;
  await liaison.goto('/desk/lessons');
  await mine.getByRole('button', { name: '交复盘' }).click();
  await see(mine.getByText('已答复'));

  const leader = await world().page('lead04', { path: route });
  await leader.getByRole('button', { name: '采纳', exact: true }).click();
  const decision = leader.getByRole('dialog');
  await decision.getByRole('combobox', { name: /写进哪里/ }).fill('K01');
  await see(leader.locator('.ant-select-item-option').filter({ hasText: 'K01' }));
  await leader.keyboard.press('Enter');
  await decision.getByRole('button', { name: '采纳', exact: true }).click();
  await see(leader.getByText('写进了'));

  const operator = await world().page('disp02', { path: '/desk/knowledge?code=K01' });
  await see(operator.getByRole('region', { name: '采纳的经验' }).getByText('应急出口夜里没人查'));
});

test('"none" needs a reason and the signature of the unit’s leader', async () => {
  await switchTo('S0');
  const liaison = await world().page('liai04', { path: '/desk/lessons' });
  const mine = (page: typeof liaison) =>
    page.getByRole('region', { name: /S1$/ }).getByRole('listitem').filter({ hasText: '公路公司' });
  await mine(liaison).getByRole('button', { name: '没有经验' }).click();
  const form = liaison.getByRole('dialog');
  await form.getByRole('textbox', { name: /为什么没有/ }).fill('按预案执行，没有新做法，也没有未遂。');
  await form.getByRole('button', { name: '没有经验' }).click();
  await see(mine(liaison).getByText('待签“无”'));
  expect(await liaison.getByRole('button', { name: '签“无”' }).count()).toBe(0);

  const leader = await world().page('lead04', { path: '/desk/lessons' });
  await mine(leader).getByRole('button', { name: '签“无”' }).click();
  await see(mine(leader).getByText('已答复'));
  // The liaison's page, left open, is told.
  await see(mine(liaison).getByText('已答复'));
});
