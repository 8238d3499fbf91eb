/**
 * The stage orders of the story: the four switches with their hands and basis, when each unit stood ready before them, and
 * one draft that waits for whoever tries the program.
 */
import { uuidv7 } from 'uuidv7';
import { isAsked } from '../../contract/report-checks.ts';
import type { FormVersion } from '../../contract/reports.ts';
import { accountByLogin, grantsOf, permissionsOf, resolveAreas } from '../modules/access/index.ts';
import { type Directory, directory } from '../modules/organization/index.ts';
import { formsInUse } from '../modules/reports/index.ts';
import { allStages, draftStageOrder, type PastOrder, stagePeriods, writePastOrder } from '../modules/stages/index.ts';
import { type Actor, visitor } from '../platform/actor.ts';
import type { Tx } from '../platform/transaction.ts';
import { dayZero, shanghaiMidnight } from './organization.ts';
import type { World } from './world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Days before the switch at which a unit became ready, by its code; `others` for all the rest. */
type Leads = Record<string, number> & { others: number };

/** By the stage that began. ST01: pre-positioning was finished within 48 hours of the alert, but for U09. */
const switches: Record<string, { title: string; trigger: string; leads: Leads }> = {
  S1: {
    title: '关于转入预警阶段的通知',
    trigger: '周边城市出现病例',
    leads: { others: 20, U03: 9, U08: 6 },
  },
  S2: {
    title: '关于实施工地封闭管理的通知',
    trigger: '属地实施封控',
    leads: { others: 12, U09: 1 },
  },
  S3: {
    title: '关于分批有序复工的通知',
    trigger: '经属地同意分批复工',
    leads: { others: 7, U05: 4, U09: 3 },
  },
  S4: {
    title: '关于转入常态化防控的通知',
    trigger: '属地转入常态化防控',
    leads: { others: 9, U02: 5, U06: 2 },
  },
};

/** How many days before the start of a stage a unit had prepared it. */
export const readyDays = (stage: string, unitCode: string): number => {
  const leads = switches[stage]?.leads;
  return leads ? (leads[unitCode] ?? leads.others) : 0;
};

async function actorOf(tx: Tx, login: string): Promise<Actor & { accountId: string }> {
  const account = (await accountByLogin(tx, login))!;
  const areas = resolveAreas(await directory(tx), await grantsOf(tx, [account.id]));
  return {
    ...visitor('zh-CN'),
    kind: 'account',
    accountId: account.id,
    label: account.label,
    areas,
    permissions: permissionsOf(areas),
    homeNodeId: account.home_node_id,
  };
}

function flipsBefore(dir: Directory, leads: Leads, startsAt: number, noticedAt: number) {
  return [...dir.nodes.values()]
    .filter(({ kind }) => kind === 'unit')
    .flatMap(({ id: unitId, code }) => {
      const readyAt = startsAt - (leads[code] ?? leads.others) * day;
      return [
        { unitId, at: new Date(Math.min(noticedAt, readyAt - day)), ready: false },
        { unitId, at: new Date(readyAt), ready: true },
      ];
    });
}

/** What the signer was shown: the clocks, reports and plans of a switch of the whole group. */
async function changesOf(tx: Tx, from: string, to: string): Promise<PastOrder['effects']> {
  const stages = await allStages(tx);
  const calendar = (code: string) =>
    stages.find((one) => one.code === code)!.working_time
      ? { zh: '机关工作时间', en: 'Office hours' }
      : { zh: '24×7', en: '24×7' };
  const turns = calendar(from).en !== calendar(to).en;
  const asked = (form: FormVersion, stage: string): number =>
    form.items.filter((item) => isAsked(item, stage) && form.due.times[stage]).length;
  const said = (form: FormVersion, stage: string) => {
    const n = asked(form, stage);
    const time = form.due.times[stage];
    return time ? { zh: `${n} 项 · ${time} 前`, en: `${n} items, by ${time}` } : { zh: '不报', en: 'not asked' };
  };
  return [
    {
      key: 'clocks',
      words: { zh: '时钟', en: 'Clocks' },
      rows: [
        {
          item: { zh: '一般诉求计时', en: 'Normal needs run' },
          before: calendar(from),
          after: calendar(to),
          consequence: turns
            ? { zh: '只管生效后提出的', en: 'Those asked after it only' }
            : { zh: '不变', en: 'As before' },
          changed: turns,
        },
      ],
    },
    {
      key: 'reports',
      words: { zh: '上报', en: 'Reports' },
      rows: (await formsInUse(tx)).map(({ version: form }) => {
        const more = asked(form, to) - asked(form, from);
        return {
          item: { zh: form.zh, en: form.en },
          before: said(form, from),
          after: said(form, to),
          consequence:
            more === 0
              ? { zh: '不变', en: 'unchanged' }
              : more > 0
                ? { zh: `多 ${more} 项`, en: `${more} more` }
                : { zh: `少 ${-more} 项`, en: `${-more} fewer` },
          changed: more !== 0 || form.due.times[from] !== form.due.times[to],
        };
      }),
    },
    {
      key: 'plans',
      words: { zh: '方案', en: 'Plans' },
      rows: [
        {
          item: { zh: '措施集覆盖', en: 'Coverage by measure sets' },
          before: { zh: '120/120', en: '120/120' },
          after: { zh: '0/120', en: '0/120' },
          consequence: { zh: '须 24 小时内回到 120，已备 120 份', en: 'back to 120 within 24 h; 120 prepared' },
          changed: true,
        },
      ],
    },
  ];
}

