import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeQueryCode } from '../contract/query-code.ts';
import { rootFolder } from '../server/testing/database.ts';
import { bringIntoForce } from '../server/testing/measures.ts';
import { axe, type Page } from './browser.ts';
import { api, type Given, hour, inWorld, see } from './story.ts';

const world = inWorld();
const languages = ['zh-CN', 'en'] as const;

interface Size {
  width: number;
  height: number;
}
const wide: Size = { width: 1280, height: 800 };
const narrow: Size = { width: 360, height: 740 };
/** Taller than any phone: what the acts at the foot cover for the moment is not too small to press, only to be scrolled to. */
const small: Size = { width: 390, height: 2_400 };

/** Every page is looked at in the way most people see it; `npm run test:soak` looks in all of them. */
const everyLook = process.env.LASTMETRE_SOAK === '1';
const deskLooks: { name: string; size: Size; theme: 'day' | 'wall' }[] = [
  { name: 'at 1280 px by day', size: wide, theme: 'day' },
];
const phoneSizes = [narrow];
if (everyLook) {
  deskLooks.push(
    { name: 'at 1280 px on the dark wall', size: wide, theme: 'wall' },
    { name: 'at 390 px by day', size: small, theme: 'day' },
    { name: 'at 390 px on the dark wall', size: small, theme: 'wall' },
  );
  phoneSizes.push(wide);
}

let handled: Given;
let working: Given;
let waiting: Given;
let confidential: Given;
let poster = '';
/** An entry of the ledger with a deferral that waits for its decision. */
let entryId = '';
let measureId = '';
let taskId = '';
let directiveId = '';
let problemId = '';
let askedId = '';
let stageOrderId: string;
let riskId = '';
let drillId = '';
let lessonId = '';
let touchId = '';
let dueId = '';
let planId = '';
let filingId = '';

