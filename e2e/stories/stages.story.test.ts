import { expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, becomes, gone, hour, inWorld, see } from '../story.ts';

const world = inWorld();
const day = 24 * hour;
/** As a date-time field takes it, in the group's zone. */
const local = (ms: number): string =>
  new Date(world().clock.now().getTime() + ms + 8 * hour).toISOString().slice(0, 16);
const acts = (page: Page) => page.getByRole('region', { name: '可做的事' });
const inBar = (page: Page, stage: string) => page.locator('header.top .stage').getByText(stage, { exact: true });

/** Both consequences are seen: what the signature waits for. */
async function tickBoth(page: Page): Promise<void> {
  await see(acts(page).getByRole('checkbox'));
  for (const tick of await acts(page).getByRole('checkbox').all()) await tick.check();
}

async function draft(page: Page, when: string, to: string): Promise<void> {
  await page.goto('/desk/stages');
  await page.getByRole('listitem').filter({ hasText: to }).getByRole('link', { name: '拟阶段令' }).click();
  await page.getByLabel('依据文号').fill('汀澜综保〔2026〕32号');
  await page.getByLabel('依据标题').fill('关于转阶段的通知');
  await page.getByLabel('触发').fill('周边出现病例');
  await page.getByText(when, { exact: true }).click();
}

test('a stage order is drafted, reviewed and signed by three people, and every bar shows the stage at its hour', async () => {
  const drafter = await world().page('sup01', { path: '/desk/stages' });
  await see(drafter.getByText('没有在途的阶段令'));
  await draft(drafter, '定时生效', '预警');
  await see(drafter.getByText(/还差：生效时间/));
  await drafter.getByLabel('生效时间').fill(local(-3 * day));
  await see(drafter.getByText('早于依据文件的日期'));
  await drafter.getByLabel('生效时间').fill(local(1.5 * hour));
  // What was typed is still there after a reload.
  await drafter.reload();
  await becomes(() => drafter.getByLabel('依据标题').inputValue(), '关于转阶段的通知');
  await drafter.getByRole('button', { name: /^送审/ }).click();
  await see(drafter.getByText('等综合保障组另一人审核'));
  await see(drafter.getByText('您是拟稿人，下一步由别人做'));

  const reviewer = await world().page('sup02', { path: '/desk/stages' });
  await reviewer.getByRole('link', { name: /常态化防控 → 预警/ }).click();
  await see(reviewer.getByRole('region', { name: '各单位就绪' }).getByText('原水公司'));
  await see(reviewer.getByRole('region', { name: '生效后会变什么' }).getByText('一般诉求计时'));
  await acts(reviewer).getByLabel('审核意见（可不填）').fill('依据齐全');
  await reviewer.keyboard.press('Control+Enter');
  await see(reviewer.getByText('等集团领导签发'));
  await see(reviewer.getByText('“依据齐全”'));

  const leader = await world().page('lead00', { path: '/desk/stages' });
  await leader.getByRole('link', { name: /常态化防控 → 预警/ }).click();
  const sign = acts(leader).getByRole('button', { name: /^签发/ });
  await see(leader.getByText('两项都看过才能签'));
  expect(await sign.isDisabled()).toBe(true);
  await tickBoth(leader);
  await leader.keyboard.press('Control+Enter');
  await see(leader.getByRole('heading', { name: /^阶段令〔\d{4}〕1号$/ }));
  await see(leader.getByText('到时自动生效'));

  const worker = await world().page('liai07', { path: '/desk/messages' });
  await see(inBar(worker, '常态化防控'));
  await see(worker.getByText(/已签发，.+ 生效，请看会变什么/));
  world().clock.forward(1.5 * hour);
  await world().timer('stages.activate');
  // Nobody touched this page.
  await see(inBar(worker, '预警'));
  await see(leader.getByText('正在执行'));
  await leader.goto('/desk/stages/history');
  await see(leader.getByRole('listitem').filter({ hasText: '预警' }).getByText('综合保障组02'));
});

test('an emergency order needs two leaders, and the second signature switches the whole group at once', async () => {
  const page = await world().page('sup02');
  await draft(page, '立即生效（紧急）', '封闭管理');
  await gone(page.getByLabel('生效时间'));
  await page.getByRole('button', { name: /^送领导签发/ }).click();
  await see(page.getByText('等集团领导签发'));
  const address = new URL(page.url()).pathname;

  for (const [login, then] of [
    ['lead00', '等第二位集团领导签发'],
    ['lead01', '正在执行'],
  ] as const) {
    const leader = await world().page(login, { path: address });
    await tickBoth(leader);
    await acts(leader).getByRole('button', { name: /签发/ }).first().click();
    await see(leader.getByText(then));
  }
  await see(inBar(page, '封闭管理'));
});

test('what if: a switch is tried without an order, and a worker is shown the stage and nothing of its orders', async () => {
  const page = await world().page('hand11', { path: '/desk/requests?view=todo' });
  await page.locator('header.top a.stage').click();
  await page.getByRole('button', { name: '先演一遍' }).click();
  await see(page.getByRole('status').getByText('10 个单位未就绪'));
  await gone(page.getByRole('link', { name: '拟阶段令' }));
  await (await world().as('hand11')).do(api.access.setLocale, { locale: 'en' });
  await page.reload();
  await see(page.getByRole('heading', { name: 'Readiness of units' }));
});
