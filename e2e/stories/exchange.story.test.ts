import { expect, test } from 'vitest';
import { type Exchange, openExchange } from '../../server/testing/exchange.ts';
import { api, gone, inWorld, see } from '../story.ts';

const world = inWorld();
const caller = '13900006789';
const seat = '6001';

let told: Exchange | undefined;
/** The telephone exchange of the group, set up by the security administrator. */
async function exchange(): Promise<Exchange> {
  if (!told) {
    const made = await (await world().as('sec01')).do(api.hotline.addExchange, { name: '热线程控' });
    told = openExchange(made.address, made.secret);
  }
  return told;
}
const ago = (seconds: number): Date => new Date(world().clock.now().getTime() - seconds * 1000);

test('a call pops up at the seat while it rings, opens with its number and what it asked before, and ends', async () => {
  const before = await world().request({ by: 'worker02', text: '宿舍三楼没有热水，已经两天。', callback: caller });
  const { tell } = await exchange();
  const page = await world().page('op01');
  await page.getByRole('textbox', { name: /^坐席号/ }).fill(seat);
  await page.getByRole('button', { name: '上席' }).click();
  await see(page.getByText(`坐席 ${seat}`));

  const call = 'story-rings';
  await tell({ call, kind: 'offered', at: ago(6), number: caller });
  await tell({ call, kind: 'ringing', at: ago(5), seat });
  const pop = page.getByRole('alert').filter({ hasText: '来电振铃' });
  await see(pop);
  // Nobody opens what they have not taken off the hook.
  expect(await pop.getByRole('button', { name: '打开这通电话' }).isDisabled()).toBe(true);
  await tell({ call, kind: 'answered', at: ago(1), seat });
  await see(page.getByRole('alert').filter({ hasText: '来电已接通' }));
  await page.getByRole('button', { name: '打开这通电话' }).click();
  await see(page.getByRole('timer'));
  await see(page.getByRole('region', { name: '这个号码以前提过' }).getByText(before.number));
  await page.getByRole('button', { name: '只是咨询' }).click();
  await see(page.getByText('已按咨询结束'));
  await tell({ call, kind: 'ended', at: ago(0) });
  await gone(page.getByRole('alert').filter({ hasText: '来电' }));

  const lead = await world().as('disp00');
  const { calls } = await lead.do(api.hotline.calls, { view: 'answered', from: ago(3600).toISOString() });
  expect(calls.map((one) => [one.seat, one.outcome])).toEqual([[seat, 'information']]);
});

test('who gave up stands to be rung back; claimed by one, reached, and the number is gone', async () => {
  await (await exchange()).call(ago(120), { number: caller, answeredAfter: null, endedAfter: 40 });
  await world().timer('hotline.settle_calls');
  const page = await world().page('op01');
  const other = await world().page('op02');
  const waiting = page.getByRole('region', { name: '待回拨' });
  await see(waiting.getByText('没接上'));
  // The number is shown to whoever rings, not to the room.
  await gone(waiting.getByText(caller));
  await waiting.getByRole('button', { name: '我来拨' }).click();
  await see(waiting.getByRole('link', { name: caller }));
  await see(other.getByRole('region', { name: '待回拨' }).getByText(/正在拨/));
  await gone(other.getByText(caller));
  await waiting.getByRole('button', { name: '接通了' }).click();
  await see(page.getByRole('timer'));
  await page.getByRole('button', { name: '只是咨询' }).click();
  await see(page.getByText(/没有人在等回拨/));
});

test('a note for the next shift stands until somebody of it takes over', async () => {
  const note = '三号工地停水还没恢复，答应晚八点前回话。';
  const leaving = await world().page('op01');
  await leaving.getByRole('button', { name: '留给下一班' }).click();
  await leaving.getByRole('textbox', { name: /^留给下一班/ }).fill(note);
  await leaving.getByRole('button', { name: '留给下一班' }).last().click();
  await see(leaving.getByText('已留给下一班'));
  const coming = await world().page('op02');
  const handover = coming.getByRole('region', { name: '交班' });
  await see(handover.getByText(note));
  await see(handover.getByText(/热线坐席01/));
  await handover.getByRole('button', { name: '已看，接班' }).click();
  await gone(handover.getByText(note));
});
