import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();

/** Migrations of this version that the database has not seen, oldest first. */
export async function pendingMigrations(client: pg.Client, folder: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from public.lastmetre_migration');
  const applied = new Set(rows.map((row) => row.name));
  return (await filesIn(folder)).filter((name) => !applied.has(name));
}

/**
 * Brings the database to the newest shape: plain SQL files, forward only, one order, each in its own transaction.
 * @throws when an applied file was changed since, naming it, or when the server is older than PostgreSQL 15.
 */
export async function migrate(ownerUrl: string, folder: string): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'lastmetre-migrate' });
  await client.connect();
  const applied: string[] = [];
  try {
    const { rows } = await client.query<{ v: string }>(`select current_setting('server_version_num') as v`);
    if (Number(rows[0]?.v) < 150000) throw new Error('Last Metre needs PostgreSQL 15 or newer.');
    // Two programs starting at once: one migrates, the other waits here.
    await client.query('select pg_advisory_lock(7301, 1)');
    await client.query(`create table if not exists public.lastmetre_migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
    const known = new Map(
      (
        await client.query<{ name: string; sha256: string }>('select name, sha256 from public.lastmetre_migration')
      ).rows.map((row) => [row.name, row.sha256]),
    );
    for (const name of await filesIn(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      const sha256 = createHash('sha256').update(text).digest('hex');
      const before = known.get(name);
      if (before === sha256) continue;
      if (before)
        throw new Error(`Migration ${name} was changed after it had been applied. Restore it and write a new one.`);
      await client.query('begin');
      try {
        await client.query(text);
        await client.query('insert into public.lastmetre_migration (name, sha256) values ($1, $2)', [name, sha256]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
    }
    if (applied.length > 0) {
      await runMigrations({ connectionString: ownerUrl });
      await client.query(`
        grant usage on schema graphile_worker to lastmetre_app;
        grant all on all tables in schema graphile_worker to lastmetre_app;
        grant usage on all sequences in schema graphile_worker to lastmetre_app;
        grant execute on all functions in schema graphile_worker to lastmetre_app;
        do $$ declare t text; begin
          for t in select tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity
              and not exists (select from pg_policies p where p.schemaname = 'graphile_worker' and p.tablename = pg_tables.tablename) loop
            execute format('create policy app on graphile_worker.%I to lastmetre_app using (true) with check (true)', t);
          end loop;
        end $$;`);
    }
    await client.query('select pg_advisory_unlock(7301, 1)');
  } finally {
    await client.end();
  }
  return { applied };
}
