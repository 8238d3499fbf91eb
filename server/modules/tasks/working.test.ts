import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { system } from '../../platform/actor.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { api, type Client, day, type House, hour, openHouse } from '../../testing/program.ts';
import { lookAtTask } from './sweeps.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-20T02:00:00Z' });
});
afterAll(() => house.stop());

type Wanted = {
  by?: string;
  owner?: { accountId?: string; lineId?: number; unitId?: number | null };
  days?: number;
  source?: { kind: 'instruction' | 'request' | 'finding' | 'resolution'; id?: string; label?: string };
  milestones?: { dueAt: string; what: string }[];
};
const inDays = (days: number): string => new Date(house.clock.now().getTime() + days * day).toISOString();
const accountId = async (login: string): Promise<string> =>
  (await house.sql<{ id: string }>('select id from access.account where login = $1', [login]))[0]!.id;
const body = (wanted: Wanted = {}) => ({
  id: randomUUID(),
  source: { kind: 'instruction' as const, label: '', ...wanted.source },
  title: '板房区热水全部恢复',
  criterion: '24 间板房热水可用，附逐间照片',
  owner: wanted.owner ?? { lineId: house.line('L11'), unitId: house.unit('U04') },
  dueAt: inDays(wanted.days ?? 4),
  milestones: wanted.milestones ?? [],
});
async function issued(wanted: Wanted = {}): Promise<string> {
  const leader = await house.as(wanted.by ?? 'lead00');
  return (await leader.do(api.tasks.issue, body(wanted))).id;
}
const seen = async (id: string, login = 'lead00') => (await house.as(login)).do(api.tasks.task, { id });
async function proof(client: Client): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob(['逐间验收记录'], { type: 'text/plain' }), '验收记录.txt');
  return ((await (await client.fetch('POST', '/api/files', form)).json()) as { id: string }).id;
}
async function handedIn(id: string, login = 'u04-l11'): Promise<void> {
  const owner = await house.as(login);
  const { version, state } = await seen(id, login);
  if (state === 'issued') await owner.do(api.tasks.receive, { id });
  await owner.do(api.tasks.submit, {
    id,
    version: state === 'issued' ? version + 1 : version,
    text: '逐间试过，都有热水。',
    fileIds: [await proof(owner)],
  });
}
const look = (id: string): Promise<void> =>
  inTransaction(house.program.pool, (tx) => lookAtTask({ tx, actor: system, now: house.clock.now() }, id));

