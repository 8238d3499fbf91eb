import type pg from 'pg';
import { seeded } from '../server/demo/random.ts';
import { composeRequest } from '../server/demo/sentences/compose.ts';
import { readWorld } from '../server/demo/world.ts';
import { keysOf, periodDays, sketch } from '../server/modules/likeness/copies.ts';
import { meaningOf } from '../server/modules/likeness/meaning.ts';
import { termsOf } from '../server/modules/likeness/terms.ts';
import {
  keysOfText,
  lineKey,
  openKey,
  periodDays as searchDays,
  siteKey,
  turned,
  unitKey,
} from '../server/modules/requests/search/keys.ts';
import { root } from './program.ts';

/** Different texts; each stands for about as many requests as there are hundreds of thousands. */
const kinds = 20_000;

interface Said {
  text: string;
  /** Not turned. */
  words: number[];
  hashes: number[];
  terms: number[];
}

/** What people write, as the demo's people do, of each category by its code; `count` texts over all of them. */
export async function composeTexts(codes: string[], count: number): Promise<Map<string, string[]>> {
  const world = await readWorld(root);
  const random = seeded(7);
  const said = new Map<string, string[]>(codes.map((code) => [code, []]));
  for (let i = 0; i < count; i++) {
    const code = codes[i % codes.length]!;
    const site = world.sites[Math.floor(random() * world.sites.length)]!;
    const { text } = composeRequest(
      code,
      random() < 0.8 ? 'worker' : 'officer',
      { kind: site.kind as 'plant', zh: site.zh },
      new Date(Date.now() - random() * 86_400_000),
      random,
    );
    said.get(code)!.push(text);
  }
  return said;
}

const saidIn = (text: string): Said => ({
  text,
  words: [...keysOfText(text)],
  hashes: sketch(text),
  terms: termsOf(meaningOf(text)),
});

/**
 * Words, search index and prints of all requests that may be searched, as the readers of the journal would have left
 * them: set-based, so that a million take minutes. Returns how many.
 */
export async function addWords(client: pg.Client): Promise<number> {
  const { rows: categories } = await client.query<{ id: number; code: string }>(
    `select id, code from organization.category where parent_id is not null and record_class = 'normal'`,
  );
  const said = await composeTexts(
    categories.map(({ code }) => code),
    kinds,
  );
  await client.query(
    `create temp table bench_said (category_id integer, i integer, text text, words integer[], hashes integer[], terms integer[])`,
  );
  for (const { id, code } of categories) {
    const rows = said.get(code)!.map((text, i) => ({ category_id: id, i, ...saidIn(text) }));
    await client.query(
      `insert into bench_said select category_id, i, text, words, hashes, terms from json_to_recordset($1)
       as s(category_id integer, i integer, text text, words integer[], hashes integer[], terms integer[])`,
      [JSON.stringify(rows)],
    );
  }
  await client.query('create index on bench_said (category_id, i)');
  await client.query('analyze bench_said');
  await client.query(`create temp table bench_pick as
    select r.id, r.unit_id, r.site_id, r.category_id, r.line_id, r.lead_unit_id, r.open, r.submitted_at as at, s.text, s.words, s.hashes, s.terms
    from (select *, floor(random() * ${Math.floor(kinds / categories.length)})::int as i from requests.request
          where class = 'normal' and confidentiality <> 'confidential' and site_id is not null) r
    join bench_said s on s.category_id = r.category_id and s.i = r.i`);
  await client.query('update requests.content c set text = p.text from bench_pick p where p.id = c.request_id');
  const { rows: sites } = await client.query<{ id: number; unit_id: number }>(
    `select id, parent_id as unit_id from organization.node where kind = 'site'`,
  );
  await client.query('create temp table bench_place (site_id integer primary key, keys integer[])');
  for (const { id, unit_id } of sites)
    await client.query('insert into bench_place values ($1, $2)', [id, [siteKey(id), unitKey(unit_id)]]);
  await client.query('create temp table bench_line (line_id integer, unit_id integer, key integer)');
  const { rows: lines } = await client.query<{ id: number }>('select id from organization.line');
  for (const { id } of lines)
    for (const unit of [null, ...new Set(sites.map((row) => row.unit_id))])
      await client.query('insert into bench_line values ($1, $2, $3)', [id, unit, lineKey(id, unit)]);
  await client.query('drop index requests.search_keys');
  // In the order of time, as the journal is read.
  await client.query(`insert into requests.search (request_id, at, keys)
    select id, at, (select array_agg(${turned('key', 'period')}) from unnest(words || keys || line_key || case when open then ${openKey} end) as key where key is not null)
    from (select p.*, place.keys, l.key as line_key, floor(extract(epoch from at) / ${searchDays * 86_400})::int as period
      from bench_pick p join bench_place place using (site_id)
      left join bench_line l on l.line_id = p.line_id and l.unit_id is not distinct from p.lead_unit_id) as placed
    order by at on conflict do nothing`);
  await client.query('create index search_keys on requests.search using gin (keys) with (fastupdate = off)');
  const { rows: periods } = await client.query<{ period: number }>(
    `select distinct floor(extract(epoch from at) / ${periodDays * 86_400})::int as period from bench_pick`,
  );
  await client.query('create temp table bench_period (period integer primary key, twist integer)');
  // (hash ^ period·φ): the one number of the period is worked out here, the rest by the database.
  for (const { period } of periods)
    await client.query('insert into bench_period values ($1, $2)', [period, keysOf([0], period)[0]]);
  await client.query('drop index likeness.print_keys');
  await client.query(`insert into likeness.print (request_id, unit_id, site_id, category_id, at, keys, terms)
    select id, unit_id, site_id, category_id, at, (select array_agg(h # twist) from unnest(hashes) as h), terms
    from bench_pick join bench_period on period = floor(extract(epoch from at) / ${periodDays * 86_400})::int
    where cardinality(hashes) > 0 order by at on conflict do nothing`);
  await client.query('create index print_keys on likeness.print using gin (keys) with (fastupdate = off)');
  await client.query('vacuum (analyze) likeness.print');
  await client.query('vacuum (analyze) requests.search');
  await client.query('vacuum (analyze) requests.content');
  const { rows } = await client.query<{ n: string }>('select count(*) as n from likeness.print');
  return Number(rows[0]!.n);
}

/** As many requests as wanted whose words a dispatcher may read, from the busiest sites and of the last days. */
export async function someRequests(client: pg.Client, most: number): Promise<string[]> {
  const { rows } = await client.query<{ request_id: string }>(
    `select request_id from likeness.print where at > now() - interval '10 days' order by random() limit $1`,
    [most],
  );
  return rows.map(({ request_id }) => request_id);
}
