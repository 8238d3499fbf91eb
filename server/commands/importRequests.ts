import { createWriteStream, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { type Directory, directory } from '../modules/organization/index.ts';
import {
  applyMapping,
  guessMapping,
  ImportDesk,
  type ImportFault,
  type ImportPlan,
  importFaultWords,
  importFields,
  isSealed,
  noteImport,
  type Prepared,
  storeImported,
} from '../modules/requests/index.ts';
import type { Config } from '../platform/config.ts';
import { openKeys } from '../platform/crypto.ts';
import type { Pool } from '../platform/database.ts';
import {
  type Column,
  type Mark,
  markWorkbook,
  problemTitle,
  readTable,
  type TableRow,
  writeCsv,
  writeWorkbook,
} from '../platform/sheets.ts';
import { inStatement, inTransaction } from '../platform/transaction.ts';
import { keysFolderOf, refuseIfEmpty, withDatabase } from './database.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** A commit holds no more, so that the settler and the people at work wait for nobody (docs/architecture.md). */
const batchSize = 500;
/** Columns are looked for in this many first rows: lines of JSON need not all name the same things. */
const lookedAt = 50;
/** With more wrong rows than this, something is wrong with the file or the mapping, not with the rows. */
const mostBad = 20_000;
const rowTitle = '原行 / Row';

type Kind = 'xlsx' | 'csv' | 'jsonl';

interface Bad {
  row: TableRow;
  faults: ImportFault[];
}

export interface ImportResult {
  read: number;
  added: number;
  already: number;
  bad: number;
  seconds: number;
  rejectedFile: string | null;
}

function kindOf(file: string): Kind {
  const kind = extname(file).slice(1).toLowerCase();
  if (kind === 'xlsx' || kind === 'csv') return kind;
  if (kind === 'jsonl' || kind === 'ndjson') return 'jsonl';
  throw new CommandError(`只收 .xlsx、.csv、.jsonl：${file}\nOnly .xlsx, .csv and .jsonl are taken: ${file}`);
}

/** `label: CODE` lines (YAML or JSON), or a table with two columns. */
async function readCategories(file: string | undefined): Promise<Map<string, string>> {
  if (!file) return new Map();
  const pairs: [string, string][] = [];
  if (['.csv', '.xlsx'].includes(extname(file).toLowerCase())) {
    for await (const row of readTable(file, kindOf(file))) {
      const [label, code] = Object.values(row.cells);
      if (label && code) pairs.push([label, code]);
    }
  } else pairs.push(...Object.entries(parse(await readFile(file, 'utf8')) as Record<string, string>));
  return new Map(pairs.map(([label, code]) => [label.trim().toLowerCase(), String(code).trim()]));
}

function placeOf(dir: Directory, site: string | undefined, unit: string | undefined): ImportPlan['place'] {
  const named = (code: string, kind: string) => {
    const node = [...dir.nodes.values()].find(
      (one) =>
        one.kind === kind && [one.code, one.zh, one.en].some((name) => name.toLowerCase() === code.toLowerCase()),
    );
    if (!node)
      throw new CommandError(
        `没有这个${kind === 'site' ? '工地' : '单位'}：${code}\nThere is no such ${kind}: ${code}`,
      );
    return node;
  };
  if (site) {
    const node = named(site, 'site');
    return { siteId: node.id, unitId: dir.unitOf(node.id) };
  }
  return unit ? { siteId: null, unitId: named(unit, 'unit').id } : null;
}

async function firstRows(file: string, kind: Kind): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of readTable(file, kind)) if (rows.push(row) === lookedAt) break;
  return rows;
}

const words = (fault: ImportFault): string =>
  importFaultWords[fault.code]
    .map((text) => text.replace(/\{(\w+)\}/g, (_, name: string) => fault.values?.[name] ?? ''))
    .join(' / ');

/** What is wrong, without the one cell in which it was found. */
const withoutCell = ({ code, values, column }: ImportFault): string =>
  words({ column, code, values: { ...values, value: '…' } });

