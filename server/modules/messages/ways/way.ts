import type { ChannelKind, ChannelSettings } from '../../../../contract/messages.ts';

/** What goes out on any channel: a line, a text, whom it is for, and the key by which a second arrival is known. */
export interface Letter {
  /** Id of the delivery: travels with it, so that what arrives twice can be told from what is new. */
  key: string;
  subject: string;
  text: string;
  /** Address or number; null for a group chat. */
  to: string | null;
  at: Date;
}

/** What may not be shown: never in an answer, a log or the journal. */
export interface Secrets {
  password?: string;
  /** Address of a robot or gateway: it carries the right to post. */
  url?: string;
  /** Key with which what is sent is signed. */
  signingKey?: string;
}

export interface Outlet {
  kind: ChannelKind;
  settings: ChannelSettings;
  secrets: Secrets;
}

/** `reason` is a stable code (`deliveryReasons`); `answer` is what the other side said, without address or content. */
export type Outcome =
  | { sent: true; answer: string }
  | { sent: false; again: boolean; reason: string; answer: string; waitMs?: number };

/** One way out. Never throws: what went wrong is an outcome. */
export type Way = (outlet: Outlet, letter: Letter) => Promise<Outcome>;

const mostAnswer = 160;
const long = /\d{5,}|\S+@\S+|https?:\S+/g;

/** Short, on one line, and without numbers or addresses that the other side may have repeated. */
export const shortened = (answer: string): string =>
  answer.replace(/\s+/g, ' ').replace(long, '…').trim().slice(0, mostAnswer);