/** Every unit had its plan, the set of each site, its people on the register and its posts filled. */
const checksOf = (dir: Directory): PastOrder['checks'] => {
  const sites = (unitId: number): number =>
    [...dir.nodes.values()].filter(({ kind, id }) => kind === 'site' && dir.unitOf(id) === unitId).length;
  return [
    { key: 'plans', words: { zh: '方案', en: 'Plan' }, need: () => 1 },
    { key: 'sets', words: { zh: '措施集', en: 'Measure sets' }, need: sites },
    { key: 'register', words: { zh: '台账', en: 'Register' }, need: sites },
    { key: 'posts', words: { zh: '岗位', en: 'Posts' }, need: (unitId) => sites(unitId) + 2 },
  ];
};

/** Gives every switch of the time line its order, and drafts the next one. */
export async function loadStageOrders(tx: Tx, world: World, now: Date): Promise<void> {
  const dir = await directory(tx);
  const [drafter, reviewer, leader] = [
    await actorOf(tx, 'sup01'),
    await actorOf(tx, 'sup02'),
    await actorOf(tx, 'lead00'),
  ];
  const periods = (await stagePeriods(tx)).filter(({ node_id }) => node_id === dir.groupNode.id);
  for (const [i, period] of periods.entries()) {
    const before = periods[i - 1];
    const told = switches[period.code];
    if (!before || !told) continue;
    const startsAt = period.from_at.getTime();
    const after = (ms: number): Date => new Date(startsAt - 180 * minute + ms * minute);
    const year = Number(
      new Intl.DateTimeFormat('en', { timeZone: dir.group.timezone, year: 'numeric' }).format(startsAt),
    );
    await writePastOrder(tx, {
      periodId: period.id,
      nodeId: period.node_id,
      from: before.code,
      to: period.code,
      effectiveAt: period.from_at,
      leftAt: period.to_at,
      // The look back upon the stage before the present one is still open.
      closedAt: period.to_at && i < periods.length - 2 ? new Date(period.to_at.getTime() + 5 * day) : null,
      basis: {
        number: `汀澜综保〔${year}〕${6 + 2 * i}号`,
        title: told.title,
        at: shanghaiMidnight(new Date(startsAt - day)),
      },
      trigger: told.trigger,
      year,
      drafted: { id: drafter.accountId, label: drafter.label, role: 'support_group', at: after(5) },
      reviewed: { id: reviewer.accountId, label: reviewer.label, role: 'support_group', at: after(22) },
      signed: { id: leader.accountId, label: leader.label, role: 'group_leader', at: after(40) },
      flips: flipsBefore(dir, told.leads, startsAt, before.from_at.getTime()),
      effects: await changesOf(tx, before.code, period.code),
      checks: checksOf(dir),
    });
  }
  const next = world.stages.find(({ code }) => code === 'S1')!;
  await draftStageOrder(
    { tx, actor: drafter, now: new Date(now.getTime() - 35 * minute) },
    {
      id: uuidv7(),
      nodeId: dir.groupNode.id,
      toCode: next.code,
      basisNumber: `汀澜综保〔${new Date(dayZero(now)).getFullYear()}〕31号`,
      basisTitle: '关于做好冬季转入预警阶段准备的通知',
      basisDay: new Date(now.getTime() + 8 * 60 * minute - day).toISOString().slice(0, 10),
      effectiveAt: new Date(shanghaiMidnight(now).getTime() + 3 * day).toISOString(),
      trigger: next.trigger_zh,
      emergency: false,
    },
  );
}
