import { expect, test } from 'vitest';
import { api, becomes, inWorld, numberPattern, see } from '../story.ts';

const world = inWorld();
const phone = { width: 390, height: 844 };

test('a site officer on a round at 390 px finds a need; the unit’s leader opens the share down to it', async () => {
  const page = await world().page('site01', { path: '/desk/outreach' });
  await page.setViewportSize(phone);
  await page.getByRole('button', { name: '开始走访：环城高速北段一标' }).click();
  await see(page.getByText(/开始，服务器时间/));
  // A second press is no second round: it leads back to the one that runs.
  await page.goto('/desk/outreach');
  await see(page.getByRole('region', { name: '正在走访' }));
  await page.getByRole('link', { name: '继续' }).click();

  await page.getByRole('button', { name: '登记发现的诉求' }).click();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await see(page.getByRole('alert'));
  await page.getByRole('combobox', { name: '类别' }).fill('A02');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: '原话' }).fill('二层洗漱间早上没有热水，等了两天。');
  // What was typed outlives a reload.
  await page.reload();
  await page.getByRole('button', { name: '登记发现的诉求' }).click();
  expect(await page.getByRole('textbox', { name: '原话' }).inputValue()).toContain('没有热水');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  const told = await page.getByText(/已登记$/).textContent();
  const number = told!.split(' ')[0]!;
  expect(number).toMatch(numberPattern);
  await page.getByRole('button', { name: '返回' }).click();
  await page.getByRole('button', { name: '结束走访' }).click();
  await see(page.getByText('问了哪几样，至少点一样'));
  await page.getByRole('checkbox', { name: '生活保障' }).check();
  await page.getByRole('button', { name: '结束走访' }).click();
  await see(page.getByText('已记下，辛苦了'));
  await see(page.getByText('今天已记 1 次'));

  // Nothing found is an answer too; a caller records it at the desk.
  const caller = await world().page('fu01', { path: '/desk/outreach' });
  await caller.getByRole('button', { name: '开始定期问询：环城高速北段二标' }).click();
  await caller.getByRole('checkbox', { name: '防疫物资' }).check();
  await caller.getByText('没有发现', { exact: true }).click();
  await caller.getByRole('button', { name: '结束走访' }).click();
  await see(caller.getByText('已记下，辛苦了'));

  const lead = await world().as('lead04');
  await becomes(async () => (await lead.do(api.outreach.share, {})).all.found, 1);
  const leader = await world().page('lead04', { path: '/desk/outreach/share' });
  await see(leader.getByText(/1 件，共提出/));
  // Every figure opens to its records, the lower part of the fraction too.
  const asked = leader.getByText(/1 件，共提出/).getByRole('button', { name: '1' });
  await asked.click();
  await see(leader.getByRole('button', { name: '提出的全部诉求' }).and(leader.locator('[aria-current="page"]')));
  await see(leader.getByRole('link', { name: number }));
  await leader
    .getByText(/^没有发现 1$/)
    .getByRole('button')
    .click();
  await becomes(() => leader.getByRole('combobox', { name: '结果' }).inputValue(), 'nothing');
  await leader.getByRole('button', { name: '先发现的诉求', exact: true }).click();
  await see(leader.getByText(/日志 \d+ 早于 \d+/));
  await leader.getByRole('link', { name: '看走访' }).click();
  await see(leader.getByText('发现诉求的走访只显示到天'));
  await leader.getByRole('link', { name: number }).click();
  await see(leader.getByText('二层洗漱间早上没有热水'));
});

test('a need of the mind found on a round is not written down: the page shows whom to ring', async () => {
  const page = await world().page('liai04', { path: '/desk/outreach' });
  await page.setViewportSize(phone);
  await page
    .getByRole('button', { name: /^开始需求摸底/ })
    .first()
    .click();
  await page.getByRole('button', { name: '登记发现的诉求' }).click();
  await page.getByRole('combobox', { name: '类别' }).fill('D01');
  await page.keyboard.press('Enter');
  await see(page.getByRole('link', { name: '12356' }));
  expect(await page.getByRole('textbox', { name: '原话' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: '登记', exact: true }).count()).toBe(0);
});