/** The wrong rows in a file of the person's own kind, each saying what is wrong; what belongs to a sealed line is not written down again. */
async function handBack(
  file: string,
  kind: Kind,
  columns: string[],
  bad: Bad[],
  textColumns: string[],
): Promise<string> {
  const target = `${file.slice(0, -extname(file).length)}.rejected.${kind === 'xlsx' ? 'xlsx' : 'csv'}`;
  const titles: Column[] = columns.map((title) => ({ key: title, title }));
  const cellsOf = ({ row, faults }: Bad) => {
    const hidden = isSealed(faults) ? Object.fromEntries(textColumns.map((column) => [column, ''])) : {};
    return { ...row.cells, ...hidden, [rowTitle]: String(row.rowNumber) };
  };
  async function* rows(problems: boolean) {
    for (const one of bad) {
      yield {
        ...cellsOf(one),
        ...(problems
          ? { [problemTitle]: one.faults.map((fault) => `${fault.column}: ${words(fault)}`).join('; ') }
          : {}),
      };
    }
  }
  const rowColumn = { key: rowTitle, title: rowTitle };
  if (kind !== 'xlsx') {
    await writeCsv(createWriteStream(target, { mode: 0o600 }), {
      name: 'rejected',
      columns: [...titles, rowColumn, { key: problemTitle, title: problemTitle }],
      rows: rows(true),
    });
    return target;
  }
  const chunks: Buffer[] = [];
  const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => done(void chunks.push(chunk)) });
  await writeWorkbook(sink, { name: 'rejected', columns: [...titles, rowColumn], rows: rows(false) });
  const marks: Mark[] = bad.flatMap(({ faults }, i) =>
    faults.map((fault) => ({ row: i + 2, column: fault.column, message: words(fault) })),
  );
  await writeFile(target, await markWorkbook(Buffer.concat(chunks), marks), { mode: 0o600 });
  return target;
}

/** Reads, decides and stores; the next rows are read and decided while the last ones are being written. */
async function run(
  pool: Pool,
  desk: ImportDesk,
  rows: AsyncIterable<TableRow>,
  options: { check: boolean; now: Date; report: (read: number, added: number, bad: number) => void },
): Promise<{ read: number; added: number; already: number; bad: Bad[]; unmapped: Map<string, number> }> {
  const bad: Bad[] = [];
  const unmapped = new Map<string, number>();
  let read = 0;
  let good = 0;
  let added = 0;
  let waiting: Prepared[] = [];
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    await writing;
    const batch = waiting;
    waiting = [];
    if (batch.length === 0 || options.check) return;
    writing = inTransaction(pool, (tx) => storeImported(tx, batch)).then((stored) => {
      added += stored;
    });
    // Seen at the next await; without this a failure in between would end the process.
    writing.catch(() => {});
  };
  await inStatement(pool, async (tx) => {
    for await (const row of rows) {
      read++;
      const prepared = await desk.prepare(tx, row.cells, options.now);
      if (Array.isArray(prepared)) {
        if (bad.push({ row, faults: prepared }) > mostBad) break;
      } else {
        good++;
        waiting.push(prepared);
        if (prepared.unmapped !== null) unmapped.set(prepared.unmapped, (unmapped.get(prepared.unmapped) ?? 0) + 1);
        if (waiting.length === batchSize) await write();
      }
      if (read % batchSize === 0) options.report(read, added, bad.length);
    }
  });
  await write();
  await writing;
  return { read, added, already: options.check ? 0 : good - added, bad, unmapped };
}

