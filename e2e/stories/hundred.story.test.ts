/**
 * A hundred messages, one after the other, without a mouse. The messages are put together from the demo's sentences;
 * LASTMETRE_BENCH_DATA names a folder of real ones (messages/fj2_rawtext_labelled.jsonl), which are nobody's to ship.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seeded } from '../../server/demo/random.ts';
import { composeRequest, type Place } from '../../server/demo/sentences/compose.ts';
import { readWorld } from '../../server/demo/world.ts';
import { rootFolder } from '../../server/testing/database.ts';
import type { Page } from '../browser.ts';
import { api, becomes, inWorld, see } from '../story.ts';

const world = inWorld();
const hundred = 100;
const categories = ['A01', 'A02', 'A03', 'A04', 'A05', 'B01', 'B02', 'E04', 'F01', 'F02'];
const random = seeded(11);

/** `category`: what it is about, where somebody knows; `chosen`: what its sender chose, wrongly in one of eleven. */
interface Message {
  text: string;
  category: string | null;
  chosen: string;
  confidential: boolean;
}

async function messages(): Promise<Message[]> {
  const real = join(process.env.LASTMETRE_BENCH_DATA ?? '', 'messages', 'fj2_rawtext_labelled.jsonl');
  const texts =
    process.env.LASTMETRE_BENCH_DATA && existsSync(real)
      ? readFileSync(real, 'utf8')
          .split('\n', hundred)
          .map((line) => (JSON.parse(line) as { text: string }).text.trim().slice(0, 900))
      : null;
  const { sites } = await readWorld(rootFolder);
  const place: Place = { kind: sites[0]!.kind as Place['kind'], zh: sites[0]!.zh };
  return Array.from({ length: hundred }, (_, i): Message => {
    const category = categories[i % categories.length]!;
    const other = categories[(i + 3) % categories.length]!;
    return {
      text: texts?.[i] ?? composeRequest(category, 'worker', place, world().clock.now(), random).text,
      category: texts ? null : category,
      chosen: i % 11 === 5 ? other : category,
      confidential: i % 25 === 14,
    };
  });
}

/** The number of the request in the preview, once its acts can be pressed. */
async function inHand(page: Page, done: ReadonlySet<string>): Promise<string> {
  const handle = await page.waitForFunction(
    (gone) => {
      const preview = document.querySelector('aside.preview');
      // A glance lasts until what is being fetched is there.
      if (document.querySelector('.queue-main[aria-busy="true"]')) return null;
      const number = /[A-Z]{1,6}-\d{6}-\d{5,7}/.exec(preview?.textContent ?? '')?.[0];
      const ready = preview?.querySelector('.preview-acts button:not(:disabled)');
      return number && ready && !gone.includes(number) ? number : null;
    },
    [...done],
  );
  return (await handle.jsonValue())!;
}

test('a dispatcher clears a hundred messages with the keyboard alone', async () => {
  await world().timer('triage.train');
  const told = await messages();
  const byNumber = new Map<string, Message & { id: string }>();
  for (const [i, one] of told.entries()) {
    const { id, number } = await world().request({
      by: `worker0${(i % 2) + 1}`,
      site: i % 2 === 0 ? 'U04-01' : 'U07-01',
      category: one.chosen,
      text: one.text,
      confidentiality: one.confidential ? 'confidential' : 'open',
    });
    byNumber.set(number, { ...one, id });
  }
  const dispatcher = await world().as('disp01');
  const misplaced = [...byNumber.values()].filter((one) => one.category !== null && one.category !== one.chosen);
  for (const { id } of misplaced)
    await becomes(async () => (await dispatcher.do(api.triage.ofRequest, { id })).suggestion !== null, true);
  const waiting = async () => (await dispatcher.do(api.requests.counts, {})).counts.to_dispatch;
  expect(await waiting()).toBe(hundred);

  const page = await world().page('disp01');
  await page.evaluate(() => {
    for (const kind of ['pointerdown', 'mousedown', 'touchstart', 'click'])
      document.addEventListener(
        kind,
        (event) => {
          // A key that presses a button makes a click with no pointer behind it.
          if (event.type !== 'click' || (event as MouseEvent).detail > 0) document.body.dataset.mouse = kind;
        },
        true,
      );
  });
  await see(page.getByRole('complementary', { name: '预览' }));

  const done = new Set<string>();
  const began = Date.now();
  let keys = 0;
  let taken = 0;
  const press = async (key: string): Promise<void> => {
    keys++;
    await page.keyboard.press(key);
  };
  while (done.size < hundred) {
    const number = await inHand(page, done);
    const message = byNumber.get(number)!;
    if (message.confidential) {
      await press('w');
      await see(page.getByRole('dialog', { name: `写转办摘要 · ${number}` }));
      await page.keyboard.type('生活区有一件生活保障的事，请尽快核实办理。');
      await press('Control+Enter');
      await see(page.locator('aside.preview .preview-acts').getByRole('button', { name: /^派给/, disabled: false }));
    }
    // Where its sender chose wrongly, what the words say it is about is looked at, and taken if it is right.
    if (misplaced.some((one) => one.id === message.id)) {
      const sorting = page.getByRole('complementary', { name: '预览' }).getByRole('region', { name: '分拣建议' });
      await see(sorting);
      const [first] = /[A-Z]\d\d(?= )/.exec(await sorting.innerText()) ?? [];
      const right = first === message.category && (await sorting.getByRole('button', { name: /采纳/ }).count()) > 0;
      if (right) taken++;
      await press(right ? 'q' : 'd');
    } else await press('d');
    done.add(number);
  }
  await becomes(waiting, 0);
  const seconds = (Date.now() - began) / 1000;
  process.stderr.write(
    `a hundred messages: ${keys} keys, ${taken} suggestions taken, ${seconds.toFixed(0)} s without thinking\n`,
  );

  expect(await page.evaluate(() => document.body.dataset.mouse)).toBeUndefined();
  const { rows } = await dispatcher.do(api.requests.list, { view: 'open', limit: 200 });
  const standing = new Map(rows.map((row) => [row.number, row]));
  expect([...done].filter((number) => standing.get(number)?.lineId == null)).toEqual([]);
  // Who chose rightly is where their category belongs; of those who did not, one key puts right what the words tell.
  const right = rows.filter((row) => row.categoryId === world().category(byNumber.get(row.number)!.category ?? 'A01'));
  if (misplaced.length > 0) {
    expect(taken).toBeGreaterThan(0);
    expect(right.length).toBe(hundred - misplaced.length + taken);
  }
  // Each was passed on once, by nobody's hand but this one's.
  const { counts } = await dispatcher.do(api.requests.counts, {});
  expect(counts.returned ?? 0).toBe(0);
  expect(keys).toBeLessThanOrEqual(hundred + 8);
});
