import type { RequestThread } from '../../../contract/requests.ts';
import type { Actor } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import { filesOf } from '../../platform/files.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { type Reader, readerAt, type Work } from './policy.ts';
import { type RequestRecord, requestById, threadPartsOf } from './queries.ts';
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
  return threadView(
    dir,
    actor,
    reader,
    r,
    { ...parts, files, work: state, ask, suspendedMinutes, dissatisfaction },
    now,
  );
}
