import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { becomes, gone, hour, inWorld, see } from '../story.ts';
import { api } from '../world.ts';

const world = inWorld();
const day = 24 * hour;

/** The group's calendar day, `ahead` days from now. */
const dayAhead = (ahead: number): string =>
  new Date(world().clock.now().getTime() + 8 * hour + ahead * day).toISOString().slice(0, 10);
/** Monday of the week after next: whatever day it is, no shift of the other stories is near it. */
function laterMonday(): string {
  const today = dayAhead(0);
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return dayAhead(14 - weekday);
}
const accountOf = async (search: string): Promise<string> => {
  const { people } = await (await world().as('sup01')).do(api.duty.colleagues, { search });
  return people.find((one) => one.name === search)!.accountId;
};
const groupNode = async (): Promise<number> =>
  (await (await world().as('sup01')).do(api.organization.directory, {})).nodes.find((one) => one.kind === 'group')!.id;
async function post(zh: string, hours: ('D' | 'E' | 'N' | 'H')[]): Promise<string> {
  const id = randomUUID();
  await (await world().as('lead04')).do(api.duty.savePost, {
    id,
    version: null,
    nodeId: world().site('U04'),
    lineId: null,
    zh,
    en: zh,
    hours,
    standby: hours.includes('H'),
    stages: ['S0', 'S1', 'S2', 'S3', 'S4'],
    phone: '8304',
  });
  return id;
}

test('the liaison plans a week: names one, lets a pattern fill the rest, and a night after a day is refused but by the leader', async () => {
  const monday = laterMonday();
  const address = `/desk/duty?node=${world().site('U04')}&from=${monday}`;
  const liaison = await world().page('liai04', { path: address });
  await liaison.getByRole('button', { name: '设岗位' }).click();
  const form = liaison.getByRole('dialog');
  await form.getByRole('textbox', { name: '名称（中文）' }).fill('门岗');
  await form.getByText('白班', { exact: true }).click();
  await form.getByText('夜班', { exact: true }).click();
  await form.getByText('S4', { exact: true }).click();
  await form.getByRole('textbox', { name: '值班电话' }).fill('8304');
  await form.getByRole('button', { name: '保存' }).click();

  const days = liaison.getByRole('row', { name: /门岗 白班/ });
  const nights = liaison.getByRole('row', { name: /门岗 夜班/ });
  await see(days.getByRole('button', { name: '空缺' }));
  expect(await days.getByRole('button', { name: '空缺' }).count()).toBe(7);
  await days.getByRole('button', { name: '空缺' }).first().click();
  await liaison.getByRole('radio', { name: /公路公司联络员 / }).check();
  await liaison.getByRole('button', { name: '排上', exact: true }).click();
  await see(days.getByRole('button', { name: '公路公司联络员' }));

  // The night that follows is the second cell: the same person would be on 16 hours of 24.
  await nights.getByRole('button', { name: '空缺' }).nth(1).click();
  const tired = liaison
    .getByRole('dialog')
    .locator('label')
    .filter({ hasText: /^公路公司联络员这七天/ });
  await see(tired.getByText('24 小时超过 12 小时'));
  await tired.getByRole('radio').check();
  await see(liaison.getByText('排这个人要由上级领导写明理由。'));
  expect(await liaison.getByRole('button', { name: '排上', exact: true }).isDisabled()).toBe(true);
  await liaison.keyboard.press('Escape');

  const leader = await world().page('lead04', { path: address });
  const seen = leader.getByRole('row', { name: /门岗 夜班/ });
  await seen.getByRole('button', { name: '空缺' }).nth(1).click();
  const chosen = leader
    .getByRole('dialog')
    .locator('label')
    .filter({ hasText: /^公路公司联络员这七天/ });
  await chosen.getByRole('radio').check();
  await leader.getByRole('textbox', { name: /为什么还要排/ }).fill('其余人都在封控区');
  await leader.getByRole('button', { name: '排上', exact: true }).click();
  await see(seen.getByRole('button', { name: '公路公司联络员' }));
  await see(leader.getByText(/公路公司联络员：24 小时里 16 小时/));

  await liaison.getByRole('button', { name: '轮一位排' }).click();
  await see(liaison.getByText(/按这个样式可排 12 班，还有 0 班没有合适的人/));
  await liaison.getByRole('button', { name: '排上', exact: true }).click();
  await see(liaison.getByText('已排 12 班'));
  await gone(liaison.getByRole('button', { name: '空缺' }));
  const gaps = await (await world().as('liai04')).do(api.duty.gaps, {
    from: monday,
    days: 7,
    nodeId: world().site('U04'),
  });
  expect(gaps.gaps).toEqual([]);
});

