/**
 * Every door of a confidential request (rules 6): what was planted in it is looked for in every answer of every address
 * that answers, as everyone who may not know it. The addresses come from the router, so a new one is walked as well.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { eventTypes } from '../../../contract/webhooks.ts';
import { sendDue } from '../../modules/webhooks/sending.ts';
import { choicesOf, type Door, fieldsOf, pathParameters, readingDoors, writingDoors } from '../doors.ts';
import { type Gateway, startGateway } from '../gateway.ts';
import { api, type Client, day, type House, hour, minute, newCode, openHouse } from '../program.ts';
import { placesOf } from '../tables.ts';

const planted = {
  name: '欧阳紫鸢',
  label: '司马朱砂',
  sentence: '三号泵房夜班的琥珀色水杯被人拿走了',
  denial: '琥珀色水杯到今天也没有人来问过',
  number: '13912345678',
  mobile: '13787654321',
  point: '琥珀泵房二层',
  device: 'amber-device-7f31',
};
const relay = '琥珀色回话：晚上八点以后方便';
const summary = '值班人员反映个人物品管理问题，请协助核查。';
/** What somebody would type who wants to know. */
const guesses = ['琥珀色水杯', planted.name, planted.label, planted.number, '琥珀泵房'];
/** Nobody else does anything in this minute; in the group's zone 14:37. */
const plantedAt = '2026-03-03T06:37:00Z';
// U03-06 has 14 people.
const site = 'U03-06';

interface Asked {
  id: string;
  number: string;
  code: string;
  caseId: string;
  fileId: string;
}

let house: House;
let byPhoneCall: Asked;
let byOwnPhone: Asked;
let hashes: string[];
let doors: Door[];
let cityKey: string;
let receiver: Gateway;
const ids: Record<string, string[]> = {};
const heard = new Map<string, { text: string; stop(): void }>();

/** Who may not know, by how they stand to the request. */
const readers: Record<string, string> = {
  'line handler': 'ho-l11',
  'unit handler': 'u03-l11',
  'co-handler': 'ho-l10',
  'another handler': 'ho-l15',
  'unit leader': 'u03-deputy',
  'unit liaison': 'u03-liaison',
  'site officer': '',
  'officer of the next site': 'site01',
  'neighbour worker': 'u03-w01',
  'group leader': 'lead00',
  'panel member': 'pan01',
  'another operator': 'op02',
  storekeeper: 'keep01',
  'system administrator': 'sys01',
  'security administrator': 'sec01',
  auditor: 'aud01',
};
/** They read what was said, and not who said it (rules 6). */
const dispatchers = { dispatcher: 'disp02', 'dispatcher lead': 'disp00' };
/** They may know more of it; what opens to nobody else is opened by them, so that each door is known to have been open. */
const entitled = ['disp01', 'fu01', 'fu00', 'op01', 'lead04', 'u03-w02', 'liai04', 'sup01'];

const clientOf = async (who: string): Promise<Client> => {
  if (who === 'visitor' || who === 'city system') return house.visitor();
  if (who === 'token') return house.given.token(['requests:create', 'requests:read']);
  if (who === 'token of the site') return house.given.token(['requests:create', 'requests:read'], site);
  return house.as(readers[who] ?? (dispatchers as Record<string, string>)[who] ?? who);
};
const outsiders = [...Object.keys(readers), 'token', 'token of the site', 'visitor'];

