import type pg from 'pg';

/**
 * Requests as a large group would have them after a year, made by set-based SQL as the owner: 92 % closed, the open ones
 * recent, sites and categories skewed (the busiest of some 120 sites has a ninth of everything), cases of up to three
 * requests; what waits to be verified has waited for less than a day, so that no sweep changes it meanwhile. The same count always gives the same shape; the values are random.
 */
export async function addRequests(client: pg.Client, have: number, want: number): Promise<void> {
  await client.query('drop table if exists pg_temp.bench_shape');
  // Cumulative weights: 1 / rank^0.8 over the sites, the unit with most sites first; the demo's category mix.
  await client.query(`create temp table bench_shape as
    with unit as (select parent_id, count(*) as n from organization.node where kind = 'site' group by parent_id),
    ranked as (select s.id, s.parent_id as unit_id, power(row_number() over (order by u.n desc, s.parent_id, s.heads desc), -0.8) as w
      from organization.node s join unit u using (parent_id) where s.kind = 'site'),
    site as (select id, unit_id, sum(w) over (order by w desc, id) / sum(w) over () as upto from ranked),
    mixed as (select c.id, c.parent_id, c.priority, c.line_id, c.record_class,
        case left(c.code, 1) when 'A' then 0.055 when 'B' then 0.04 when 'C' then 0.027 when 'E' then 0.02 when 'F' then 0.01 when 'G' then 0.012 else 0.012 end as w
      from organization.category c where c.parent_id is not null and c.record_class in ('normal', 'personal', 'health')),
    category as (select *, sum(w) over (order by id) / sum(w) over () as upto from mixed)
    select (select array_agg(id order by upto) from site) as sites, (select array_agg(unit_id order by upto) from site) as units,
      (select array_agg(upto order by upto) from site)::float8[] as site_upto,
      (select array_agg(id order by upto) from category) as categories, (select array_agg(parent_id order by upto) from category) as firsts,
      (select array_agg(priority order by upto) from category) as priorities, (select array_agg(line_id order by upto) from category) as lines,
      (select array_agg(record_class order by upto) from category) as classes, (select array_agg(upto order by upto) from category)::float8[] as category_upto,
      (select id from organization.node where kind = 'group') as group_id`);
  for (let from = have; from < want; from += 100_000) {
    await client.query(insertion, [from, Math.min(want, from + 100_000) - 1]);
  }
  await client.query('vacuum (analyze) requests.request');
  await client.query('vacuum (analyze) requests.content');
  await client.query('checkpoint');
}

const insertion = `with drawn as materialized (
    select i, random() as a, random() as b, random() as c, random() as d, random() as e from generate_series($1::int, $2::int) as i),
  placed as materialized (
    select i, c, d, e, sites[s] as site_id, units[s] as unit_id, categories[k] as category_id, firsts[k] as first_category_id, priorities[k] as priority,
      lines[k] as line, classes[k] as class, group_id,
      -- A tenth of all is from the last weeks, and four fifths of that is open: 8 %.
      case when i % 10 = 0 then now() - random() * interval '20 days' else now() - interval '20 days' - random() * interval '380 days' end as at,
      i % 10 = 0 and c < 0.8 as open
    from drawn, pg_temp.bench_shape,
      lateral (select least(width_bucket(a, site_upto) + 1, cardinality(sites)) as s, least(width_bucket(b, category_upto) + 1, cardinality(categories)) as k) as x),
  worked as materialized (
    select *, case when not open then case when d < 0.9 then 'resolved_confirmed' when d < 0.95 then 'closed_unverified' else 'closed_unreachable' end
        when d < 0.09 then 'received' when d < 0.78 then 'in_work' when d < 0.97 then 'handled' else 'reopened' end as state,
      case when not open then 'handled' when d < 0.08 then 'new' when d < 0.09 then 'returned' when d < 0.22 then 'dispatched' when d < 0.32 then 'accepted'
        when d < 0.74 then 'in_progress' when d < 0.78 then 'suspended' when d < 0.97 then 'handled' else 'reopened' end as work,
      case priority when 'urgent' then 4 when 'high' then 12 when 'normal24' then 24 when 'normal48' then 48 else 72 end * interval '1 hour' as hours
    from placed),
  made as (
    select w.*, uuidv7(at - now()) as id, work not in ('new', 'returned') as dispatched,
      case when work in ('new', 'returned') then null when e < 0.7 then unit_id end as lead_unit_id,
      overlay(overlay(md5('case' || case when i % 100 < 9 then -(i / 3) else i end) placing '8' from 13) placing 'a' from 17)::uuid as any_case
    from worked w),
  handled as (
    select m.*, g.account_id as handler from made m
    left join lateral (select account_id from access.grant_ g where g.role = 'handler' and g.line_id = m.line and g.node_id = coalesce(m.lead_unit_id, m.group_id) limit 1) g
      on m.dispatched and m.work <> 'dispatched'),
  r as (
    insert into requests.request (id, number, channel, confidentiality, class, category_id, first_category_id, unit_id, site_id, stage_code, priority,
      requester_id, code_hmac, submitted_at, received_at, state, verdict_by, triage_due, contact_due, resolve_due, resolve_now, promise_at, next_due,
      contacted_at, dispatched_at, handled_at, closed_at, work, case_id, line_id, lead_unit_id, handler_id, handler_label, asked)
    select id, 'B-' || to_char(at, 'YYMMDD') || '-' || lpad(i::text, 7, '0'), 'qr_form', case when e < 0.9 then 'open' when e < 0.96 then 'confidential' else 'anonymous' end,
      class, category_id, first_category_id, unit_id, site_id, 'S2', priority, null, decode(md5(i::text) || md5('x' || i), 'hex'), at, at, state,
      case when state = 'resolved_confirmed' then 'requester' end, at + interval '15 minutes', at + hours / 8, at + hours, at + hours, at + hours,
      case when not open or work = 'handled' then null when work in ('new', 'returned') then at + interval '15 minutes' else at + hours end,
      case when dispatched and work <> 'dispatched' then at + interval '20 minutes' end, case when dispatched then at + interval '10 minutes' end,
      case when work = 'handled' then case when open then now() - random() * interval '20 hours' else at + hours / 2 end end, case when not open then at + hours end,
      work, case when dispatched then any_case end, case when dispatched then line end, lead_unit_id, handler, case when handler is not null then '承办人' end,
      open and work = 'in_progress' and c < 0.02
    from handled returning id)
  insert into requests.content (request_id, key, text, point, callback)
  select id, '\\x000102030405060708090a0b0c0d0e0f', repeat('三号楼热水器两天没有热水，下夜班的同志洗不上澡，请尽快安排人来修。', 1 + (random() * 3)::int), '生活区', '13800000000' from r`;