beforeAll(async () => {
  handled = await world().request({ until: 'handled', callback: '138 0000 1111' });
  working = await world().request({
    site: 'U04-05',
    category: 'A01',
    text: '午饭送到班组已经凉了。',
    until: 'accepted',
  });
  await (await world().as('hand11')).do(api.cases.ask, {
    id: working.caseId,
    kind: 'suspension',
    reasonCode: 'parts',
    text: '保温箱明早到。',
    until: new Date(world().clock.now().getTime() + 20 * hour).toISOString(),
  });
  waiting = await world().request({
    by: 'worker02',
    site: 'U04-07',
    category: 'E05',
    text: '大门口的洗手池坏了三天。',
  });
  confidential = await world().request({
    by: 'worker02',
    site: 'U04-05',
    category: 'A04',
    confidentiality: 'confidential',
    text: '夜里空调漏水，没人管。',
  });
  const disliked = await world().request({ site: 'U04-05', category: 'A03', text: '床位还是不够。', until: 'handled' });
  await (await world().as('worker01')).do(api.requests.judge, { id: disliked.id, solved: false, why: '还差两张床。' });
  const line = await world().as('hand11');
  const [entry] = (await line.do(api.ledger.list, { view: 'open' })).rows.filter(
    (row) => row.request.id === disliked.id,
  );
  entryId = entry!.id;
  ({ measureId } = await line.do(api.ledger.proposeDeferral, {
    id: entryId,
    version: entry!.version,
    reason: '新床后天才能到工地，先借宿舍空床。',
    plan: '到货当天装好，并请本人到场看。',
    until: new Date(world().clock.now().getTime() + 72 * hour).toISOString(),
  }));
  const { points } = await (await world().as('site01')).do(api.organization.points, { siteId: world().site('U04-01') });
  poster = new URL(points[0]!.url).pathname + new URL(points[0]!.url).search;
  const leader = await world().as('lead00');
  taskId = (
    await leader.do(api.tasks.issue, {
      id: randomUUID(),
      source: { kind: 'instruction', label: '' },
      title: '夜班送餐改到作业面',
      criterion: '连续 3 天 23:30 前送到，附签收单',
      owner: { lineId: world().line('L11'), unitId: null },
      dueAt: new Date(world().clock.now().getTime() + 28 * hour).toISOString(),
    })
  ).id;
  directiveId = (
    await leader.do(api.tasks.enterDirective, {
      id: randomUUID(),
      title: '关于做好夜班保障的通知',
      documentNumber: '汀澜综保〔2026〕9号',
      issuedBy: '综合保障组',
      issuedAt: world().clock.now().toISOString(),
      paragraphs: ['夜班送餐到作业面。', '每周调度一次。'],
    })
  ).id;
  problemId = (
    await leader.do(api.tasks.openProblem, {
      id: randomUUID(),
      title: '宿舍长期拥挤',
      matter: '三次重开，床位一直不够。',
      nodeId: world().site('U04-05'),
    })
  ).id;
  stageOrderId = (
    await (
      await world().as('sup02')
    ).do(api.stages.draft, {
      id: randomUUID(),
      nodeId: world().site('U04'),
      toCode: 'S1',
      basisNumber: '汀澜综保〔2026〕31号',
      basisTitle: '关于公路公司转入预警阶段的通知',
      basisDay: new Date().toISOString().slice(0, 10),
      effectiveAt: new Date(world().clock.now().getTime() + 60 * hour).toISOString(),
      trigger: '周边出现病例',
    })
  ).id;
  await world().timer('reports.open');
  filingId = (await (await world().as('sup01')).do(api.reports.day, {})).rows[0]!.id!;
  const officer = await world().as('site01');
  const round = { siteId: world().site('U04-01'), kind: 'round' as const };
  const earlier = await officer.do(api.outreach.begin, { id: randomUUID(), ...round });
  await officer.do(api.outreach.need, {
    id: earlier.id,
    requestId: randomUUID(),
    queryCode: makeQueryCode(crypto.getRandomValues(new Uint8Array(9))),
    categoryId: world().category('A05'),
    text: '夜班没有暖水瓶。',
    confidentiality: 'open',
  });
  await officer.do(api.outreach.end, { id: earlier.id, topics: [world().category('A')], found: 'need' });
  const here = { unit_id: world().site('U04'), site_id: world().site('U04-01') };
  await world().within((context) => bringIntoForce(context, [here, { ...here, evidence: 'photo', red: true }]));
  const { rows: measures } = await officer.do(api.measures.mine, {});
  dueId = measures[0]!.id;
  planId = (
    await (
      await world().as('liai04')
    ).do(api.plans.write, {
      id: randomUUID(),
      kind: 'site_set',
      nodeId: world().site('U04-01'),
      stage: 'S2',
      trigger: 'stage',
      triggerWords: '转入封闭管理',
      aim: null,
    })
  ).id;
  await officer.do(api.measures.cannot, { id: measures[1]!.id, markId: randomUUID(), reason: '没有消毒液' });
  touchId = (await officer.do(api.outreach.begin, { id: randomUUID(), ...round })).id;
  const nudged = await world().request({ site: 'U04-01', unit: 'U04', until: 'dispatched' });
  for (let i = 0; i < 3; i++)
    await (await world().as('worker01')).do(api.requests.nudge, { id: nudged.id, text: '请快一点' });
  const liaison = await world().as('liai04');
  const account = async (label: RegExp): Promise<string> =>
    (await liaison.do(api.drills.people, {})).people.find((one) => label.test(one.label))!.id;
  const words = (zh: string) => ({ zh, en: '' });
  riskId = (
    await liaison.do(api.drills.openRisk, {
      nodeId: world().site('U04'),
      zh: '工地出现发热人员',
      severity: 'red',
      ownerId: await account(/公路公司联络员/),
      nextDrillOn: null,
    })
  ).id;
  const draft = await liaison.do(api.drills.writeContingency, {
    id: riskId,
    saves: null,
    plan: {
      trigger: words('体温 37.3 ℃ 以上'),
      steps: [{ within: 5, what: words('单独安置'), who: words('班组长'), with: words('') }],
      ring: words('8150'),
      resources: words(''),
      standDown: words('排除以后'),
    },
  });
  await liaison.do(api.drills.submitContingency, { id: riskId });
  await (await world().as('lead04')).do(api.drills.decideContingency, { id: riskId, ...draft, approve: true });
  drillId = (
    await liaison.do(api.drills.planDrill, {
      riskId,
      unitId: world().site('U04'),
      plannedFor: new Date(world().clock.now().getTime() + 48 * hour).toISOString(),
      announced: true,
      leaderId: await account(/工地保障员01/),
      observerIds: [await account(/环境公司联络员/)],
    })
  ).id;
  const miss = await liaison.do(api.drills.recordNearMiss, {
    id: randomUUID(),
    nodeId: world().site('U04-01'),
    happenedAt: world().clock.now().toISOString(),
    what: '应急出口被物资挡住',
    stoppedBy: '巡夜人员推不开门',
  });
  lessonId = (
    await liaison.do(api.lessons.observe, {
      unitId: world().site('U04'),
      kind: 'bad',
      level: 'unit',
      title: '应急出口夜里没人查',
      observed: '三个晚上出口都被物资挡住。',
      evidence: [miss.number],
    })
  ).id;
  askedId = (await (await world().as('liai04')).do(api.messages.asked, {})).asked[0]!.id;
  // Something in the call list, something overdue, something sealed.
  world().clock.forward(25 * hour);
  await world().timer('followups.list_silent');
  await world().timer('tasks.look');
  await world().timer('journal.seal');
});

