/**
 * Loads the history into the database: simulated whole in memory, then written in the order of time, at most 400 requests
 * a transaction, so that journal positions read like the story; settled, sealed and anchored at last, all at once.
 */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeQueryCode } from '../../../contract/query-code.ts';
import { accountByLogin, grantsOf } from '../../modules/access/index.ts';
import { insertHistory as insertCases } from '../../modules/cases/index.ts';
import { timetable } from '../../modules/clocks/index.ts';
import {
  frameReader,
  insertHistory as insertCalls,
  insertDays,
  insertHandover,
  insertRates,
  type RatePlan,
  replaceVisitRule,
} from '../../modules/followups/index.ts';
import { insertCalls as insertPhoneCalls } from '../../modules/hotline/index.ts';
import { makeCursor, moveCursor } from '../../modules/journal/index.ts';
import { insertUses } from '../../modules/knowledge/index.ts';
import { insertHistory as insertDissatisfied } from '../../modules/ledger/index.ts';
import { directory } from '../../modules/organization/index.ts';
import { insertTouches, redateRhythms } from '../../modules/outreach/index.ts';
import { codeHmac, insertHistory as insertRequests, numberDay } from '../../modules/requests/index.ts';
import { eventsReader } from '../../modules/webhooks/index.ts';
import type { Keys } from '../../platform/crypto.ts';
import type { Pool } from '../../platform/database.ts';
import { checkUpload, claimFiles, storeFile } from '../../platform/files.ts';
import { append, contentDigest } from '../../platform/journal.ts';
import { type Portion, sealPortions } from '../../platform/seal.ts';
import { settleLoaded } from '../../platform/settle.ts';
import { inStatement, inTransaction, type Tx } from '../../platform/transaction.ts';
import { backgroundStaff } from '../people.ts';
import type { World } from '../world.ts';
import { day, minute } from './calendar.ts';
import { castOf, type DemoAccount } from './cast.ts';
import { streamOf } from './chance.ts';
import { checkHistory } from './checks.ts';
import { dayRows } from './days.ts';
import type { Ledger, Need } from './ledger.ts';
import { draw, drawable } from './pictures.ts';
import { sceneOf, simulate } from './simulate.ts';
import { callOf } from './telephone.ts';
import { truthOf } from './truth.ts';
import { visitHours } from './visiting.ts';

const perTransaction = 400;
const pictures = 20;

export interface HistoryOptions {
  pool: Pool;
  keys: Keys;
  world: World;
  now: Date;
  /** Keys, files and the truth file lie here. */
  dataFolder: string;
  progress?: (done: number, all: number) => void;
}

async function readAccounts(tx: Tx, world: World): Promise<DemoAccount[]> {
  const logins = [...world.accounts, ...world.accounts_more, ...backgroundStaff(world)].map((row) => row.login);
  const accounts: DemoAccount[] = [];
  for (const login of logins) {
    const row = await accountByLogin(tx, login);
    if (row) accounts.push({ id: row.id, login, label: row.label, homeNodeId: row.home_node_id, grants: [] });
  }
  const byId = new Map(accounts.map((account) => [account.id, account]));
  for (const grant of await grantsOf(
    tx,
    accounts.map((account) => account.id),
  ))
    byId.get(grant.account_id)!.grants.push(grant);
  return accounts.filter((account) => account.grants.length > 0);
}

/** Evidence with a picture for a few of the latest that were handled, those of the three workers first. */
async function addPictures(pool: Pool, ledger: Ledger, folder: string, seed: number): Promise<void> {
  const { dir, cast, calendar } = ledger;
  const recent = ledger.needs
    .filter(
      (need) =>
        need.row.class === 'normal' &&
        need.work?.needs.length === 1 &&
        drawable(dir.categories.get(need.row.category_id)!.code),
    )
    .map((need) => ({ need, entry: need.entries.findLast((entry) => entry.kind === 'handled') }))
    .filter(({ entry }) => entry && entry.at.getTime() > calendar.now - 6 * day);
  const own = (need: Need): number => (need.row.requester_id && need.key.startsWith('now') ? 0 : 1);
  const chosen = recent
    .sort((a, b) => own(a.need) - own(b.need) || b.entry!.at.getTime() - a.entry!.at.getTime())
    .slice(0, pictures);
  const journal = new Map(
    ledger.journal
      .filter(({ entry }) => entry.action === 'cases.handled')
      .map((written) => [`${written.entry.recordId}/${written.entry.at.getTime()}`, written]),
  );
  for (const { need, entry } of chosen) {
    const actor = cast.byId.get(entry!.actor_id!)!;
    const bytes = await draw(dir.categories.get(need.row.category_id)!.code, streamOf(seed, `picture ${need.key}`));
    const checked = await checkUpload(folder, actor, { name: 'picture.jpg', mediaType: 'image/jpeg', bytes });
    const sender = { accountId: actor.accountId, device: null, now: entry!.at, zone: dir.group.timezone };
    const file = await inTransaction(pool, async (tx) => {
      const stored = await storeFile(tx, folder, sender, checked);
      await claimFiles(tx, [stored.id], 'request', need.row.id, actor);
      return stored;
    });
    entry!.file_ids = [file.id];
    const written = journal.get(`${need.row.id}/${entry!.at.getTime()}`);
    if (written) written.entry.figures = { ...written.entry.figures, files: 1 };
  }
}

