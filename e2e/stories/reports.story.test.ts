import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { prefilled, type Values } from '../../contract/report-checks.ts';
import type { ToFile } from '../../contract/reports.ts';
import { screenshot } from '../browser.ts';
import { api, becomes, hour, inWorld, see } from '../story.ts';

const world = inWorld();
const day = 24 * hour;

async function mine(login: string, form = 'site_daily'): Promise<ToFile | undefined> {
  return (await (await world().as(login)).do(api.reports.mine, {})).forms.find(
    (one) => one.form.code === form && Date.parse(one.locksAt) > world().clock.now().getTime(),
  );
}

/** Yesterday’s report, so that today has something to begin with. */
beforeAll(async () => {
  const officer = await world().as('site01');
  const form = (await mine('site01'))!;
  const values: Values = { ...prefilled(form.form.items, null, form.crews) };
  for (const item of form.form.items) {
    if (item.kind === 'crews') values[item.key] = Object.fromEntries(form.crews.map((crew) => [crew.id, 50]));
    else if (item.kind === 'parts') values[item.key] = Object.fromEntries(item.options.map((one) => [one.key, 120]));
    else if (item.kind !== 'text') values[item.key] = 0;
  }
  const at = world().clock.now().toISOString();
  await officer.do(api.reports.file, {
    id: randomUUID(),
    form: 'site_daily',
    formNo: form.form.no,
    nodeId: form.nodeId,
    day: form.day,
    stage: form.stage,
    values,
    base: null,
    crews: form.crews,
    madeAt: at,
    sentAt: at,
  });
  // Ten in the morning of the next day, in the group's zone.
  const now = world().clock.now().getTime();
  world().clock.forward(Math.floor(now / day) * day + day + 2 * hour - now);
  if (world().clock.now().toISOString().slice(0, 10) === form.day) world().clock.forward(day);
});

test('a site officer files the day on a small phone without signal, and it arrives once', async () => {
  const phone = await world().page('site01', { viewport: 'phone' });
  await phone.setViewportSize({ width: 360, height: 780 });
  await see(phone.getByRole('link', { name: /工地日报/ }));
  await phone.context().setOffline(true);
  await phone.getByRole('link', { name: /工地日报/ }).click();
  await see(phone.getByText('没网，照样能用'));
  await see(phone.getByText('昨天的数都带来了'));
  const form = (await mine('site01'))!;
  const [first] = form.crews;

  // What is carried over and what the system knows is one press away.
  await phone.getByText('哪些数是带来的').click();
  await see(phone.getByRole('heading', { level: 3, name: '从昨天报的带来' }));
  await see(phone.getByText('登记在册'));
  await phone.getByText('哪些数是带来的').click();

  // What was never said today is blank, and says so; zero is one tap.
  await see(phone.getByRole('button', { name: /还差 \d+ 处才能交/ }));
  for (const name of ['今天进场', '今天离场']) await phone.getByRole('textbox', { name }).fill('3');
  await phone.getByRole('textbox', { name: '今天离场' }).fill('0');
  await phone.getByRole('button', { name: `${first!.zh}加一` }).click();
  await see(phone.getByText('对不上：班组少 2 人'));
  await screenshot(phone, '.cache/report-off.png');
  await phone.getByRole('button', { name: `${first!.zh}加一` }).click();
  await phone.getByRole('button', { name: `${first!.zh}加一` }).click();
  await see(phone.getByText('对上了'));
  for (const name of ['隔离人数', '新进场静止期', '体温异常', '安全事故', '外来送货和访客'])
    await phone
      .locator('.line', { has: phone.getByRole('textbox', { name }) })
      .getByRole('button', { name: '没有' })
      .click();

  // Nothing typed is lost when the phone throws the page away.
  await phone.context().setOffline(false);
  await phone.reload();
  await see(phone.getByText('对上了'));
  await phone.context().setOffline(true);
  await see(phone.getByText('没网，照样能用'));
  await screenshot(phone, '.cache/report-ok.png');
  await phone.getByRole('button', { name: /交工地日报/ }).click();
  await see(phone.getByText('在手机里，等网络'));
  await screenshot(phone, '.cache/report-waiting.png');
  expect((await mine('site01'))!.state).toBe('open');

  await phone.context().setOffline(false);
  await see(phone.getByText('交上了'));
  await becomes(async () => (await mine('site01'))!.versions, 1);
  expect((await mine('site01'))!.current).toMatchObject({ came_in: 3, went_out: 0, isolated: 0 });
  const support = await world().as('sup01');
  const { rows } = await support.do(api.reports.day, { form: 'site_daily' });
  expect(rows.find((row) => row.nodeId === form.nodeId)).toMatchObject({
    timing: 'on_time',
    offline: true,
    versions: 1,
  });
  await phone.getByRole('link', { name: '返回' }).click();
  await screenshot(phone, '.cache/report-home.png');
}, 90_000);

test('the support group designs a form, another puts it in use, and the officer’s phone has it at once', async () => {
  const phone = await world().page('site01', { viewport: 'phone' });
  await see(phone.getByRole('link', { name: /工地日报/ }));
  const desk = await world().page('sup01', { path: '/desk/forms' });
  await desk.getByRole('button', { name: '新建一张表' }).click();
  await desk.getByLabel('表名（中文）').fill('高温检查');
  await desk.getByLabel('代号（小写字母）').fill('heat_check');
  await desk.getByLabel('多久一次').selectOption('daily');
  await desk.getByRole('button', { name: '加一项' }).click();
  await desk.getByLabel('问什么（中文）').fill('今日体温异常人数');
  await see(desk.getByText(/《工地日报》已经在问“体温异常”/));
  await desk.getByRole('button', { name: '存为草稿' }).click();
  await see(desk.locator('.field .fault'));
  await desk.getByLabel('问什么（中文）').fill('遮阳棚搭好几处');
  await desk.getByRole('button', { name: '存为草稿' }).click();
  await see(desk.getByText('要由另一位同事启用'));
  const other = await world().page('sup02', { path: '/desk/forms' });
  await other.getByRole('button', { name: '启用', exact: true }).click();
  await see(phone.getByRole('link', { name: /高温检查/ }));
  await phone.getByRole('link', { name: /高温检查/ }).click();
  await phone.getByRole('textbox', { name: '遮阳棚搭好几处' }).fill('3');
  await phone.getByRole('button', { name: '交高温检查' }).click();
  await see(phone.getByText('交上了'));
  await becomes(async () => (await mine('site01', 'heat_check'))?.versions, 1);
}, 90_000);
