/**
 * One request with some 25 entries in its thread, read by everybody concerned, beside the smallest signed-in answer of
 * the same server. Each reading is of another request, so that nothing is answered from the last one's pages.
 */
import { addRequests } from './dataset.ts';
import { measure } from './measured.ts';
import { asOwner, makeDataFolder, removeFolder, signIn, startProgram } from './program.ts';
import { report } from './report.ts';

const mostMs = 10;
const entries = 25;
const requests = 200;

const folder = await makeDataFolder();
const server = await startProgram(folder);
try {
  const { ids, logins } = await asOwner(folder, async (client) => {
    await addRequests(client, 0, 10_000);
    // Work at one unit's logistics line, asked for by one worker of that unit: all four readers see the same requests.
    const { rows: logins } = await client.query<{ login: string; role: string }>(
      `with u as (select parent_id as id from organization.node where kind = 'site' group by parent_id order by count(*) desc, parent_id limit 1),
        s as (select n.id from organization.node n, u where n.parent_id = u.id order by n.heads desc limit 1)
       select distinct on (role) a.login, g.role from access.account a join access.grant_ g on g.account_id = a.id
       left join organization.line l on l.id = g.line_id
       where (g.role = 'handler' and g.node_id = (select id from u) and l.code = 'L11') or (g.role = 'site_officer' and g.node_id = (select id from s))
         or g.role in ('dispatcher', 'group_leader', 'worker') order by role, login`,
    );
    const worker = logins.find((row) => row.role === 'worker')!.login;
    const { rows } = await client.query<{ id: string }>(
      `with u as (select parent_id as id from organization.node where kind = 'site' group by parent_id order by count(*) desc, parent_id limit 1),
        s as (select n.id from organization.node n, u where n.parent_id = u.id order by n.heads desc limit 1),
        picked as (select id from requests.request where work = 'in_progress' and class = 'normal' and confidentiality = 'open' limit $1)
       update requests.request r set unit_id = (select id from u), site_id = (select id from s), lead_unit_id = (select id from u),
         line_id = (select id from organization.line where code = 'L11'), requester_id = (select id from access.account where login = $2)
       from picked where picked.id = r.id returning r.id`,
      [requests, worker],
    );
    const ids = rows.map((row) => row.id);
    await client.query(
      `insert into cases.case_file (id, state, line_id, lead_unit_id, priority, dispatched_at, accepted_at, created_at)
       select distinct on (case_id) case_id, 'in_progress', line_id, lead_unit_id, priority, dispatched_at, contacted_at, dispatched_at
       from requests.request where id = any($1::uuid[])`,
      [ids],
    );
    await client.query(
      `insert into requests.entry (id, request_id, at, kind, side, who, line_id, original, text, data)
       select uuidv7(), r.id, r.submitted_at + n * interval '7 minutes',
         case when n = 0 then 'submitted' when n = 1 then 'dispatched' when n = 2 then 'accepted' when n % 3 = 0 then 'reply' when n % 3 = 1 then 'message' else 'progress' end,
         case when n = 0 or n % 3 = 0 then 'requester' else 'staff' end, case when n % 3 = 0 then null else '后勤条线承办' end, case when n % 3 = 0 then null else r.line_id end,
         n = 0 or n % 3 = 0, repeat('师傅今天下午到场，换了加热管，晚上再试一次。', 1 + n % 3), case when n = 1 then '{"line":"L11"}'::jsonb else '{}' end
       from requests.request r, generate_series(0, $2::int - 1) as n where r.id = any($1::uuid[])`,
      [ids, entries],
    );
    await client.query('vacuum (analyze) requests.entry');
    await client.query('analyze');
    return { ids, logins };
  });
  const names: Record<string, string> = {
    worker: 'requester',
    handler: 'handler',
    dispatcher: 'dispatcher',
    site_officer: 'site officer',
    group_leader: 'group leader',
  };
  for (const { login, role } of logins) {
    const by = await signIn(server.address, login);
    const floor = await measure(server.address, by, ['/api/session']);
    const found = await measure(
      server.address,
      by,
      ids.map((id) => `/api/requests/${id}`),
    );
    const shown = (JSON.parse(found.body) as { entries: unknown[] }).entries.length;
    const name = `${names[role]} (${shown} entries)`;
    report({
      bench: 'thread',
      case: name,
      metric: 'p99',
      value: found.p99,
      unit: 'ms',
      floor: floor.p99,
      aim: `< ${mostMs} ms`,
      met: found.p99 < mostMs,
      runs: found.runs,
      spread: found.spread,
      others: found.others,
    });
    report({ bench: 'thread', case: name, metric: 'p50', value: found.p50, unit: 'ms', floor: floor.p50 });
  }
} finally {
  await server.stop();
  await removeFolder(folder);
}