/** Nothing to find by machine, and nothing that sticks out to the right. */
async function isSound(page: Page, where: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  const faults = await axe(page);
  const said = faults.map(
    (fault) =>
      `${fault.id}: ${fault.nodes.map((node) => `${node.target} ${node.summary.split('\n')[1]?.trim() ?? ''}`).join(' | ')}`,
  );
  expect.soft(said, where).toEqual([]);
  const { wide, shown, who } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    shown: innerWidth,
    who: [...document.querySelectorAll('body *')]
      .filter(
        (element) =>
          element.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(element).position !== 'fixed',
      )
      .slice(0, 3)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`),
  }));
  const beyond = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, a, input:not([type="file"]), select, textarea, [role="combobox"], .ant-select',
      ),
    ]
      .filter(
        (element) => element.checkVisibility() && !element.closest('.sr-only, .unseen, .skip, [aria-hidden="true"]'),
      )
      .filter((element) => {
        // A strip that is moved sideways by itself, as the views of a queue on a small screen, brings it into reach.
        let strip: Element | null = element;
        while (strip && !/auto|scroll/.test(getComputedStyle(strip).overflowX)) strip = strip.parentElement;
        const holder = strip && strip.scrollWidth > strip.clientWidth ? strip : element;
        return holder.getBoundingClientRect().right > innerWidth + 1;
      })
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent}`),
  );
  expect.soft(beyond, `${where}: out of reach to the right`).toEqual([]);
  expect.soft(wide, `${where} is wider than the screen: ${who.join(', ')}`).toBeLessThanOrEqual(shown);
}

