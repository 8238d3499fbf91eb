// The yardstick of `intake`, in a process of its own: what PostgreSQL does when a client sends nothing but the two
// inserts a request cannot do without, in one prepared statement, over as many connections. Prints one JSON line.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';

const { url, connections, warmMs, measureMs, setUp } = JSON.parse(process.argv[2]);

// The real columns with their checks and defaults, and the primary keys; no further index, no foreign key.
const tables = `create table bench_floor.request (like requests.request including defaults including generated including constraints, primary key (id));
  create table bench_floor.content (like requests.content, primary key (request_id))`;
const insert = `with r as (insert into bench_floor.request (id, number, contact_id, channel, confidentiality, class, category_id, first_category_id, unit_id,
    site_id, stage_code, priority, requester_id, device_id, code_hmac, submitted_at, received_at, triage_due, contact_due, resolve_due, resolve_now, promise_at, next_due)
    values ($1, $2, $3, 'qr_form', 'open', 'normal', 12, 1, 6, $4, 'S2', 'high', $5, $6, $7, $8, $8, $9, $9, $9, $9, $9, $9))
  insert into bench_floor.content (request_id, key, text, requester_label) values ($1, $10, $11, '一线职工')`;
const text = '三号楼热水器两天没有热水，下夜班的同志洗不上澡，请尽快安排人来修。';

if (setUp) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`drop schema if exists bench_floor cascade; create schema bench_floor;
    ${tables}`);
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
          randomUUID(),
          20 + (n % 100),
          requester,
          requester.slice(0, 20),
          randomBytes(32),
          now,
          due,
          randomBytes(16),
          text,
        ],
      });
      if (before >= measureFrom && performance.now() <= until) done++;
    }
    await client.end();
  }),
);
process.stdout.write(`${JSON.stringify({ perSecond: done / (measureMs / 1000), done })}\n`);
