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
});

export const useT = () => useWords(words);

/** The sentence of a message in the reader's language. */
export const sentence = (
  { kind, about, values }: Pick<Message, 'kind' | 'about' | 'values'>,
  language: Locale,
): string => say(messageWords[kind], language, { ...values, label: about.label });
