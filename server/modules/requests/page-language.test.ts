import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RequestThread } from '../../../contract/requests.ts';
import { type House, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

test('a page that says its language reads the names of lines in it, whatever the account chose', async () => {
  const { id } = await house.given.request({ by: 'worker01', line: 'L11', until: 'dispatched' });
  const worker = await house.as('worker01');
  const whoIn = async (headers: Record<string, string>): Promise<string | null | undefined> => {
    const answer = await worker.fetch('GET', `/api/requests/${id}`, undefined, { headers });
    const thread = (await answer.json()) as RequestThread;
    return thread.entries.find(({ kind }) => kind === 'dispatched')?.who;
  };
  expect(await whoIn({})).toBe('后勤保障');
  expect(await whoIn({ 'x-locale': 'en' })).toBe('Logistics and living support');
  // What a browser asks for by itself is not what somebody chose.
  expect(await whoIn({ 'accept-language': 'en' })).toBe('后勤保障');
});
