import { type MessageKind, messageWords } from '../../../contract/messages.ts';
import type { MessageRecord } from './queries.ts';

export type Locale = 'zh-CN' | 'en';
type Pair = readonly [zh: string, en: string];

/** Fills `{name}` and `{name|one|many}`. What has no value stays as it is written. */
export function fill([zh, en]: Pair, locale: Locale, values: Readonly<Record<string, string | number>>): string {
  return (locale === 'en' ? en : zh)
    .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, name: string, one: string, many: string) =>
      Number(values[name]) === 1 ? one : many,
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

export const sentence = (message: MessageRecord, locale: Locale): string =>
  fill(messageWords[message.kind as MessageKind] ?? ['{label}', '{label}'], locale, {
    ...(message.figures as Record<string, string | number>),
    label: message.about_label,
  });

const words = {
  mark: ['【最后一米】', '[Last Metre] '],
  open: ['打开：{link}', 'Open: {link}'],
  confirm: ['请打开后点“我已知悉”。', 'Please open it and press “I have read it”.'],
  again: ['再次提醒：', 'Asked again: '],
  footer: [
    '本邮件只写编号和数字，内容请在系统里看。要改接收方式：{link}',
    'This mail says numbers only; read the record in the system. How you are told: {link}',
  ],
  digestSubject: ['您有 {n} 条未读消息', 'You have {n} unread {n|message|messages}'],
  digestConfirm: ['其中 {n} 条等您确认。', '{n} of them {n|waits|wait} for your word.'],
  codeSubject: ['确认码 {code}', 'Your code is {code}'],
  code: [
    '确认码：{code}，30 分钟内有效。不是您本人操作，请不要理会。',
    'Your code is {code}, good for 30 minutes. If this was not you, ignore it.',
  ],
  test: ['这是一条测试通知。收到就说明渠道是通的。', 'This is a test. If you read it, the channel works.'],
  requester: [
    '您的诉求 {label} 有新进展，请打开查看：{link}',
    'There is news on your request {label}; open it at {link}',
  ],
} as const satisfies Record<string, Pair>;

const said = (key: keyof typeof words, locale: Locale, values: Record<string, string | number> = {}): string =>
  fill(words[key], locale, values);

export interface Said {
  subject: string;
  text: string;
}

/** Links lead to the desk, where the record is opened through the reader's rights. */
export interface Links {
  desk(route: string): string;
  phone(): string;
}

export const linksOf = (publicUrl: () => string): Links => ({
  desk: (route) => `${publicUrl()}/desk${route}`,
  phone: () => `${publicUrl()}/p/`,
});

export function letterOf(message: MessageRecord, locale: Locale, links: Links, chased: boolean): Said {
  const line = `${chased ? said('again', locale) : ''}${sentence(message, locale)}`;
  return {
    subject: `${said('mark', locale)}${line}`,
    text: [
      line,
      ...(message.confirm_by ? [said('confirm', locale)] : []),
      said('open', locale, {
        link: links.desk(message.confirm_by ? '/messages' : (message.about_route ?? '/messages')),
      }),
      '',
      said('footer', locale, { link: links.desk('/messages/preferences') }),
    ].join('\n'),
  };
}

/** For an SMS or a group chat: one line, marked with whom it comes from. */
export const lineOf = (message: MessageRecord, locale: Locale, chased = false): string =>
  `${said('mark', locale)}${chased ? said('again', locale) : ''}${sentence(message, locale)}`;

const kindNames: Record<string, Pair> = {
  request: ['派单与催办', 'Dispatches and nudges'],
  clock: ['时限', 'Clocks'],
  case: ['审批', 'Approvals'],
  followup: ['随访', 'Follow-ups'],
  task: ['督办', 'Tasks'],
  ledger: ['不满意台账', 'Dissatisfied ledger'],
  catalogue: ['派单目录', 'Dispatch catalogue'],
  article: ['知识', 'Notes'],
  topic: ['热点', 'Topics'],
  channel: ['通知渠道', 'Channels'],
  message: ['未确认', 'Unconfirmed'],
};

/** Counts by what they are about, and one link: a digest lists no record. */
export function digestOf(
  unread: { kind: string; n: number; toConfirm: number }[],
  locale: Locale,
  links: Links,
): Said | null {
  const total = unread.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) return null;
  const toConfirm = unread.reduce((sum, one) => sum + one.toConfirm, 0);
  const groups = new Map<string, number>();
  for (const { kind, n } of unread) groups.set(kind.split('.')[0]!, (groups.get(kind.split('.')[0]!) ?? 0) + n);
  const subject = said('digestSubject', locale, { n: total });
  return {
    subject: `${said('mark', locale)}${subject}`,
    text: [
      subject,
      ...(toConfirm > 0 ? [said('digestConfirm', locale, { n: toConfirm })] : []),
      '',
      ...[...groups].map(([group, n]) => `${fill(kindNames[group] ?? [group, group], locale, {})}  ${n}`),
      '',
      said('open', locale, { link: links.desk('/messages') }),
      said('footer', locale, { link: links.desk('/messages/preferences') }),
    ].join('\n'),
  };
}

export const codeLetter = (code: string, locale: Locale): Said => ({
  subject: `${said('mark', locale)}${said('codeSubject', locale, { code })}`,
  text: `${said('mark', locale)}${said('code', locale, { code })}`,
});

export const testLetter = (locale: Locale): Said => ({
  subject: `${said('mark', locale)}${said('test', locale)}`,
  text: `${said('mark', locale)}${said('test', locale)}`,
});

/** To somebody without an account: the number, never the content, never the query code. */
export const requesterLine = (label: string, locale: Locale, links: Links): string =>
  `${said('mark', locale)}${said('requester', locale, { label, link: links.phone() })}`;
