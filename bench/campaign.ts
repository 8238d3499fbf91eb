/**
 * A group in a campaign: the demo's ten units with as many sites as asked, each with officers, crews and duty, and plans of
 * about a hundred lines everywhere. Generated; the same counts always give the same shape and words.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { seeded } from '../server/demo/random.ts';
import { csrfOf } from '../server/modules/access/sessions.ts';
import { secret, sha256 } from '../server/platform/crypto.ts';
import type { SignedIn } from './program.ts';

/** Lines of a measure set, and how many of them are the site's own. */
export const linesOfSet = 100;
const ownLines = 50;
/** Every so many-th set has the words of the one before it. */
export const copyEvery = 50;

/**
 * Adds sites until there are so many, dealt out over the units, each with one officer who has an account, four crews, a
 * telephone and a post that is manned around the clock for the next nine days; every unit three such posts.
 */
export async function growGroup(client: pg.Client, sites: number): Promise<void> {
  await client.query(
    `with unit as (select id, code, row_number() over (order by code) - 1 as i, count(*) over () as n from organization.node where kind = 'unit')
     insert into organization.node (kind, code, zh, en, initials, parent_id, site_kind, heads, facts)
     select 'site', u.code || '-' || (100 + i.n / u.n), '第' || (i.n + 1) || '标段', 'Section ' || (i.n + 1), 'dbd', u.id,
       case when i.n % 5 = 0 then 'plant' else 'construction' end, 40 + (i.n * 37) % 160, '{}'
     from generate_series(0, $1::int - 1 - (select count(*)::int from organization.node where kind = 'site')) as i(n) join unit u on u.i = i.n % u.n`,
    [sites],
  );
  // Whoever has no officer yet gets one; the password is everybody's.
  await client.query(
    `with bare as (select s.id, s.zh, lower(s.code) || '-so' as login from organization.node s
       where s.kind = 'site' and not exists (select from access.grant_ g where g.node_id = s.id and g.role = 'site_officer' and g.revoked_at is null)),
     p as (insert into organization.person (id, staff_no, label, node_id, post)
       select gen_random_uuid(), 'BN-' || id, zh || '保障员', id, 'site_officer' from bare returning id, node_id, label),
     a as (insert into access.account (id, login, label, person_id, home_node_id, password_hash, must_change_password, created_at)
       select gen_random_uuid(), b.login, p.label, p.id, b.id, (select password_hash from access.account where login = 'sup01'), false, now()
       from bare b join p on p.node_id = b.id returning id, home_node_id)
     insert into access.grant_ (id, account_id, role, node_id, granted_at) select gen_random_uuid(), id, 'site_officer', home_node_id, now() from a`,
  );
  await client.query(
    `insert into reports.crew (id, site_id, zh, planned, ordinal, changed_at)
     select gen_random_uuid(), s.id, (array['路基一班', '桥涵班', '后勤食堂', '项目部'])[n + 1], greatest(1, s.heads / 4), n, now()
     from organization.node s, generate_series(0, 3) as n
     where s.kind = 'site' and not exists (select from reports.crew c where c.site_id = s.id)`,
  );
  await client.query(
    `insert into reports.office (site_id, phone, changed_at) select id, '8' || id, now() from organization.node where kind = 'site' on conflict do nothing`,
  );
  await client.query(
    `with post as (
       insert into duty.post (id, node_id, zh, en, hours, standby, stages, from_at, made_at)
       select gen_random_uuid(), n.id, p.zh, p.en, '{D,E,N}', p.standby, '{S1,S2,S3,S4}', now() - interval '9 days', now()
       from organization.node n join (values (1, '带班领导', 'Standing officer', true), (2, '值班室', 'Duty desk', false), (3, '疫情专班', 'Epidemic desk', false)) as p(i, zh, en, standby)
         on (n.kind = 'site' and p.i = 1) or n.kind = 'unit'
       returning id, node_id, zh),
     held as (
       -- Nobody is in two places: a post of a unit is held by accounts of its own.
       select post.id, a.id as account_id, a.label from post
       join lateral (select id, label, row_number() over (order by login) as i from access.account where home_node_id = post.node_id) a
         on a.i = case post.zh when '带班领导' then 1 when '值班室' then 2 else 3 end)
     insert into duty.shift (id, post_id, account_id, label, from_at, to_at, state, planned_at)
     select gen_random_uuid(), id, account_id, label, day, day + interval '24 hours', 'planned', now()
     from held, generate_series(date_trunc('day', now()) - interval '1 day', date_trunc('day', now()) + interval '9 days', interval '24 hours') as day`,
  );
  for (const table of [
    'organization.node',
    'access.account',
    'access.grant_',
    'duty.post',
    'duty.shift',
    'reports.crew',
  ])
    await client.query(`analyze ${table}`);
  // A running program notices a changed organisation within ten seconds.
  await sleep(10_500);
}