/** Where each person works, and the key that opens each form there. */
const desk: { login: string; pages: { path: string | (() => string); route?: string; keys?: string[] }[] }[] = [
  {
    login: 'disp01',
    pages: [
      { path: '/desk/requests?view=todo', keys: ['?', 'x'] },
      { path: '/desk/requests?view=overdue' },
      { path: () => `/desk/requests/${waiting.id}`, keys: ['d', 'a', 'c', 'm', 'n', 'y'] },
      { path: () => `/desk/requests/${confidential.id}`, keys: ['w'] },
      { path: '/desk/sessions' },
      { path: '/desk/knowledge' },
      { path: '/desk/topics' },
    ],
  },
  {
    login: 'hand11',
    pages: [
      { path: '/desk/requests?view=todo' },
      { path: () => `/desk/requests/${working.id}`, keys: ['p', 'h', 'n', 'r'] },
      { path: () => `/desk/requests/${handled.id}` },
      { path: () => `/desk/ledger/explain/${handled.id}`, route: '/desk/ledger/explain/$id' },
    ],
  },
  {
    login: 'lead04',
    pages: [
      { path: '/desk/ledger' },
      { path: () => `/desk/ledger/${entryId}`, route: '/desk/ledger/$id', keys: ['y'] },
      {
        path: () => `/desk/ledger/${entryId}/documents/${measureId}`,
        route: '/desk/ledger/$id/documents/$measureId',
      },
    ],
  },
  {
    login: 'lead00',
    pages: [
      { path: '/desk/tasks', keys: ['j'] },
      { path: '/desk/tasks/new' },
      { path: () => `/desk/tasks/${taskId}`, route: '/desk/tasks/$id' },
      { path: () => `/desk/tasks/${taskId}/slips/1`, route: '/desk/tasks/$id/slips/$no' },
      { path: '/desk/directives' },
      { path: '/desk/directives/new' },
      { path: () => `/desk/directives/${directiveId}`, route: '/desk/directives/$id' },
      { path: '/desk/problems' },
      { path: () => `/desk/problems/${problemId}`, route: '/desk/problems/$id' },
      { path: '/desk/watch' },
      { path: '/desk/watch/equity' },
    ],
  },
  {
    login: 'liai04',
    pages: [
      { path: '/desk/lessons' },
      { path: '/desk/lessons/all' },
      { path: () => `/desk/lessons/${lessonId}`, route: '/desk/lessons/$id' },
      { path: '/desk/readiness' },
      { path: '/desk/readiness/risks' },
      { path: () => `/desk/readiness/risks/${riskId}`, route: '/desk/readiness/risks/$id' },
      { path: '/desk/readiness/drills' },
      { path: () => `/desk/readiness/drills/${drillId}`, route: '/desk/readiness/drills/$id' },
      { path: '/desk/readiness/near-misses' },
      { path: '/desk/messages' },
      { path: '/desk/messages/preferences' },
      { path: '/desk/messages/asked' },
      { path: () => `/desk/messages/asked/${askedId}`, route: '/desk/messages/asked/$id' },
      ...['board', 'lapses', 'cannots', 'sample'].map((show) => ({ path: `/desk/measures?show=${show}` })),
    ],
  },
  { login: 'hand10', pages: [{ path: '/desk/parts' }] },
  { login: 'op01', pages: [{ path: '/desk/hotline', keys: ['Enter'] }] },
  {
    login: 'fu01',
    pages: [{ path: '/desk/followups', keys: ['j', 'g'] }, { path: '/desk/followups/handover' }],
  },
  {
    login: 'fu00',
    pages: ['days', 'rates', 'again', 'scripts', 'visits'].map((page) => ({ path: `/desk/followups/${page}` })),
  },
  {
    login: 'site01',
    pages: [
      { path: '/desk/posters' },
      { path: '/desk/register' },
      { path: '/desk/outreach' },
      { path: '/desk/measures' },
      { path: () => `/desk/plans/${planId}`, route: '/desk/plans/$id' },
      { path: () => `/desk/measures/${dueId}`, route: '/desk/measures/$id' },
      { path: () => `/desk/outreach/${touchId}`, route: '/desk/outreach/$id' },
    ],
  },
  {
    login: 'disp00',
    pages: [
      { path: '/desk/approvals' },
      { path: '/desk/catalogue' },
      { path: '/desk/plans' },
      { path: '/desk/coverage' },
      { path: '/desk/clocks' },
      { path: '/desk/sorting' },
      { path: '/desk/hotline/calls' },
      { path: '/desk/outreach/share' },
      { path: '/desk/outreach/share?show=touches' },
      { path: '/desk/outreach/share?show=late' },
      { path: '/desk/outreach/share?show=rhythm' },
    ],
  },
  {
    login: 'lead04',
    pages: [
      { path: '/desk/duty' },
      { path: '/desk/duty/teams' },
      { path: '/desk/duty/people' },
      { path: '/desk/duty/orphans' },
      { path: '/desk/me' },
    ],
  },
  {
    login: 'sys01',
    pages: [{ path: '/desk/accounts', keys: ['j'] }, { path: '/desk/import' }, { path: '/desk/channels' }],
  },
  {
    login: 'sec01',
    pages: [
      { path: '/desk/accounts', keys: ['j'] },
      { path: '/desk/tokens' },
      { path: '/desk/exchanges' },
      { path: '/desk/integrations' },
    ],
  },
  {
    login: 'sup02',
    pages: [
      { path: '/desk/reports' },
      { path: '/desk/reports?view=matrix' },
      { path: () => `/desk/reports/${filingId}`, route: '/desk/reports/$id' },
      { path: '/desk/forms' },
    ],
  },
  { login: 'aud01', pages: [{ path: '/desk/journal' }] },
  {
    login: 'sup01',
    pages: [
      { path: '/desk/stages' },
      { path: '/desk/stages/history' },
      { path: '/desk/stages/preview' },
      { path: '/desk/stages/new' },
      { path: () => `/desk/stages/orders/${stageOrderId}`, route: '/desk/stages/orders/$id' },
    ],
  },
];

