import { z } from 'zod';
import { done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';

/**
 * What people are told of: a code, with its words in both languages. `{label}` is the record's number, other names come
 * from the values of the message; `{n|one|many}` chooses by the number of that name. Never a name, never what was written.
 */
export const messageWords = {
  'request.dispatched': ['{label} 派到您的条线，请接单', '{label} was dispatched to your line; please accept it'],
  'part.asked': ['{label} 请您的条线协办一份，请签收', '{label}: your line is asked to do a part; please accept it'],
  'part.done': ['{label} 有一份协办已办完', '{label}: a part of another line is done'],
  'request.returned': ['{label} 被退回，请重新派单', '{label} came back; please dispatch it again'],
  'request.nudged': ['{label} 本人催办（第 {nudges} 次）', '{label} was nudged by the requester (no. {nudges})'],
  'request.nudged_thrice': [
    '{label} 已被催办 {nudges} 次，升到您这一级',
    '{label} was nudged {nudges} times and now stands with you',
  ],
  'request.denied': ['{label} 本人说没解决，已重开', 'The requester of {label} says it is not solved; it is reopened'],
  'requests.imported': [
    '从 {label} 导入 {n} 件诉求，等着派单',
    '{n} {n|request was|requests were} imported from {label} and {n|waits|wait} to be dispatched',
  ],
  'clock.near': ['{label} 快到期限', '{label} is nearly due'],
  'clock.overdue': ['{label} 已超期', '{label} is overdue'],
  'clock.untouched': ['{label} 太久没有人联系本人', 'Nobody has been in touch about {label} for too long'],
  'case.asked': ['{label} 申请延期或挂起，等您定', '{label}: more time is asked for and waits for you'],
  'followup.appointment': ['{label} 约在 {at} 回访，该拨了', '{label}: the call agreed for {at} is due'],
  'outreach.late': [
    '{label} 有 {n} 处该去没去，请看“走访”',
    '{label}: {n} {n|place is|places are} overdue for a visit; see Rounds',
  ],
  'task.assigned': ['{label} 由您负责', 'Task {label} is yours'],
  'task.due': ['{label} 快到期限', 'Task {label} is nearly due'],
  'task.slipped': ['{label} 已逾期', 'Task {label} has slipped'],
  'task.returned': ['{label} 退回重办，请看退回意见', 'Task {label} was returned; see what is missing'],
  'task.upward': [
    '{label} 仍超期，第 {no} 次上报到您这一级',
    'Task {label} is still overdue; this is telling no. {no} upward, now to you',
  ],
  'task.done': ['{label} 报告完成，请核实', 'Task {label} is reported done; please verify'],
  'ledger.proposed': ['{label} 台账有一项处理等您定', '{label}: a way out is proposed and waits for your decision'],
  'ledger.returned': ['{label} 暂缓到期，回到台账', '{label}: its deferral is over; it stands open again'],
  'ledger.judge': ['{label} 等评议', '{label} waits for the panel'],
  'ledger.decided': ['{label} 评议已有结论', '{label}: the panel has decided'],
  'catalogue.changed': [
    '派单目录第 {label} 版已定，请看何时生效',
    'Edition {label} of the dispatch catalogue is decided; see when it begins',
  ],
  'article.review': ['知识条目 {label} 该复核了', 'Article {label} is due for review'],
  'article.changed': ['知识条目 {label} 有更新', 'Article {label} was updated'],
  'topic.rising': ['同类诉求在增多：{label}', 'Similar needs are rising: {label}'],
  'hotline.surge': ['热线来电激增，请能上席的都上席', 'Calls are surging: whoever can, please take a seat'],
  'channel.failing': ['通知渠道 {label} 连续发不出去', 'The channel {label} keeps failing'],
  'webhook.stopped': [
    '事件推送 {label} 已自动停用，请看集成页',
    'Events to {label} were switched off by itself; see Integrations',
  ],
  'watch.contact': [
    '{label} 首次联系比开头两周慢了（到第 {week} 周），请看“冷暖”',
    '{label}: first contact is slower than in the first two weeks (to week {week}); see Warmth',
  ],
  'watch.handling': [
    '{label} 办理比开头两周慢了（到第 {week} 周），请看“冷暖”',
    '{label}: handling is slower than in the first two weeks (to week {week}); see Warmth',
  ],
  'watch.attitude': [
    '{label} 态度分比开头两周低了（到第 {week} 周），请看“冷暖”',
    '{label}: the mark for attitude is lower than in the first two weeks (to week {week}); see Warmth',
  ],
  'watch.followup': [
    '{label} 该拨的随访比开头两周拨得少了（到第 {week} 周），请看“冷暖”',
    '{label}: fewer follow-up calls are made of those due than in the first two weeks (to week {week}); see Warmth',
  ],
  'outreach.overdue': [
    '{label} 有 {places} 处整个周期没有走到，最久超了 {days} 天，请安排走访',
    '{label}: {places} {places|place was|places were} passed over a whole rhythm, the longest {days} {days|day|days} late; please plan rounds',
  ],
  'report.silent': [
    '{label} 的报表过了时间还没交，请马上交',
    '{label}: the report is past its time; please send it now',
  ],
  'report.silent_unit': [
    '{label} 有 {n} 处报表过时两小时没交，请过问',
    '{label}: {n} {n|report is|reports are} two hours past their time; please look into it',
  ],
  'report.chased': ['{label} 的报表还没收到，请尽快交', '{label}: your report has not come; please send it'],
  'report.returned': ['{label} 的报表被退回，请看哪里要改', '{label}: your report was returned; see what to mend'],
  'duty.planned': ['{label} 的值班排到了您，请看“我的”', 'You are named for duty at {label}; see My page'],
  'duty.withdrawn': ['{label} 的一个班不用您来了', 'A shift at {label} was taken off you'],
  'duty.untaken': [
    '{label} 的值班开始半小时还没有人接班',
    'A shift at {label} began half an hour ago and nobody has taken it',
  ],
  'duty.unhanded': [
    '{label} 的班结束半小时还没有交班',
    'A shift at {label} ended half an hour ago and was not handed over',
  ],
  'duty.without_note': [
    '{label} 有一班没有交班记录就接了',
    'A shift at {label} was taken over without a hand-over note',
  ],
  'duty.gap': [
    '{label} 七天内有 {hours} 小时没有人值班',
    '{label}: {hours} {hours|hour|hours} of the next seven days have no named officer',
  ],
  'duty.lent_late': ['{label} 借出的人员过了归还日还没有回来', '{label}: somebody lent is past the day of return'],
  'duty.returning': ['您进入“全心复工”，请看“我的”里的清单', 'You are returning to work; see the list on My page'],
  'duty.delegation_asked': ['{label} 有一项代理等您批', '{label}: a delegation waits for your decision'],
  'duty.delegation_decided': ['一项代理已有结果，请看“我的”', 'A delegation is decided; see My page'],
  'duty.orphans': [
    '{label} 有 {n} 处没有责任人',
    '{label}: {n} {n|piece|pieces} of ground without an accountable person',
  ],
  'stage.to_review': ['{label} 已拟稿，等您审核', '{label} is drafted and waits for your review'],
  'stage.to_sign': ['{label} 等您签发', '{label} waits for your signature'],
  'stage.to_countersign': [
    '{label} 是紧急令，还差第二位领导签发',
    '{label} is an emergency order and needs a second leader to sign',
  ],
  'stage.returned': ['{label} 退回修改，请看意见', '{label} was returned; see what to change'],
  'stage.signed': [
    '{label} 已签发，{at} 生效，请看会变什么',
    '{label} is signed and takes effect at {at}; see what changes',
  ],
  'stage.withdrawn': ['{label} 已撤回，阶段不变', '{label} was withdrawn; the stage stays as it is'],
  'stage.unready': [
    '{label}：{unit} 还有 {n} 项未就绪，请补齐',
    '{label}: {unit} still lacks {n} {n|thing|things}; please complete',
  ],
  'plan.to_feasible': ['{label} 等您看现场是否可行', '{label} waits for you to say whether it is feasible there'],
  'plan.to_review': ['{label} 等您审核', '{label} waits for your review'],
  'plan.to_approve': ['{label} 等您批准', '{label} waits for your approval'],
  'plan.to_still_fit': [
    '{label} 所属阶段已开始，等您确认仍适用',
    'The stage of {label} has begun; it waits for you to say whether it still fits',
  ],
  'plan.to_begin': ['{label} 等您同意生效', '{label} waits for you to bring it into force'],
  'plan.to_look_back': ['{label} 生效七天，请复核效果', '{label} has been in force for seven days; see what it did'],
  'plan.returned': ['{label} 退回修改，请看意见', '{label} was sent back; see what to change'],
  'measure.lapsed': [
    '{label} 有 {n} 条措施过点没打卡，请补做或说明',
    '{label}: {n} {n|measure has|measures have} lapsed; please do {n|it|them} or say why not',
  ],
  'measure.red_lapsed': [
    '{label} 有 {n} 条红线措施过点没打卡，请马上过问',
    '{label}: {n} red-line {n|measure has|measures have} lapsed; please ask at once',
  ],
  'measure.lapsing': [
    '{label} 有 {n} 条措施连续三天过点，升到您这一级',
    '{label}: {n} {n|measure has|measures have} lapsed three days running and now {n|stands|stand} with you',
  ],
  'measure.cannot': ['{label} 有一条措施现场说做不了，请回话', '{label}: a measure cannot be done; please answer'],
  'measure.happened': [
    '{label} 出现了要 {minutes} 分钟内处置的情况，请跟进',
    '{label}: something happened that must be dealt with within {minutes} minutes; please follow it',
  ],
  'measure.answered': [
    '{label} 您说做不了的措施，有答复了',
    '{label}: there is an answer to the measure you cannot do',
  ],
  'measure.refused': [
    '{label} 有一条措施抽查没通过，请看意见重做',
    '{label}: a measure was checked and not agreed; see why and do it again',
  ],
  'drill.planned': ['{label} 排了演练，有您的份，请看时间', 'Drill {label} is planned and you have a part in it'],
  'drill.assess': ['{label} 演练完了，请您评估', 'Drill {label} was held; please assess what you saw'],
  'drill.contingency': ['{label} 的应急措施等您审批', 'The contingency of {label} waits for approval'],
  'drill.near_miss': ['{label} 新报了一次未遂，请研判', 'Near-miss {label} was recorded; please decide what follows'],
  'drill.overdue': [
    '{label} 的备战事项 {duty}（{period}）已逾期',
    '{label}: readiness duty {duty} of {period} is overdue',
  ],
  'lesson.review': [
    '{label} 离开 {stage} 阶段，请在 7 天内复盘',
    '{label} has left stage {stage}; please look back upon it within seven days',
  ],
  'lesson.none': [
    '{label} 报 {stage} 阶段“无经验”，等您签',
    '{label}: a "none" for stage {stage} waits for your signature',
  ],
  'lesson.overdue': ['{label} 的 {stage} 阶段复盘已逾期', '{label}: the look back upon stage {stage} is overdue'],
  'lesson.decide': ['{label} 等您定采纳还是不采纳', '{label} waits for you to adopt it or turn it down'],
  'lesson.effect': ['{label} 采纳满 30 天，请看效果', '{label} was adopted thirty days ago; please say what it did'],
  'message.silent': [
    '{label} 到时限仍有 {silent} 人没有确认',
    '{label}: {silent} {silent|person has|people have} not confirmed in time',
  ],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type MessageKind = keyof typeof messageWords;
export const messageKinds = Object.keys(messageWords) as [MessageKind, ...MessageKind[]];

export const messageLevels = ['info', 'important', 'urgent'] as const;
export type MessageLevel = (typeof messageLevels)[number];

export const aboutKinds = [
  'request',
  'case',
  'task',
  'ledger',
  'article',
  'message',
  'channel',
  'hotline',
  'catalogue',
  'watch',
  'outreach',
  'drill',
  'lesson',
  'report',
  'duty',
  'stage',
  'measure',
  'plan',
] as const;
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

// ---- channels

export const channelKinds = ['email', 'sms', 'wecom', 'dingtalk', 'feishu'] as const;
export type ChannelKind = (typeof channelKinds)[number];
/** Channels that reach one person; the others post into a group chat. */
export const personalKinds = ['email', 'sms'] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** What may be shown of a channel. Passwords, robots' addresses and signing keys are sealed and never come back. */
export const channelSettings = z.object({
  /** E-mail: the SMTP server. */
  host: z.string().trim().max(200).optional(),
  port: z.number().int().min(1).max(65535).optional(),
  /** `tls` from the first byte, `starttls` or refuse, `none` for a relay on the same machine. */
  encryption: z.enum(['tls', 'starttls', 'none']).optional(),
  user: z.string().trim().max(200).optional(),
  from: z.string().trim().max(200).optional(),
  /** PEM of an authority of one's own. */
  ca: z.string().trim().max(20_000).optional(),
  /** SMS: what is posted to the gateway, with {to}, {text} and {id}. */
  bodyKind: z.enum(['json', 'form']).optional(),
  bodyTemplate: z.string().trim().max(2_000).optional(),
  /** SMS: a text that must stand in the answer for it to count as taken. */
  acceptedWhen: z.string().trim().max(100).optional(),
  /** SMS: requesters who left a number and agreed may be sent one. */
  requesters: z.boolean().optional(),
  /** Hosts within the group's own network, and plain http to them. */
  allowPrivate: z.boolean().optional(),
  /** Language of a group chat. */
  locale: z.enum(['zh-CN', 'en']).optional(),
});
export type ChannelSettings = z.infer<typeof channelSettings>;

export const channel = z.object({
  id: z.number(),
  kind: z.enum(channelKinds),
  name: z.string(),
  enabled: z.boolean(),
  settings: channelSettings,
  /** Host of the sealed address, so that one robot can be told from another. */
  host: z.string().nullable(),
  has: z.object({ password: z.boolean(), url: z.boolean(), signingKey: z.boolean() }),
  perMinute: z.number(),
  leastLevel: z.enum(messageLevels),
  nodeId: z.number().nullable(),
  lineId: z.number().nullable(),
  fromEnvironment: z.boolean(),
  version: z.number(),
  /** Of the last 24 hours; `waiting` of now. */
  waiting: z.number(),
  sent: z.number(),
  dead: z.number(),
  lastSentAt: instant.nullable(),
});
export type Channel = z.infer<typeof channel>;

/** Why something did not go out. */
export const deliveryReasons = {
  later: ['对方说稍后再来', 'the other side said later'],
  too_fast: ['发得太快，对方限流', 'too fast for the other side'],
  refused: ['对方拒收', 'the other side refused it'],
  wrong_secret: ['地址、密钥或签名不对', 'address, key or signature is wrong'],
  sign_in_refused: ['用户名或密码不对', 'user or password is wrong'],
  no_encryption: ['加密没有建立', 'no encryption could be set up'],
  not_reached: ['连不上', 'could not be reached'],
  timed_out: ['等太久没有回音', 'no answer in time'],
  address_refused: ['地址不许用：要 https，且不在内网', 'address not allowed: https, and not inside the network'],
  sealed_elsewhere: ['密钥换过，请重填密码', 'the keys changed; enter its secrets anew'],
  given_up: ['试了很多次都没发成', 'given up after many attempts'],
  read: ['本人已看到，不用发了', 'already read; not needed'],
  no_address: ['没有已确认的地址', 'no confirmed address'],
  nothing_new: ['没有新消息', 'nothing new'],
  switched_off: ['渠道已停用', 'the channel is switched off'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;
export type DeliveryReason = keyof typeof deliveryReasons;

export const deliveryStates = ['waiting', 'sending', 'sent', 'dead', 'dropped'] as const;
export const deliveryPurposes = ['message', 'chase', 'digest', 'code', 'test', 'requester'] as const;

/** A line of the delivery log: no address, no number of a record, no content. */
export const delivery = z.object({
  id,
  channelId: z.number(),
  purpose: z.enum(deliveryPurposes),
  kind: z.enum(messageKinds).nullable(),
  /** Label of the account; null for a group chat or a requester. */
  to: z.string().nullable(),
  state: z.enum(deliveryStates),
  attempts: z.number(),
  reason: z.string().nullable(),
  answer: z.string().nullable(),
  createdAt: instant,
  notBefore: instant,
  doneAt: instant.nullable(),
});
export type Delivery = z.infer<typeof delivery>;

// ---- how somebody wants to be told

const clockMinutes = z.number().int().min(0).max(1439);
const kindsOf = z.array(z.enum(personalKinds)).max(2);
export const preference = z.object({
  /** Minutes after midnight in the group's zone; equal means no quiet hours. */
  quietFrom: clockMinutes,
  quietTo: clockMinutes,
  /** Hour of the daily digest; null = none. */
  digestHour: z.number().int().min(0).max(23).nullable(),
  channels: z.object({ info: kindsOf, important: kindsOf, urgent: kindsOf }),
});
export type Preference = z.infer<typeof preference>;

/** Until somebody chooses otherwise. */
export const usualPreference: Preference = {
  quietFrom: 22 * 60,
  quietTo: 7 * 60,
  digestHour: 8,
  channels: { info: [], important: ['email'], urgent: ['email', 'sms'] },
};

const address = z.object({
  kind: z.enum(personalKinds),
  /** Shortened: enough to know one's own. */
  shown: z.string(),
  confirmed: z.boolean(),
  /** A code is on its way until then. */
  codeDiesAt: instant.nullable(),
});

// ---- chasing

export const nextTries = ['email', 'sms', 'ring'] as const;
const tally = z.object({ expected: z.number(), opened: z.number(), confirmed: z.number() });
export const asked = z.object({
  id,
  kind: z.enum(messageKinds),
  level: z.enum(messageLevels),
  about: message.shape.about,
  values: message.shape.values,
  sentAt: instant,
  confirmBy: instant,
  tally,
});
export type Asked = z.infer<typeof asked>;
export const addressee = z.object({
  accountId: id,
  label: z.string(),
  nodeId: z.number(),
  openedAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  reply: z.string().nullable(),
  chasedAt: instant.nullable(),
  chases: z.number(),
  /** Where to try next; null once confirmed. */
  next: z.enum(nextTries).nullable(),
});
export type Addressee = z.infer<typeof addressee>;

const counts = z.object({
  unread: z.number(),
  toConfirm: z.number(),
  /** Unread or unconfirmed, each once: the number at the bell. */
  waiting: z.number(),
});

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
  asked: endpoint({
    method: 'GET',
    path: '/api/messages/asked',
    gate: 'messages.chase',
    scope: null,
    summary: 'Messages that ask to be confirmed, with how many of my people have',
    input: z.object({ open: z.enum(['yes', 'all']).default('yes') }),
    output: z.object({ asked: z.array(asked) }),
  }),
  addressees: endpoint({
    method: 'GET',
    path: '/api/messages/:id/addressees',
    gate: 'messages.chase',
    scope: null,
    summary: 'Who has confirmed a message and who has not, among my people',
    input: z.object({ id }),
    output: asked.extend({ addressees: z.array(addressee) }),
  }),
  chase: endpoint({
    method: 'POST',
    path: '/api/messages/:id/chase',
    gate: 'messages.chase',
    scope: null,
    summary: 'Ask exactly those again who have not confirmed, on the next channel',
    input: z.object({ id }),
    output: z.object({
      chased: z.number(),
      /** Chased less than ten minutes ago, by whomever: not again. */
      justNow: z.number(),
      /** Nothing is left to try but to ring them. */
      ring: z.number(),
    }),
  }),
  preferences: endpoint({
    method: 'GET',
    path: '/api/messages/preferences',
    gate: 'signedIn',
    scope: null,
    summary: 'How I want to be told',
    input: z.object({}),
    output: z.object({
      preference,
      version: z.number(),
      addresses: z.array(address),
      /** Ways out that the group has switched on. */
      available: z.array(z.enum(personalKinds)),
    }),
  }),
  savePreferences: endpoint({
    method: 'PUT',
    path: '/api/messages/preferences',
    gate: 'signedIn',
    scope: null,
    summary: 'Choose how I want to be told',
    input: preference.extend({ version }),
    output: z.object({ version: z.number() }),
  }),
  giveAddress: endpoint({
    method: 'POST',
    path: '/api/messages/addresses',
    gate: 'signedIn',
    scope: null,
    summary: 'Give an address of mine; a code is sent there',
    input: z.object({ kind: z.enum(personalKinds), address: z.string().trim().min(3).max(200) }),
    output: address,
  }),
  confirmAddress: endpoint({
    method: 'POST',
    path: '/api/messages/addresses/confirm',
    gate: 'signedIn',
    scope: null,
    summary: 'Confirm an address of mine by its code',
    input: z.object({
      kind: z.enum(personalKinds),
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/),
    }),
    output: address,
  }),
  dropAddress: endpoint({
    method: 'POST',
    path: '/api/messages/addresses/drop',
    gate: 'signedIn',
    scope: null,
    summary: 'Take back an address of mine',
    input: z.object({ kind: z.enum(personalKinds) }),
    output: done,
  }),
  channels: endpoint({
    method: 'GET',
    path: '/api/channels',
    gate: 'messages.manage',
    scope: null,
    summary: 'Ways out of the house and how they fare',
    input: z.object({}),
    output: z.object({ channels: z.array(channel) }),
  }),
  saveChannel: endpoint({
    method: 'POST',
    path: '/api/channels',
    gate: 'messages.manage',
    scope: null,
    summary: 'Set up or change a channel; secrets left out stay as they are',
    input: z.object({
      /** Without it a new one. */
      id: z.number().int().positive().optional(),
      version: version.optional(),
      kind: z.enum(channelKinds),
      name: z.string().trim().min(2).max(60),
      enabled: z.boolean(),
      settings: channelSettings,
      password: z.string().max(500).optional(),
      url: z.string().trim().max(1_000).optional(),
      signingKey: z.string().trim().max(500).optional(),
      perMinute: z.number().int().min(1).max(600),
      leastLevel: z.enum(messageLevels).default('important'),
      nodeId: nodeId.nullable().default(null),
      lineId: lineId.nullable().default(null),
    }),
    output: channel,
  }),
  testChannel: endpoint({
    method: 'POST',
    path: '/api/channels/:id/test',
    gate: 'messages.manage',
    scope: null,
    summary: 'Send one test now and say how it went',
    input: z.object({
      id: z.coerce.number().int().positive(),
      /** For mail and SMS; it is not kept. */
      to: z.string().trim().max(200).optional(),
    }),
    output: z.object({ sent: z.boolean(), reason: z.string().nullable(), answer: z.string() }),
  }),
  deliveries: endpoint({
    method: 'GET',
    path: '/api/deliveries',
    gate: 'messages.manage',
    scope: null,
    summary: 'What went out, what waits and what was given up',
    input: z.object({
      state: z.enum(['waiting', 'sent', 'dead', 'dropped']).optional(),
      channelId: z.coerce.number().int().positive().optional(),
      after: z.string().max(80).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ deliveries: z.array(delivery), next: z.string().nullable() }),
  }),
  sendAgain: endpoint({
    method: 'POST',
    path: '/api/deliveries/again',
    gate: 'messages.manage',
    scope: null,
    summary: 'Try again what was given up',
    input: z.object({ ids: z.array(id).min(1).max(200) }),
    output: z.object({ waiting: z.number() }),
  }),
};
