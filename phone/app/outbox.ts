import type { Problem } from '../../contract/endpoint.ts';
import type { Category } from '../../contract/organization.ts';
import type { Draft, Mine } from './records.ts';

/**
 * The outbox: what was said on this phone and has not reached the server yet. An item is a short list of calls made
 * in order (photos, then the request that names them). Every call has its own idempotency key, made once and used for
 * every try, so an answer lost on the way is asked for again and nothing is done twice.
 *
 * Pure: the store, the network, the lock and the clock are passed in.
 */
export type Ring = Category['ring'];

export interface Call {
  path: string;
  /** Idempotency key: the same on every try. */
  key: string;
  /** JSON body, or `null` for a photo. */
  body: Record<string, unknown> | null;
  /** Id of a kept photo to upload, or `null`. */
  photo: string | null;
  /** Add the device clock at the moment of sending (`sentAt`), by which the server judges the device's times. */
  stamped: boolean;
  /** What the server answered; `undefined` until it did. */
  answer?: unknown;
}

export type Kind = 'request' | 'verdict' | 'message' | 'tick' | 'filing' | 'miss';

export interface Item {
  id: string;
  kind: Kind;
  /** The request it is about: its id, or its number where it is followed by code. */
  subject: string;
  /** The account it must be sent as; `null` = a visitor. */
  account: string | null;
  urgent: boolean;
  /** Whom to ring when an urgent one is not sent. */
  ring: Ring;
  madeAt: string;
  /** `held`: the account it belongs to is not signed in. */
  phase: 'waiting' | 'sending' | 'held' | 'refused';
  tries: number;
  /** The server asked not to be tried before this moment (ms). */
  notBefore: number;
  problem: Problem | null;
  /** Since when the server has been answering this phone again; none while the network is away (rules 13). */
  backAt?: string;
  calls: Call[];
}

export type Outcome =
  | { kind: 'answer'; body: unknown }
  /** No answer came: nobody here knows whether it arrived. */
  | { kind: 'lost' }
  | { kind: 'busy'; seconds: number }
  | { kind: 'signedOut' }
  | { kind: 'refused'; problem: Problem };

/** What changes on the phone's disk together with a new item. */
export interface Beside {
  /** What is obsolete from then on, by its name among what is kept: the draft it was written as. */
  clears: string[];
  /** The request that the item asks for, as this phone remembers it. */
  mine?: Mine;
}

/** What is written anew in place of an item, by its name among what is kept. */
export interface Instead {
  key: string;
  value: unknown;
}

export interface OutboxStore {
  items(): Promise<Item[]>;
  get(id: string): Promise<Item | undefined>;
  /** Keeps a new item and what goes with it in one step: a request is never remembered that nothing will send. */
  add(item: Item, beside: Beside): Promise<void>;
  put(item: Item): Promise<void>;
  /** The item was answered in full: keep what was learnt and forget the item, in one step. */
  settle(item: Item): Promise<void>;
  /**
   * Forgets the item and the request it asked for in one step; its pictures too, unless the draft, or what is kept under
   * another name, takes its place.
   */
  remove(item: Item, draft: Draft | null, instead: Instead | null): Promise<void>;
}

export interface OutboxParts {
  store: OutboxStore;
  transport(call: Call, item: Item): Promise<Outcome>;
  /** Runs `work` while no other tab and no service worker runs theirs. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  now(): Date;
  /** Called after every change, so that pages look again. */
  changed(): void;
}

/** Photos uploaded before a call, in order, are the files it names; one the server had no room for is left out. */
function ready(call: Call, item: Item, now: Date): Call {
  if (!call.body) return call;
  const body = { ...call.body };
  const files = item.calls
    .slice(0, item.calls.indexOf(call))
    .flatMap((earlier) => (earlier.photo && earlier.answer ? [(earlier.answer as { id: string }).id] : []));
  if (files.length > 0) body.fileIds = files;
  if (call.stamped) body.sentAt = now.toISOString();
  if (call.stamped && item.kind === 'filing') body.backAt = item.backAt;
  return { ...call, body };
}

export function createOutbox(parts: OutboxParts) {
  const { store, changed } = parts;

  async function put(item: Item): Promise<void> {
    await store.put(item);
    changed();
  }

  /** Sends what is left of one item. `false` = the network is away, the rest need not be tried. */
  async function send(item: Item): Promise<boolean> {
    item.phase = 'sending';
    item.backAt ??= parts.now().toISOString();
    item.tries += 1;
    await put(item);
    for (const call of item.calls) {
      if (call.answer !== undefined) continue;
      const outcome = await parts.transport(ready(call, item, parts.now()), item);
      if (outcome.kind === 'answer') {
        call.answer = outcome.body;
        await store.put(item);
        continue;
      }
      item.phase = outcome.kind === 'signedOut' ? 'held' : outcome.kind === 'refused' ? 'refused' : 'waiting';
      item.problem = outcome.kind === 'refused' ? outcome.problem : null;
      if (outcome.kind === 'lost') delete item.backAt;
      item.notBefore = outcome.kind === 'busy' ? parts.now().getTime() + outcome.seconds * 1000 : 0;
      await put(item);
      return outcome.kind !== 'lost';
    }
    await store.settle(item);
    changed();
    return true;
  }

  return {
    /** Keeps a new item; it is on the phone's disk when this returns. */
    async add(item: Item, beside: Beside): Promise<void> {
      await store.add(item, beside);
      changed();
    },

    /** Tries everything that may be tried now, oldest first. */
    flush(): Promise<void> {
      return parts.exclusively(async () => {
        for (const item of await store.items()) {
          if (item.phase === 'refused' || item.notBefore > parts.now().getTime()) continue;
          if (!(await send(item))) break;
        }
      });
    },

    /**
     * Takes an item out for good, or as a draft to be written anew. `false` = too late: what the page showed when it
     * offered this may have been sent since, so it is looked at again while nobody sends.
     */
    take(id: string, draft: Draft | null = null, instead: Instead | null = null): Promise<boolean> {
      return parts.exclusively(async () => {
        const item = await store.get(id);
        if (!item || !isTakeable(item)) return false;
        await store.remove(item, draft, instead);
        changed();
        return true;
      });
    },
  };
}

/** Once tried it may have arrived, whatever came back: then it can only be withdrawn there. */
export function isTakeable(item: Pick<Item, 'phase' | 'tries'>): boolean {
  return item.tries === 0 || item.phase === 'refused';
}

/**
 * What the person is told about an item. An urgent one is either on its way this second or not sent: nobody may wait
 * for it (rules 5). `unsent` is written down here and nowhere else: neither the outbox nor the server has it.
 */
export type Standing = 'callNow' | 'sending' | 'waiting' | 'signIn' | 'refused' | 'unsent';

interface Stands {
  phase: Item['phase'] | 'unsent';
  urgent: boolean;
}

export function standing(item: Stands, online: boolean): Standing {
  if (item.phase === 'refused') return 'refused';
  if (item.phase === 'sending' && online) return 'sending';
  if (item.urgent) return 'callNow';
  if (item.phase === 'unsent') return 'unsent';
  return item.phase === 'held' ? 'signIn' : 'waiting';
}
