import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importRequests } from '../server/commands/importRequests.ts';
import { rootFolder } from '../server/testing/database.ts';
import { api, hour, inWorld, see } from './story.ts';

const world = inWorld();
const samples = join(rootFolder, 'e2e', 'samples');

test("a real city's requests are brought in from its file, worked on by five people, and every act stands in a journal whose seals agree", async () => {
  const { config } = world();
  const file = join(config.dataFolder, 'sf311-200.csv');
  await cp(join(samples, 'sf311-200.csv'), file);
  const silent = { say: () => {}, progress: () => {}, ask: null };
  const args = [file, '--site', 'U04-01', '--categories', join(samples, 'sf311-categories.yaml')];
  // Eight were closed before they were made: the city's own mistakes, handed back.
  expect(await importRequests(args, config, silent)).toMatchObject({ read: 200, added: 192, already: 0, bad: 8 });
  expect(await importRequests(args, config, silent)).toMatchObject({ added: 0, already: 192 });

  const dispatcher = await world().as('disp01');
  const handler = await world().as('hand11');
  const arbiter = await world().as('disp00');
  const caller = await world().as('fu01');
  const auditor = await world().as('aud01');
  const categoryId = world().category('A04');
  const { rows } = await dispatcher.do(api.requests.list, { view: 'to_dispatch', categoryId, limit: 50 });
  const [solved, denied, joined] = rows;
  if (!solved || !denied || !joined)
    throw new Error('The sample has fewer than three requests about showers and sewers.');
  const version = async (id: string) => (await dispatcher.do(api.requests.thread, { id })).version;
  const lineId = world().line('L11');
  const cases: string[] = [];
  for (const { id } of [solved, denied]) {
    cases.push(
      (await dispatcher.do(api.cases.dispatch, { id, version: await version(id), lineId, unitId: null })).caseId,
    );
  }
  await dispatcher.do(api.cases.join, { id: joined.id, version: await version(joined.id), intoRequestId: solved.id });

  for (const id of cases) await handler.do(api.cases.accept, { id });
  const until = new Date(world().clock.now().getTime() + 2 * hour).toISOString();
  const { askId } = await handler.do(api.cases.ask, {
    id: cases[0]!,
    kind: 'suspension',
    reasonCode: 'parts',
    text: 'The pump arrives at noon.',
    until,
  });
  expect(await handler.refused(api.cases.decide, { id: askId, approve: true })).toBe('forbidden');
  await arbiter.do(api.cases.decide, { id: askId, approve: true });
  world().clock.forward(3 * hour);
  await world().timer('cases.suspensions_over');
  for (const id of cases)
    await handler.do(api.cases.handled, {
      id,
      solution: 'solved',
      text: 'Drain flushed, tried with a bucket, runs off.',
    });

  world().clock.forward(25 * hour);
  await world().timer('followups.list_silent');
  const calls = new Map((await caller.do(api.followups.list, {})).rows.map((row) => [row.requestId, row.id]));
  const marks = { contacted: true, satisfied: 4, speed: 3, attitude: 5, channel: 'visit' as const };
  await caller.do(api.followups.complete, { id: calls.get(solved.id)!, answer: 'solved', ...marks });
  await caller.do(api.followups.complete, {
    id: calls.get(denied.id)!,
    answer: 'not_solved',
    words: 'They told me to wait for summer.',
    forLine: 'Floods again with the first rain.',
    ...marks,
  });
  // Joined in work, not in verdict: the third still waits for its own answer.
  const state = async (id: string) => (await dispatcher.do(api.requests.thread, { id })).state;
  expect([await state(solved.id), await state(denied.id), await state(joined.id)]).toEqual([
    'resolved_confirmed',
    'reopened',
    'handled',
  ]);
  await handler.do(api.cases.handled, {
    id: cases[1]!,
    solution: 'solved',
    text: 'Second drain opened as well; tried with the fire hose.',
  });
  world().clock.forward(25 * hour);
  await world().timer('followups.list_silent');
  const again = (await caller.do(api.followups.list, {})).rows.find((row) => row.requestId === denied.id)!;
  await caller.do(api.followups.complete, { id: again.id, answer: 'solved', ...marks });
  expect(await state(denied.id)).toBe('resolved_confirmed');

  await world().timer('journal.seal');
  await world().timer('journal.anchor');
  const verified = await auditor.do(api.journal.verify, {});
  expect(verified).toMatchObject({ valid: true, faults: [] });
  expect(verified.anchors).toBeGreaterThan(0);
  const told = await auditor.do(api.journal.entries, { recordId: denied.id });
  expect(new Set(told.entries.map((entry) => entry.actor)).size).toBeGreaterThanOrEqual(3);

  // The queue shows what came in, by its own words.
  const page = await world().page('disp01', { path: '/desk/requests?view=to_dispatch' });
  await see(page.getByText(/^已列 \d+ 件，往下还有$/));
  await page.goto(`/desk/requests/${denied.id}`);
  await see(page.getByText('Floods again with the first rain.'));
  // What was said to the caller stays with the caller.
  expect(await page.getByText('They told me to wait for summer.').count()).toBe(0);
});
