import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, day, type House, hour, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-20T02:00:00Z' });
});
afterAll(() => house.stop());

const seen = async (id: string, login = 'lead00') => (await house.as(login)).do(api.tasks.directive, { id });
async function entered(documentNumber: string, by = 'lead00'): Promise<string> {
  return (
    await (
      await house.as(by)
    ).do(api.tasks.enterDirective, {
      id: randomUUID(),
      title: '关于做好板房区住宿保障的通知',
      documentNumber,
      issuedBy: '集团党委',
      issuedAt: new Date(house.clock.now().getTime() - hour).toISOString(),
      paragraphs: ['一、每人不少于 2.5 平方米。', '二、热水 24 小时供应。', '三、此前文件同时废止。'],
    })
  ).id;
}
const issue = async (paragraphIds: string[]): Promise<string> =>
  (
    await (
      await house.as('lead00')
    ).do(api.tasks.issue, {
      id: randomUUID(),
      source: { kind: 'directive', label: '汀澜综保〔2026〕8号' },
      title: '板房区住宿达标',
      criterion: '全部板房每间不超过 6 人',
      owner: { lineId: house.line('L11'), unitId: house.unit('U04') },
      dueAt: new Date(house.clock.now().getTime() + 3 * day).toISOString(),
      paragraphIds,
    })
  ).id;

test('every paragraph leads to tasks or to a signed reason; what leads nowhere and the time to the first action are figures', async () => {
  const id = await entered('汀澜综保〔2026〕8号');
  const { items } = await seen(id);
  expect([items.length, (await seen(id)).unmapped, (await seen(id)).firstActionSeconds]).toEqual([3, 3, null]);
  const leader = await house.as('lead00');
  // One task for two paragraphs, two tasks for one.
  const first = await issue([items[0]!.id, items[1]!.id]);
  const second = await issue([items[1]!.id]);
  expect((await seen(id)).items[1]!.tasks.map((task) => task.id)).toEqual([first, second]);
  await leader.do(api.tasks.noAction, { id: items[2]!.id, reason: '仅作废止说明，不需行动' });
  const mapped = await seen(id);
  expect([mapped.unmapped, mapped.openTasks, mapped.firstAction]).toEqual([0, 2, null]);
  expect(mapped.items[2]!.noAction).toMatchObject({ by: '集团分管领导' });
  // Silence is no action.
  house.clock.forward(5 * hour);
  await house.timers.run('tasks.look');
  expect((await seen(id)).firstActionSeconds).toBeNull();
  await (await house.as('u04-l11')).do(api.tasks.progress, { id: second, text: '锅炉已检修' });
  const acted = await seen(id);
  expect([acted.firstActionSeconds, acted.firstAction?.taskId]).toEqual([6 * 3600, second]);
  // A void task carries nothing out.
  for (const task of [first, second])
    await leader.do(api.tasks.void, {
      id: task,
      version: (await leader.do(api.tasks.task, { id: task })).version,
      text: '重新交办',
    });
  expect((await seen(id)).unmapped).toBe(2);
  const row = (await leader.do(api.tasks.directives, {})).rows.find((one) => one.id === id)!;
  expect(row).toMatchObject({ paragraphs: 3, unmapped: 2, openTasks: 0 });
});

test('a paragraph that a task carries out is not signed off as needing nothing; a document is entered once', async () => {
  const id = await entered('汀澜综保〔2026〕9号');
  const [one] = (await seen(id)).items;
  await issue([one!.id]);
  const leader = await house.as('lead00');
  expect((await leader.try(api.tasks.noAction, { id: one!.id, reason: '算了' })).code).toBe('mapped_already');
  const again = await leader.try(api.tasks.enterDirective, {
    id: randomUUID(),
    title: '同一份',
    documentNumber: '汀澜综保〔2026〕9号',
    issuedBy: '集团党委',
    issuedAt: house.clock.now().toISOString(),
    paragraphs: ['又来一遍'],
  });
  expect(again.problem.fields?.[0]).toMatchObject({ field: 'documentNumber', code: 'already_there' });
});

