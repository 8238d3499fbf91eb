import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTable } from '../../platform/sheets.ts';
import { api, type Client, day, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { forgetEditions } from './held.ts';
import { catalogueForm } from './importTable.ts';

let house: House;
let lead: Client;
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-10T02:00:00Z' });
  lead = await house.as('disp00');
});
afterAll(() => house.stop());

const group = (): number => house.dir.groupNode.id;
const line = (more: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  revision: null,
  categoryId: house.category('A02'),
  nodeId: group(),
  lineId: house.line('L11'),
  lead: 'own_unit' as const,
  leadUnitId: null,
  coLineIds: [] as number[],
  escalation: [],
  contactMinutes: null,
  resolveHours: null,
  validFrom: null,
  validTo: null,
  ...more,
});
const draft = async () => {
  const { id } = await lead.do(api.catalogue.beginDraft, {});
  return lead.do(api.catalogue.edition, { id });
};
const inForce = async (from: Date | null = null, note = '调整主办条线') => {
  const decided = await lead.do(api.catalogue.putInForce, { from: from?.toISOString() ?? null, note });
  forgetEditions();
  house.clock.forward(minute);
  return decided;
};
const workbook = (bytes: Buffer): FormData => {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), 'catalogue.xlsx');
  return form;
};

describe('the dispatch catalogue', () => {
  test('is read by who dispatches or handles and changed by the dispatchers’ lead only', async () => {
    for (const login of ['disp01', 'hand11'])
      expect((await (await house.as(login)).try(api.catalogue.editions, {})).status).toBe(200);
    for (const login of ['disp01', 'hand11', 'lead04', 'worker01'])
      expect((await (await house.as(login)).try(api.catalogue.beginDraft, {})).status).toBe(403);
    expect((await (await house.as('worker01')).try(api.catalogue.editions, {})).status).toBe(403);
  });

  test('a gap falls back to the category’s own line and is listed as a gap', async () => {
    const { gaps } = await lead.do(api.catalogue.edition, { id: 'current' });
    expect(gaps.find((one) => one.categoryId === house.category('A02'))).toMatchObject({ sites: 120 });
    const { id } = await house.given.request();
    expect((await house.standing(id)).suggestion).toMatchObject({
      lineId: house.line('L11'),
      unitId: null,
      source: 'category',
    });
  });

  test('what a dispatcher sees changes when the draft is in force, never before, and nothing dispatched moves', async () => {
    const { id } = await house.given.request();
    const sent = await house.given.request({ until: 'dispatched' });
    await draft();
    await lead.do(api.catalogue.saveItem, line({ coLineIds: [house.line('L09')] }));
    await lead.do(
      api.catalogue.saveItem,
      line({ nodeId: house.site('U04-01'), lineId: house.line('L09'), lead: 'head_office' }),
    );
    expect((await house.standing(id)).suggestion?.source).toBe('category');
    const preview = await lead.do(api.catalogue.preview, {});
    expect(preview.shifts).toContainEqual({
      from: { lineId: house.line('L11'), unitId: null },
      to: { lineId: house.line('L09'), unitId: null },
      requests: expect.any(Number),
    });
    const behind = await lead.do(api.catalogue.previewRequests, {
      fromLineId: house.line('L11'),
      toLineId: house.line('L09'),
    });
    expect(behind.rows.map((row) => row.id)).toContain(id);
    expect(behind.all).toBe(behind.rows.length);
    const { number } = await inForce();
    expect((await house.standing(id)).suggestion).toMatchObject({
      lineId: house.line('L09'),
      unitId: null,
      source: 'catalogue',
      editionNumber: number,
      nodeId: house.site('U04-01'),
    });
    expect((await house.standing(sent.id)).lineId).toBe(house.line('L11'));
    const elsewhere = await house.given.request({ site: 'U04-02' });
    expect((await house.standing(elsewhere.id)).suggestion).toMatchObject({
      lineId: house.line('L11'),
      unitId: house.unit('U04'),
      coLineIds: [house.line('L09')],
    });
  });

  test('a planned edition begins at its instant; until then it can be called off, afterwards not', async () => {
    await draft();
    const { items } = await draft();
    const site = items.find((one) => one.nodeId === house.site('U04-01'))!;
    await lead.do(api.catalogue.removeItem, { id: site.id });
    const from = new Date(house.clock.now().getTime() + 2 * hour);
    const { number } = await inForce(from, '水改回后勤');
    const { id } = await house.given.request();
    expect((await house.standing(id)).suggestion?.lineId).toBe(house.line('L09'));
    house.clock.set(new Date(from.getTime() + minute));
    expect((await house.standing(id)).suggestion).toMatchObject({ lineId: house.line('L11'), editionNumber: number });
    const { editions } = await lead.do(api.catalogue.editions, {});
    const now = editions.find((one) => one.number === number)!;
    expect(now.state).toBe('in_force');
    expect(editions.find((one) => one.number === number - 1)).toMatchObject({ state: 'past', to: now.from });
    expect((await lead.try(api.catalogue.callOff, { id: now.id })).code).toBe('edition_begun');
    const { changes } = await lead.do(api.catalogue.edition, { id: now.id });
    expect(changes.map((one) => one.kind)).toEqual(['removed']);
  });

  test('an edition that was put in force cannot be changed, not even in the database', async () => {
    await expect(house.sql('update catalogue.item set line_id = 1')).rejects.toThrow(/does not change/);
  });

  test('refuses oversight as handler of what it inspects, a line that helps itself, and a post without people', async () => {
    await draft();
    const bad = [
      line({ categoryId: house.category('F02'), lineId: house.line('L04'), lead: 'head_office' }),
      line({ categoryId: house.category('F03'), coLineIds: [house.line('L11')] }),
      line({ categoryId: house.category('F04'), nodeId: house.unit('U04'), lineId: house.line('L13') }),
    ];
    for (const one of bad) await lead.do(api.catalogue.saveItem, one);
    const { problems } = await draft();
    const codeOf = (id: string) => problems.filter((one) => one.itemId === id).map((one) => one.code);
    expect(codeOf(bad[0]!.id)).toContain('oversight_handles');
    expect(codeOf(bad[1]!.id)).toContain('co_is_lead');
    expect(codeOf(bad[2]!.id)).toContain('nobody_there');
    expect((await lead.try(api.catalogue.putInForce, { from: null, note: '不该生效' })).code).toBe('draft_refused');
    for (const one of bad) await lead.do(api.catalogue.removeItem, { id: one.id });
  });

  test('two people at one line of the draft: the second is told, and nothing is lost', async () => {
    const one = line({ categoryId: house.category('E05'), lineId: house.line('L08') });
    expect((await lead.do(api.catalogue.saveItem, one)).revision).toBe(0);
    expect((await lead.do(api.catalogue.saveItem, { ...one, revision: 0, resolveHours: 30 })).revision).toBe(1);
    const late = await lead.try(api.catalogue.saveItem, { ...one, revision: 0, resolveHours: 40 });
    expect(late).toMatchObject({ status: 409, code: 'stale' });
    expect(late.problem.current).toMatchObject({ resolveHours: 30, revision: 1 });
    const twice = await lead.try(api.catalogue.saveItem, { ...one, id: randomUUID() });
    expect(twice.problem.fields?.[0]).toMatchObject({ field: 'nodeId', code: 'item_overlaps' });
    await lead.do(api.catalogue.removeItem, { id: one.id });
  });

  test('its service level holds for what is submitted from then on, and an urgent need never waits for it', async () => {
    const before = await house.given.request({ category: 'A04' });
    await draft();
    await lead.do(
      api.catalogue.saveItem,
      line({ categoryId: house.category('A04'), contactMinutes: 45, resolveHours: 6 }),
    );
    await inForce();
    const at = house.clock.now().getTime();
    const { id } = await house.given.request({ category: 'A04' });
    const { dues } = await house.standing(id);
    expect(new Date(dues.contact).getTime() - at).toBe(45 * minute);
    expect(new Date(dues.resolve).getTime() - at).toBe(6 * hour);
    const was = await house.standing(before.id);
    expect(new Date(was.dues.resolve).getTime() - at).toBeGreaterThan(12 * hour);
  });

  test('goes to Excel and back: the same table changes nothing, an edited one becomes the draft, a bad one comes back marked', async () => {
    await draft();
    const file = async (which: string): Promise<Buffer> =>
      Buffer.from(await (await lead.fetch('GET', `/api/catalogue/table.xlsx?which=${which}`)).arrayBuffer());
    const upload = async (bytes: Buffer, mode: string) =>
      (await (await lead.fetch('POST', `/api/import/catalogue?mode=${mode}`, workbook(bytes))).json()) as {
        adds: number;
        changes: number;
        removes: number;
        same: number;
        rows: number;
        problems: { row: number; column: string }[];
        rejectedFileUrl: string | null;
      };
    const bytes = await file('draft');
    const same = await upload(bytes, 'check');
    expect(same).toMatchObject({ adds: 0, changes: 0, removes: 0, problems: [] });
    expect(same.same).toBe(same.rows);
    const rows: Record<string, string>[] = [];
    for await (const row of readTable(bytes, 'xlsx', { keyOf: catalogueForm.keyOf })) rows.push(row.cells);
    const { writeSheets } = await import('../../platform/sheets.ts');
    const made = (all: Record<string, string>[]): Promise<Buffer> =>
      writeSheets([
        {
          name: '派单目录',
          columns: catalogueForm.heads('zh-CN'),
          rows: all,
        },
      ]);
    const edited = [
      ...rows,
      {
        category: 'F04',
        place: 'U04',
        line: 'L08',
        lead: '总部',
        co: 'L10、L05',
        contact: '30',
        resolve: '9',
        escalation: '2 单位领导；24 集团领导',
        from: '2026-04-01 08:00',
      },
    ];
    const wrong = await upload(
      await made([...edited, { category: 'ZZ', place: 'U04', line: 'L99', lead: '?' }]),
      'apply',
    );
    expect(wrong.problems.map((one) => one.row)).toEqual(Array(3).fill(edited.length + 2));
    expect((await lead.fetch('GET', wrong.rejectedFileUrl!)).status).toBe(200);
    expect((await draft()).changes).toEqual([]);
    expect(await upload(await made(edited), 'apply')).toMatchObject({ adds: 1, changes: 0, removes: 0 });
    const { items, changes } = await draft();
    expect(changes).toHaveLength(1);
    expect(items.find((one) => one.resolveHours === 9)).toMatchObject({
      lead: 'head_office',
      coLineIds: [house.line('L10'), house.line('L05')],
      escalation: [
        { post: 'unit_leader', hours: 2 },
        { post: 'group_leader', hours: 24 },
      ],
      validFrom: '2026-04-01T00:00:00.000Z',
    });
    expect(
      (await (await house.as('disp01')).fetch('POST', '/api/import/catalogue?mode=check', workbook(bytes))).status,
    ).toBe(403);
    await lead.do(api.catalogue.dropDraft, {});
  });

  test('every dispatch is counted: as the catalogue says, or otherwise and in what', async () => {
    const asSaid = await house.given.request({ site: 'U04-02' });
    const otherwise = await house.given.request({ site: 'U04-02' });
    const dispatcher = await house.as('disp01');
    const { suggestion, version } = await house.standing(asSaid.id);
    const { lineId, unitId, coLineIds } = suggestion!;
    const before = await lead.do(api.catalogue.agreement, { days: 7 });
    await dispatcher.do(api.cases.dispatch, { id: asSaid.id, version, lineId, unitId, coLineIds });
    await dispatcher.do(api.cases.dispatch, {
      id: otherwise.id,
      version: (await house.standing(otherwise.id)).version,
      lineId: house.line('L09'),
      unitId: null,
    });
    const after = await lead.do(api.catalogue.agreement, { days: 7 });
    expect(after.dispatches - before.dispatches).toBe(2);
    expect(after.agreed - before.agreed).toBe(1);
    expect(after.otherwise[0]).toMatchObject({ requestId: otherwise.id, differs: ['line', 'place', 'co'] });
    expect(after.otherwise.every((one) => one.differs.length > 0)).toBe(true);
    expect(after.dispatches - after.agreed).toBe(after.otherwise.length);
  });

  test('never suggests the line or unit a request complains about', async () => {
    const { id } = await house.given.request({ site: 'U04-02' });
    const dispatcher = await house.as('disp01');
    await dispatcher.do(api.requests.setFacts, {
      id,
      version: (await house.standing(id)).version,
      aboutUnitId: house.unit('U04'),
    });
    expect((await house.standing(id)).suggestion).toMatchObject({ lineId: house.line('L11'), unitId: null });
    await dispatcher.do(api.requests.setFacts, {
      id,
      version: (await house.standing(id)).version,
      aboutLineId: house.line('L11'),
    });
    expect((await house.standing(id)).suggestion?.lineId).not.toBe(house.line('L11'));
    house.clock.forward(day);
  });
});
