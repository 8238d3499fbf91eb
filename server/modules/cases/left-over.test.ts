import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { openPool } from '../../platform/database.ts';
import { migrate } from '../../platform/migrate.ts';
import { emptyPlace } from '../../testing/commands.ts';
import { rootFolder } from '../../testing/database.ts';

const migrations = join(rootFolder, 'server', 'migrations');

test('what an earlier version left for nobody ends with the new one: no time comes round to it, nobody is asked about it', async () => {
  const place = await emptyPlace(inject('server'));
  const earlier = await mkdtemp(join(tmpdir(), 'lastmetre-earlier-'));
  const client = openPool(place.config.databaseUrl!, { max: 1 });
  try {
    for (const name of (await readdir(migrations)).filter((file) => file < '0010'))
      await cp(join(migrations, name), join(earlier, name));
    await migrate(place.config.databaseUrl!, earlier);
    const given = async (state: string, requests: string[]): Promise<string> => {
      const id = randomUUID();
      await client.query(
        `insert into cases.case_file (id, state, line_id, priority, dispatched_at, suspended_until, created_at)
         values ($1, $2::text, 1, 'high', now(), case when $2::text = 'suspended' then now() end, now())`,
        [id, state],
      );
      for (const one of requests)
        await client.query(
          `insert into requests.request (id, number, channel, confidentiality, class, category_id, first_category_id,
             priority, code_hmac, submitted_at, received_at, state, closed_at, triage_due, contact_due, resolve_due,
             resolve_now, promise_at, work, case_id, asked)
           values ($1::uuid, $1::uuid::text, 'hotline', 'open', 'normal', 1, 1, 'high', '', now(), now(), $2::text,
             case when $2::text = 'withdrawn' then now() end, now(), now(), now(), now(), now(), 'dispatched', $3, true)`,
          [randomUUID(), one, id],
        );
      await client.query(
        `insert into cases.ask (id, case_id, kind, asked_by, asked_by_label, asked_at, until_at, reason_code, text)
         values ($1::uuid, $2, 'extension', $1::uuid, '', now(), now(), 'parts', '')`,
        [randomUUID(), id],
      );
      return id;
    };
    const ended = [
      await given('dispatched', ['withdrawn']),
      await given('suspended', ['withdrawn', 'withdrawn']),
      await given('reopened', ['withdrawn']),
    ];
    const handled = await given('accepted', ['withdrawn', 'handled']);
    const goesOn = await given('suspended', ['withdrawn', 'in_work']);
    expect((await migrate(place.config.databaseUrl!, migrations)).applied).not.toEqual([]);
    const { rows } = await client.query<{
      id: string;
      state: string;
      until: Date | null;
      asks: boolean;
      asked: number;
    }>(
      `select id, state, suspended_until as until, exists (select from cases.ask where case_id = f.id and decided_at is null) as asks,
         (select count(*)::int from requests.request where case_id = f.id and asked) as asked from cases.case_file f`,
    );
    const found = new Map(rows.map(({ id, ...row }) => [id, row]));
    for (const id of ended) expect(found.get(id)).toEqual({ state: 'ended', until: null, asks: false, asked: 0 });
    expect(found.get(handled)).toEqual({ state: 'handled', until: null, asks: false, asked: 0 });
    expect(found.get(goesOn)).toEqual({ state: 'suspended', until: expect.any(Date), asks: true, asked: 1 });
  } finally {
    await client.end();
    await place.drop();
    await rm(earlier, { recursive: true, force: true });
  }
});
