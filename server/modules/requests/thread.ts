import type { Abilities, RequestThread } from '../../../contract/requests.ts';
import type { Actor } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import { filesOf } from '../../platform/files.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { type Reader, readerAt, type Work } from './policy.ts';
import { type CaseRequest, type RequestRecord, requestById, threadPartsOf } from './queries.ts';
import { threadView } from './view.ts';

type WorkOf = (
  tx: Tx,
  caseId: string,
) => Promise<{
  work: Work;
  ask: RequestThread['ask'];
  suspendedMinutes: number;
} | null>;
let workOf: WorkOf = async () => null;

/** `cases` says here what state the work is in; `requests` stays below it and knows no case. */
export function provideWork(read: WorkOf): void {
  workOf = read;
}

type Dissatisfaction = (tx: Tx, requestId: string) => Promise<RequestThread['dissatisfaction']>;
let dissatisfactionOf: Dissatisfaction = async () => null;

/** `ledger` says here how a need stands with which somebody is not content. */
export function provideDissatisfaction(read: Dissatisfaction): void {
  dissatisfactionOf = read;
}

type More = (
  tx: Tx,
  dir: Directory,
  reading: {
    actor: Actor;
    reader: Reader;
    r: RequestRecord;
    /** All requests of its case, itself too. */
    siblings: CaseRequest[];
    /** What the modules below have granted. */
    can: Abilities;
    now: Date;
  },
) => Promise<{ can?: Partial<Abilities> } & Partial<Omit<RequestThread, 'can'>>>;
const more = new Map<string, More>();

/** Modules further out say here what they know of a request: `requests` stays below them. */
export function addToThread(module: string, read: More): void {
  more.set(module, read);
}

/** @throws not_found, also where it exists but is not this reader's to see */
export async function readRequest(tx: Tx, actor: Actor, id: string): Promise<{ r: RequestRecord; reader: Reader }> {
  const r = (await requestById(tx, [id]))[0];
  const reader = r && readerAt(await directory(tx), actor, r);
  if (!r || !reader) throw notFound();
  return { r, reader };
}

export async function threadOf(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  reader: Reader,
  r: RequestRecord,
  now: Date,
): Promise<RequestThread> {
  const parts = await threadPartsOf(tx, r);
  const files = parts.entries.some((entry) => entry.file_ids.length > 0) ? await filesOf(tx, r.id) : new Map();
  const work = r.case_id ? await workOf(tx, r.case_id) : null;
  const { work: state = null, ask = null, suspendedMinutes = 0 } = work ?? {};
  // Nobody is dissatisfied with what nothing was done about yet.
  const dissatisfaction = r.state === 'received' ? null : await dissatisfactionOf(tx, r.id);
  let view = threadView(
    dir,
    actor,
    reader,
    r,
    { ...parts, files, work: state, ask, suspendedMinutes, dissatisfaction },
    now,
  );
  // Of what was moved to a sealed line a stub is left: nothing can be done with it (rules 5).
  if (!parts.content) return view;
  for (const read of more.values()) {
    const {
      can: granted,
      cannot,
      ...facts
    } = await read(tx, dir, {
      actor,
      reader,
      r,
      siblings: parts.siblings,
      can: view.can,
      now,
    });
    view = { ...view, ...facts, can: { ...view.can, ...granted }, cannot: { ...view.cannot, ...cannot } };
  }
  return view;
}
