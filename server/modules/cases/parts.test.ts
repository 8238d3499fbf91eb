import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Client, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { forgetLoad } from '../catalogue/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-10T02:00:00Z' });
});
afterAll(() => house.stop());

const evidence = '滤芯两箱已送到工地食堂，值班员签收。';

/** A need with its lead (L11) and a part asked of L10, both at head office. */
async function joint(wanted: Parameters<House['given']['request']>[0] = {}) {
  const given = await house.given.request({ until: 'accepted', ...wanted });
  const lead = await house.as('ho-l11');
  const co = await house.as('ho-l10');
  const { partId } = await lead.do(api.cases.askPart, {
    id: given.caseId,
    lineId: house.line('L10'),
    unitId: null,
    task: '送两箱滤芯到食堂',
  });
  return { given, lead, co, partId };
}
const partOf = async (client: Client, id: string, partId: string) =>
  (await client.do(api.requests.thread, { id })).parts.find((one) => one.id === partId)!;

describe('a part of the work that another line does', () => {
  test('has its own due times and its own done; the whole stays with the lead', async () => {
    const { given, lead, co, partId } = await joint();
    const asked = await partOf(co, given.id, partId);
    const whole = await house.standing(given.id);
    expect(asked).toMatchObject({ state: 'asked', mine: true, late: false, due: whole.dues.resolveNow });
    await co.do(api.cases.acceptPart, { id: partId });
    expect(await partOf(co, given.id, partId)).toMatchObject({ state: 'accepted', due: asked.due, contactedAt: null });
    await co.do(api.cases.progressPart, { id: partId, text: '已装车，路上' });
    expect((await partOf(co, given.id, partId)).contactedAt).not.toBeNull();
    await co.do(api.cases.finishPart, { id: partId, text: evidence });
    expect(await partOf(lead, given.id, partId)).toMatchObject({ state: 'done', late: false, mine: false });
    const after = await house.standing(given.id);
    expect(after).toMatchObject({ state: 'in_work', work: 'accepted', lineId: house.line('L11') });
    expect(after.dues.resolve).toBe(whole.dues.resolve);
    expect(after.entries.map((entry) => entry.kind)).toEqual(
      expect.arrayContaining(['part_asked', 'part_accepted', 'part_progress', 'part_done']),
    );
  });

  test('is done by its own line at its own place only, and never by the lead or another line', async () => {
    const { lead, partId } = await joint();
    for (const client of [lead, await house.as('ho-l15'), await house.as('u04-l10'), await house.as('disp01')])
      expect((await client.try(api.cases.finishPart, { id: partId, text: evidence })).status, client.login!).toBe(403);
    expect((await (await house.as('worker01')).try(api.cases.acceptPart, { id: partId })).status).toBe(403);
  });

  test('a co-handler can neither handle nor close the whole, and its line verifies nothing', async () => {
    const { given, lead, co, partId } = await joint();
    await co.do(api.cases.finishPart, { id: partId, text: evidence });
    expect((await co.try(api.cases.handled, { id: given.caseId, solution: 'solved', text: evidence })).status).toBe(
      403,
    );
    await lead.do(api.cases.handled, { id: given.caseId, solution: 'solved', text: evidence });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    const hands = await house.sql<{ did: string; line_id: number }>(
      "select did, line_id from cases.hand where case_id = $1 and did = 'co_handled'",
      [given.caseId],
    );
    expect(hands).toEqual([{ did: 'co_handled', line_id: house.line('L10') }]);
    const { linesOf } = await import('./index.ts');
    const { inStatement } = await import('../../platform/transaction.ts');
    expect((await inStatement(house.program.pool, (tx) => linesOf(tx, given.caseId))).sort()).toEqual(
      [house.line('L10'), house.line('L11')].sort(),
    );
  });

  test('the lead says handled when all parts are done, or says why not; a late part is counted to the co-line', async () => {
    const { given, lead, co, partId } = await joint();
    house.clock.set(new Date(Date.parse((await partOf(lead, given.id, partId)).due) + hour));
    const early = await lead.try(api.cases.handled, { id: given.caseId, solution: 'solved', text: evidence });
    expect(early).toMatchObject({ status: 422, code: 'parts_open' });
    expect(early.problem.fields?.[0]?.field).toBe('partsWhy');
    await lead.do(api.cases.handled, {
      id: given.caseId,
      solution: 'solved',
      text: evidence,
      partsWhy: '工地自己有库存，不用再送',
    });
    expect(await partOf(lead, given.id, partId)).toMatchObject({ state: 'released', late: true });
    expect((await co.try(api.requests.thread, { id: given.id })).status).toBe(404);
    const figures = await (await house.as('disp00')).do(api.cases.partFigures, { days: 30 });
    expect(figures.parts.find((one) => one.lineId === house.line('L10'))?.late).toBeGreaterThan(0);
    const behind = await (await house.as('disp00')).do(api.cases.partRecords, {
      lineId: house.line('L10'),
      which: 'late',
      days: 30,
    });
    expect(behind.rows.map((row) => row.part.id)).toContain(partId);
    expect(behind.all).toBe(figures.parts.find((one) => one.lineId === house.line('L10'))?.late);
  });

  test('a co-handler reads as handlers do: the 转办摘要 of a confidential request, and nothing of a health one', async () => {
    const secret = await joint({ confidentiality: 'confidential', text: '三号楼二层李班组的水有味道' });
    const seen = await secret.co.do(api.requests.thread, { id: secret.given.id });
    expect(seen).toMatchObject({ text: '生活区供水不稳定，请尽快检修。', requester: null, dayOnly: true });
    expect(JSON.stringify(seen)).not.toContain('李班组');
    const ill = await house.given.request({ category: 'C03', line: 'L15', handler: 'ho-l15', until: 'accepted' });
    await (await house.as('ho-l15')).do(api.cases.askPart, {
      id: ill.caseId,
      lineId: house.line('L10'),
      unitId: null,
      task: '备一份常用药',
    });
    const part = await secret.co.do(api.requests.thread, { id: ill.id });
    expect(part).toMatchObject({ text: null, withheld: 'health', categoryId: house.category('C') });
    expect(part.parts[0]?.task).toBe('备一份常用药');
    for (const login of ['ho-l07', 'u04-l10'])
      expect((await (await house.as(login)).try(api.requests.thread, { id: secret.given.id })).status).toBe(404);
  });

  test('stands in the queue of parts of its line, due first, and nowhere else', async () => {
    const { given, co, partId } = await joint();
    const { rows, open, late } = await co.do(api.cases.parts, { view: 'open', limit: 200 });
    expect(rows.map((row) => row.part.id)).toContain(partId);
    expect(open).toBeGreaterThanOrEqual(rows.length);
    // Each count is that of the list it opens.
    expect(late).toBe((await co.do(api.cases.parts, { view: 'late', limit: 200 })).rows.length);
    expect([...rows].sort((a, b) => a.part.due.localeCompare(b.part.due))).toEqual(rows);
    const other = await (await house.as('ho-l15')).do(api.cases.parts, { view: 'open' });
    expect(other.rows.map((row) => row.request.id)).not.toContain(given.id);
  });

  test('ends with the work when it is returned, and oversight joins nothing it inspects', async () => {
    const { given, lead, partId } = await joint();
    expect(
      (
        await lead.try(api.cases.askPart, {
          id: given.caseId,
          lineId: house.line('L04'),
          unitId: null,
          task: '一起查一下',
        })
      ).problem.fields?.[0]?.code,
    ).toBe('oversight_handles');
    expect(
      (await lead.try(api.cases.askPart, { id: given.caseId, lineId: house.line('L10'), unitId: null, task: '再送' }))
        .code,
    ).toBe('part_open');
    await lead.do(api.cases.return, {
      id: given.caseId,
      reason: 'not_our_line',
      lineId: house.line('L10'),
      text: '不属后勤，物资由采购管。',
    });
    expect((await house.standing(given.id)).parts.find((one) => one.id === partId)?.state).toBe('released');
  });

  test('a cross-line case has one lead line and n co-lines, each with own clock', async () => {
    const { id } = await house.given.request();
    await (await house.as('disp01')).do(api.cases.dispatch, {
      id,
      version: (await house.standing(id)).version,
      lineId: house.line('L11'),
      unitId: house.unit('U04'),
      coLineIds: [house.line('L10'), house.line('L09')],
    });
    const { lineId, parts, clock } = await house.standing(id);
    expect(lineId).toBe(house.line('L11'));
    // L10 has somebody in the unit; L09 has not and helps from head office.
    expect(parts.map((one) => [one.lineId, one.unitId])).toEqual([
      [house.line('L10'), house.unit('U04')],
      [house.line('L09'), null],
    ]);
    for (const part of parts) expect(Date.parse(part.contactDue)).toBeLessThan(Date.parse(part.due));
    expect(clock?.kind).toBe('contact');
  });
});