test('every page of the desk is among those looked at', () => {
  const looked = desk.flatMap(({ pages }) =>
    pages.map(({ path, route }) => route ?? (typeof path === 'string' ? path : '/desk/requests/$id')),
  );
  const routes = readFileSync(join(rootFolder, 'desk', 'app', 'modules.ts'), 'utf8').matchAll(/route: '(.+)'/g);
  for (const [, route] of routes) expect(looked.map((path) => path.split('?')[0])).toContain(`/desk${route}`);
});

for (const language of languages) {
  for (const look of deskLooks) {
    const dressed = async (page: Page) => {
      await page.setViewportSize(look.size);
      await page.evaluate((theme) => localStorage.setItem('lastmetre.theme', theme), look.theme);
    };

    test(`signing in is sound in ${language} ${look.name}`, async () => {
      const page = await world().page(null, { path: '/desk/sign-in', locale: language });
      await dressed(page);
      await page.reload();
      await see(page.getByRole('list').getByRole('button'));
      await isSound(page, `sign-in in ${language} ${look.name}`);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      await page.context().close();
    });

    for (const { login, pages } of desk) {
      test(`the desk of ${login} is sound in ${language} ${look.name}`, async () => {
        await (await world().as(login)).do(api.access.setLocale, { locale: language });
        const page = await world().page(login, { locale: language });
        await dressed(page);
        for (const { path, keys = [] } of pages) {
          const address = typeof path === 'string' ? path : path();
          await page.goto(address);
          await see(page.locator('main#page'));
          await see(page.getByRole('heading').or(page.getByRole('navigation')));
          await isSound(page, `${login} ${address} in ${language} ${look.name}`);
          for (const key of keys) {
            await page.keyboard.press(key);
            await isSound(page, `${login} ${address} after ${key} in ${language} ${look.name}`);
            // Closes what the key opened; what was only selected stays.
            await page.keyboard.press('Escape');
          }
        }
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
        expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(look.theme);
        await (await world().as(login)).do(api.access.setLocale, { locale: 'zh-CN' });
        await page.context().close();
      });
    }
  }
}

