import { fork } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../../platform/config.ts';
import type { Pool } from '../../platform/database.ts';
import { inStatement, inTransaction, type Tx } from '../../platform/transaction.ts';
import { articlesInForce } from '../knowledge/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { openWords } from '../requests/index.ts';
import { termsOf } from './classifier.ts';
import { allWords, countDecisionsSince, decisionsSince, insertModel, latestModel } from './queries.ts';
import type { Trained, TrainingTask } from './trainer.ts';
import type { CategoryWords } from './tree.ts';

/** Decisions a model learns from: the latest. */
const mostDecisions = 60_000;
/** After so many new ones, or as many again as it knows, a model is fitted anew at once; otherwise once a day. */
export const enoughNew = (known: number): number => Math.max(600, known);
const dailyMs = 20 * 3_600_000;
const longestMs = 15 * 60_000;

// From source the trainer is TypeScript beside this file; built, it is a program beside the one that runs.
const fromSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(fromSource ? 'trainer.ts' : 'triage-trainer.mjs', import.meta.url));

/** The tree with all the group wrote about each category. */
export async function treeOf(tx: Tx, dir: Directory): Promise<CategoryWords[]> {
  const written = new Map((await allWords(tx)).map((row) => [row.category_id, row]));
  const articles = await articlesInForce(tx);
  return [...dir.categories.values()]
    .filter((category) => category.parentId !== null)
    .map((category) => {
      const row = written.get(category.id);
      return {
        code: category.code,
        zh: category.zh,
        parent: dir.categories.get(category.parentId!)!.zh,
        keywords: row?.keywords ?? [],
        examples: row?.examples ?? [],
        articles: articles
          .filter((article) => article.category_id === category.id)
          .map((article) => ({ title: article.zh, text: `${article.body_zh} ${article.keywords}` })),
      };
    });
}

async function taskOf(tx: Tx, until: Date): Promise<TrainingTask> {
  const dir = await directory(tx);
  const decided = (await decisionsSince(tx, [new Date(0), mostDecisions])).filter((one) => one.at <= until);
  const messages: TrainingTask['messages'] = [];
  for (let i = 0; i < decided.length; i += 2000) {
    const part = decided.slice(i, i + 2000);
    const words = await openWords(
      tx,
      part.map((one) => one.request_id),
    );
    for (const one of part) {
      const text = words.get(one.request_id);
      const code = dir.categories.get(one.category_id)?.code;
      if (text !== undefined && code) messages.push({ text, code });
    }
  }
  return { terms: termsOf(dir), tree: await treeOf(tx, dir), messages };
}

function fitApart(task: TrainingTask, began: (end: () => void) => void): Promise<Trained> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [], {
      cwd: dirname(program),
      execArgv: fromSource ? ['--import', 'tsx'] : [],
      env: bareEnvironment(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    began(() => void child.kill('SIGKILL'));
    const clock = setTimeout(() => child.kill('SIGKILL'), longestMs);
    let done: Trained | null = null;
    child.on('message', (message) => {
      done = message as Trained;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(clock);
      if (done) resolve(done);
      else reject(new Error(`the trainer ended (${signal ?? code}) without a model`));
    });
    child.send(task, (error) => error && child.kill('SIGKILL'));
  });
}

interface Running {
  version: Promise<number>;
  end: () => void;
}
/** One at a time for each database this process works on. */
const running = new WeakMap<Pool, Running>();
export const isTraining = (pool: Pool): boolean => running.has(pool);

/** When the program stops: the model that was being fitted is not stored; the next start asks again. */
export async function stopTraining(pool: Pool): Promise<void> {
  const one = running.get(pool);
  one?.end();
  await one?.version.catch(() => {});
}

async function fitAndStore(pool: Pool, now: Date, hold: (end: () => void) => void): Promise<number> {
  const began = performance.now();
  const [newest] = await inStatement(pool, (tx) => decisionsSince(tx, [new Date(0), 1]));
  // What is decided while it is fitted is learnt beside it.
  const until = newest?.at ?? new Date(0);
  const task = await inStatement(pool, (tx) => taskOf(tx, until));
  const trained = await fitApart(task, hold);
  return inTransaction(pool, (tx) =>
    insertModel(tx, {
      trained_at: now,
      learnt_until: until,
      messages: trained.messages,
      written: trained.written,
      right_first: trained.heldOut?.first ?? null,
      right_three: trained.heldOut?.three ?? null,
      took_ms: Math.round(performance.now() - began),
      bytes: Buffer.from(trained.bytes),
    }),
  );
}

/** Fits a new model beside the running program and stores it; one at a time. @returns its version */
export function trainNow(pool: Pool, now: Date): Promise<number> {
  const already = running.get(pool);
  if (already) return already.version;
  const one: Running = { version: Promise.resolve(0), end: () => {} };
  running.set(pool, one);
  one.version = fitAndStore(pool, now, (end) => {
    one.end = end;
  }).finally(() => running.delete(pool));
  return one.version;
}

/** No model yet, words that changed since, enough new decisions, or a day with any. */
export async function needsTraining(tx: Tx, now: Date): Promise<boolean> {
  const [model] = await latestModel(tx, []);
  if (!model) return true;
  if ((await allWords(tx)).some((row) => row.changed_at > model.trained_at)) return true;
  const [since] = await countDecisionsSince(tx, [model.learnt_until]);
  const fresh = Number(since!.n);
  return fresh >= enoughNew(model.messages) || (fresh > 0 && now.getTime() - model.trained_at.getTime() > dailyMs);
}

/** @returns the new version, or null where the model in use is good enough */
export async function trainIfNeeded(pool: Pool, now: Date): Promise<number | null> {
  return (await inStatement(pool, (tx) => needsTraining(tx, now))) ? trainNow(pool, now) : null;
}