describe('a backup line takes over what an overloaded line cannot do', () => {
  const limit = async (mostPerHandler: number, mostOverdue = 5000): Promise<void> => {
    await (await house.as('disp00')).do(api.catalogue.setLimit, {
      lineId: house.line('L11'),
      backupLineId: house.line('L10'),
      mostPerHandler,
      mostOverdue,
    });
    forgetLoad();
  };

  test('only while it is overloaded, only its backup, clocks untouched, both counted', async () => {
    const given = await house.given.request({ until: 'accepted' });
    const backup = await house.as('ho-l10');
    await limit(500);
    expect((await backup.try(api.cases.takeOver, { id: given.caseId })).code).toBe('not_overloaded');
    expect((await backup.do(api.cases.offered, {})).cases).toEqual([]);
    await limit(1, 0);
    expect((await (await house.as('ho-l15')).try(api.cases.takeOver, { id: given.caseId })).status).toBe(404);
    const offered = await backup.do(api.cases.offered, {});
    const mine = offered.cases.find((one) => one.caseId === given.caseId)!;
    expect(mine).toMatchObject({ number: given.number, lineId: house.line('L11') });
    expect(JSON.stringify(offered)).not.toContain(given.text);
    const before = await house.standing(given.id);
    house.clock.forward(minute);
    await backup.do(api.cases.takeOver, { id: given.caseId });
    const after = await house.standing(given.id);
    expect(after).toMatchObject({ lineId: house.line('L10'), work: 'accepted', returns: 0 });
    expect(after.dues).toEqual(before.dues);
    expect(after.takeover).toMatchObject({ fromLineId: house.line('L11'), toLineId: house.line('L10') });
    expect((await backup.try(api.cases.takeOver, { id: given.caseId })).status).toBe(404);
    const { takeovers } = await (await house.as('disp00')).do(api.cases.partFigures, { days: 30 });
    expect(takeovers.find((one) => one.lineId === house.line('L11'))).toMatchObject({ relieved: 1, helped: 0 });
    expect(takeovers.find((one) => one.lineId === house.line('L10'))).toMatchObject({ relieved: 0, helped: 1 });
    for (const [lineId, side] of [
      [house.line('L11'), 'relieved'],
      [house.line('L10'), 'helped'],
    ] as const)
      expect(
        (await (await house.as('disp00')).do(api.cases.takeovers, { lineId, side, days: 30 })).rows.map(
          (one) => one.caseId,
        ),
      ).toEqual([given.caseId]);
    await backup.do(api.cases.handBack, { id: given.caseId, why: '后勤已经不忙' });
    const back = await house.standing(given.id);
    expect(back).toMatchObject({ lineId: house.line('L11'), work: 'dispatched', returns: 0, takeover: null });
    expect(back.dues).toEqual(before.dues);
  });

  test('the dispatcher is shown the backup, and choosing it is counted apart', async () => {
    await limit(1, 0);
    const { id } = await house.given.request();
    const { suggestion, version } = await house.standing(id);
    expect(suggestion?.backup).toMatchObject({ lineId: house.line('L10'), mostPerHandler: 1 });
    const lead = await house.as('disp00');
    const before = await lead.do(api.catalogue.agreement, { days: 7 });
    await (await house.as('disp01')).do(api.cases.dispatch, {
      id,
      version,
      lineId: suggestion!.backup!.lineId,
      unitId: suggestion!.backup!.unitId,
    });
    expect((await lead.do(api.catalogue.agreement, { days: 7 })).toBackup - before.toBackup).toBe(1);
    await limit(500);
  });
});