/** Signs accounts in without asking for a thousand passwords: the sessions are as the program would have written them. */
export async function openSessions(client: pg.Client, accountIds: readonly string[]): Promise<SignedIn[]> {
  const secrets = accountIds.map(() => secret(32));
  await client.query(
    `insert into access.session (id, secret_hash, account_id, device, created_at, last_seen_at)
     select gen_random_uuid(), hash, account_id, 'bench', now(), now() from unnest($1::bytea[], $2::uuid[]) as s(hash, account_id)`,
    [secrets.map((one) => sha256(one)), accountIds],
  );
  return secrets.map((one) => ({ cookie: `lm_session=${one}`, 'x-csrf': csrfOf(one) }));
}

// ---- the words of measures

const places =
  `大门岗亭 食堂门口 东侧宿舍 西侧宿舍 作业面入口 材料堆场 配电房 会议室 临时隔离区 淋浴间 塔吊下方 停车区 拌和楼 钢筋棚 木工棚 试验室
  油库 水泵房 垃圾站 医务室 洗衣房 活动室 超市 快递架 吸烟亭 北门通道 南侧围挡 基坑边 办公楼大厅 司机休息点`.split(
    /\s+/,
  );
const acts =
  `清点人数 查验登记 开窗通风 擦拭消杀 核对签收 测量水质 补齐物资 张贴告示 询问需求 检查围挡 错峰放行 更换滤芯 校准体温枪 收集台账 巡查床位
  清运垃圾 回访诉求 讲解注意事项 检查灭火器 留存样品 核实行程 分发药品 登记访客 调试广播 整理货架 复核名单 抽查夜班 疏通排水 检修照明 清洗餐具
  试运行发电机 盘点口罩 消毒车辆 封存废物 通知班组长 拍摄现场 测试电话 核销工单 送达邮包 安抚情绪`.split(/\s+/);
const ways =
  `每班两人互相签认 由班组长带队逐间做 做完在群里报数 异常十分钟内报单位 台账当日装订 留样拍照 缺什么当场补 先高风险后低风险 戴手套和护目镜 由夜班先做一遍
  两个人一起去 司机不下车 做完洗手换衣 不合格的当场退回 记在白板上 逢单日从东边开始 下雨改在棚内 人多时分三批 食堂收餐以后再做 用专用推车
  钥匙交值班室 数字报给调度 同住的互相照看 听不懂的用方言讲 病号优先 晚点名时通报 钥匙双人双锁 与保安交接 用完放回原处 超过两小时催一次
  外来人员另行登记 每周换一个路线 做不完交下一班 记清几点几分 少于三天用量就报 留一份给工会 由青年突击队顶班 抽十个人问一问 红袖章带到位 旧的先用`.split(
    /\s+/,
  );
const frequencies = [
  'daily',
  'daily',
  'daily',
  'daily',
  'daily',
  'per_shift',
  'per_shift',
  'weekly',
  'monthly',
  'per_event',
];
const evidences = ['record', 'record', 'count', 'photo', 'sign'];

export interface Worded {
  zh: string;
  who: string;
  place: string;
  how: string;
  frequency: string;
  evidence: string;
  own: boolean;
}