describe('a supervised task from issue to acceptance', () => {
  test('sent twice at once, as a double click does, it is issued once and both are answered', async () => {
    const leader = await house.as('lead00');
    const wanted = body();
    const key = randomUUID();
    const replies = await Promise.all([1, 2, 3].map(() => leader.try(api.tasks.issue, wanted, { key })));
    expect(replies.map(({ status, body: { id } }) => [status, id])).toEqual(Array(3).fill([200, wanted.id]));
  });
  test('of a confidential request at a small site it says the unit: the site’s officer finds it in no list (rules 6)', async () => {
    const small = 'U03-06';
    const [officer] = await house.sql<{ login: string }>(
      `select a.login from access.account a join access.grant_ g on g.account_id = a.id where g.role = 'site_officer' and g.node_id = $1 limit 1`,
      [house.site(small)],
    );
    const given = await house.given.request({
      site: small,
      unit: 'U03',
      confidentiality: 'confidential',
      until: 'dispatched',
    });
    const lead = await house.as('disp00');
    const { id } = await lead.do(api.tasks.issue, {
      ...body({ owner: { lineId: house.line('L11'), unitId: house.unit('U03') } }),
      source: { kind: 'request', id: given.id, label: given.number },
    });
    const found = async (login: string, more: object = {}): Promise<string[]> =>
      (await (await house.as(login)).do(api.tasks.list, { view: 'open', ...more })).rows.map((row) => row.id);
    expect(await found(officer!.login)).not.toContain(id);
    expect(await found('u03-deputy')).toContain(id);
    expect(await found('u03-deputy', { nodeId: house.site(small) })).not.toContain(id);
  });
  test('a leader issues, the owner receives and hands in with evidence, somebody else accepts', async () => {
    const id = await issued();
    const owner = await house.as('u04-l11');
    expect((await seen(id, 'u04-l11')).can).toMatchObject({
      receive: true,
      submit: false,
      accept: false,
      extend: false,
    });
    expect((await owner.do(api.tasks.list, { view: 'mine' })).rows.map((row) => row.id)).toContain(id);
    await owner.do(api.tasks.receive, { id });
    await owner.do(api.tasks.progress, { id, text: '配件已到，今晚换。' });
    const { version } = await seen(id, 'u04-l11');
    const bare = await owner.try(api.tasks.submit, { id, version, text: '都好了。' });
    expect([bare.code, bare.problem.fields?.[0]?.field]).toEqual(['evidence_needed_task', 'fileIds']);
    await handedIn(id);
    const leader = await house.as('lead00');
    expect((await leader.do(api.tasks.list, { view: 'to_accept' })).rows.map((row) => row.id)).toContain(id);
    await leader.do(api.tasks.accept, { id, version: (await seen(id)).version, text: '逐间照片齐全。' });
    const done = await seen(id);
    expect([done.state, done.onTime, done.colour]).toEqual(['accepted', true, null]);
    expect(done.entries.map((entry) => entry.kind)).toEqual([
      'issued',
      'received',
      'progress',
      'submitted',
      'accepted',
    ]);
    const [journal] = await house.sql<{ text: string }>(
      `select string_agg(convert_from(body, 'UTF8'), ' ') as text from journal.entry where record_id = $1`,
      [id],
    );
    expect(journal!.text).toContain('tasks.accepted');
    expect(journal!.text).not.toMatch(/热水|照片|配件/);
  });

  test('evidence may be the number of a record the owner may read, and no other', async () => {
    const request = await house.given.request({ unit: 'U04', until: 'handled' });
    const id = await issued();
    const owner = await house.as('u04-l11');
    await owner.do(api.tasks.receive, { id });
    const submit = async (number: string) =>
      owner.try(api.tasks.submit, {
        id,
        version: (await seen(id, 'u04-l11')).version,
        text: '见诉求办结。',
        references: [number],
      });
    const strange = await house.given.request({ site: 'U07-01', by: 'worker02' });
    expect((await submit(strange.number)).problem.fields?.[0]).toMatchObject({
      field: 'references.0',
      code: 'no_such_record',
    });
    expect((await submit(request.number)).code).toBeNull();
    const entry = (await seen(id)).entries.find((one) => one.kind === 'submitted');
    expect(entry?.data.refs).toBe(`request:${request.id}:${request.number}`);
  });

  test('nobody who did the work declares it done', async () => {
    const id = await issued();
    await handedIn(id);
    const { version } = await seen(id);
    // The owner has not the right at all; neither has whoever leads the owner's unit, who is not the issuing side.
    expect((await (await house.as('u04-l11')).try(api.tasks.accept, { id, version, text: '好了' })).code).toBe(
      'forbidden',
    );
    expect((await (await house.as('lead04')).try(api.tasks.accept, { id, version, text: '好了' })).code).toBe(
      'not_independent_task',
    );
    expect((await (await house.as('lead04')).try(api.tasks.void, { id, version, text: '不办了' })).code).toBe(
      'not_issuing_side',
    );
    // The unit's leader answers for one, works on it, and cannot accept it; nor can a peer who holds the same post.
    const own = await issued({ owner: { unitId: house.unit('U04') } });
    await handedIn(own, 'lead04');
    const standing = await seen(own, 'lead04');
    expect([standing.can.accept, standing.can.extend, standing.can.void]).toEqual([false, false, false]);
    const accept = { id: own, version: standing.version, text: '好了' };
    expect((await (await house.as('lead04')).try(api.tasks.accept, accept)).code).toBe('not_independent_task');
    expect((await (await house.as('u04-deputy')).try(api.tasks.accept, accept)).code).toBe('not_independent_task');
    expect((await (await house.as('disp00')).try(api.tasks.accept, accept)).code).toBeNull();
    // A leader of the group answers for it: the dispatchers' lead stands below, a peer does not.
    const high = await issued({ by: 'lead01', owner: { accountId: await accountId('lead00') } });
    await handedIn(high, 'lead00');
    const { version: now } = await seen(high, 'lead01');
    const higher = { id: high, version: now, text: '好了' };
    expect((await (await house.as('disp00')).try(api.tasks.accept, higher)).code).toBe('not_independent_task');
    expect((await (await house.as('lead00')).try(api.tasks.accept, higher)).code).toBe('not_independent_task');
    expect((await seen(high, 'disp00')).independence.filter((one) => !one.holds)).toEqual([
      { rule: 'not_below_owner', holds: false },
    ]);
    expect((await (await house.as('lead01')).try(api.tasks.accept, higher)).code).toBeNull();
  });

  test('a unit’s leader issues within the unit, and nothing to head office or another unit', async () => {
    const leader = await house.as('lead04');
    const issue = async (owner: Wanted['owner']) => (await leader.try(api.tasks.issue, body({ owner }))).code;
    expect(await issue({ lineId: house.line('L11'), unitId: house.unit('U04') })).toBeNull();
    expect(await issue({ lineId: house.line('L11'), unitId: null })).toBe('outside_what_you_lead');
    expect(await issue({ lineId: house.line('L11'), unitId: house.unit('U07') })).toBe('outside_what_you_lead');
    expect(await issue({ accountId: await accountId('site03') })).toBe('outside_what_you_lead');
    expect(await issue({ accountId: await accountId('site01') })).toBeNull();
    const people = (await leader.do(api.tasks.people, {})).people;
    expect(people.some((one) => one.label === '工地保障员01')).toBe(true);
    expect(people.some((one) => one.label === '工地保障员03')).toBe(false);
    const id = await issued({ by: 'lead04', owner: { lineId: house.line('L11'), unitId: house.unit('U04') } });
    await handedIn(id);
    expect(
      (await (await house.as('lead04')).try(api.tasks.accept, { id, version: (await seen(id)).version, text: '已核' }))
        .code,
    ).toBeNull();
  });

  test('more time once and before the due, by the issuing side; statistics keep the original due', async () => {
    const id = await issued();
    const leader = await house.as('lead00');
    const extend = async (until: string) =>
      (await leader.try(api.tasks.extend, { id, version: (await seen(id)).version, until, text: '配件在途' })).code;
    expect(await extend(inDays(3))).toBe('not_after_due');
    const original = (await seen(id)).originalDue;
    expect(await extend(inDays(6))).toBeNull();
    expect(await extend(inDays(9))).toBe('extended_once');
    house.clock.forward(5 * day);
    await handedIn(id);
    await leader.do(api.tasks.accept, { id, version: (await seen(id)).version, text: '已核' });
    expect(await seen(id)).toMatchObject({ originalDue: original, onTime: false });
    const late = await issued();
    house.clock.forward(5 * day);
    const { code } = await leader.try(api.tasks.extend, {
      id: late,
      version: (await seen(late)).version,
      until: inDays(9),
      text: '晚了才说',
    });
    expect(code).toBe('after_due');
  });

  test('two at once: the second is told that somebody was first; a double click accepts once', async () => {
    const id = await issued();
    await handedIn(id);
    const { version } = await seen(id);
    const [a, b] = await Promise.all([
      (await house.as('lead00')).try(api.tasks.accept, { id, version, text: '已核' }),
      (await house.as('disp00')).try(api.tasks.return, { id, version, text: '缺三间' }),
    ]);
    expect([a.code, b.code].filter((code) => code === null)).toHaveLength(1);
    expect([a.code, b.code].find((code) => code !== null)).toBe('stale');
    const twice = body();
    const leader = await house.as('lead00');
    const [one, two] = await Promise.all(
      [leader.do(api.tasks.issue, twice), leader.do(api.tasks.issue, twice)].map((p) => p.catch(() => null)),
    );
    const again = await leader.do(api.tasks.issue, twice);
    expect([one, two].filter(Boolean).every((answer) => answer!.number === again.number)).toBe(true);
  });

  test('void with a reason: it stays to be read, and nothing can be done with it', async () => {
    const id = await issued();
    await (await house.as('lead00')).do(api.tasks.void, { id, version: (await seen(id)).version, text: '工地已停' });
    const owner = await seen(id, 'u04-l11');
    expect([owner.state, ...Object.values(owner.can)]).toEqual(['void', ...Array(7).fill(false)]);
    expect((await (await house.as('u04-l11')).try(api.tasks.receive, { id })).code).toBe('not_in_this_state');
  });
});