async function listen(who: string): Promise<void> {
  const client = await clientOf(who);
  // A live page does not keep its session awake; its person does.
  expect((await client.fetch('GET', '/api/session')).status).toBe(200);
  const abort = new AbortController();
  const response = await fetch(`${house.program.address}/api/live`, {
    headers: { cookie: [...client.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    signal: abort.signal,
  });
  const stream = { text: '', stop: () => abort.abort() };
  heard.set(who, stream);
  void (async () => {
    for await (const chunk of response.body!) stream.text += Buffer.from(chunk).toString();
  })().catch(() => {});
}

async function photo(client: Client, colour: string): Promise<string> {
  const picture = await sharp({ create: { width: 40, height: 40, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
  hashes.push(createHash('sha256').update(picture).digest('hex'));
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), `${planted.point}.jpg`);
  return ((await (await client.fetch('POST', '/api/files', form)).json()) as { id: string }).id;
}

/** What a handler shows for their own work: a file that is none of the requester's. */
async function evidence(login: string): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob(['柜锁验收记录'], { type: 'text/plain' }), '验收记录.txt');
  const { id } = (await (await (await house.as(login)).fetch('POST', '/api/files', form)).json()) as { id: string };
  ids.file!.push(id);
  return id;
}

const versionOf = async (id: string): Promise<number> => (await house.standing(id)).version;

async function dispatched(id: string, unit: string | null): Promise<string> {
  const desk = await house.as('disp01');
  await desk.do(api.requests.writeSummary, { id, version: await versionOf(id), summary });
  const { caseId } = await desk.do(api.cases.dispatch, {
    id,
    version: await versionOf(id),
    lineId: house.line('L11'),
    unitId: unit ? house.unit(unit) : null,
  });
  return caseId;
}

/** A stage is in force then, and an order on its way. */
async function someStage(): Promise<void> {
  await house.sql(
    `update stages.period set from_at = '2026-01-01T00:00:00Z' where from_at = (select min(from_at) from stages.period)`,
  );
  const { id } = await (await house.as('sup01')).do(api.stages.draft, {
    id: randomUUID(),
    nodeId: house.dir.groupNode.id,
    toCode: 'S1',
    basisNumber: '汀澜综保〔2026〕3号',
    basisTitle: '关于转入预警阶段的通知',
    basisDay: '2026-03-01',
    effectiveAt: '2026-03-20T00:00:00Z',
    trigger: '周边出现病例',
  });
  ids.stageOrder = [id];
}

/** Told to the hotline, with a name, a number, a point and a picture. */
async function toldToTheHotline(): Promise<Asked> {
  const operator = await house.as('op01');
  const fileId = await photo(operator, '#a52');
  const { contactId } = await operator.do(api.hotline.caller, { number: planted.number });
  const id = randomUUID();
  const code = newCode();
  const { number } = await operator.do(api.requests.register, {
    id,
    queryCode: code,
    categoryId: house.category('A05'),
    siteId: house.site(site),
    text: planted.sentence,
    point: planted.point,
    callback: planted.number,
    requesterLabel: planted.name,
    confidentiality: 'confidential',
    channel: 'hotline',
    contactId,
    fileIds: [fileId],
  });
  return { id, number, code, caseId: '', fileId };
}

/** Written by a worker on their own phone, from their account. */
async function writtenOnThePhone(): Promise<Asked> {
  await house.sql(`update access.account set label = $1 where login = 'u03-w02'`, [planted.label]);
  const worker = await house.as('u03-w02');
  const fileId = await photo(worker, '#5a2');
  const id = randomUUID();
  const code = newCode();
  const { number } = await worker.do(api.requests.create, {
    id,
    queryCode: code,
    categoryId: house.category('A05'),
    siteId: house.site(site),
    text: `${planted.sentence}，我自己看见的`,
    callback: planted.mobile,
    confidentiality: 'confidential',
    deviceId: planted.device,
    fileIds: [fileId],
  });
  return { id, number, code, caseId: '', fileId };
}

/** Told in confidence to a caller who rang the site before being asked; crew, point and words stand on the touch too. */
async function foundOnATouch(): Promise<string> {
  const caller = await house.as('fu01');
  const id = randomUUID();
  const requestId = randomUUID();
  ids.touch!.push(id);
  await caller.do(api.outreach.begin, {
    id,
    siteId: house.site(site),
    kind: 'site_call',
    crew: planted.point,
    point: planted.point,
  });
  await caller.do(api.outreach.need, {
    id,
    requestId,
    queryCode: newCode(),
    categoryId: house.category('A03'),
    text: planted.sentence,
    callback: planted.number,
    requesterLabel: planted.name,
    confidentiality: 'confidential',
  });
  await caller.do(api.outreach.end, { id, topics: [house.category('A')], found: 'need', words: planted.point });
  return requestId;
}

/** Through everything a need can meet: two lines, the relay, three nudges, a suspension, a denial, a panel, a task. */
async function lifeOf(asked: Asked): Promise<void> {
  const handler = await house.as('ho-l11');
  const co = await house.as('ho-l10');
  const visitor = await house.visitor();
  const code = { number: asked.number, code: asked.code };
  asked.caseId = await dispatched(asked.id, null);
  await handler.do(api.cases.accept, { id: asked.caseId });
  const { partId } = await handler.do(api.cases.askPart, {
    id: asked.caseId,
    lineId: house.line('L10'),
    unitId: null,
    task: '送两把柜锁到生活区',
  });
  await co.do(api.cases.acceptPart, { id: partId });
  await handler.do(api.requests.message, { id: asked.id, text: '请问物品何时不见的？' });
  await visitor.do(api.requests.messageByCode, { ...code, text: relay });
  for (let i = 0; i < 3; i++) await visitor.do(api.requests.nudgeByCode, { ...code, text: planted.denial });
  const { askId } = await handler.do(api.cases.ask, {
    id: asked.caseId,
    kind: 'suspension',
    reasonCode: 'waiting_requester',
    text: '等本人回话',
    until: new Date(house.clock.now().getTime() + hour).toISOString(),
  });
  await (await house.as('disp00')).do(api.cases.decide, { id: askId, approve: false, text: '先核查' });
  await co.do(api.cases.finishPart, { id: partId, text: '柜锁两把送到生活区，值班员签收。' });
  await handler.do(api.cases.progress, { id: asked.caseId, text: '已联系，正在核查。', contacted: true });
  await handler.do(api.cases.handled, { id: asked.caseId, solution: 'solved', text: '已核查并加装储物柜，请确认。' });
  const { id: taskId } = await (await house.as('lead00')).do(api.tasks.issue, {
    id: randomUUID(),
    source: { kind: 'request', id: asked.id },
    title: '储物柜加锁',
    criterion: '生活区储物柜全部加锁，附照片',
    owner: { lineId: house.line('L11'), unitId: house.unit('U03') },
    dueAt: new Date(house.clock.now().getTime() + 3 * day).toISOString(),
  });
  const { id: problemId } = await (await house.as('lead00')).do(api.tasks.openProblem, {
    id: randomUUID(),
    title: '生活区物品管理',
    matter: '储物柜反复损坏',
    taskId,
  });
  await (await house.as('u03-l11')).do(api.tasks.progress, {
    id: taskId,
    text: '柜锁已装一半',
    fileIds: [await evidence('u03-l11')],
  });
  ids.task!.push(taskId);
  ids.problem!.push(problemId);
}

/** City systems read the category that is planted, and are told of every event. */
async function everythingGoesOut(): Promise<void> {
  const secadmin = await house.as('sec01');
  const { version } = await secadmin.do(api.open311.settings, {});
  await secadmin.do(api.open311.save, {
    version,
    enabled: true,
    jurisdictionId: null,
    services: [{ categoryId: house.category('A05'), zh: '住宿的公开说明', en: 'What is public of lodging' }],
  });
  const { token } = await secadmin.do(api.access.createToken, {
    name: 'city',
    scopes: ['open311:read', 'open311:create'],
    siteId: null,
  });
  cityKey = token;
  receiver = await startGateway(() => ({ status: 204 }));
  await secadmin.do(api.webhooks.save, {
    name: 'city',
    url: `${receiver.url}/city`,
    types: [...eventTypes],
    allowPrivate: true,
  });
}

/** Seven people at the same site say that the power is gone: a hot topic beside what was planted. */
async function manyAskTheSame(): Promise<void> {
  const workers = await house.sql<{ login: string }>(
    `select a.login from access.account a where exists (select 1 from access.grant_ g where g.account_id = a.id and g.role = 'worker') order by a.login limit 7`,
  );
  for (const { login } of workers) {
    await house.given.request({ by: login, site: 'U03-07', category: 'A03', text: '宿舍停电了，整层都没有电' });
    house.clock.forward(minute);
  }
  await house.settled();
  const { topics } = await (await house.as('disp01')).do(api.likeness.topics, {});
  ids.topic!.push(...topics.map((one) => one.id));
}

beforeAll(async () => {
  house = await openHouse({ at: '2026-03-03T05:00:00Z' });
  hashes = [];
  for (const kind of [
    'request',
    'call',
    'task',
    'problem',
    'entry',
    'directive',
    'message',
    'edition',
    'file',
    'topic',
    'touch',
    'post',
    'person',
  ])
    ids[kind] = [];
  readers['site officer'] = (
    await house.sql<{ login: string }>(
      `select a.login from access.account a join access.grant_ g on g.account_id = a.id where g.role = 'site_officer' and g.node_id = $1 limit 1`,
      [house.site(site)],
    )
  )[0]!.login;

  // Open requests of others make the places around it look as they do on any day.
  const plain = await house.given.request({ site: 'U03-07', by: 'worker01', until: 'handled' });
  await (await house.as('disp00')).do(api.catalogue.beginDraft, {});
  const directive = await (await house.as('lead00')).do(api.tasks.enterDirective, {
    id: randomUUID(),
    title: '保障要求',
    documentNumber: '综保〔2026〕1号',
    issuedBy: '领导小组',
    issuedAt: house.clock.now().toISOString(),
    paragraphs: ['储物柜要有锁。'],
  });
  ids.directive!.push(directive.id);

  await everythingGoesOut();
  await manyAskTheSame();

  house.clock.set(plantedAt);
  await someStage();
  // From here on: a stream of somebody who does nothing for two hours ends.
  for (const who of Object.keys(readers)) await listen(who);
  byPhoneCall = await toldToTheHotline();
  byOwnPhone = await writtenOnThePhone();
  ids.request!.push(byPhoneCall.id, byOwnPhone.id);
  house.clock.set('2026-03-03T08:05:00Z');

  await lifeOf(byPhoneCall);
  ids.request!.push(await foundOnATouch());
  await (await house.as('disp01')).do(api.requests.setFacts, {
    id: byOwnPhone.id,
    version: await versionOf(byOwnPhone.id),
    aboutLineId: house.line('L10'),
  });
  byOwnPhone.caseId = await dispatched(byOwnPhone.id, 'U03');
  const unitHandler = await house.as('u03-l11');
  await unitHandler.do(api.cases.accept, { id: byOwnPhone.caseId });
  await unitHandler.do(api.cases.handled, {
    id: byOwnPhone.caseId,
    solution: 'solved',
    text: '储物柜已加锁，请确认。',
  });
  await (await house.as('u03-w02')).do(api.requests.judge, { id: byOwnPhone.id, solved: false, why: planted.denial });
  const { entryId } = (await house.standing(byOwnPhone.id)).dissatisfaction!;
  ids.entry!.push(entryId!);
  const { version } = await unitHandler.do(api.ledger.entry, { id: entryId! });
  await unitHandler.do(api.ledger.referToPanel, { id: entryId!, version, reason: '请评议是否已尽到服务。' });

  await house.settled();
  await vi.waitFor(() => expect(heard.get('line handler')!.text).toContain(byPhoneCall.id), { timeout: 10_000 });
  house.clock.forward(25 * hour);
  await house.settled();
  for (const name of [
    'requests.warnings',
    'tasks.look',
    'followups.list_silent',
    'followups.turn_days',
    'followups.draw',
  ])
    await house.timers.run(name);
  const calls = await house.sql<{ id: string }>('select id from followups.call where request_id = any($1)', [
    [...ids.request!, plain.id],
  ]);
  ids.call!.push(...calls.map((one) => one.id));
  ids.message!.push(
    ...(await house.sql<{ id: string }>('select id::text from messages.message limit 20')).map((one) => one.id),
  );
  await house.settled();
  hashes.push(
    ...(
      await house.sql<{ hash: string }>(`select encode(sha256, 'hex') as hash from platform.file where id = any($1)`, [
        [byPhoneCall.fileId, byOwnPhone.fileId],
      ])
    ).map((one) => one.hash),
  );
  const post = randomUUID();
  const liaison = await house.as('u03-liaison');
  await liaison.do(api.duty.savePost, {
    id: post,
    version: null,
    nodeId: house.unit('U03'),
    lineId: null,
    zh: '值班',
    en: 'Duty',
    hours: ['D'],
    standby: false,
    stages: ['S1', 'S2', 'S3'],
  });
  ids.post!.push(post);
  ids.person!.push(
    ...(await house.sql<{ id: string }>(`select id from access.account where login in ('u03-liaison', 'u03-w02')`)).map(
      (one) => one.id,
    ),
  );
  doors = readingDoors(house.program.desk.app);
}, 120_000);
afterAll(async () => {
  for (const { stop } of heard.values()) stop();
  await house?.stop();
  await receiver?.stop();
});

/** What stands for each parameter of an address. A door with a parameter that is not here must be given one. */
const parameters: [RegExp, (name: string) => readonly string[]][] = [
  [/^\/api\/requests\/:id/, (name) => (name === 'fileId' ? [byPhoneCall.fileId, byOwnPhone.fileId] : ids.request!)],
  [
    /^\/api\/(tasks|problems)\/:id/,
    (name) => (name === 'fileId' ? [byPhoneCall.fileId, ...ids.file!] : [...ids.task!, ...ids.problem!]),
  ],
  [/^\/api\/topics\/:id/, () => ids.topic!],
  [
    /^\/open311\/v2\/(services|requests?|tokens)\/:name/,
    () =>
      ['A05', ...ids.request!, byPhoneCall.number, byOwnPhone.number].flatMap((one) => [`${one}.json`, `${one}.xml`]),
  ],
  [/^\/api\/duty\/people\/:id/, () => ids.person!],
  [/^\/api\/outreach\/touches\/:id/, () => ids.touch!],
  [/^\/api\/reports\/filings\/:id/, () => [randomUUID()]],
  [/^\/api\/measures\/:id/, (name) => (name === 'fileId' ? [byPhoneCall.fileId] : ids.request!)],
  [/^\/api\/plans\/:id/, () => [randomUUID()]],
  [/^\/api\/ledger\/:id/, (name) => (name === 'fileId' ? [byPhoneCall.fileId, byOwnPhone.fileId] : ids.entry!)],
  [/^\/api\/directives\/:id/, () => ids.directive!],
  [/^\/api\/followups\/days\/:day/, () => ['2026-03-03', '2026-03-04']],
  [/^\/api\/followups\/:id/, () => ids.call!],
  [/^\/api\/messages\/:id/, () => ids.message!],
  [/^\/api\/sites\/:siteId/, () => [String(house.site(site))]],
  [/^\/api\/knowledge\/:code/, () => ['K01']],
  [/^\/api\/(risks|drills|lessons)\/:id/, () => [randomUUID()]],
  [/^\/api\/lessons\/adopted\/:kind/, (name) => (name === 'kind' ? ['article'] : ['K01'])],
  [/^\/api\/readiness\/:code/, (name) => (name === 'code' ? ['S0-M01'] : [String(house.unit('U03'))])],
  [/^\/api\/triage\/categories\/:categoryId/, () => [String(house.category('A05'))]],
  [/^\/api\/catalogue\/editions\/:id/, () => ['current', 'draft', ...ids.edition!]],
  [/^\/api\/public\/points\/:token/, () => ['amber']],
  [/^\/api\/import\/\w+\/:id/, () => [randomUUID()]],
  [/^\/api\/stages\/orders\/:id/, () => ids.stageOrder!],
];
const questions: Record<string, () => readonly string[]> = {
  search: () => [...guesses, byPhoneCall.number],
  q: () => [...guesses, byPhoneCall.number],
  text: () => guesses,
  form: () => ['site_daily'],
  stage: () => ['S4'],
  against: () => [randomUUID()],
  day: () => ['2026-03-03'],
  itemKey: () => ['meals'],
  concept: () => guesses,
  zh: () => guesses,
  en: () => guesses,
  recordId: () => ids.request!,
  requestId: () => ids.request!,
  nodeId: () => [String(house.site(site)), String(house.unit('U03'))],
  siteId: () => [String(house.site(site))],
  unitId: () => [String(house.unit('U03'))],
  lineId: () => [String(house.line('L11')), String(house.line('L10'))],
  toLineId: () => [String(house.line('L11'))],
  fromLineId: () => [String(house.line('L10'))],
  toUnitId: () => [String(house.unit('U03'))],
  fromUnitId: () => [String(house.unit('U03'))],
  sourceId: () => [...ids.request!, ...ids.task!],
  ruleId: () => [randomUUID()],
  riskId: () => [randomUUID()],
  reviewId: () => [randomUUID()],
  hour: () => ['10'],
  outcome: () => ['requests', 'nudge'],
  suggestedId: () => [String(house.category('A05'))],
  action: () => ['requests.submitted', 'requests.nudged'],
  stratum: () => ['A/high/late'],
  channelId: () => ['1'],
  sourceNumber: () => [byPhoneCall.number],
  subscriptionId: () => [randomUUID()],
  age: () => ['1'],
  reopens: () => ['1'],
  week: () => ['1', '2', '2026-03-02'],
  postId: () => ids.post!,
  hours: () => ['D'],
  how: () => ['repeat'],
  role: () => ['handler', 'unit_liaison'],
  state: () => ['at_home'],
  categoryId: () => [String(house.category('A05'))],
  toCode: () => ['S1'],
};
/** How much, from where and since when: they narrow what the other questions bring and bring nothing of their own. */
const narrowing = new Set(['after', 'before', 'limit', 'since', 'from', 'to', 'at', 'days']);

/** Doors that answer nobody here with anything, each with the reason. */
const shut: Record<string, string> = {
  '/api/lessons/:id': 'what was learnt; a request asked in confidence stands in none',
  '/api/lessons/:id/adopters': 'plans, articles and contingencies in force; none of a request',
  '/api/risks/:id': 'what could happen to a place and what is done then; nothing of a request',
  '/api/drills/:id': 'a drill of it; nothing of a request',
  '/api/duty/delegates': 'asks for a role and its place at once; labels of colleagues, none of a request',
  '/api/measures/:id': 'what was shown that an order was carried out; nothing of a request',
  '/api/measures/:id/files/:fileId': 'the evidence of it',
  '/api/problems/:id/files/:fileId': 'evidence with which a hard problem was closed; none of a request',
  '/api/reports/filings/:id': 'counts of a site; nothing was filed in this house, and no request is drawn on',
  '/api/public/points/:token': 'a forged poster is told so; what a poster tells is its point',
  '/api/import/organization/:id/rejected.xlsx': 'rows of a workbook that was brought in, shown once to who brought it',
  '/api/import/organization/:id/passwords.xlsx': 'one-time passwords, shown once to who made them',
  '/api/import/duty/:id/rejected.xlsx': 'rows of a workbook that was brought in, shown once to who brought it',
  '/api/import/plans/:id/rejected.xlsx': 'rows of a workbook that was brought in, shown once to who brought it',
  '/api/plans/:id': 'measures of a site; no plan stands in this house, and no request is drawn on',
  '/api/plans/:id/differences': 'what changed between two of its versions',
  '/api/plans/:id/paper.docx': 'the same as an official paper',
  '/api/plans/:id/table.xlsx': 'the same as a table',
  '/api/import/catalogue/:id/rejected.xlsx': 'rows of a workbook that was brought in, shown once to who brought it',
};
/** Doors that hold nothing of any record: the pages, and the description of the interface. */
const holdsNoRecords = /^\/(\*|desk.*|p[/*]?\*?|api\/docs.*|api\/openapi\.json)?$/;
/** The live pages are a stream, listened to from the beginning of this test. */
const streams = new Set(['/api/live']);
/** The list of accounts names everybody, whatever they ever asked. */
const namesEverybody = /^\/api\/(accounts|(tasks|drills)\/people|duty\/(people|delegates|colleagues))/;

function every(values: readonly (readonly string[])[]): string[][] {
  return values.reduce<string[][]>((all, some) => all.flatMap((one) => some.map((value) => [...one, value])), [[]]);
}

/** Every address of a door that is worth a try: each parameter, each view, each filter, each search. */
const forCities = (door: Door): boolean => door.path.startsWith('/open311/');

function addressesOf(door: Door): string[] {
  const names = pathParameters(door.path);
  const values = parameters.find(([pattern]) => pattern.test(door.path))?.[1];
  if (names.length > 0 && !values) throw new Error(`Say in "parameters" which records stand for ${door.path}.`);
  const paths = every(names.map((name) => values!(name))).map((chosen) =>
    names.reduce((path, name, i) => path.replace(`:${name}`, encodeURIComponent(chosen[i]!)), door.path),
  );
  // A workbook takes the filters of the list it is made from.
  const list = door.endpoint ?? doors.find((one) => one.path === door.path.replace(/\/export\.xlsx$/, ''))?.endpoint;
  const fields = list ? fieldsOf(list).filter((field) => !names.includes(field.name)) : [];
  const optionsOf = (field: (typeof fields)[number]): readonly string[] => {
    const given = questions[field.name]?.() ?? choicesOf(field.schema);
    if (given.length > 0 || narrowing.has(field.name)) return given;
    if (field.schema.type === 'boolean') return ['true', 'false'];
    throw new Error(`Say in "questions" what to ask ${door.path} for by "${field.name}".`);
  };
  const needed = fields.filter((field) => field.needed && !narrowing.has(field.name));
  const base: Record<string, string> = Object.fromEntries(needed.map((field) => [field.name, optionsOf(field)[0]!]));
  const view = fields.find((field) => field.name === 'view');
  const widest: Record<string, string> = view && optionsOf(view).includes('all') ? { view: 'all' } : {};
  const queries: Record<string, string>[] = [base, { ...base, ...widest }];
  for (const field of fields)
    for (const option of optionsOf(field))
      queries.push({ ...base, ...(field.name === 'view' ? {} : widest), [field.name]: option });
  const asked = [...new Set(queries.map((query) => String(new URLSearchParams(query))))];
  // City systems bring their key in the address.
  if (forCities(door))
    return paths.flatMap((path) => [`${path}?api_key=${cityKey}`, `${path}?api_key=${cityKey}&status=open`]);
  return paths.flatMap((path) => asked.map((query) => (query === '' ? path : `${path}?${query}`)));
}

/** What an answer says, whatever it is made of: the cells of a workbook, the words of a page, the digest of the bytes. */
async function said(response: Response): Promise<string> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const own = createHash('sha256').update(bytes).digest('hex');
  const head = JSON.stringify([...response.headers]);
  if ((response.headers.get('content-type') ?? '').includes('spreadsheetml'))
    return `${head} ${JSON.stringify(await readXlsx(bytes))}`;
  return `${head} ${own} ${Buffer.from(bytes).toString('utf8')}`;
}

function expectNothingOf(what: string, where: string, secrets: readonly string[]): void {
  for (const secret of secrets)
    if (what.includes(secret)) expect.fail(`${where} tells ${secret}: ${around(what, secret)}`);
}
const around = (text: string, word: string): string => {
  const at = text.indexOf(word);
  return text.slice(Math.max(0, at - 160), at + word.length + 80);
};

const secretsFor = (door: string): string[] => [
  ...Object.values(planted).filter((one) => one !== planted.label || !namesEverybody.test(door)),
  '琥珀色水杯',
  ...hashes,
  ...hashes.map((hash) => Buffer.from(hash, 'hex').toString('base64').slice(0, 40)),
  byPhoneCall.fileId,
  byOwnPhone.fileId,
  byPhoneCall.code,
  byOwnPhone.code,
];

const opened = new Set<string>();

async function walk(who: string, secrets: (door: string) => string[]): Promise<number> {
  const client = await clientOf(who);
  let walked = 0;
  for (const door of doors) {
    if (holdsNoRecords.test(door.path) || streams.has(door.path)) continue;
    // Their door asks for a key and for nobody's session.
    if (forCities(door) !== (who === 'city system')) continue;
    for (const address of addressesOf(door)) {
      const response = await client.fetch('GET', address);
      walked++;
      expect(response.status, `${who}: ${address}`).toBeLessThan(500);
      if (response.ok) opened.add(door.path);
      let what = await said(response);
      // What was typed comes back in no answer either, but a request that is told by a search is what is looked for.
      const asked = new URL(address, 'http://x').searchParams;
      const guess = asked.get('search') ?? asked.get('q') ?? asked.get('text');
      if (guess && guesses.includes(guess)) {
        what = what.replaceAll(JSON.stringify(guess), '""');
        expectNothingOf(what, `${who}, looking for ${guess}: ${address}`, [
          ...ids.request!,
          byPhoneCall.number,
          byOwnPhone.number,
        ]);
      }
      expectNothingOf(what, `${who}: ${address}`, secrets(door.path));
      if (response.status === 401 || response.status === 403) {
        // The gate asks who comes, not what for.
        if (/"code":"(forbidden|sign_in_first)"/.test(what)) break;
      }
    }
  }
  return walked;
}

describe('no door tells who asked in confidence, in what words, from where, or with which picture', () => {
  test.each(outsiders)(
    '%s',
    async (who) => {
      expect(await walk(who, secretsFor)).toBeGreaterThan(20);
    },
    60_000,
  );

  test('a city system with a key', async () => {
    // What was asked for by its id is named in the refusal.
    const unasked = (door: string): string[] => (door.endsWith('/:name') ? [] : ids.request!);
    expect(await walk('city system', (door) => [...secretsFor(door), summary, ...unasked(door)])).toBeGreaterThan(10);
  }, 60_000);

  test.each(Object.keys(dispatchers))(
    '%s reads the words, never whose they are',
    async (who) => {
      const whose = [planted.name, planted.label, planted.number, planted.mobile, planted.device, ...hashes];
      const ofTheDoor = (door: string) =>
        whose.filter((one) =>
          one === planted.label
            ? !namesEverybody.test(door)
            : !hashes.includes(one) || !door.endsWith('/files/:fileId'),
        );
      expect(await walk(who, ofTheDoor)).toBeGreaterThan(100);
    },
    60_000,
  );

  test('every door was open to somebody, so that its silence says something', async () => {
    for (const login of [...entitled, ...Object.values(dispatchers), ...Object.values(readers)]) {
      const client = await house.as(login);
      for (const door of doors) {
        if (opened.has(door.path) || holdsNoRecords.test(door.path) || streams.has(door.path) || forCities(door))
          continue;
        for (const address of addressesOf(door)) {
          const response = await client.fetch('GET', address);
          await response.arrayBuffer();
          if (response.ok) opened.add(door.path);
        }
      }
    }
    const silent = doors
      .map((door) => door.path)
      .filter(
        (path) =>
          !opened.has(path) && !path.startsWith('/open311/') && !holdsNoRecords.test(path) && !streams.has(path),
      );
    expect(silent.sort()).toEqual(Object.keys(shut).sort());
  }, 60_000);
});

describe('nor do the ways that are no reading', () => {
  test.each(outsiders)(
    'an act that is refused to %s says nothing but that',
    async (who) => {
      const client = await clientOf(who);
      for (const endpoint of writingDoors()) {
        // Whoever ends their session is nobody afterwards.
        if (endpoint.path.startsWith('/api/session')) continue;
        const records = [...ids.request!, byPhoneCall.caseId, ...ids.task!, ...ids.entry!, ...ids.call!];
        for (const id of pathParameters(endpoint.path).length > 0 ? records : [byPhoneCall.id]) {
          const path = pathParameters(endpoint.path).reduce((at, name) => at.replace(`:${name}`, id), endpoint.path);
          // Without what the act needs: it is refused at the latest when its fields are read.
          const response = await client.fetch(endpoint.method, path, { version: 999_999 });
          expect(response.status, `${who}: ${endpoint.method} ${path}`).toBeLessThan(500);
          expectNothingOf(await said(response), `${who}: ${endpoint.method} ${path}`, secretsFor(path));
          if (response.status === 401 || response.status === 403) break;
        }
      }
    },
    60_000,
  );

  test.each(['line handler', 'unit leader', 'another operator', 'panel member', 'neighbour worker'])(
    'what is suggested to %s who types such words comes from nothing they may not read',
    async (who) => {
      const client = await clientOf(who);
      for (const text of [planted.sentence, planted.denial, `${planted.name} ${planted.number}`])
        for (const reply of [
          await client.try(api.knowledge.suggestArticles, { text, categoryId: house.category('A05') }),
          await client.try(api.triage.ofText, { text }),
        ]) {
          expect(reply.status).toBeLessThan(500);
          const what = JSON.stringify(reply.body);
          expectNothingOf(what, `${who}, suggestions`, [...ids.request!, byPhoneCall.number, byOwnPhone.number]);
        }
    },
  );

  test.each(['another operator', 'op01'])(
    'the number it was told from, typed in by %s, tells nothing of it, not even that there is something',
    async (who) => {
      const client = await clientOf(who);
      const begun = await client.do(api.hotline.caller, { number: planted.number });
      expect(begun.earlier).toEqual([]);
      expectNothingOf(JSON.stringify(begun), `${who}, by its number`, [...secretsFor(''), ...ids.request!]);
      const alike = await client.do(api.likeness.ofCaller, { id: begun.contactId, text: planted.sentence });
      expect(alike.rows).toEqual([]);
    },
  );

  test('what is sent to other systems tells nothing of it', async () => {
    const { pool, keys, desk } = house.program;
    while ((await sendDue({ pool, keys, now: house.clock.now, committed: desk.committed })) > 0);
    expect(receiver.posted.length).toBeGreaterThan(0);
    for (const post of receiver.posted)
      expectNothingOf(JSON.stringify(post), 'a webhook', [...secretsFor(''), relay, summary]);
  });

  test('the journal shows what the person did and that they asked in confidence, the acts of the staff by name', async () => {
    const { entries } = await (await house.as('aud01')).do(api.journal.entries, { recordId: byOwnPhone.id });
    const of = (action: string) => entries.find((entry) => entry.action === action);
    expect(of('requests.submitted')).toMatchObject({ actor: null, role: 'in_confidence' });
    expect(of('requests.denied')).toMatchObject({ actor: null, role: 'in_confidence' });
    expect(of('requests.summary_written')?.actor).toBe('派单调度01');
  });

  test('live pages tell that something changed, and nothing else', () => {
    for (const [who, { text }] of heard) {
      expectNothingOf(text, `live, ${who}`, secretsFor('/api/live'));
      for (const [, data] of text.matchAll(/^data: (.*)$/gm))
        expect(Object.keys(JSON.parse(data!) as object).sort()).toEqual(['id', 'kind', 'position']);
    }
    for (const who of [
      'neighbour worker',
      'another handler',
      'officer of the next site',
      'site officer',
      'storekeeper',
    ])
      expectNothingOf(heard.get(who)!.text, `live, ${who}`, ids.request!);
    expect(heard.get('line handler')!.text).toContain(byPhoneCall.id);
  });

  test('the log and every file beside the database are silent, also where something failed', async () => {
    await (await house.as('worker02')).fetch(
      'POST',
      `/api/requests/${byPhoneCall.id}/messages`,
      '{"text": "琥珀色水杯',
      {
        headers: { 'content-type': 'application/json' },
      },
    );
    const secrets = secretsFor('').filter((one) => !hashes.includes(one));
    expectNothingOf(house.log.join('\n'), 'the log', [...secrets, ...hashes]);
    for (const file of await readdir(house.dataFolder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const bytes = await readFile(join(file.parentPath, file.name));
      for (const secret of secrets) expect(bytes.includes(secret), `${file.name} holds ${secret}`).toBe(false);
    }
  });

  test('words, name, number and point lie where they were put, and in no other table', async () => {
    const at = async (words: string): Promise<string[]> => (await placesOf(house, words)).sort();
    expect(await at('琥珀色水杯')).toEqual(['requests.content.text', 'requests.entry.text']);
    expect(await at(planted.name)).toEqual(['requests.content.requester_label', 'requests.entry.who']);
    expect(await at(planted.number)).toEqual(['requests.content.callback']);
    expect(await at(planted.mobile)).toEqual(['requests.content.callback']);
    expect(await at(planted.label)).toEqual([
      'access.account.label',
      'requests.content.requester_label',
      'requests.entry.who',
    ]);
    expect(await at(planted.device)).toEqual(['requests.request.device_id']);
    expect(await at(relay)).toEqual(['requests.entry.text']);
  });
});
