import { afterAll, beforeAll, expect, test } from 'vitest';
import { foreignSchemas } from './foreign-sql.ts';
import { api, type House, inspectedTexts, openHouse } from './program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

test('a request goes from the person to the desk, to the line and back to the person, who alone says it is solved', async () => {
  const asked = await house.given.request({ until: 'confirmed' });
  const thread = await (await house.as('worker01')).do(api.requests.thread, { id: asked.id });
  expect(thread.state).toBe('resolved_confirmed');
  expect(thread.entries.map((entry) => entry.kind)).toEqual([
    'submitted',
    'dispatched',
    'accepted',
    'contacted',
    'handled',
    'solved',
  ]);
});

test('every SQL text of a module is looked through for schemas it does not own', () => {
  expect(inspectedTexts()).toBeGreaterThan(20);
  expect(foreignSchemas('cases', 'select * from "requests"."request"')).toEqual(['requests']);
  expect(foreignSchemas('cases', 'select 1 from cases.hand h, requests.content c')).toEqual(['requests']);
  expect(
    foreignSchemas(
      'requests',
      `insert into platform.code_failure values ('access.account'); select "request"."id" from requests.request`,
    ),
  ).toEqual([]);
});