/** Keys that must not follow from a public seed: of content, of query codes, of callers' numbers. */
function addSecrets(ledger: Ledger, keys: Keys): Map<string, Buffer> {
  const contentKeys = new Map<string, Buffer>();
  for (const need of ledger.needs) {
    contentKeys.set(need.row.id, randomBytes(16));
    need.row.code_hmac = codeHmac(keys, need.row.id, makeQueryCode(randomBytes(9)));
  }
  for (const contact of ledger.contacts) {
    const extension = ledger.extensions.get(contact.id);
    contact.caller_key = extension ? keys.hmac('caller', extension) : null;
  }
  for (const { entry, digestOf } of ledger.journal) {
    if (!digestOf) continue;
    const words = digestOf.words;
    entry.digest = contentDigest(contentKeys.get(digestOf.row.id)!, words?.text, words?.point, words?.callback);
  }
  return contentKeys;
}

async function insertSlice(
  tx: Tx,
  needs: Need[],
  contacts: Ledger['contacts'],
  ledger: Ledger,
  contentKeys: Map<string, Buffer>,
  warnings: Map<string, Ledger['warnings']>,
): Promise<void> {
  const { group } = ledger.dir;
  const numbers = await insertRequests(
    tx,
    {
      contacts,
      requests: needs.map((need) => need.row),
      contents: needs.flatMap(({ row, words }) =>
        words
          ? [
              {
                request_id: row.id,
                key: contentKeys.get(row.id)!,
                text: words.text,
                point: words.point,
                callback: words.callback,
                requester_label: words.label,
                summary: words.summary,
                source_ref: null,
              },
            ]
          : [],
      ),
      entries: needs.flatMap((need) => need.entries),
      warnings: needs.flatMap((need) => warnings.get(need.row.id) ?? []),
    },
    (r) => `${group.prefix}-${numberDay(r.submitted_at, group.timezone)}`,
  );
  const { operators } = ledger.cast;
  const seatOf = (id: string): string | null => {
    const at = operators.findIndex((operator) => operator.accountId === id);
    return at < 0 ? null : String(6001 + at);
  };
  await insertPhoneCalls(
    tx,
    contacts.flatMap((contact) =>
      // A call that runs has no end yet.
      contact.channel === 'hotline' && contact.at.getTime() < ledger.calendar.now - 10 * minute
        ? [callOf(contact, contact.at.getTime(), ledger.calendar, seatOf)]
        : [],
    ),
  );
  needs.forEach((need, i) => {
    need.row.number = numbers[i]!;
  });
  const works = needs.flatMap((need) => (need.work?.needs[0] === need ? [need.work] : []));
  await insertCases(tx, {
    cases: works.map((work) => work.row),
    hands: works.flatMap((work) => [...work.hands.values()]),
    assignments: works.flatMap((work) => work.assignments),
    asks: works.flatMap((work) => work.asks),
    parts: works.flatMap((work) => work.parts),
    takeovers: works.flatMap((work) => work.takeovers),
  });
  await insertUses(
    tx,
    needs.flatMap((need) => {
      const answer = need.entries.find((entry) => entry.kind === 'answered');
      const code = (answer?.data as { article?: string | null } | undefined)?.article;
      return answer && code ? [{ request_id: need.row.id, article_code: code, version_no: 1, at: answer.at }] : [];
    }),
  );
  const calls = needs.flatMap((need) => need.calls);
  await insertCalls(tx, {
    calls: calls.map((call) => call.row),
    attempts: calls.flatMap((call) => call.attempts),
    answers: calls.flatMap((call) => call.answer ?? []),
    visits: calls.flatMap((call) => call.visit ?? []),
  });
}

