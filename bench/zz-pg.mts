import { readFileSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { asOwner, makeDataFolder, ownerUrl, removeFolder, startProgram } from './program.ts';
import { startEmbeddedPostgres } from '../server/platform/embedded.ts';
const folder = await makeDataFolder();
const database = await startEmbeddedPostgres({ dataFolder: folder });
try {
  const c = new pg.Client({ connectionString: database.ownerUrl });
  await c.connect();
  const pid = (await c.query('select pg_backend_pid() as p')).rows[0].p;
  const cpu = () => { const s = readFileSync(`/proc/${pid}/stat`, 'utf8'); const f = s.slice(s.lastIndexOf(')') + 2).split(' '); return (Number(f[11]) + Number(f[12])) / 100; };
  const { createText } = await import('./zz-create.mts');
  const sites = (await c.query(`select id, parent_id from organization.node where kind='site'`)).rows;
  const values = (t: any) => {
    const id = randomUUID(), now = new Date(), due = new Date(now.getTime() + 9e5), s = sites[Math.floor(Math.random() * sites.length)];
    const r: any = { id, contact_id: randomUUID(), channel: 'qr_form', confidentiality: 'open', class: 'normal', category_id: 12, first_category_id: 1, unit_id: s.parent_id, site_id: s.id, stage_code: 'S2', priority: 'high', requester_id: randomUUID(), registrar_id: null, device_id: 'dev', code_hmac: randomBytes(32), submitted_at: now, received_at: now, triage_due: due, contact_due: due, resolve_due: due, resolve_now: due, promise_at: due, next_due: due };
    const j = [Buffer.from('x'.repeat(300)), now, r.requester_id, 'worker', 'requests.submitted', 'request', id, 'normal', s.parent_id, s.id, null, 12, null, 'received', null, JSON.stringify({ channel: 'qr_form', priority: 'high', digest: 'a'.repeat(32) })];
    return t.names.map((n: string) => n.startsWith('request.') ? r[n.slice(8)] : n.startsWith('journal.') ? j[Number(n.slice(8))] : ({ prefix: 'ZB', day: '261122', contact_id: r.contact_id, received_at: now, channel: 'qr_form', registrar_id: null, caller_key: null, key: randomBytes(16), text: '热水器两天没有热水，下夜班的同志洗不上澡，请尽快安排人来修。', point: null, callback: null, requester_label: '一线职工', source_ref: null, entry_id: randomUUID(), entry_kind: 'submitted', actor_id: r.requester_id, side: 'requester', who: '一线', file_ids: [], once_sender: r.requester_id, once_key: id, once_hash: randomBytes(32), answer: '{"id":"x"}' } as any)[n]);
  };
  const go = async (name: string, text: string, make: () => unknown[], n = 4000, per = 1) => {
    for (let i = 0; i < 300; i++) await c.query({ name, text, values: make() });
    const a = cpu(), t = performance.now();
    for (let i = 0; i < n; i++) await c.query({ name, text, values: make() });
    console.log(name.padEnd(28), (((cpu() - a) / n / per) * 1e6).toFixed(0), 'µs pg cpu;', (((performance.now() - t) / n / per) * 1e3).toFixed(0), 'µs wall');
  };
  const t = createText();
  await go('full', t.text, () => values(t));
  await c.query('analyze');
  await go('full2', t.text, () => values(t));
  console.log((await c.query(`select name, generic_plans, custom_plans from pg_prepared_statements`)).rows);

  await c.query('set synchronous_commit=off');
  await go('async full', t.text, () => values(t));
  const cut = (drop: string[]) => {
    let text = t.text;
    for (const d of drop) { const re = new RegExp(`\\n\\s+${d} as \\([\\s\\S]*?\\)(?=,\\n\\s+[a-z] as|\\n\\s+select number)`); const before = text; text = text.replace(re, '').replace(/,\s*,/g, ',').replace(/,\s*\n\s*select number/, '\n select number'); if (text === before) console.log('not cut', d); }
    return text;
  };
  // batch by unnest of arrays
  for (const size of [1, 2, 4, 8, 16]) {
    // columns: p(name,type) in order of t
    const types: string[] = []; t.text.replace(/\$(\d+)::([a-z]+(\[\])?)/g, (_: string, d: string, ty: string) => { types[Number(d) - 1] = ty; return ''; });
    const cols = t.names.map((_: string, i: number) => `c${i + 1}`);
    const arr = types.map((ty) => ty === 'uuid[]' ? 'text' : ty);
    let body = t.text.replace(/\$(\d+)::([a-z]+(\[\])?)/g, (_: string, d: string, ty: string) => ty === 'uuid[]' ? `s.c${d}::uuid[]` : `s.c${d}`);
    body = body.replace(/^with n as \(\s*select ([\s\S]*?) as number\)/, (_: string, ex: string) => `with s as materialized (select s.*, ${ex} as number from unnest(${arr.map((ty, i) => `$${i + 1}::${ty}[]`).join(',')}) as s(${cols.join(',')}))`);
    body = body.replace(/from n where/g, 'from s where').replace(/select n\.number, ([\s\S]*?) from n\)/, 'select s.number, $1 from s)').replace(/n\.number/g, 's.number').replace('select number from n', 'select number from s');
    // selects without from
    body = body.replace(/('requests')\n(\s+on conflict)/, "$1 from s\n$2");
    body = body.replace(/(insert into requests\.content [^\n]*\n\s+select [^\n]*?)\),\n/, '$1 from s),\n');
    body = body.replace(/(insert into requests\.entry [\s\S]*?s\.c\d+::uuid\[\])\),\n/, '$1 from s),\n');
    body = body.replace(/(insert into journal\.entry \([^)]*\)) values \(([\s\S]*?)\)\),/, '$1 select $2 from s),');

    const jbody = body.replace(/unnest\([^)]*\) as s\([^)]*\)/, 'json_to_recordset($1::json) as s(' + arr.map((ty, i) => `c${i + 1} ${ty === "bytea" ? "text" : ty}`).join(',') + ')').replace(/s\.c(\d+)(?=[,\s)])/g, (m: string, d: string) => types[Number(d) - 1] === 'bytea' ? `decode(s.c${d},'base64')` : m);
    await go('json batch ' + size, jbody, () => { const rows = Array.from({ length: size }, () => values(t)); return [JSON.stringify(rows.map((r) => Object.fromEntries(r.map((v, i) => [`c${i + 1}`, v instanceof Buffer ? v.toString('base64') : types[i] === 'jsonb' ? JSON.parse(v) : types[i] === 'uuid[]' ? '{}' : v]))))]; }, Math.ceil(4000 / size), size);
    await go('batch ' + size, body, () => { const rows = Array.from({ length: size }, () => values(t)); return types.map((ty, i) => rows.map((r) => ty === 'uuid[]' ? '{}' : r[i])); }, Math.ceil(4000 / size), size);
  }
  await c.end();
} finally {
  await database.stop();
  await removeFolder(folder);
}
