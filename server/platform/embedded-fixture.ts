// A whole program for the tests to kill: starts the database on the given folder, says that it runs, and writes rows
// one commit at a time, printing each number once its commit is confirmed.
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded.ts';

try {
  const database = await startEmbeddedPostgres({ dataFolder: process.argv[2]! });
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query('create table if not exists written (n int primary key)');
  process.stdout.write('running\n');
  for (let n = 1; ; n++) {
    await client.query('insert into written values ($1)', [n]);
    process.stdout.write(`${n}\n`);
  }
} catch (error) {
  process.stderr.write(`${(error as Error).name}: ${(error as Error).message}\n`);
  process.exitCode = 3;
}
