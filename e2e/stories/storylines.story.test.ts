/** The storylines of stages and plans as docs/storylines.md has one click through them, over the same orders and plans. */
import { beforeAll, test } from 'vitest';
import { loadPlans } from '../../server/demo/plans.ts';
import { loadStageOrders } from '../../server/demo/stages.ts';
import { readWorld } from '../../server/demo/world.ts';
import { rootFolder } from '../../server/testing/database.ts';
import type { Page } from '../browser.ts';
import { api, becomes, inWorld, see } from '../story.ts';

const world = inWorld();
beforeAll(async () => {
  const told = await readWorld(rootFolder);
  await world().within(async ({ tx }) => {
    await loadStageOrders(tx, told, world().clock.now());
    await loadPlans(tx, told, world().clock.now());
  });
  // Leads are read from the journal, once its entries have their place in it.
  const support = await world().as('sup01');
  await becomes(async () => {
    const { periods } = await support.do(api.stages.history, {});
    return periods.map(({ leads }) => leads.length);
  }, [0, 10, 10, 10, 10]);
}, 180_000);

/** From the rail to the time line, and there the stage that is meant. */
async function inHistory(page: Page, stage: string) {
  await page.getByRole('link', { name: /^阶段/ }).first().click();
  await page.getByRole('button', { name: '沿革' }).click();
  const period = page.getByRole('listitem').filter({ has: page.getByText(stage, { exact: true }) });
  await see(period);
  return period.first();
}
const panel = (page: Page, name: string) => page.getByRole('region', { name });

test('ST01: twelve days early in nine units, one day in U09, and the order says the same', async () => {
  const page = await world().page('sup01');
  const closed = await inHistory(page, '封闭管理');
  await see(closed.getByText('置地公司 1 天'));
  await becomes(() => closed.getByText(/ 12 天$/).count(), 9);
  await closed.getByRole('link', { name: /^阶段令〔\d{4}〕2号$/ }).click();
  const ready = panel(page, '各单位就绪');
  await see(ready.getByText('10/10'));
  await see(ready.getByRole('row').filter({ hasText: '置地公司' }).getByText('1 天', { exact: true }));
});

test('ST02: coverage came back after 23 hours; U09-08 had copied its neighbour', async () => {
  const page = await world().page('sup01');
  await (await inHistory(page, '封闭管理')).getByRole('link', { name: /^阶段令/ }).click();
  await see(
    panel(page, '生效时变了什么').getByRole('row').filter({ hasText: '120/120' }).getByText('0/120', { exact: true }),
  );
  const cover = panel(page, '覆盖率');
  await see(cover.getByText('23 小时后 120/120 处恢复'));
  await cover.getByRole('link', { name: 'U09-08 照抄 U09-07（98%），改好才算' }).click();
  await see(page.getByText(/98%/));
});

test('ST16: normal control since day 66; the stage before is still looked back upon, and a worker sees the stage alone', async () => {
  const page = await world().page('lead00');
  const now = await inHistory(page, '常态化防控');
  await see(now.getByText('执行中'));
  await see((await inHistory(page, '有序复工')).getByText('复盘中'));
  await now.getByRole('link', { name: /^阶段令/ }).click();
  const changes = panel(page, '生效时变了什么');
  await see(changes.getByRole('row').filter({ hasText: '一般诉求计时' }).getByText('机关工作时间'));
  await see(
    changes
      .getByRole('row')
      .filter({ hasText: '工地日报' })
      .getByText(/^14 项/),
  );
  const worker = await world().page('worker01', { viewport: 'phone' });
  await see(worker.getByText(/常态化防控/));
});
