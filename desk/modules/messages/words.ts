import type { Message } from '../../../contract/messages.ts';
import { messageWords } from '../../../contract/messages.ts';
import { defineWords, type Locale, say, useWords } from '../../app/words.ts';

/** Words of messages: [Chinese, English]. */
const words = defineWords({
  title: ['消息', 'Messages'],
  lead: [
    '这里只有编号和数字；点开记录，按您的权限看内容。',
    'Only numbers and figures stand here; open the record to read what your rights let you read.',
  ],
  unread: ['未读', 'Unread'],
  confirm: ['待确认', 'To confirm'],
  all: ['全部', 'All'],
  views: ['看哪些', 'Which'],
  emptyUnread: ['没有未读的消息', 'Nothing unread'],
  emptyConfirm: ['没有等您确认的', 'Nothing waits for your word'],
  emptyAll: ['还没有消息', 'No messages yet'],
  emptyHow: [
    '派到您条线的单、到期的督办、升到您这一级的催办，会在这里出现。',
    'Work for your line, tasks falling due and nudges that come up to you appear here.',
  ],
  open: ['打开', 'Open'],
  readAll: ['全部标为已读', 'Mark all as read'],
  older: ['更早的', 'Older'],
  confirmAct: ['我已知悉', 'I have read it'],
  reply: ['回话（可不写）', 'Your words (if you like)'],
  replyHint: ['原样给发出人和您的上级看', 'Shown as it is to whoever sent it and to your leaders'],
  confirmBy: ['请在 {at} 前确认', 'please confirm by {at}'],
  late: ['已过确认时限 {at}', 'the time to confirm passed at {at}'],
  confirmed: ['{at} 已确认', 'confirmed {at}'],
  chased: ['{at} 又催了一次', 'asked again {at}'],
  urgent: ['紧急', 'Urgent'],
  important: ['重要', 'Important'],
  info: ['知会', 'For information'],
  loadFailed: ['没有取到消息', 'The messages could not be loaded'],
  next: ['下一条', 'Next'],
  before: ['上一条', 'Before'],
  asked: ['谁没确认', 'Who is silent'],
  askedLead: [
    '要确认的消息和您管的人里谁还没确认；过半时限自动再催，到时限报上级。',
    'Messages to be confirmed and who of your people has not; the silent are asked again at half of the time, and told of upward at its end.',
  ],
  askedOpen: ['还有人没确认', 'Some silent'],
  askedAll: ['全部', 'All'],
  askedEmpty: ['都确认了', 'Everybody has confirmed'],
  askedEmptyHow: [
    '要确认的消息发给您管的人后，会在这里出现。',
    'Messages that your people are asked to confirm appear here.',
  ],
  silentOf: ['{n} / {all} 未确认', '{n} of {all} silent'],
  sentAt: ['{at} 发出', 'sent {at}'],
  answered: ['已确认的', 'Who has confirmed'],
  chasedDone: ['已催 {n} 人', 'Asked {n} {n|person|people} again'],
  chasedNobody: ['刚刚催过 {n} 人，十分钟内不再催', '{n} {n|was|were} chased just now; not again within ten minutes'],
  chasedRing: ['；其中 {n} 人要打电话', '; {n} of them must be rung'],
  preferences: ['接收方式', 'How I am told'],
  preferencesLead: [
    '工作台上总会有；这里选还要发到哪里、什么时候不要打扰。',
    'The desk always shows it; choose where else it goes and when not to disturb you.',
  ],
  addresses: ['我的地址', 'My addresses'],
  choices: ['怎么通知我', 'What goes where'],
  choicesLead: ['勾选的渠道会收到这一级的消息', 'Ticked channels get messages of that level'],
  level: ['级别', 'Level'],
  desk: ['工作台', 'Desk'],
  always: ['总是', 'always'],
  email: ['邮件', 'Mail'],
  sms: ['短信', 'SMS'],
  quietFrom: ['免打扰从', 'Quiet from'],
  quietTo: ['到', 'until'],
  digest: ['每日汇总', 'Daily digest'],
  noDigest: ['不要', 'None'],
  quietHow: [
    '免打扰时：紧急照发；重要的进汇总；知会的等到早上。已经看过的不再发。',
    'In quiet hours: urgent goes through, important waits for the digest, information for the morning. What you have read is not sent.',
  ],
  save: ['保存', 'Save'],
  saved: ['已保存', 'Saved'],
  emailAddress: ['邮箱', 'Mail address'],
  smsNumber: ['手机号', 'Phone number'],
  sendCode: ['发确认码', 'Send a code'],
  codeSent: ['确认码已发出', 'A code is on its way'],
  code: ['确认码', 'Code'],
  codeHint: ['已发到 {shown}，{at} 前有效', 'sent to {shown}, good until {at}'],
  confirmCode: ['确认', 'Confirm'],
  addressConfirmed: ['地址已确认', 'Address confirmed'],
  takeBack: ['去掉', 'Take back'],
  notAvailable: ['集团还没有开通{kind}', 'The group has not switched on {kind}'],
});

export const useT = () => useWords(words);

/** The sentence of a message in the reader's language. */
export const sentence = (
  { kind, about, values }: Pick<Message, 'kind' | 'about' | 'values'>,
  language: Locale,
): string => say(messageWords[kind], language, { ...values, label: about.label });