async function insertAll(options: HistoryOptions, ledger: Ledger, contentKeys: Map<string, Buffer>): Promise<void> {
  const { pool, progress } = options;
  const contactOf = new Map(ledger.contacts.map((contact) => [contact.id, contact]));
  const others = ledger.contacts.filter((contact) => contact.outcome !== 'requests');
  const warnings = new Map<string, Ledger['warnings']>();
  for (const one of ledger.warnings) warnings.set(one.request_id, [...(warnings.get(one.request_id) ?? []), one]);
  let other = 0;
  let written = 0;
  for (let i = 0; i < ledger.needs.length; i += perTransaction) {
    const needs = ledger.needs.slice(i, i + perTransaction);
    const until = ledger.needs[i + perTransaction]?.row.received_at.getTime() ?? Number.POSITIVE_INFINITY;
    const contacts: Ledger['contacts'] = [];
    for (const need of needs) {
      const contact = contactOf.get(need.row.contact_id!);
      if (contact) contacts.push(contact);
      contactOf.delete(need.row.contact_id!);
    }
    while (other < others.length && others[other]!.at.getTime() < until) contacts.push(others[other++]!);
    const from = written;
    while (written < ledger.journal.length && ledger.journal[written]!.entry.at.getTime() < until) written++;
    const journal = ledger.journal.slice(from, written);
    // Side by side, each in its own order: the journal is half of all there is to write.
    await Promise.all([
      inTransaction(pool, (tx) => insertSlice(tx, needs, contacts, ledger, contentKeys, warnings)),
      inTransaction(pool, (tx) => append(tx, ...journal.map((one) => one.entry))),
    ]);
    progress?.(Math.min(i + perTransaction, ledger.needs.length), ledger.needs.length);
  }
}

/** Rates, days, frames and after-sales rules; the reader of frames goes on where the story ends. */
async function insertFollowupDays(options: HistoryOptions, ledger: Ledger): Promise<void> {
  await inTransaction(options.pool, async (tx) => {
    const numbers = new Map<RatePlan, number>();
    for (const { plan, at, by } of ledger.rates)
      numbers.set(plan, (await insertRates(tx, plan, { id: by.accountId, label: by.label, at })).no);
    // The first plan came with the migration.
    const rows = dayRows(
      ledger,
      (plan) => numbers.get(plan) ?? 1,
      (secret) => options.keys.seal('draw', secret.toString('hex')),
    );
    await insertDays(tx, rows);
    for (const [code, hours] of Object.entries(visitHours))
      await replaceVisitRule(tx, ledger.dir.categoriesByCode.get(code)!.id, [...hours]);
    const left = ledger.handover;
    if (left) {
      const { id, at, from, note, items } = left;
      await insertHandover(tx, { id, at, from_id: from.id, from_label: from.label, note }, items);
    }
    // Frames are written; and nobody outside asked to be told of the story.
    for (const reader of [frameReader.name, eventsReader]) {
      await makeCursor(tx, [reader]);
      await moveCursor(tx, [reader, ledger.journal.length]);
    }
  });
}

/**
 * What each seal of the story covers: what the day brought, the closing of its frame by itself, and the next commitment,
 * which is anchored; and what is left at last.
 */
function portionsOf({ journal }: Ledger, now: Date): Portion[] {
  const portions: Portion[] = [];
  for (const [i, { entry }] of journal.entries()) {
    if (entry.action !== 'followups.day_committed') continue;
    const { at } = entry;
    if (journal[i - 1]?.entry.action === 'followups.frame_closed') portions.push({ upTo: i - 1, at });
    portions.push({ upTo: i, at }, { upTo: i + 1, at, anchoredAt: new Date(at.getTime() + 5 * minute) });
  }
  return [...portions, { upTo: journal.length, at: now }];
}

/**
 * Gives the loaded demo organisation its 135 days of requests, up to now. @returns what was told
 * @throws when the database holds anything else than what was told
 */
export async function loadHistory(options: HistoryOptions): Promise<Ledger> {
  const { pool, keys, world, now, dataFolder } = options;
  const { dir, table, accounts } = await inStatement(pool, async (tx) => ({
    dir: await directory(tx),
    table: await timetable(tx),
    accounts: await readAccounts(tx, world),
  }));
  const scene = sceneOf(world, dir, table, castOf(dir, accounts), now);
  const ledger = simulate(scene);
  await addPictures(pool, ledger, join(dataFolder, 'files'), scene.seed).catch((error: { code?: string }) => {
    // A full disk refuses pictures, never text (rules 7).
    if (error.code !== 'disk_full') throw error;
  });
  const contentKeys = addSecrets(ledger, keys);
  await insertAll(options, ledger, contentKeys);
  await inTransaction(pool, (tx) => insertDissatisfied(tx, ledger.dissatisfied));
  await inTransaction(pool, async (tx) => {
    await insertTouches(tx, ledger.outreach.touches, ledger.outreach.needs);
    await redateRhythms(tx, new Date(ledger.calendar.d0));
  });
  await insertFollowupDays(options, ledger);
  await settleLoaded(pool);
  await sealPortions(pool, keys, join(dataFolder, 'anchors', 'anchors.jsonl'), portionsOf(ledger, now));
  const faults = await inStatement(pool, (tx) => checkHistory(tx, ledger));
  if (faults.length > 0) throw new Error(`The demo history is not as told:\n${faults.slice(0, 20).join('\n')}`);
  await writeFile(join(dataFolder, 'demo-truth.json'), `${JSON.stringify(truthOf(ledger, 'number'), null, 1)}\n`);
  return ledger;
}