/** The sets of so many sites: what the template and the unit hand down, then each site's own. Every fiftieth is a copy. */
export function wordsOfSets(sites: readonly { unit: number; zh: string }[]): Worded[][] {
  const random = seeded(31);
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const line = (where: string, own: boolean): Worded => {
    const [place, act] = [any(places), any(acts)];
    return {
      zh: `${where}${place}${act}`,
      who: own ? '工地保障员' : any(['工地保障员', '综合办条线承办人', '安全条线承办人']),
      place: own ? `${place}、${any(places)}` : '本工地',
      how: `${act}，${any(ways)}；${any(ways)}，${1 + Math.floor(random() * 24)} 点前做完`,
      frequency: any(frequencies),
      evidence: any(evidences),
      own,
    };
  };
  const handed = new Map<number, Worded[]>();
  const sets: Worded[][] = [];
  for (const [i, { unit, zh }] of sites.entries()) {
    if (!handed.has(unit))
      handed.set(
        unit,
        Array.from({ length: linesOfSet - ownLines }, () => line('', false)),
      );
    const before = sites[i - 1];
    const copied = i % copyEvery === copyEvery - 1 && before?.unit === unit;
    const own = copied
      ? sets[i - 1]!.slice(-ownLines).map((one) => ({ ...one, zh: one.zh.replace(before.zh, zh) }))
      : Array.from({ length: ownLines }, (_, k) => line(k % 3 === 0 ? zh : '', true));
    sets.push([...handed.get(unit)!, ...own]);
  }
  return sets;
}

interface Place {
  id: number;
  unit: number;
  zh: string;
}

/** Sites unit by unit: their order decides which set is a copy of which. */
export async function sitesOfGroup(client: pg.Client): Promise<Place[]> {
  const { rows } = await client.query<Place>(
    `select s.id, s.parent_id as unit, s.zh from organization.node s where s.kind = 'site' order by s.parent_id, s.id`,
  );
  return rows;
}

/**
 * The plans of a stage at every unit and site, with a set of about a hundred lines for each site: in force since nine days
 * ago, or prepared and waiting.
 */
export async function addPlans(client: pg.Client, stage: string, state: 'in_force' | 'approved'): Promise<void> {
  const sites = await sitesOfGroup(client);
  const sets = wordsOfSets(sites);
  const since = state === 'in_force' ? `now() - interval '9 days'` : 'null';
  const plans = (kind: string, of: string): string =>
    `insert into plans.plan (id, kind, node_id, unit_id, site_id, stage_code, version_no, state, trigger_kind, trigger_words, written_by, written_label, created_at, approved_at, in_force_from)
     select uuidv7(), '${kind}', n.id, ${of}, $1, coalesce((select max(version_no) from plans.plan p where p.kind = '${kind}' and p.node_id = n.id and p.stage_code = $1), 0) + 1,
       '${state}', 'stage', '转入', (select id from access.account where login = 'sup01'), '综合办公01', now() - interval '10 days', now() - interval '9 days', ${since}
     from organization.node n`;
  await client.query(`${plans('strategy', 'null, null')} where n.kind = 'group'`, [stage]);
  await client.query(`${plans('unit_plan', 'n.id, null')} where n.kind = 'unit'`, [stage]);
  await client.query(`${plans('site_set', 'n.parent_id, n.id')} where n.kind = 'site'`, [stage]);
  for (let from = 0; from < sites.length; from += 100) {
    const lines = sites.slice(from, from + 100).flatMap(({ id }, i) => sets[from + i]!.map((one) => ({ id, ...one })));
    const column = <K extends keyof (typeof lines)[number]>(key: K) => lines.map((one) => one[key]);
    await client.query(
      `insert into plans.line (id, plan_id, key, position, level, zh, en, who, place, how, work_line_id, phase, nature, frequency, evidence, red, clause, own)
       select gen_random_uuid(), p.id, gen_random_uuid(), (i - 1) % ${linesOfSet}, 'site', l.zh, l.zh, l.who, l.place, l.how, (select min(id) from organization.line),
         (array['before', 'during', 'after'])[1 + i % 3], 'service', l.frequency, l.evidence, i % 20 = 0, $1 || '-M20', l.own
       from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bool[])
         with ordinality as l(site_id, zh, who, place, how, frequency, evidence, own, i)
       join plans.plan p on p.site_id = l.site_id and p.stage_code = $1 and p.state = '${state}'`,
      [
        stage,
        column('id'),
        column('zh'),
        column('who'),
        column('place'),
        column('how'),
        column('frequency'),
        column('evidence'),
        column('own'),
      ],
    );
  }
  await client.query(
    `insert into plans.line (id, plan_id, key, position, level, zh, en, who, place, how, work_line_id, phase, nature, frequency, evidence, red, clause, own)
     select gen_random_uuid(), p.id, gen_random_uuid(), n, case p.kind when 'strategy' then 'group' else 'unit' end, '逐级核一遍' || n, 'Checked at every level', '联络员', '本单位', '按要求落实',
       (select min(id) from organization.line), (array['before', 'during', 'after'])[1 + n % 3], 'service', 'daily', 'record', false, $1 || '-M20', true
     from plans.plan p, generate_series(0, 11) as n where p.kind <> 'site_set' and p.stage_code = $1 and p.state = '${state}'`,
    [stage],
  );
  await client.query('analyze plans.plan');
  await client.query('analyze plans.line');
}

