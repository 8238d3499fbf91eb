import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { caseEndpoints } from '../../contract/cases.ts';
import { followupEndpoints } from '../../contract/followups.ts';
import { ledgerEndpoints } from '../../contract/ledger.ts';
import { outreachEndpoints } from '../../contract/outreach.ts';
import type { Permission } from '../../contract/permissions.ts';
import { requestEndpoints } from '../../contract/requests.ts';
import { partCounts } from '../modules/cases-parts/part-counts.ts';
import { taskCounts } from '../modules/tasks/task-counts.ts';
import { call } from './api.ts';

/** A number beside a rail word, asked for once a minute and when a live event says so. */
interface CountSource {
  queryKey: readonly unknown[];
  queryFn: () => Promise<Readonly<Record<string, number>>>;
  /** Which of the counts the query gives. */
  of: string;
}

export interface DeskModule {
  key: string;
  /** Any of these opens the page; none = everybody who is signed in. */
  permission: Permission | readonly Permission[];
  /** Who holds this sees the same work under another word. */
  unless?: Permission;
  /** Two characters in Chinese, one short word in English. Null: reached from the menu or another page. */
  rail: { zh: string; en: string } | null;
  route: string;
  /** Pages that belong to the word though their address begins otherwise. */
  under?: readonly string[];
  /** Where the rail word leads when one page serves several words. */
  search?: Readonly<Record<string, string>>;
  page: LazyExoticComponent<ComponentType>;
  count?: CountSource;
}

const viewCounts = {
  queryKey: ['requests', 'counts'],
  queryFn: async () => (await call(requestEndpoints.counts, {})).counts,
};
const callCount: CountSource = {
  queryKey: ['followups', 'count'],
  queryFn: async () => {
    const { today } = await call(followupEndpoints.list, { limit: 1 });
    return { left: today.due };
  },
  of: 'left',
};
const askCount: CountSource = {
  queryKey: ['asks', 'count'],
  queryFn: async () => ({ waiting: (await call(caseEndpoints.asks, {})).asks.length }),
  of: 'waiting',
};

const outreachCount: CountSource = {
  queryKey: ['outreach', 'count'],
  queryFn: async () => ({ waiting: (await call(outreachEndpoints.mine, {})).waiting }),
  of: 'waiting',
};

const ledgerCount: CountSource = {
  queryKey: ['requests', 'ledger-counts', {}],
  queryFn: async () => (await call(ledgerEndpoints.counts, {})).counts,
  of: 'mine',
};

const queue = lazy(() => import('../modules/requests/queue.tsx'));

const stages = lazy(() => import('../modules/stages/pages.tsx'));
/** Reached from the word, and by everybody at a desk from the stage in the bar. */
const stagePages: readonly DeskModule[] = [
  { key: 'stages-read', permission: 'stages.read', rail: null, route: '/stages', page: stages },
  { key: 'stages-history', permission: 'stages.read', rail: null, route: '/stages/history', page: stages },
  { key: 'stages-preview', permission: 'stages.read', rail: null, route: '/stages/preview', page: stages },
  { key: 'stages-draft', permission: 'stages.draft', rail: null, route: '/stages/new', page: stages },
  { key: 'stages-order', permission: 'stages.read', rail: null, route: '/stages/orders/$id', page: stages },
];

const taskPages = lazy(() => import('../modules/tasks/pages.tsx'));

const followupPage = lazy(() => import('../modules/followups/pages.tsx'));
/** Reached from the tabs of follow-up. */
const followupPages: readonly DeskModule[] = [
  { key: 'followup-days', permission: 'followups.call', rail: null, route: '/followups/days', page: followupPage },
  {
    key: 'followup-handover',
    permission: 'followups.call',
    rail: null,
    route: '/followups/handover',
    page: followupPage,
  },
  {
    key: 'followup-rates',
    permission: ['followups.call', 'journal.read'],
    rail: null,
    route: '/followups/rates',
    page: followupPage,
  },
  {
    key: 'followup-again',
    permission: 'followups.plan',
    rail: null,
    route: '/followups/again',
    page: followupPage,
  },
  {
    key: 'followup-scripts',
    permission: 'followups.call',
    rail: null,
    route: '/followups/scripts',
    page: followupPage,
  },
  {
    key: 'followup-visits',
    permission: 'followups.call',
    rail: null,
    route: '/followups/visits',
    page: followupPage,
  },
];