describe('what time does', () => {
  test('four hours without a word count as received, and the thread says so; that is no action yet', async () => {
    const id = await issued();
    house.clock.forward(4 * hour - 1000);
    await house.timers.run('tasks.look');
    expect((await seen(id)).state).toBe('issued');
    house.clock.forward(1000);
    await house.timers.run('tasks.look');
    const task = await seen(id);
    expect([task.state, task.silentlyReceived]).toEqual(['received', true]);
    expect(task.entries.at(-1)?.kind).toBe('silently_received');
    const [row] = await house.sql<{ first_action_at: Date | null }>(
      'select first_action_at from tasks.task where id = $1',
      [id],
    );
    expect(row!.first_action_at).toBeNull();
  });

  test('each slip is written once and each telling done once, whatever number of programs look at it', async () => {
    const id = await issued({ milestones: [{ dueAt: inDays(1), what: '配件到货' }] });
    const colours: string[] = [];
    for (let n = 0; n < 8; n++) {
      house.clock.forward(day);
      await Promise.all([look(id), look(id), look(id)]);
      colours.push((await seen(id)).colour ?? 'none');
    }
    expect(colours).toEqual(['yellow', 'yellow', 'yellow', 'red', 'red', 'red', 'red', 'red']);
    const task = await seen(id);
    expect(task.slips.map((slip) => [slip.no, slip.colour, slip.why])).toEqual([
      [1, 'yellow', 'milestone'],
      [2, 'blue', 'near_due'],
      [3, 'red', 'overdue'],
    ]);
    expect(task.tellings.map((one) => one.role)).toEqual([
      'unit_leader',
      'dispatcher_lead',
      'group_leader',
      'group_leader',
      'group_leader',
    ]);
    expect(task.tellings.every((one) => one.addressees > 0)).toBe(true);
    const told = async (login: string): Promise<number> =>
      (await (await house.as(login)).do(api.messages.inbox, {})).messages.filter(
        (one) => one.kind === 'task.upward' && one.about.id === id,
      ).length;
    expect([await told('lead04'), await told('disp00'), await told('lead00'), await told('lead01')]).toEqual([
      1, 1, 3, 3,
    ]);
    expect(await told('lead04')).toBe(1);
    const journal = await house.sql<{ n: number }>(
      `select count(*)::int as n from journal.entry where record_id = $1 and action = 'tasks.slip_issued'`,
      [id],
    );
    expect(journal[0]!.n).toBe(3);
  });

  test('returned for quality: yellow at once, and the owner is told', async () => {
    const id = await issued();
    await handedIn(id);
    await (await house.as('lead00')).do(api.tasks.return, {
      id,
      version: (await seen(id)).version,
      text: '3 号楼两间没有照片',
    });
    await house.timers.run('tasks.look');
    const task = await seen(id);
    expect([task.state, task.colour, task.returns, task.slips.at(-1)?.why]).toEqual([
      'returned',
      'yellow',
      1,
      'quality',
    ]);
  });
});

