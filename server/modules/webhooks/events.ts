import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import {
  type EventType,
  type eventData,
  eventTypes,
  stageEventData,
  testEventType,
} from '../../../contract/webhooks.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { EntryRow } from '../journal/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { contentKept, isSmallSite, type RequestRecord, requestsByIds } from '../requests/index.ts';
import { type StageOrder, stageOrdersByIds } from '../stages/index.ts';
import { allSubscriptions, insertDeliveries } from './queries.ts';

/** Entries that tell of the past, or of what must not be told. */
const untold = new Set(['requests.moved_to_sealed', 'requests.imported']);
/** Passed to a line: the journal names the state of the work, the event that of the need. */
const passedOn = new Set(['cases.dispatched', 'cases.arbitrated']);

/** What an entry of a stage order tells; nothing of one that nobody has signed in full. */
const ofStages: Record<string, string> = {
  'stages.signed': 'signed',
  'stages.countersigned': 'signed',
  'stages.activated': 'began',
  'stages.rejoined': 'began',
  'stages.withdrawn': 'called_off',
};

/** The state the request came into by this entry, or null where it came into none. */
function stateReached(entry: EntryRow): string | null {
  if (entry.record_kind !== 'request' || untold.has(entry.action)) return null;
  return passedOn.has(entry.action) ? 'in_work' : entry.state_to === entry.state_from ? null : entry.state_to;
}

function typeOf(entry: EntryRow): EventType | null {
  const type =
    entry.record_kind === 'stage_order'
      ? `cn.lastmetre.stage.${ofStages[entry.action]}`
      : `cn.lastmetre.request.${stateReached(entry)}`;
  return (eventTypes as readonly string[]).includes(type) ? (type as EventType) : null;
}

/** Structured JSON of CloudEvents 1.0 (https://github.com/cloudevents/spec, section "JSON event format"). */
function envelope(event: {
  id: string;
  source: string;
  type: string;
  subject: string;
  at: Date;
  data: object;
}): string {
  return JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    subject: event.subject,
    time: event.at.toISOString(),
    datacontenttype: 'application/json',
    data: event.data,
  });
}

/** The group by the prefix of its numbers: the same whatever address the program answers at. */
const sourceOf = (dir: Directory): string => `urn:lastmetre:${dir.group.prefix.toLowerCase()}`;

/** Codes and figures (rules 6): what the entry says happened, and where the request stands in the organisation. */
function dataOf(dir: Directory, r: RequestRecord, entry: EntryRow): z.infer<typeof eventData> {
  const place = r.site_id !== null && !isSmallSite(dir, r.site_id) ? dir.nodes.get(r.site_id) : undefined;
  return {
    number: r.number,
    state: stateReached(entry)!,
    from: passedOn.has(entry.action) ? null : entry.state_from,
    category: dir.categories.get(r.category_id)!.code,
    priority: r.priority,
    channel: r.channel,
    unit: dir.nodes.get(r.unit_id ?? 0)?.code ?? null,
    site: place?.code ?? null,
    line: dir.lines.get(r.line_id ?? 0)?.code ?? null,
    reopens: r.reopens,
    submittedAt: r.submitted_at.toISOString(),
    dueAt: r.promise_at.toISOString(),
  };
}

/** An order has its number from its last signature on; what happened to it before is nobody else's business. */
function stageDataOf(dir: Directory, order: StageOrder, entry: EntryRow): z.infer<typeof stageEventData> | null {
  const state = stageEventData.shape.state.parse(ofStages[entry.action]);
  if (order.number === null || (state === 'signed' && entry.state_to !== 'signed')) return null;
  const node = dir.nodes.get(order.node_id)!;
  return {
    number: order.number,
    state,
    from: order.from_code,
    to: order.to_code,
    unit: dir.nodes.get(dir.unitOf(node.id) ?? 0)?.code ?? null,
    site: node.kind === 'site' && !isSmallSite(dir, node.id) ? node.code : null,
    emergency: order.emergency,
    effectiveAt: order.effective_at.toISOString(),
  };
}

/** An ordinary need, not asked in confidence, that complains about nobody and was not moved to a sealed line. */
const mayBeTold = (r: RequestRecord | undefined): r is RequestRecord =>
  r !== undefined &&
  r.class === 'normal' &&
  r.confidentiality !== 'confidential' &&
  r.about_line_id === null &&
  r.about_unit_id === null;

/** Name of the journal's reader that writes deliveries down. */
export const eventsReader = 'webhooks.events';

/**
 * Reads what settled and writes down what is to be sent, in the transaction that moves the cursor: each event is taken
 * once, and is there for sending as soon as it is taken. Its id is its place in the journal.
 */
export const queueEvents =
  (clock: () => Date) =>
  async (tx: Tx, entries: EntryRow[]): Promise<void> => {
    const heard = entries.filter((entry) => typeOf(entry) !== null);
    if (heard.length === 0) return;
    const subscribers = (await allSubscriptions(tx)).filter(({ enabled }) => enabled);
    const hears = (one: (typeof subscribers)[number], entry: EntryRow): boolean =>
      entry.position > one.from_position && one.types.includes(typeOf(entry)!);
    const wanted = heard.filter((entry) => subscribers.some((one) => hears(one, entry)));
    if (wanted.length === 0) return;
    const dir = await directory(tx);
    const idsOf = (kind: string): string[] => [
      ...new Set(wanted.filter(({ record_kind }) => record_kind === kind).map(({ record_id }) => record_id)),
    ];
    const ids = idsOf('request');
    const kept = await contentKept(tx, ids);
    const records = new Map((await requestsByIds(tx, ids)).map((r) => [r.id, r]));
    const orders = new Map((await stageOrdersByIds(tx, idsOf('stage_order'))).map((order) => [order.id, order]));
    const dataFor = (entry: EntryRow): { number: string } | null => {
      const order = orders.get(entry.record_id);
      if (order) return stageDataOf(dir, order, entry);
      const r = records.get(entry.record_id);
      return mayBeTold(r) && kept.has(r.id) ? dataOf(dir, r, entry) : null;
    };
    const now = clock();
    await insertDeliveries(
      tx,
      wanted.flatMap((entry) => {
        const data = dataFor(entry);
        if (data === null) return [];
        const type = typeOf(entry)!;
        const body = envelope({
          id: String(entry.position),
          source: sourceOf(dir),
          type,
          subject: data.number,
          at: entry.at,
          data,
        });
        return subscribers
          .filter((one) => hears(one, entry))
          .map((one) => ({
            id: uuidv7(),
            subscription_id: one.id,
            position: entry.position,
            type,
            subject: data.number,
            body,
            not_before: now,
            created_at: now,
          }));
      }),
    );
  };

export function testEvent(dir: Directory, deliveryId: string, at: Date) {
  return {
    type: testEventType,
    subject: 'test',
    body: envelope({
      id: deliveryId,
      source: sourceOf(dir),
      type: testEventType,
      subject: 'test',
      at,
      data: { test: true },
    }),
  };
}
