// The yardstick of `intake`, in a process of its own: what PostgreSQL does when a client sends nothing but the two
// inserts a request cannot do without, in one prepared statement, over as many connections. Prints one JSON line.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';

const { url, connections, warmMs, measureMs, setUp } = JSON.parse(process.argv[2]);

const columns = `id uuid primary key, number text not null, channel text not null, confidentiality text not null, class text not null,
  category_id integer not null, unit_id integer, site_id integer, stage_code text, priority text not null, requester_id uuid,
  code_hmac bytea not null, submitted_at timestamptz not null, received_at timestamptz not null, triage_due timestamptz not null,
  contact_due timestamptz not null, resolve_due timestamptz not null, next_due timestamptz, state text not null, work text not null`;
const insert = `with r as (insert into bench_floor.request values
    ($1, $2, 'qr_form', 'open', 'normal', $3, $4, $5, 'S2', 'high', $6, $7, $8, $8, $9, $9, $9, $9, 'received', 'new'))
  insert into bench_floor.content values ($1, $10, $11, $12)`;
const text = '三号楼热水器两天没有热水，下夜班的同志洗不上澡，请尽快安排人来修。';

if (setUp) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`drop schema if exists bench_floor cascade; create schema bench_floor;
    create table bench_floor.request (${columns});
    create table bench_floor.content (request_id uuid primary key, key bytea not null, text text not null, callback text)`);
  await client.end();
  process.exit(0);
}

const started = performance.now();
const measureFrom = started + warmMs;
const until = measureFrom + measureMs;
let done = 0;
await Promise.all(
  Array.from({ length: connections }, async (_, i) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const requester = randomUUID();
    for (let n = 0; performance.now() < until; n++) {
      const before = performance.now();
      const now = new Date();
      const due = new Date(now.getTime() + 900_000);
      await client.query({
        name: 'floor',
        text: insert,
        values: [
          randomUUID(),
          `B-261122-${i}-${n}`,
          7,
          3,
          20 + (n % 100),
          requester,
          randomBytes(32),
          now,
          due,
          randomBytes(16),
          text,
          '13800000000',
        ],
      });
      if (before >= measureFrom && performance.now() <= until) done++;
    }
    await client.end();
  }),
);
process.stdout.write(`${JSON.stringify({ perSecond: done / (measureMs / 1000), done })}\n`);