const readiness = lazy(() => import('../modules/drills/pages.tsx'));
const lessons = lazy(() => import('../modules/lessons/pages.tsx'));
/** Reached from the tabs of readiness and of lessons, and from the records they name. */
const learningPages: readonly DeskModule[] = [
  ...['risks', 'risks/$id', 'drills', 'drills/$id', 'near-misses'].map(
    (path): DeskModule => ({
      key: path,
      permission: 'drills.read',
      rail: null,
      route: `/readiness/${path}`,
      page: readiness,
    }),
  ),
  ...['all', '$id'].map(
    (path): DeskModule => ({
      key: `lessons-${path}`,
      permission: 'lessons.read',
      rail: null,
      route: `/lessons/${path}`,
      page: lessons,
    }),
  ),
];

/** All pages of the desk in the order of the rail; the first one a person may open is their day's work. */
export const modules: readonly DeskModule[] = [
  {
    key: 'dispatch',
    permission: 'cases.dispatch',
    rail: { zh: '派单', en: 'Dispatch' },
    route: '/requests',
    search: { view: 'todo' },
    page: queue,
    count: { ...viewCounts, of: 'todo' },
  },
  {
    key: 'arbitration',
    permission: 'cases.arbitrate',
    rail: { zh: '仲裁', en: 'Arbiter' },
    route: '/requests',
    search: { view: 'arbitration' },
    page: queue,
    count: { ...viewCounts, of: 'arbitration' },
  },
  {
    key: 'handling',
    permission: 'cases.handle',
    rail: { zh: '承办', en: 'Handling' },
    route: '/requests',
    search: { view: 'todo' },
    page: queue,
    count: { ...viewCounts, of: 'todo' },
  },
  {
    key: 'parts',
    permission: 'cases.handle',
    rail: { zh: '协办', en: 'Parts' },
    route: '/parts',
    search: { view: 'open' },
    page: lazy(() => import('../modules/cases-parts/page.tsx')),
    count: { ...partCounts, of: 'open' },
  },
  {
    key: 'hotline',
    permission: 'hotline.take',
    rail: { zh: '坐席', en: 'Hotline' },
    route: '/hotline',
    page: lazy(() => import('../modules/hotline/page.tsx')),
  },
  {
    key: 'calls',
    permission: 'hotline.lead',
    rail: { zh: '话务', en: 'Calls' },
    route: '/hotline/calls',
    page: lazy(() => import('../modules/hotline/log.tsx')),
  },
  {
    key: 'followups',
    permission: 'followups.call',
    rail: { zh: '随访', en: 'Calls' },
    route: '/followups',
    page: lazy(() => import('../modules/followups/page.tsx')),
    count: callCount,
  },
  ...followupPages,
  {
    key: 'open',
    permission: 'requests.read',
    rail: { zh: '在办', en: 'Open' },
    route: '/requests',
    search: { view: 'open' },
    page: queue,
    count: { ...viewCounts, of: 'open' },
  },
  {
    key: 'topics',
    permission: 'requests.read',
    rail: { zh: '热点', en: 'Topics' },
    route: '/topics',
    page: lazy(() => import('../modules/likeness/page.tsx')),
  },
  {
    key: 'stages',
    permission: ['stages.draft', 'stages.review', 'stages.sign'],
    rail: { zh: '阶段', en: 'Stages' },
    route: '/stages',
    page: stages,
  },
  {
    key: 'register',
    permission: 'requests.register',
    unless: 'hotline.take',
    rail: { zh: '代登', en: 'Register' },
    route: '/register',
    page: lazy(() => import('../modules/hotline/register.tsx')),
  },
  {
    key: 'outreach',
    permission: 'outreach.record',
    rail: { zh: '走访', en: 'Rounds' },
    route: '/outreach',
    page: lazy(() => import('../modules/outreach/page.tsx')),
    count: outreachCount,
  },
  {
    key: 'outreach-share',
    permission: 'outreach.read',
    rail: { zh: '跨前', en: 'Ahead' },
    route: '/outreach/share',
    page: lazy(() => import('../modules/outreach/share.tsx')),
  },
  {
    key: 'outreach-touch',
    permission: ['outreach.record', 'outreach.read'],
    rail: null,
    route: '/outreach/$id',
    page: lazy(() => import('../modules/outreach/touch.tsx')),
  },
  {
    key: 'measures',
    permission: 'measures.read',
    rail: { zh: '措施', en: 'Measures' },
    route: '/measures',
    page: lazy(() => import('../modules/measures/page.tsx')),
  },
  {
    key: 'measure',
    permission: 'measures.read',
    rail: null,
    route: '/measures/$id',
    page: lazy(() => import('../modules/measures/measure.tsx')),
  },
  {
    key: 'knowledge',
    permission: 'knowledge.write',
    rail: { zh: '知识', en: 'Knowledge' },
    route: '/knowledge',
    page: lazy(() => import('../modules/knowledge/page.tsx')),
  },
  {
    key: 'approvals',
    permission: 'cases.approve',
    rail: { zh: '审批', en: 'Approve' },
    route: '/approvals',
    page: lazy(() => import('../modules/cases-approvals/page.tsx')),
    count: askCount,
  },
  {
    key: 'clocks',
    permission: 'clocks.manage',
    rail: { zh: '时限', en: 'Clocks' },
    route: '/clocks',
    page: lazy(() => import('../modules/clocks/page.tsx')),
  },
  {
    key: 'sorting',
    permission: 'triage.manage',
    rail: { zh: '分拣', en: 'Sorting' },
    route: '/sorting',
    page: lazy(() => import('../modules/triage/page.tsx')),
  },
  {
    key: 'tasks',
    permission: 'tasks.read',
    rail: { zh: '督办', en: 'Tasks' },
    route: '/tasks',
    under: ['/directives', '/problems'],
    page: lazy(() => import('../modules/tasks/queue.tsx')),
    count: { ...taskCounts, of: 'waiting' },
  },
  {
    key: 'readiness',
    permission: 'drills.read',
    rail: { zh: '备战', en: 'Ready' },
    route: '/readiness',
    page: readiness,
  },
  {
    key: 'lessons',
    permission: 'lessons.read',
    rail: { zh: '经验', en: 'Lessons' },
    route: '/lessons',
    page: lessons,
  },
  ...learningPages,
  {
    key: 'ledger',
    permission: 'ledger.read',
    rail: { zh: '台账', en: 'Ledger' },
    route: '/ledger',
    page: lazy(() => import('../modules/ledger/queue.tsx')),
    count: ledgerCount,
  },
  {
    key: 'plans',
    permission: 'plans.read',
    rail: { zh: '方案', en: 'Plans' },
    route: '/plans',
    page: lazy(() => import('../modules/plans/page.tsx')),
  },
  {
    key: 'plan',
    permission: 'plans.read',
    rail: null,
    route: '/plans/$id',
    page: lazy(() => import('../modules/plans/plan.tsx')),
  },
  {
    key: 'coverage',
    permission: 'plans.read',
    rail: { zh: '覆盖', en: 'Cover' },
    route: '/coverage',
    page: lazy(() => import('../modules/plans/coverage.tsx')),
  },
  {
    key: 'watch',
    permission: 'watch.read',
    rail: { zh: '冷暖', en: 'Warmth' },
    route: '/watch',
    page: lazy(() => import('../modules/watch/warmth.tsx')),
  },
  {
    key: 'watch-equity',
    permission: 'watch.read',
    rail: null,
    route: '/watch/equity',
    page: lazy(() => import('../modules/watch/equity.tsx')),
  },
  {
    key: 'reports',
    permission: 'reports.read',
    rail: { zh: '报表', en: 'Reports' },
    route: '/reports',
    under: ['/forms'],
    page: lazy(() => import('../modules/reports/page.tsx')),
  },
  {
    key: 'report',
    permission: 'reports.read',
    rail: null,
    route: '/reports/$id',
    page: lazy(() => import('../modules/reports/sheet.tsx')),
  },
  {
    key: 'report-forms',
    permission: 'reports.read',
    rail: null,
    route: '/forms',
    page: lazy(() => import('../modules/reports/forms.tsx')),
  },
  {
    key: 'duty',
    permission: 'duty.read',
    rail: { zh: '值班', en: 'Duty' },
    route: '/duty',
    page: lazy(() => import('../modules/duty/page.tsx')),
  },
  {
    key: 'duty-teams',
    permission: 'duty.read',
    rail: null,
    route: '/duty/teams',
    page: lazy(() => import('../modules/duty/teams.tsx')),
  },
  {
    key: 'duty-people',
    permission: 'duty.plan',
    rail: null,
    route: '/duty/people',
    page: lazy(() => import('../modules/duty/people.tsx')),
  },
  {
    key: 'duty-orphans',
    permission: 'duty.read',
    rail: null,
    route: '/duty/orphans',
    page: lazy(() => import('../modules/duty/orphans.tsx')),
  },
  {
    key: 'me',
    permission: 'duty.work',
    rail: { zh: '我的', en: 'Mine' },
    route: '/me',
    page: lazy(() => import('../modules/duty/me.tsx')),
  },
  {
    key: 'posters',
    permission: 'requests.register',
    rail: { zh: '扫码', en: 'Posters' },
    route: '/posters',
    page: lazy(() => import('../modules/organization/posters.tsx')),
  },
  {
    key: 'catalogue',
    permission: 'catalogue.read',
    rail: { zh: '目录', en: 'Catalogue' },
    route: '/catalogue',
    page: lazy(() => import('../modules/catalogue/page.tsx')),
  },
  {
    key: 'accounts',
    permission: ['accounts.manage', 'grants.manage'],
    rail: { zh: '账号', en: 'Accounts' },
    route: '/accounts',
    page: lazy(() => import('../modules/access/accounts.tsx')),
  },
  {
    key: 'tokens',
    permission: 'tokens.manage',
    rail: { zh: '令牌', en: 'Tokens' },
    route: '/tokens',
    page: lazy(() => import('../modules/access/tokens.tsx')),
  },
  {
    key: 'integrations',
    permission: 'integrations.manage',
    rail: { zh: '集成', en: 'Links' },
    route: '/integrations',
    page: lazy(() => import('../modules/integrations/page.tsx')),
  },
  {
    key: 'exchanges',
    permission: 'integrations.manage',
    rail: { zh: '电话', en: 'Phones' },
    route: '/exchanges',
    page: lazy(() => import('../modules/hotline/exchanges.tsx')),
  },
  {
    key: 'import',
    permission: 'organization.manage',
    rail: { zh: '导入', en: 'Import' },
    route: '/import',
    page: lazy(() => import('../modules/organization/import.tsx')),
  },
  {
    key: 'journal',
    permission: 'journal.read',
    rail: { zh: '审计', en: 'Journal' },
    route: '/journal',
    page: lazy(() => import('../modules/journal/page.tsx')),
  },
  // An auditor has no call list and comes into follow-up by its draws.
  {
    key: 'draws',
    permission: 'journal.read',
    unless: 'followups.call',
    rail: { zh: '抽样', en: 'Draws' },
    route: '/followups/days',
    page: followupPage,
  },
  ...stagePages,
  {
    key: 'messages',
    permission: [],
    rail: null,
    route: '/messages',
    page: lazy(() => import('../modules/messages/page.tsx')),
  },
  {
    key: 'asked',
    permission: 'messages.chase',
    rail: null,
    route: '/messages/asked',
    page: lazy(() => import('../modules/messages/asked.tsx')),
  },
  {
    key: 'addressees',
    permission: 'messages.chase',
    rail: null,
    route: '/messages/asked/$id',
    page: lazy(() => import('../modules/messages/addressees.tsx')),
  },
  {
    key: 'told',
    permission: [],
    rail: null,
    route: '/messages/preferences',
    page: lazy(() => import('../modules/messages/preferences.tsx')),
  },
  {
    key: 'channels',
    permission: 'messages.manage',
    rail: { zh: '渠道', en: 'Channels' },
    route: '/channels',
    page: lazy(() => import('../modules/messages/channels.tsx')),
  },
  {
    key: 'task-issue',
    permission: 'tasks.issue',
    rail: null,
    route: '/tasks/new',
    page: taskPages,
  },
  {
    key: 'task',
    permission: 'tasks.read',
    rail: null,
    route: '/tasks/$id',
    page: taskPages,
  },
  {
    key: 'task-slip',
    permission: 'tasks.read',
    rail: null,
    route: '/tasks/$id/slips/$no',
    page: taskPages,
  },
  {
    key: 'directives',
    permission: 'tasks.read',
    rail: null,
    route: '/directives',
    page: taskPages,
  },
  {
    key: 'directive-entry',
    permission: 'tasks.issue',
    rail: null,
    route: '/directives/new',
    page: taskPages,
  },
  {
    key: 'directive',
    permission: 'tasks.read',
    rail: null,
    route: '/directives/$id',
    page: taskPages,
  },
  {
    key: 'problems',
    permission: 'tasks.read',
    rail: null,
    route: '/problems',
    page: taskPages,
  },
  {
    key: 'problem',
    permission: 'tasks.read',
    rail: null,
    route: '/problems/$id',
    page: taskPages,
  },
  {
    key: 'ledger-entry',
    permission: 'ledger.read',
    rail: null,
    route: '/ledger/$id',
    page: lazy(() => import('../modules/ledger/entry.tsx')),
  },
  {
    key: 'ledger-document',
    permission: 'ledger.read',
    rail: null,
    route: '/ledger/$id/documents/$measureId',
    page: lazy(() => import('../modules/ledger/document.tsx')),
  },
  {
    key: 'ledger-explain',
    permission: 'ledger.read',
    rail: null,
    route: '/ledger/explain/$id',
    page: lazy(() => import('../modules/ledger/explain.tsx')),
  },
  {
    key: 'sessions',
    permission: [],
    rail: null,
    route: '/sessions',
    page: lazy(() => import('../modules/access/sessions.tsx')),
  },
  {
    key: 'request',
    permission: [],
    rail: null,
    route: '/requests/$id',
    page: lazy(() => import('../modules/requests/request.tsx')),
  },
];