test('the desk speaks the language of the browser until somebody chooses, and keeps it for the one who signs in', async () => {
  const page = await world().page(null, { path: '/desk/sign-in', locale: 'en' });
  const spoken = () => page.evaluate(() => document.documentElement.lang);
  expect(await spoken()).toBe('en');
  // The account never chose: what the server names is asked for in the language that is read.
  const rowsAskedIn = (language: string) =>
    page.waitForRequest(
      (asked) => new URL(asked.url()).pathname === '/api/requests' && asked.headers()['x-locale'] === language,
    );
  const asked = rowsAskedIn('en');
  await page.getByRole('button', { name: /^派单调度02/ }).click();
  await see(page.getByRole('navigation', { name: 'Main' }));
  await asked;
  await page.getByRole('button', { name: /my menu$/ }).click();
  const askedAnew = rowsAskedIn('zh-CN');
  await page.getByRole('menuitem', { name: '中文' }).click();
  await see(page.getByRole('navigation', { name: '主导航' }));
  await askedAnew;
  await page.reload();
  await see(page.getByRole('navigation', { name: '主导航' }));
  await page.getByRole('button', { name: /我的菜单$/ }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await see(page.getByRole('button', { name: 'Sign in' }));
  await page.getByRole('button', { name: '中文' }).click();
  await page.reload();
  await see(page.getByRole('button', { name: '登录' }));
  await page.context().close();
});

test('on a narrow screen and at 200 % every part of a request stands in its own row, and a form is not hidden by the acts', async () => {
  const page = await world().page('disp01');
  for (const size of [
    { width: 390, height: 844 },
    { width: 640, height: 400 },
  ]) {
    await page.setViewportSize(size);
    await page.goto('/desk/requests?view=open');
    const rows = page.getByRole('region', { name: '诉求队列' }).locator('[data-row]');
    await see(rows);
    const outside = await rows.evaluateAll((found) =>
      found.flatMap((row) => {
        const own = row.getBoundingClientRect();
        return [...row.querySelectorAll('.clock, .state, .cell-text > .cut')]
          .filter((part) => {
            const { top, bottom, right } = part.getBoundingClientRect();
            return top < own.top || bottom > own.bottom + 1 || right > own.right;
          })
          .map((part) => part.textContent);
      }),
    );
    expect.soft(outside, `${size.width}`).toEqual([]);
    await page.goto(`/desk/requests/${waiting.id}`);
    await see(page.getByRole('heading', { level: 1 }));
    await page.keyboard.press('n');
    const send = page.getByRole('button', { name: /^提交/ });
    await see(send);
    await page.getByRole('textbox', { name: '留言' }).fill('明天上午来修。');
    await send.click({ trial: true });
    await isSound(page, `a form at ${size.width}`);
    await page.keyboard.press('Escape');
  }
  // A list in which nothing matches is announced like any other.
  await page.keyboard.press('c');
  await page.getByRole('combobox', { name: '类别' }).fill('zzzz');
  await see(page.getByRole('option', { name: '没有对得上的' }));
  await isSound(page, 'a picker without a match');
  await page.context().close();
});

/** The phone's pages, as somebody without an account sees them. */
const phonePaths = [
  '/p/#/',
  '/p/#/ask',
  '/p/#/ask/A',
  '/p/#/ask/A02',
  '/p/#/ask/C02',
  '/p/#/ask/X',
  '/p/#/ask/D',
  '/p/#/follow',
  '/p/#/sign-in',
];
/** What a site officer has besides. */
const officersPaths = ['/p/#/measures', '/p/#/report', '/p/#/near-miss'];
/** Reached by doing something first. */
const phoneJourneys = ['/p/#/sent/', '/p/#/c/', '/p/#/r/'];

test('every page of the phone is among those looked at', () => {
  const pages = readFileSync(join(rootFolder, 'phone', 'app', 'app.tsx'), 'utf8').matchAll(/case '(.+)':/g);
  const looked = [...phonePaths, ...officersPaths, ...phoneJourneys].map((path) => path.split('/')[3]);
  for (const [, page] of pages) expect(looked).toContain(page);
});

/** Opens a page of the phone afresh: a changed `#` alone would leave the page before in sight for a moment. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.reload();
  await see(page.getByRole('heading', { level: 1 }));
  if (path.endsWith('/sign-in')) await see(page.getByRole('listitem'));
}

/** As tall as what is on it: what the dock covers for the moment is not too small to press, it only has to be scrolled to. */
async function unrolled(page: Page, size: Size): Promise<void> {
  const tall = () =>
    page.evaluate(
      (least) =>
        Math.max(least, document.documentElement.scrollHeight, document.querySelector('main')?.scrollHeight ?? 0),
      size.height,
    );
  // What comes late, a list or the place behind a code, makes it taller still.
  for (let height = 0, next = await tall(); next > height; next = await tall()) {
    height = next + 200;
    await page.setViewportSize({ ...size, height });
    await page.waitForLoadState('networkidle');
  }
}

for (const language of languages) {
  for (const size of phoneSizes) {
    test(`the phone is sound at ${size.width} px in ${language}`, async () => {
      const looked = async (page: Page, where: string): Promise<void> => {
        await unrolled(page, size);
        await isSound(page, `${where} at ${size.width} px in ${language}`);
        await page.setViewportSize(size);
      };
      const page = await world().page(null, { viewport: 'phone', locale: language, path: poster });
      await page.setViewportSize(size);
      for (const path of phonePaths) {
        await visit(page, path);
        await looked(page, path);
      }

      // The poster says where, so that nothing but words is missing.
      await page.goto(poster);
      await see(page.getByRole('heading', { level: 1 }));
      await page.evaluate(() => location.assign('#/ask/A02'));
      await page.locator('textarea').first().fill('3 号板房二层没有水');
      await page.locator('button[type="submit"]').click();
      await page.waitForURL(/#\/sent\//);
      await see(page.locator('.digits'));
      await looked(page, 'what was sent');

      await visit(page, '/p/#/follow');
      await page.locator('#number').fill(handled.number);
      await page.locator('#code').fill(handled.code);
      await page.keyboard.press('Enter');
      await page.waitForURL(/#\/c\//);
      await see(page.locator('.thread'));
      await looked(page, 'followed by its code');
      await page.context().close();

      const thread = await world().page('worker01', {
        viewport: 'phone',
        locale: language,
        path: `/p/#/r/${handled.id}`,
      });
      await thread.setViewportSize(size);
      await see(thread.locator('.thread'));
      await looked(thread, 'a thread');
      for (const open of await thread.locator('.dock .verdict').all()) {
        await open.click();
        await isSound(thread, `verdict at ${size.width} px in ${language}`);
        await thread.keyboard.press('Escape');
      }
      await thread.context().close();

      const officer = await world().page('site01', { viewport: 'phone', locale: language, path: '/p/' });
      await officer.setViewportSize(size);
      for (const path of officersPaths) {
        await visit(officer, path);
        await looked(officer, path);
      }
      await officer.context().close();
    });
  }

  for (const look of ['text of 200 %', 'large type'] as const) {
    test(`the phone works at 360 px and ${look} in ${language}: nothing sticks out, nothing is cut, the acts stay in reach`, async () => {
      const page = await world().page(null, { viewport: 'phone', locale: language, path: poster });
      await page.setViewportSize(narrow);
      await see(page.getByRole('heading', { level: 1 }));
      if (look === 'large type') await page.locator('.tools').getByRole('button').last().click();
      for (const path of phonePaths) {
        await visit(page, path);
        if (look === 'text of 200 %') await page.addStyleTag({ content: 'html { font-size: 200% !important; }' });
        // The heading may stand a moment before the dock does.
        await page.locator('.dock').first().waitFor({ state: 'attached' });
        const found = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth,
          cut: [...document.querySelectorAll('button, a.button, h1, h2, label')]
            .filter(
              (element) =>
                element.scrollWidth > element.clientWidth + 2 &&
                !element.closest('.unseen, .clip') &&
                getComputedStyle(element).display !== 'inline',
            )
            .map((element) => element.textContent),
          dock: document.querySelector('.dock')?.getBoundingClientRect().bottom ?? 0,
        }));
        expect
          .soft(found, `${path} at ${look}`)
          .toEqual({ wide: narrow.width, cut: [], dock: expect.closeTo(narrow.height, -1) });
      }
      await page.context().close();
    });
  }
}