describe('who sees what', () => {
  test('a task drawn from a confidential request is told to its own people only, and is in no table', async () => {
    const request = await house.given.request({
      confidentiality: 'confidential',
      unit: 'U04',
      until: 'accepted',
      site: 'U04-01',
    });
    const id = await issued({ source: { kind: 'request', id: request.id } });
    expect((await seen(id)).source.label).toBe(request.number);
    const overseer = await seen(id, 'liai04');
    expect([overseer.title, overseer.criterion, overseer.source.label, overseer.siteId]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(overseer.entries.every((entry) => entry.text === null)).toBe(true);
    const liaison = await house.as('liai04');
    expect(
      (await liaison.do(api.tasks.list, { view: 'open', search: '热水' })).rows.map((row) => row.id),
    ).not.toContain(id);
    const sheet = await (await liaison.fetch('GET', '/api/tasks/export.xlsx?view=open')).arrayBuffer();
    expect(sheet.byteLength).toBeGreaterThan(1000);
    expect((await (await house.as('liai07')).try(api.tasks.task, { id })).code).toBe('not_found');
    // A request one may not read is not turned into a task.
    const foreign = await (await house.as('lead04')).try(
      api.tasks.issue,
      body({ source: { kind: 'request', id: (await house.given.request({ site: 'U07-01', by: 'worker02' })).id } }),
    );
    expect(foreign.problem.fields?.[0]).toMatchObject({ field: 'source.id', code: 'no_such_record' });
  });

  test('moved to a sealed line: what was drawn from the request goes with it', async () => {
    const request = await house.given.request({ text: '青瓷茶壶夜里睡不着', until: 'received' });
    const leader = await house.as('lead00');
    const { id } = await leader.do(api.tasks.issue, {
      ...body({ source: { kind: 'request', id: request.id } }),
      title: '青瓷茶壶的事',
      criterion: '青瓷茶壶三天内安顿好',
    });
    await (await house.as('u04-l11')).do(api.tasks.progress, { id, text: '青瓷茶壶已联系' });
    const problem = await leader.do(api.tasks.openProblem, {
      id: randomUUID(),
      title: '青瓷茶壶',
      matter: '青瓷茶壶反复',
      taskId: id,
    });
    await leader.do(api.tasks.addMember, { id: problem.id, accountId: await accountId('u04-l11'), leads: true });
    await (await house.as('u04-l11')).do(api.tasks.move, { id: problem.id, direction: 'worse', text: '青瓷茶壶更糟' });
    const version = (await house.standing(request.id)).version;
    await (await house.as('disp01')).do(api.requests.moveToSealed, { id: request.id, version, to: 'care' });
    const tables = await house.sql<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'tasks'`,
    );
    for (const { name } of tables)
      expect(await house.sql(`select 1 from tasks.${name} t where t::text like '%青瓷%'`), name).toEqual([]);
    expect((await seen(id)).state).toBe('void');
  });

  test('of another unit nothing is seen, nor through the list, the search or the file door', async () => {
    const id = await issued();
    await handedIn(id);
    const file = (await seen(id)).entries.find((entry) => entry.kind === 'submitted')!.files[0]!.id;
    const opened = async (login: string): Promise<number> => {
      const answer = await (await house.as(login)).fetch('GET', `/api/tasks/${id}/files/${file}`);
      await answer.body?.cancel();
      return answer.status;
    };
    expect(await opened('lead00')).toBe(200);
    expect(await opened('lead04')).toBe(200);
    for (const login of ['liai07', 'u07-l11', 'worker01', 'site03', 'aud01', 'sys01'])
      expect(await opened(login), login).toBe(404);
    for (const login of ['liai07', 'u07-l11', 'site03']) {
      const client = await house.as(login);
      for (const view of ['open', 'all', 'overdue'] as const)
        expect(
          (await client.do(api.tasks.list, { view })).rows.map((row) => row.id),
          login,
        ).not.toContain(id);
    }
    // The counts are those of the lists.
    for (const login of ['lead00', 'lead04', 'u04-l11', 'hand11', 'site01', 'disp01']) {
      const client = await house.as(login);
      const { counts } = await client.do(api.tasks.counts, {});
      for (const view of ['mine', 'to_accept', 'issued', 'open', 'overdue'] as const)
        expect(counts[view], `${login} ${view}`).toBe(
          (await client.do(api.tasks.list, { view, limit: 200 })).rows.length,
        );
    }
  });

  test('a long list is read page by page without a gap', async () => {
    const leader = await house.as('lead00');
    const whole = (await leader.do(api.tasks.list, { view: 'all', limit: 200 })).rows.map((row) => row.id);
    const paged: string[] = [];
    for (let after: string | undefined; ; ) {
      const { rows, next } = await leader.do(api.tasks.list, { view: 'all', limit: 4, after });
      paged.push(...rows.map((row) => row.id));
      if (!next) break;
      after = next;
    }
    expect(paged).toEqual(whole);
  });
});
