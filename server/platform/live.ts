import { EventEmitter } from 'node:events';
import pg from 'pg';
import type { Actor } from './actor.ts';
import type { Tx } from './transaction.ts';

/** What settled between two positions. Readers fetch the entries themselves through their own rights. */
export interface Settled {
  after: number;
  upTo: number;
}

/** Who may hear that a record changed: asked once for all records of a page of the journal. */
type HearersOf = (tx: Tx, ids: string[]) => Promise<(actor: Actor, id: string) => boolean>;
const hearers = new Map<string, HearersOf>();

/** A module says here who may hear of its records on live pages. `kind` is the journal's `recordKind`. */
export function provideHearers(kind: string, of: HearersOf): void {
  hearers.set(kind, of);
}

export const hearersOf = (kind: string): HearersOf | undefined => hearers.get(kind);

/**
 * Listens for the settler's notices, reconnecting for ever. One connection per program.
 * Emits `settled` with the positions since the last notice.
 */
export function listenToJournal(
  url: string,
  role: string | undefined,
): EventEmitter<{ settled: [Settled] }> & { stop(): Promise<void> } {
  const emitter = new EventEmitter<{ settled: [Settled] }>();
  emitter.setMaxListeners(0);
  let last: number | null = null;
  let stopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  function heard(position: number): void {
    // Also the first time: what settled before anyone listened is read now, and told to nobody twice.
    if (last === null || position > last) emitter.emit('settled', { after: last ?? position, upTo: position });
    if (last === null || position > last) last = position;
  }

  async function connect(): Promise<void> {
    if (stopped) return;
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'lastmetre-live',
      options: role ? `-c role=${role}` : undefined,
      keepAlive: true,
    });
    const again = () => {
      if (client !== fresh) return;
      client = null;
      if (!stopped) timer = setTimeout(connect, 500);
    };
    fresh.on('error', again);
    fresh.on('end', again);
    client = fresh;
    try {
      await fresh.connect();
      fresh.on('notification', (message) => heard(Number(message.payload)));
      await fresh.query('listen journal');
      // What settled while nobody listened is told now.
      const { rows } = await fresh.query<{ position: number }>(
        'select coalesce(max(position), 0) as position from journal.settled',
      );
      heard(rows[0]!.position);
    } catch {
      again();
    }
  }
  void connect();

  return Object.assign(emitter, {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  });
}