/** Daily reports of every site for so many days before today, each filed in time, checked by nobody yet. */
export async function addReports(client: pg.Client, days: number): Promise<void> {
  await client.query(
    `with site as (
       select s.id as site_id, s.parent_id as unit_id, (select jsonb_object_agg(c.id, c.planned) from reports.crew c where c.site_id = s.id and c.ended_at is null) as here,
         (select sum(c.planned) from reports.crew c where c.site_id = s.id and c.ended_at is null)::int as heads,
         (select jsonb_agg(jsonb_build_object('id', c.id, 'zh', c.zh, 'planned', c.planned)) from reports.crew c where c.site_id = s.id and c.ended_at is null) as crews,
         (select a.id from access.account a join access.grant_ g on g.account_id = a.id where g.node_id = s.id and g.role = 'site_officer' order by a.login limit 1) as officer
       from organization.node s where s.kind = 'site'),
     day as (select to_char((now() at time zone 'Asia/Shanghai')::date - n, 'YYYY-MM-DD') as day from generate_series(1, $1::int) as n),
     made as (
       select gen_random_uuid() as id, gen_random_uuid() as version_id, site.*, day.day, (day.day || ' 16:30+08')::timestamptz as at, (day.day || ' 17:00+08')::timestamptz as due
       from site, day),
     v as (
       insert into reports.version (id, filing_id, no, form_no, content, said_at, made_at, received_at, offline, by_id, by_label, after_lock)
       select version_id, id, 1, 1, jsonb_build_object('values', jsonb_build_object('came_in', 1, 'went_out', 1, 'here', here, 'isolated', 0, 'stay', 0, 'fever', 0,
           'accident', 0, 'stock', (select jsonb_object_agg(k, 100 + (random() * 40)::int) from unnest('{n95,mask,suit,antigen,sanitizer,bleach,bags,water,rations,fever_drug}'::text[]) as k),
           'output', round((heads * 0.3)::numeric, 1), 'disinfected', 1, 'meals', heads * 3 - (random() * 6)::int, 'visitors', (random() * 8)::int),
         'crews', crews, 'base', jsonb_build_object('day', day, 'heads', heads), 'flags', '[]'::jsonb, 'confirmed', '{}'::jsonb, 'baseKnown', heads),
         at, at, at, false, officer, '工地保障员', false from made)
     insert into reports.filing (id, form_code, form_no, node_id, unit_id, day, stage_code, due_at, locks_at, state, current_id, made_at, first_received_at, late, versions, heads, filed_by, filed_label, locked_at)
     select id, 'site_daily', 1, site_id, unit_id, day, 'S4', due, due + interval '7 hours', 'submitted', version_id, at, at, false, 1, heads, officer, '工地保障员', due + interval '7 hours'
     from made`,
    [days],
  );
  for (const table of ['reports.filing', 'reports.version']) await client.query(`vacuum (analyze) ${table}`);
}
