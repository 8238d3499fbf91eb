import { uuidv7 } from 'uuidv7';
import { messageLevels } from '../../../contract/messages.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { reachOf } from './preferences.ts';
import {
  allChannels,
  type ChannelRecord,
  copiesOf,
  digestReaders,
  insertDeliveries,
  type MessageRecord,
  markPlanned,
  type NewDelivery,
  unplanned,
} from './queries.ts';
import { localTime, planFor } from './quiet.ts';

const rank = (level: string): number => messageLevels.indexOf(level as (typeof messageLevels)[number]);
const isRobot = ({ kind }: ChannelRecord): boolean => kind !== 'email' && kind !== 'sms';

/**
 * A group chat hears what was for a role at its place and line, from its level up, and only of records that may be named
 * (rules 6). What was for single people is theirs.
 */
function hears(dir: Directory, robot: ChannelRecord, message: MessageRecord): boolean {
  const forRole = message.node_id !== null || message.line_id !== null;
  const within =
    robot.node_id === null || (message.node_id !== null && dir.ancestors(message.node_id).includes(robot.node_id));
  const ofLine = robot.line_id === null || robot.line_id === message.line_id;
  return forRole && message.may_be_named && rank(message.level) >= rank(robot.least_level) && within && ofLine;
}

/** Decides for each new message on which channels it also goes out, and when. @returns how many messages were decided */
export async function planMessages(tx: Tx, now: Date, limit = 50): Promise<number> {
  const messages = await unplanned(tx, limit);
  if (messages.length === 0) return 0;
  const dir = await directory(tx);
  const channels = (await allChannels(tx)).filter(({ enabled }) => enabled);
  const personal = new Map(channels.filter((channel) => !isRobot(channel)).map((channel) => [channel.kind, channel]));
  const deliveries: NewDelivery[] = [];
  if (channels.length > 0) {
    const byId = new Map(messages.map((message) => [message.id, message]));
    const copies = await copiesOf(tx, [...byId.keys()]);
    const reach = await reachOf(tx, [...new Set(copies.map(({ account_id }) => account_id))]);
    for (const copy of copies) {
      const message = byId.get(copy.message_id)!;
      const { preference, kinds } = reach(copy.account_id);
      for (const { kind, notBefore } of planFor(message.level as 'info', preference, kinds, now, dir.group.timezone))
        deliveries.push({
          id: uuidv7(),
          channel_id: personal.get(kind)!.id,
          purpose: 'message',
          account_id: copy.account_id,
          message_id: message.id,
          not_before: notBefore,
          created_at: now,
        });
    }
    for (const message of messages)
      for (const robot of channels.filter(isRobot))
        if (hears(dir, robot, message))
          deliveries.push({
            id: uuidv7(),
            channel_id: robot.id,
            purpose: 'message',
            message_id: message.id,
            not_before: now,
            created_at: now,
          });
  }
  await insertDeliveries(tx, deliveries);
  await markPlanned(
    tx,
    messages.map(({ id }) => id),
    now,
  );
  return messages.length;
}

/** A digest whose hour went by while no program ran is still made within this many hours; later it waits for tomorrow. */
const hoursLate = 2;
const usualHour = 8;

/** One digest a day for each who wants one, at their hour; whether there is anything to say is seen when it goes out. */
export async function planDigests(tx: Tx, now: Date): Promise<number> {
  const mail = (await allChannels(tx)).find(({ kind, enabled }) => kind === 'email' && enabled);
  if (!mail) return 0;
  const { day, minutes } = localTime(now, (await directory(tx)).group.timezone);
  const hour = Math.floor(minutes / 60);
  const due = (await digestReaders(tx)).filter(({ digest_hour, chosen }) => {
    const wanted = chosen === null ? usualHour : digest_hour;
    return wanted !== null && hour >= wanted && hour <= wanted + hoursLate;
  });
  return insertDeliveries(
    tx,
    due.map(({ account_id }) => ({
      id: uuidv7(),
      channel_id: mail.id,
      purpose: 'digest',
      account_id,
      occasion: day,
      not_before: now,
      created_at: now,
    })),
  );
}
