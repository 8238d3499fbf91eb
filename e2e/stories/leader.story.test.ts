import { beforeAll, expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, becomes, type Given, gone, hour, inWorld, see } from '../story.ts';

const world = inWorld();

/** What must be read nowhere: who asked, their own words, their number, their place in the crew. */
const secrets = ['分包工人03', '钢筋班', '班老周', '板房 206', '夜里两点', '138 0000 9999', '13800009999'];

let open: Given;
let elsewhere: Given;
let reopened: Given;
let confidential: Given;

beforeAll(async () => {
  open = await world().request({ site: 'U04-01', text: '板房区早上停水两个小时。', until: 'accepted' });
  elsewhere = await world().request({
    by: 'worker02',
    site: 'U07-01',
    category: 'E04',
    text: '宿舍窗户打不开，消毒水味道很重。',
    until: 'dispatched',
  });
  reopened = await world().request({
    site: 'U04-05',
    category: 'A01',
    text: '午饭送到班组已经凉了。',
    until: 'handled',
  });
  await (await world().as('worker01')).do(api.requests.judge, { id: reopened.id, solved: false, why: '今天还是凉的' });
  confidential = await world().request({
    by: 'worker03',
    site: 'U04-05',
    category: 'A04',
    confidentiality: 'confidential',
    callback: '138 0000 9999',
    text: '我是钢筋班老周，3 号板房 206，夜里两点空调还在漏水。',
    summary: '生活区有空调漏水，请尽快检修。',
    until: 'accepted',
  });
  const dispatcher = await world().as('disp01');
  await becomes(async () => (await dispatcher.do(api.requests.list, { view: 'all', search: '停水' })).rows.length, 1);
  world().clock.forward(30 * hour);
});

const row = (page: Page, text: string) =>
  page.getByRole('region', { name: '诉求队列' }).getByRole('listitem').filter({ hasText: text });
const view = (page: Page, name: RegExp) => page.getByRole('navigation', { name: '视图' }).getByRole('button', { name });

/** Everything the program tells this page from now on, whether it is drawn or not; what it tells everybody apart. */
function overheard(page: Page): () => Promise<{ from: string; text: string }[]> {
  const told: Promise<{ from: string; text: string }>[] = [];
  page.on('response', (response) => {
    const from = response.url();
    if (!/\/api\/(?!live|session|public)/.test(from)) return;
    told.push(
      response.text().then(
        (text) => ({ from, text }),
        () => ({ from, text: '' }),
      ),
    );
  });
  return () => Promise.all(told);
}

test('the liaison sees what is open, overdue and reopened in their own unit and nothing of the neighbour', async () => {
  const page = await world().page('liai04');
  await view(page, /^全部在办/).click();
  await see(row(page, '板房区早上停水两个小时'));
  await see(row(page, '午饭送到班组已经凉了'));
  await gone(row(page, '宿舍窗户打不开'));
  await view(page, /^已超时 \d/).click();
  await see(row(page, '板房区早上停水两个小时'));
  await see(page.getByText(/^已超时 \d/).last());
  await view(page, /^重办 1/).click();
  await see(row(page, '午饭送到班组已经凉了'));
  await gone(row(page, '板房区早上停水两个小时'));
  await view(page, /^全部( |$)/).click();
  await gone(row(page, '宿舍窗户打不开'));

  await page.goto(`/desk/requests/${elsewhere.id}`);
  await see(page.getByText(/没有取到/));
  expect(await page.content()).not.toContain('消毒水');
  // Somebody who oversees does nothing in the thread.
  await page.goto(`/desk/requests/${open.id}`);
  await see(page.getByRole('heading', { level: 1, name: open.number }));
  await gone(page.getByRole('button', { name: /^(派单|签收|报已办理|记进展)( |$)/ }));
});

for (const login of ['liai04', 'lead04', 'lead00', 'hand11']) {
  test(`${login} reads the summary of a confidential request and its author on no page and in no answer`, async () => {
    const page = await world().page(login);
    const heard = overheard(page);
    const listed = page.getByRole('status').filter({ hasText: /^已列/ }).or(page.getByText('这里没有了'));
    const views = page
      .getByRole('navigation', { name: '视图' })
      .getByRole('button')
      .filter({ hasNotText: '另存为视图' });
    await see(views);
    for (const each of await views.all()) {
      await each.click();
      await see(listed);
    }
    await page.keyboard.press('/');
    await page.keyboard.type('老周');
    await page.keyboard.press('Enter');
    await see(page.getByText('这里没有了'));
    await page.goto(`/desk/requests/${confidential.id}`);
    await see(page.getByRole('heading', { level: 1, name: confidential.number }));
    await see(page.getByText('生活区有空调漏水，请尽快检修。'));
    await page.waitForLoadState('networkidle');
    const read = [...(await heard()), { from: 'the page itself', text: await page.content() }];
    expect(read.some(({ text }) => text.includes('生活区有空调漏水'))).toBe(true);
    for (const secret of secrets)
      expect(
        read.filter(({ text }) => text.includes(secret)).map(({ from }) => from),
        secret,
      ).toEqual([]);
  });
}
