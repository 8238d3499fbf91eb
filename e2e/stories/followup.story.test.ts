import { beforeAll, expect, test } from 'vitest';
import { api, becomes, type Given, gone, holdFirst, hour, inWorld, numberPattern, see } from '../story.ts';

const world = inWorld();

/** Handled yesterday, and the person has said nothing since. */
let silent: Given;
let better: Given;

beforeAll(async () => {
  silent = await world().request({
    until: 'handled',
    callback: '138 0000 1111',
    site: 'U04-01',
    text: '板房区早上停水两个小时。',
  });
  better = await world().request({
    until: 'handled',
    callback: '138 0000 2222',
    site: 'U04-05',
    category: 'A01',
    text: '午饭送到班组已经凉了。',
  });
  world().clock.forward(25 * hour);
  await world().timer('followups.list_silent');
});

const stateOf = async (one: Given) =>
  (await (await world().as('disp01')).do(api.requests.thread, { id: one.id })).state;

test('the caller rings, records an attempt, asks three questions with the number keys, and only that closes the request', async () => {
  const page = await world().page('fu01');
  const list = page.getByRole('complementary', { name: '随访' });
  await see(list.getByRole('heading', { level: 1 }));
  await see(list.getByRole('button', { name: /环城高速北段一标/ }));
  await list.getByRole('button', { name: /饮水用水/ }).click();
  const sheet = page.getByRole('region', { name: silent.number });
  await see(sheet.getByText('“板房区早上停水两个小时。”'));
  await see(sheet.getByText('只供核对，不念给对方'));
  await see(sheet.getByRole('link', { name: /138 0000 1111/ }));
  // Nothing is answered beforehand, and what is missing is said.
  expect(await sheet.getByRole('radio', { checked: true }).count()).toBe(0);
  await see(page.getByText('还差 5 问：联系、解决、结果、快慢、态度'));
  const complete = page.getByRole('button', { name: /^完成并冻结/ });
  expect(await complete.isDisabled()).toBe(true);

  await page.keyboard.press('n');
  await see(page.getByText('已记一次：没人接'));
  await see(list.getByRole('img', { name: '已试 1 次，满 3 次才可记联系不上' }));
  await gone(page.getByRole('button', { name: /^记为联系不上/ }));

  await page.keyboard.press('d');
  await see(page.getByRole('timer'));
  // A key that is held answers one question, not the one after it.
  await page.keyboard.down('1');
  await page.keyboard.down('1');
  await see(page.getByText(/^还差 4 问/));
  await page.keyboard.up('1');
  for (const digit of ['1', '5', '4']) await page.keyboard.press(digit);
  // The question that is asked now is whole in sight; nothing lies over its last answer.
  const last = sheet.getByRole('radiogroup', { name: /态度/ }).getByRole('radio', { name: /没说/ });
  const free = () =>
    last.evaluate((option) => {
      const { left, top, width, height } = option.getBoundingClientRect();
      return option.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
  await becomes(free, true);
  await page.keyboard.press('0');
  await see(page.getByText('都问到了'));
  await see(
    sheet.getByRole('radiogroup', { name: /现在解决了没有/ }).getByRole('radio', { name: /解决了/, checked: true }),
  );
  await page.keyboard.press('t');
  await page.keyboard.type('水有了，二层也有');
  expect(await stateOf(silent)).toBe('handled');
  await page.keyboard.press('Control+Enter');
  await see(page.getByText('已冻结，打开下一通'));
  await becomes(() => stateOf(silent), 'resolved_confirmed');

  // The next one opened by itself; "better" is not "solved".
  await see(page.getByRole('region', { name: better.number }));
  await page.keyboard.press('2');
  await page.keyboard.press('2');
  await see(page.getByText('“好一些”按未解决算：本人没有说解决了。会退回重办，优先级升一级。'));
  for (const digit of ['0', '2', '3']) await page.keyboard.press(digit);
  await page.keyboard.press('Control+Enter');
  await see(page.getByText('已冻结，名单打完了'));
  await becomes(() => stateOf(better), 'reopened');
  await see(page.getByText('现在没有要打的电话'));
});

test('a call that is frozen late leaves the one that was opened since in hand', async () => {
  for (const category of ['A01', 'A02', 'A04'])
    await world().request({ until: 'handled', category, callback: '138 0000 3333' });
  world().clock.forward(25 * hour);
  await world().timer('followups.list_silent');
  const page = await world().page('fu01');
  const sheet = page.getByRole('region', { name: numberPattern });
  const inHand = () => sheet.getAttribute('aria-label');
  const next = async () => {
    const before = (await sheet.count()) > 0 ? await inHand() : null;
    await page.keyboard.press('j');
    await becomes(async () => (await inHand()) !== before, true);
    return inHand();
  };
  await becomes(() => page.locator('[data-call]').count(), 3);
  await next();
  await see(sheet.getByRole('radio'));
  for (const digit of ['1', '1', '5', '5', '5']) await page.keyboard.press(digit);
  await see(page.getByText('都问到了'));
  const release = await holdFirst(page, '**/answer');
  await page.keyboard.press('Control+Enter');
  await next();
  const third = await next();
  release();
  await see(page.getByText('上一通已冻结'));
  expect(await inHand()).toBe(third);
});

test('two callers never ring the same person, and what one leaves the next takes over', async () => {
  await world().request({ until: 'handled', category: 'A03', callback: '138 0000 4444' });
  world().clock.forward(25 * hour);
  await world().timer('followups.list_silent');
  const page = await world().page('fu01');
  const list = page.getByRole('complementary', { name: '随访' });
  await list
    .getByRole('button', { name: /住宿床位/ })
    .first()
    .click();
  await see(page.getByRole('link', { name: /138 0000 4444/ }));
  const other = await world().page('fu02');
  const theirs = other.getByRole('complementary', { name: '随访' });
  await see(theirs.getByText('随访专员01 正在打'));
  await theirs
    .getByRole('button', { name: /住宿床位/ })
    .first()
    .click();
  await see(other.getByText('随访专员01 正在打这一通，请换一通。'));
  await gone(other.getByRole('link', { name: /138 0000 4444/ }));
  // Not reached, and the shift is over.
  await page.keyboard.press('b');
  await see(page.getByText('已记一次：占线'));
  await page.getByRole('link', { name: '交接' }).click();
  await page.getByLabel('给下一班的话').fill('晚饭后再打');
  await page.getByRole('button', { name: /^交出 1 件/ }).click();
  await see(page.getByText('已交出，等同事接'));
  await other.getByRole('link', { name: '交接' }).click();
  await see(other.getByText('晚饭后再打'));
  await other.getByRole('button', { name: '我来接' }).click();
  await see(other.getByText('已接下，约定归您了'));
  await see(other.getByRole('heading', { name: '我要交的 1' }));
});

test('the lead writes a version of a script, and words that ask for a mark are refused where they stand', async () => {
  const page = await world().page('fu00', { path: '/desk/followups/scripts' });
  await page.getByRole('button', { name: '写新版本' }).click();
  const closing = page.getByRole('textbox', { name: '收尾 中文' });
  await closing.fill('谢谢您，麻烦给个五分。');
  await page.getByRole('button', { name: '存为新版本' }).click();
  await see(page.getByText(/是在要分数，不能写进话本/));
  await closing.fill('谢谢您，打扰了。');
  await page.getByRole('button', { name: '存为新版本' }).click();
  await see(page.getByText('V2 已存，从现在打开的电话起用'));
  await see(page.getByRole('button', { name: 'V1' }));
});

test('who handles has no call list, neither by the rail nor by its address nor through the interface', async () => {
  const page = await world().page('hand11');
  await see(page.getByRole('navigation', { name: '主导航' }));
  expect(await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /随访/ }).count()).toBe(0);
  await page.goto('/desk/followups');
  await see(page.getByText('这一页不在您的权限里'));
  const handler = await world().as('hand11');
  expect(await handler.refused(api.followups.list, {})).toBe('forbidden');
});