test('a post is handed over with a note: whoever comes next reads it, takes over, and it stands in both their lists', async () => {
  const id = await post('值守台', ['N', 'D', 'E']);
  const now = world().clock.now();
  // The evening shift of tomorrow follows the day shift, whatever the hour of this run.
  const tomorrow = dayAhead(1);
  const shift = async (hours: 'D' | 'E', name: string) => ({
    id: randomUUID(),
    postId: id,
    day: tomorrow,
    hours,
    accountId: await accountOf(name),
  });
  await (await world().as('lead04')).do(api.duty.plan, {
    entries: [await shift('D', '公路公司分管领导'), await shift('E', '公路公司联络员')],
  });
  const eight = Date.parse(`${tomorrow}T00:00:00Z`);
  world().clock.forward(eight - now.getTime());
  const first = await world().page('lead04', { path: '/desk/me' });
  const mine = first.getByRole('listitem').filter({ hasText: '值守台' });
  await mine.getByRole('button', { name: '接班' }).click();
  await see(first.getByText('已接班'));

  world().clock.forward(7 * hour + 30 * 60_000);
  const second = await world().page('liai04', { path: '/desk/me' });
  const next = second.getByRole('listitem').filter({ hasText: '值守台' });
  await see(next.getByText(/上一班还没有写交班记录/));
  await next.getByRole('button', { name: '接班' }).click();
  await see(second.getByText(/上一班还没有写交班记录|没有交班记录/).nth(1));

  // After seven hours one signs in again.
  const leaving = await world().page('lead04', { path: '/desk/me' });
  await leaving.getByRole('listitem').filter({ hasText: '值守台' }).getByRole('button', { name: '交班' }).click();
  await leaving.getByRole('textbox', { name: '交班记录' }).fill('三号门水泵待修；物资车晚上八点到');
  await leaving.getByRole('dialog').getByRole('button', { name: '交班' }).click();
  await see(leaving.getByText(/还没有人接/));

  await second.reload();
  await see(next.getByText('三号门水泵待修；物资车晚上八点到'));
  await next.getByRole('button', { name: '接班' }).click();
  await see(second.getByText('已接班'));
  await leaving.reload();
  await see(leaving.getByText(/公路公司联络员 接/));
  await see(leaving.getByRole('listitem').filter({ hasText: '交班：值守台' }).getByText('已办'));

  const reader = await world().page('lead04', { path: `/desk/duty?node=${world().site('U04')}` });
  await reader.getByRole('button', { name: '三号门水泵待修；物资车晚上八点到' }).click();
  await see(reader.getByRole('dialog').getByText(/公路公司联络员 接/));
});

test('a leader of the group is away: another acts in a box of time, sees what they see, and a person’s duties open by name', async () => {
  const other = `/desk/duty?node=${world().site('U07')}`;
  const deputy = await world().page('lead04', { path: other });
  await see(deputy.getByRole('heading', { name: /一周排班/ }));
  expect(await deputy.getByRole('button', { name: '设岗位' }).count()).toBe(0);

  const owner = await world().page('lead00', { path: '/desk/me' });
  await owner.getByRole('button', { name: '请人代理' }).click();
  const form = owner.getByRole('dialog');
  await see(form.getByText(/期间两人算同一个人/));
  // Whoever the separation of duties forbids is shown with why, and cannot be chosen.
  const forbidden = form.locator('label').filter({ hasText: '综合办公01' });
  await see(forbidden.getByText('拟稿、审核的人不签发'));
  expect(await forbidden.getByRole('radio').isDisabled()).toBe(true);
  await owner.keyboard.press('Escape');

  const now = world().clock.now();
  await (await world().as('lead00')).do(api.duty.askDelegation, {
    id: randomUUID(),
    toId: await accountOf('公路公司分管领导'),
    role: 'group_leader',
    nodeId: await groupNode(),
    lineId: null,
    from: now.toISOString(),
    to: new Date(now.getTime() + hour).toISOString(),
    reason: '到工地蹲点',
  });
  const above = await world().page('lead01', { path: '/desk/duty/people' });
  const waiting = above.getByRole('listitem').filter({ hasText: '到工地蹲点' });
  await waiting.getByRole('button', { name: '同意', exact: true }).click();
  await see(waiting.getByText('代理中'));

  await deputy.reload();
  await see(deputy.getByRole('button', { name: '设岗位' }));
  await deputy.goto('/desk/duty/people');
  // Of the whole group there are more people than are listed: one looks place by place.
  await see(deputy.getByText(/还有 \d+ 人没有列出/));
  await deputy.getByRole('combobox', { name: '在哪里' }).fill('U04');
  await deputy.keyboard.press('Enter');
  await gone(deputy.getByText(/还有 \d+ 人没有列出/));
  const person = deputy.getByRole('listitem').filter({ hasText: /公路公司联络员(?!二)/ });
  await person.getByRole('button', { name: '履职' }).first().click();
  const duties = deputy.getByRole('dialog', { name: /公路公司联络员 的履职/ });
  await see(duties.getByText(/接班：/));
  await deputy.keyboard.press('Escape');

  // Over to the minute: the page is what it was before.
  world().clock.forward(hour);
  await deputy.goto(other);
  await see(deputy.getByRole('heading', { name: /一周排班/ }));
  await becomes(() => deputy.getByRole('button', { name: '设岗位' }).count(), 0);
});