export async function importRequests(args: string[], config: Config, terminal: Terminal): Promise<ImportResult> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      mapping: { type: 'string' },
      site: { type: 'string' },
      'into-unit': { type: 'string' },
      category: { type: 'string', default: 'I01' },
      categories: { type: 'string' },
      source: { type: 'string' },
      check: { type: 'boolean', default: false },
    },
  });
  const file = positionals[0];
  if (!file || !existsSync(file)) throw new CommandError(`找不到文件 / file not found: ${file ?? '—'}`);
  const kind = kindOf(file);
  return withDatabase(config, { migrate: true }, async (database) => {
    await refuseIfEmpty(database);
    const keys = await openKeys(await keysFolderOf(config, database));
    const dir = await inStatement(database.pool, directory);
    const first = await firstRows(file, kind);
    const columns = [...new Set(first.flatMap((row) => Object.keys(row.cells)))];
    if (columns.length === 0) throw new CommandError(`${file} 是空的。\n${file} is empty.`);
    const guess = guessMapping(columns, kind);
    let mapping: ImportPlan['mapping'];
    try {
      mapping = applyMapping(guess.mapping, values.mapping, columns);
    } catch (error) {
      throw new CommandError((error as Error).message);
    }
    const source = values.source ?? guess.source;
    if (!/^[\w.-]{1,40}$/.test(source)) throw new CommandError(`--source: ${source}`);
    terminal.say(`${basename(file)} → ${source}`);
    for (const field of importFields)
      if (mapping[field]) terminal.say(`  ${field.padEnd(10)} ← ${mapping[field].join(' + ')}`);
    const used = new Set(Object.values(mapping).flat());
    const ignored = columns.filter((column) => !used.has(column));
    if (ignored.length > 0) terminal.say(`  不用 ignored  ${ignored.join(', ')}`);
    if (!mapping.text && !mapping.title)
      throw new CommandError(
        '不知道哪一列是内容，请用 --mapping text=列名。\nWhich column is the text? Say --mapping text=COLUMN.',
      );
    if (!mapping.submitted) terminal.say('  没有时间列：按现在计 · no column of times: counted as submitted now');
    const place = placeOf(dir, values.site, values['into-unit']);
    if (!place && !mapping.site) {
      throw new CommandError(
        '请说明归到哪里：--site 工地代码，或 --into-unit 单位代码。\nSay where they belong: --site CODE or --into-unit CODE.',
      );
    }
    let desk: ImportDesk;
    try {
      desk = new ImportDesk(dir, keys, {
        source,
        mapping,
        place,
        categories: await readCategories(values.categories),
        defaultCategory: values.category,
      });
    } catch (error) {
      throw new CommandError((error as Error).message);
    }

    const started = performance.now();
    const now = new Date();
    const seconds = (): number => (performance.now() - started) / 1000;
    const done = await run(database.pool, desk, readTable(file, kind), {
      check: values.check,
      now,
      report: (read, added, bad) =>
        terminal.progress(
          `  ${read} 行 rows · 新增 new ${added} · 有问题 bad ${bad} · ${Math.round(read / seconds())}/s`,
        ),
    });
    const took = seconds();
    const rejectedFile =
      done.bad.length > 0
        ? await handBack(file, kind, columns, done.bad, [...(mapping.text ?? []), ...(mapping.title ?? [])])
        : null;
    if (!values.check) {
      await inTransaction(database.pool, (tx) =>
        noteImport(tx, new Date(), source, {
          rows: done.read,
          added: done.added,
          already: done.already,
          bad: done.bad.length,
        }),
      );
    }
    for (const [label, count] of [...done.unmapped].sort((a, b) => b[1] - a[1]).slice(0, 12))
      terminal.say(`  ${label} → ${values.category} × ${count}`);
    if (done.unmapped.size > 12)
      terminal.say(`  … ${done.unmapped.size - 12} 种其他标签 other labels → ${values.category}`);
    terminal.say(
      values.check
        ? `只检查，未写入 · checked only: ${done.read} 行 rows, ${done.bad.length} 有问题 bad`
        : `${done.read} 行 rows · 新增 new ${done.added} · 已有 already here ${done.already} · 有问题 bad ${done.bad.length} · ${took.toFixed(1)} s · ${Math.round(done.read / took)}/s`,
    );
    const counted = new Map<string, number>();
    for (const kind of done.bad.flatMap(({ faults }) => faults.map(withoutCell)))
      counted.set(kind, (counted.get(kind) ?? 0) + 1);
    for (const [kind, count] of counted) terminal.say(`  ${count} × ${kind}`);
    if (rejectedFile) terminal.say(`改好后再导入 · mend and import again: ${join(rejectedFile)}`);
    if (done.bad.length > mostBad)
      terminal.say('有问题的行太多，已停：请检查列的对应。· Too many bad rows; stopped: check the mapping.');
    return {
      read: done.read,
      added: done.added,
      already: done.already,
      bad: done.bad.length,
      seconds: took,
      rejectedFile,
    };
  });
}
