import { expect, test } from 'vitest';
import { loadPlans } from '../../server/demo/plans.ts';
import { readWorld } from '../../server/demo/world.ts';
import { rootFolder } from '../../server/testing/database.ts';
import { api, gone, inWorld, see } from '../story.ts';

const world = inWorld();

test('the liaison writes the next version of a set, the site officer finds it feasible, the unit’s leader puts it into force', async () => {
  const group = await readWorld(rootFolder);
  await world().within(({ tx, now }) => loadPlans(tx, group, now));

  const liaison = await world().page('liai04', { path: '/desk/coverage' });
  await see(liaison.getByText('12/12').first());
  await liaison.getByRole('link', { name: /U04-01 .*已覆盖/ }).click();
  await see(liaison.getByRole('heading', { level: 1, name: /U04-01/ }));
  await liaison.getByRole('button', { name: '写下一版' }).click();
  const form = liaison.getByRole('dialog');
  await form.getByRole('textbox', { name: '写明依据' }).fill('夜班反映西门排队');
  await form.getByRole('button', { name: '写下一版' }).click();
  await see(liaison.getByText('内容齐全，可以签'));
  await liaison.getByRole('button', { name: '加一条本地措施' }).click();
  await liaison.getByRole('textbox', { name: '措施' }).fill('夜班分两批进场');
  await liaison.getByRole('textbox', { name: '谁' }).fill('夜班班组长');
  await liaison.getByRole('textbox', { name: '何处' }).fill('西门');
  await liaison.getByRole('textbox', { name: '怎么做' }).fill('二十二点和二十二点半各一批');
  await liaison.keyboard.press('Control+Enter');
  // A line without a clause is stored, and keeps the plan from being signed.
  await see(liaison.getByText(/“夜班分两批进场”没有对应到要求的条款/));
  await liaison.getByRole('button', { name: '改 夜班分两批进场' }).click();
  await liaison.getByRole('textbox', { name: '对应条款' }).fill('S4-M04');
  await liaison.getByRole('combobox', { name: '责任人（可不填）' }).fill('保障员');
  await liaison.keyboard.press('Enter');
  await liaison.keyboard.press('Control+Enter');
  await see(liaison.getByText('内容齐全，可以签'));
  await see(liaison.getByRole('row', { name: /夜班分两批进场.*保障员/ }));
  const address = new URL(liaison.url()).pathname;
  expect(await liaison.getByRole('button', { name: /^签：/ }).count()).toBe(0);

  const officer = await world().page('site01', { path: address });
  await see(officer.getByText('等您签'));
  await officer.getByRole('button', { name: '签：现场可行' }).click();
  await gone(officer.getByText('等您签'));
  const id = address.split('/').at(-1)!;
  const support = await world().as('sup01');
  const { version } = await support.do(api.plans.plan, { id });
  await support.do(api.plans.sign, { id, version, step: 'reviewed' });

  const leader = await world().page('lead04', { path: '/desk/plans?view=mine' });
  // What waits for the leader stands here whatever its stage: this one, those of the next stage, and a look back.
  await see(leader.getByText('复核七天效果'));
  await leader
    .getByRole('row', { name: /U04-01.*S4/ })
    .getByRole('checkbox')
    .check();
  await leader.keyboard.press('a');
  await see(leader.getByText('签了 1 份'));
  expect((await support.do(api.plans.plan, { id })).state).toBe('in_force');
});
