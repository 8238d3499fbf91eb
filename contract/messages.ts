import { z } from 'zod';
import { endpoint, id, instant } from './endpoint.ts';

/**
 * What people are told of: a code, with its words in both languages. `{label}` is the record's number, other names come
 * from the values of the message; `{n|one|many}` chooses by the number of that name. Never a name, never what was written.
 */
export const messageWords = {
  'request.dispatched': ['{label} 派到您的条线，请接单', '{label} was dispatched to your line; please accept it'],
  'request.returned': ['{label} 被退回，请重新派单', '{label} came back; please dispatch it again'],
  'request.nudged': ['{label} 本人催办（第 {nudges} 次）', '{label} was nudged by the requester (no. {nudges})'],
  'request.nudged_thrice': [
    '{label} 已被催办 {nudges} 次，升到您这一级',
    '{label} was nudged {nudges} times and now stands with you',
  ],
  'request.denied': ['{label} 本人说没解决，已重开', 'The requester of {label} says it is not solved; it is reopened'],
  'clock.near': ['{label} 快到期限', '{label} is nearly due'],
  'clock.overdue': ['{label} 已超期', '{label} is overdue'],
  'clock.untouched': ['{label} 太久没有人联系本人', 'Nobody has been in touch about {label} for too long'],
  'case.asked': ['{label} 申请延期或挂起，等您定', '{label}: more time is asked for and waits for you'],
  'followup.appointment': ['{label} 约在 {at} 回访，该拨了', '{label}: the call agreed for {at} is due'],
  'task.assigned': ['督办 {label} 由您负责', 'Task {label} is yours'],
  'task.due': ['督办 {label} 快到期限', 'Task {label} is nearly due'],
  'task.slipped': ['督办 {label} 已逾期', 'Task {label} has slipped'],
  'task.done': ['督办 {label} 报告完成，请核实', 'Task {label} is reported done; please verify'],
  'ledger.explain': ['{label} 请写说明', '{label}: your explanation is asked for'],
  'ledger.judge': ['{label} 等合议', '{label} waits for the panel'],
  'ledger.decided': ['{label} 合议已有结论', '{label}: the panel has decided'],
  'catalogue.changed': ['派单目录有变动：{label}', 'The dispatch catalogue changed: {label}'],
  'article.review': ['知识条目 {label} 该复核了', 'Note {label} is due for review'],
  'article.changed': ['知识条目 {label} 有更新', 'Note {label} was updated'],
  'topic.rising': ['同类诉求在增多：{label}', 'Similar needs are rising: {label}'],
  'channel.failing': ['通知渠道 {label} 连续发不出去', 'The channel {label} keeps failing'],
  'message.silent': [
    '{label} 到时限仍有 {silent} 人没有确认',
    '{label}: {silent} {silent|person has|people have} not confirmed in time',
  ],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type MessageKind = keyof typeof messageWords;
export const messageKinds = Object.keys(messageWords) as [MessageKind, ...MessageKind[]];

export const messageLevels = ['info', 'important', 'urgent'] as const;
export type MessageLevel = (typeof messageLevels)[number];

export const aboutKinds = ['request', 'case', 'task', 'ledger', 'article', 'message', 'channel'] as const;
export type AboutKind = (typeof aboutKinds)[number];

export const message = z.object({
  id,
  kind: z.enum(messageKinds),
  level: z.enum(messageLevels),
  about: z.object({
    kind: z.enum(aboutKinds),
    id: z.string(),
    label: z.string(),
    /** Page of the desk that opens the record; null where there is none to open. */
    route: z.string().nullable(),
  }),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  sentAt: instant,
  openedAt: instant.nullable(),
  /** Asked to confirm until then; null = nothing is asked. */
  confirmBy: instant.nullable(),
  confirmedAt: instant.nullable(),
  reply: z.string().nullable(),
  /** When somebody last asked again. */
  chasedAt: instant.nullable(),
});
export type Message = z.infer<typeof message>;

const counts = z.object({ unread: z.number(), toConfirm: z.number() });

export const messageEndpoints = {
  inbox: endpoint({
    method: 'GET',
    path: '/api/messages',
    gate: 'signedIn',
    scope: null,
    summary: 'What I was told, newest first',
    input: z.object({
      view: z.enum(['unread', 'confirm', 'all']).default('all'),
      /** `next` of the page before. */
      after: z.string().max(80).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ messages: z.array(message), counts, next: z.string().nullable() }),
  }),
  messageCounts: endpoint({
    method: 'GET',
    path: '/api/messages/counts',
    gate: 'signedIn',
    scope: null,
    summary: 'How many messages I have not read, and not confirmed',
    input: z.object({}),
    output: counts,
  }),
  open: endpoint({
    method: 'POST',
    path: '/api/messages/open',
    gate: 'signedIn',
    scope: null,
    summary: 'Mark messages of mine as read',
    input: z.object({ ids: z.array(id).min(1).max(200) }),
    output: counts,
  }),
  confirm: endpoint({
    method: 'POST',
    path: '/api/messages/:id/confirm',
    gate: 'signedIn',
    scope: null,
    summary: 'Confirm that I have read a message, with words if I like',
    input: z.object({ id, reply: z.string().trim().max(500).optional() }),
    output: message,
  }),
};
