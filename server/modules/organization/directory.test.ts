import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, type House, openHouse } from '../../testing/program.ts';
import { forgetTimeline } from '../stages/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const asVisitor = async () => (await house.visitor()).do(api.organization.publicDirectory, {});

test('a visitor is promised the hours that the clocks will use, category by category', async () => {
  const { categories } = await asVisitor();
  const rows = await house.sql<{ code: string; hours: number | null }>(
    `select c.code, s.resolve_hours as hours from organization.category c
     left join organization.sla s on s.priority = c.priority`,
  );
  expect(Object.fromEntries(categories.map((one) => [one.code, one.resolveHours]))).toEqual(
    Object.fromEntries(rows.map((row) => [row.code, row.hours])),
  );
  expect(categories.find((one) => one.code === 'C02')?.resolveHours).toBe(2);
});

test('hours run in working time only at the sites whose stage counts so', async () => {
  const before = await asVisitor();
  const [unit] = await house.sql<{ id: number }>(`select id from organization.node where code = 'U04'`);
  await house.sql(`update stages.period set to_at = now() where node_id = ${unit!.id} and to_at is null`);
  const other = before.workingTime ? 'S2' : 'S4';
  await house.sql(
    `insert into stages.period (id, node_id, stage_code, from_at, basis)
     values (gen_random_uuid(), ${unit!.id}, '${other}', now() - interval '1 minute', 'test')`,
  );
  forgetTimeline();
  const after = await asVisitor();
  expect(after.workingTime).toBe(before.workingTime);
  for (const site of after.sites)
    expect(site.workingTime, site.code).toBe(site.code.startsWith('U04-') ? !before.workingTime : before.workingTime);
  // The poster of such a site says the same.
  const officer = await house.as('site01');
  const home = after.sites.find((site) => site.code === 'U04-01')!;
  const { points } = await officer.do(api.organization.points, { siteId: home.id });
  const { site } = await (await house.visitor()).do(api.organization.point, { token: points[0]!.token });
  expect(site).toEqual(home);
});