test('everybody below reads it, only those who lead there map it; a unit’s own stays in the unit', async () => {
  const group = await entered('汀澜综保〔2026〕10号');
  expect((await seen(group, 'u07-l11')).can.map).toBe(false);
  const [one] = (await seen(group)).items;
  expect((await (await house.as('lead04')).try(api.tasks.noAction, { id: one!.id, reason: '与我无关' })).code).toBe(
    'outside_what_you_lead',
  );
  const own = await entered('公路综保〔2026〕1号', 'lead04');
  expect((await seen(own, 'u04-l11')).can.map).toBe(false);
  expect((await seen(own, 'lead00')).can.map).toBe(true);
  expect((await (await house.as('u07-l11')).try(api.tasks.directive, { id: own })).code).toBe('not_found');
  expect((await (await house.as('worker01')).try(api.tasks.directive, { id: group })).code).toBe('forbidden');
});

test('a mapping to the wrong task is undone with its reason, in the thread and the journal, until the task has moved', async () => {
  const id = await entered('汀澜综保〔2026〕11号');
  const [one] = (await seen(id)).items;
  const leader = await house.as('lead00');
  // A task that has long been reported on is mapped by mistake.
  const other = await entered('汀澜综保〔2026〕12号');
  const task = await issue([(await seen(other)).items[0]!.id]);
  await (await house.as('u04-l11')).do(api.tasks.progress, { id: task, text: '锅炉已检修' });
  house.clock.forward(hour);
  await leader.do(api.tasks.mapParagraph, { id: one!.id, taskId: task });
  expect((await seen(id)).items[0]!.tasks).toMatchObject([{ id: task, mayUndo: true }]);
  expect((await seen(id)).firstAction?.taskId).toBe(task);
  expect((await seen(id, 'u04-l11')).items[0]!.tasks).toMatchObject([{ mayUndo: false }]);

  const undo = { id: one!.id, taskId: task, reason: '选错了，锅炉不在这一段' };
  expect((await (await house.as('lead04')).try(api.tasks.undoMapping, undo)).code).toBe('outside_what_you_lead');
  expect((await (await house.as('u04-l11')).try(api.tasks.undoMapping, undo)).code).toBe('forbidden');
  expect((await leader.try(api.tasks.undoMapping, { ...undo, reason: '' })).problem.fields?.[0]?.field).toBe('reason');
  // Pressed twice: undone once.
  const codes = await Promise.all([1, 2].map(async () => (await leader.try(api.tasks.undoMapping, undo)).code));
  expect(codes.sort()).toEqual(['not_found', null].sort());
  const after = await seen(id);
  expect(after.items[0]).toMatchObject({ tasks: [], unmapped: true });
  expect([after.firstAction, after.unmapped]).toEqual([null, 3]);
  expect(after.entries.at(-1)).toMatchObject({ kind: 'unmapped', who: '集团分管领导', text: undo.reason });
  const journal = await house.sql<{ figures: { task: string } }>(
    `select figures from journal.entry where action = 'tasks.paragraph_unmapped' and record_id = $1`,
    [id],
  );
  expect(journal.map((entry) => entry.figures.task)).toEqual([task]);

  // Mapped again on purpose; a report since then is the paragraph's, and stays.
  await leader.do(api.tasks.mapParagraph, { id: one!.id, taskId: task });
  house.clock.forward(hour);
  await (await house.as('u04-l11')).do(api.tasks.progress, { id: task, text: '第二台也好了' });
  expect((await seen(id)).items[0]!.tasks).toMatchObject([{ id: task, mayUndo: false }]);
  expect((await leader.try(api.tasks.undoMapping, undo)).code).toBe('mapping_moved');
});
