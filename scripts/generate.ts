/**
 * Writes what is generated and checked for drift: each module's `tables.ts` from a freshly migrated database, and
 * the OpenAPI document from the running program.
 * `tsx scripts/generate.ts --check` writes nothing and fails when a file on disk differs.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Config, readConfig } from '../server/platform/config.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../server/platform/embedded.ts';
import { migrate } from '../server/platform/migrate.ts';
import { startProgram } from '../server/program.ts';

const modules = [
  'likeness',
  'organization',
  'stages',
  'clocks',
  'knowledge',
  'access',
  'requests',
  'catalogue',
  'cases',
  'followups',
  'ledger',
  'hotline',
  'tasks',
  'messages',
  'triage',
  'outreach',
  'open311',
  'webhooks',
  'watch',
  'measures',
  'duty',
  'drills',
  'lessons',
  'reports',
  'plans',
];

const types: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  bool: 'boolean',
  timestamptz: 'Date',
  bytea: 'Buffer',
  numeric: 'string',
  float8: 'number',
  _text: 'string[]',
  _uuid: 'string[]',
  _int4: 'number[]',
};

interface Column {
  table_name: string;
  column_name: string;
  udt_name: string;
  is_nullable: string;
  has_default: boolean;
  generated: boolean;
}

function typeOf(column: Column): string {
  const nullable = column.is_nullable === 'YES' ? ' | null' : '';
  if (column.udt_name === 'jsonb')
    return `ColumnType<Record<string, unknown>${nullable}, string${nullable}${column.has_default ? ' | undefined' : ''}, string${nullable}>`;
  const base = types[column.udt_name];
  if (!base) throw new Error(`No type is known for ${column.udt_name} (${column.table_name}.${column.column_name}).`);
  if (column.generated) return `GeneratedAlways<${base}${nullable}>`;
  return column.has_default ? `Generated<${base}${nullable}>` : `${base}${nullable}`;
}

export async function generateTables(url: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const files = new Map<string, string>();
  try {
    for (const schema of modules) {
      const { rows } = await client.query<Column>(
        `select table_name, column_name, udt_name, is_nullable, column_default is not null or is_identity = 'YES' as has_default, is_generated = 'ALWAYS' as generated
         from information_schema.columns where table_schema = $1 order by table_name, ordinal_position`,
        [schema],
      );
      const tables = grouped(rows);
      const body = [...tables]
        .map(
          ([table, columns]) =>
            `  ${table}: {\n${columns.map((column) => `    ${column.column_name}: ${typeOf(column)};`).join('\n')}\n  };`,
        )
        .join('\n');
      const used = ['ColumnType', 'Generated', 'GeneratedAlways'].filter((name) =>
        new RegExp(`\\b${name}<`).test(body),
      );
      files.set(
        `server/modules/${schema}/tables.ts`,
        `// Generated from the migrated database by scripts/generate.ts; not edited by hand.\n${used.length > 0 ? `import type { ${used.join(', ')} } from 'kysely';\n\n` : ''}export interface DB {\n${body}\n}\n`,
      );
    }
  } finally {
    await client.end();
  }
  return files;
}

function grouped(rows: Column[]): Map<string, Column[]> {
  const tables = new Map<string, Column[]>();
  for (const row of rows) tables.set(row.table_name, [...(tables.get(row.table_name) ?? []), row]);
  return tables;
}

/** The OpenAPI document as the program itself serves it. */
async function generateOpenApi(folder: string, database: EmbeddedPostgres): Promise<string> {
  const config: Config = { ...readConfig({ LASTMETRE_DATA: folder, PORT: '0' }), databaseUrl: null };
  const program = await startProgram({ config, appUrl: database.appUrl, demoLogins: [], withTimers: false });
  try {
    const answer = await fetch(`${program.address}/api/openapi.json`);
    return `${JSON.stringify(await answer.json(), null, 1)}\n`;
  } finally {
    await program.stop();
  }
}

if (process.argv[1]?.endsWith('generate.ts')) {
  const folder = await mkdtemp(join(tmpdir(), 'lastmetre-generate-'));
  const database = await startEmbeddedPostgres({ dataFolder: folder });
  try {
    await migrate(database.ownerUrl, 'server/migrations');
    const files = await generateTables(database.ownerUrl);
    files.set('docs/openapi.json', await generateOpenApi(folder, database));
    for (const [file, text] of files) {
      if (process.argv.includes('--check')) {
        if ((await readFile(file, 'utf8').catch(() => '')) !== text)
          throw new Error(`${file} is out of date: run npm run generate.`);
      } else await writeFile(file, text);
    }
  } finally {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
