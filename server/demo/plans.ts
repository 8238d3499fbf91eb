/**
 * Plans of the demo world: for each stage that was, its strategy, ten unit plans and 120 measure sets with the signatures
 * of the hours they came in; for the stage in force the ones in force; for the next some prepared and some on their way.
 */
import { uuidv7 } from 'uuidv7';
import { accountsInRoles } from '../modules/access/index.ts';
import { directory } from '../modules/organization/index.ts';
import { insertHistory, likenessOf, namesAt, type PlansToInsert, shingled } from '../modules/plans/index.ts';
import { append, type JournalEntry } from '../platform/journal.ts';
import type { Tx } from '../platform/transaction.ts';
import { dayZero } from './organization.ts';
import { readyDays } from './stages.ts';
import { measureTemplates } from './templates.ts';
import type { World } from './world.ts';

const hour = 3_600_000;
const day = 24 * hour;

type Kind = 'strategy' | 'unit_plan' | 'site_set';
type State = 'draft' | 'site_feasible' | 'reviewed' | 'approved' | 'in_force' | 'superseded';
interface Person {
  id: string;
  label: string;
}

/** Places of a site and what is done there. */
const spots = [
  { zh: '大门岗亭', en: 'the gate', acts: ['查验登记', '错峰放行', '清点人数'] },
  { zh: '食堂门口', en: 'the canteen door', acts: ['错峰放行', '擦拭消杀', '测水质'] },
  { zh: '东侧宿舍', en: 'the east dormitory', acts: ['开窗通风', '询问需求', '擦拭消杀'] },
  { zh: '西侧宿舍', en: 'the west dormitory', acts: ['询问需求', '清点人数', '开窗通风'] },
  { zh: '作业面入口', en: 'the way to the work face', acts: ['清点人数', '查验登记', '张贴告示'] },
  { zh: '材料堆场', en: 'the material yard', acts: ['核对签收', '检查围挡', '补齐物资'] },
  { zh: '配电房', en: 'the switch room', acts: ['检查用电', '张贴告示', '核对签收'] },
  { zh: '会议室', en: 'the meeting room', acts: ['隔位就座', '开窗通风', '擦拭消杀'] },
  { zh: '临时隔离区', en: 'the isolation room', acts: ['补齐物资', '擦拭消杀', '检查围挡'] },
  { zh: '淋浴间', en: 'the showers', acts: ['擦拭消杀', '错峰放行', '测水质'] },
  { zh: '塔吊下方', en: 'the foot of the crane', acts: ['检查围挡', '清点人数', '张贴告示'] },
  { zh: '停车区', en: 'the car park', acts: ['查验登记', '分开停放', '擦拭消杀'] },
] as const;
const actEn = {
  清点人数: 'count heads',
  查验登记: 'check and register',
  开窗通风: 'open the windows',
  擦拭消杀: 'wipe down and disinfect',
  核对签收: 'check and sign',
  测水质: 'test the water',
  补齐物资: 'fill up supplies',
  张贴告示: 'put up notices',
  询问需求: 'ask what is needed',
  检查围挡: 'check the fence',
  错峰放行: 'let people through in turns',
  检查用电: 'check the wiring',
  分开停放: 'park apart',
  隔位就座: 'seat people apart',
};
const ways = [
  '每班两人互相签认',
  '由班组长带队逐间做',
  '做完在群里报数',
  '异常十分钟内报单位',
  '台账当日装订',
  '留样拍照',
  '缺什么当场补',
];
const phaseOf = ['before', 'during', 'after'] as const;
const phaseZh = ['开工前', '当班时', '收工后'];
const phaseEn = ['Before work', 'During the shift', 'After work'];

/** Two measures of a site's own in each phase's place: different words at every site, as different places have. */
const ownMeasure = (n: number, phase: number) => {
  const spot = spots[(n * 5 + phase * 3) % spots.length]!;
  const act = spot.acts[(phase + Math.floor(n / 12)) % spot.acts.length]!;
  const way = ways[(n + phase * 2 + Math.floor(n / 11)) % ways.length]!;
  const other = spots[(n * 5 + phase * 3 + 1 + (n % 11)) % spots.length]!;
  return {
    zh: `${phaseZh[phase]}在${spot.zh}${act}`,
    en: `${phaseEn[phase]}, ${actEn[act]} at ${spot.en}`,
    place: `${spot.zh}、${other.zh}`,
    how: `${act}，${way}；第 ${n + 1} 号点先做`,
  };
};

/** Loads them in bulk. */
export async function loadPlans(tx: Tx, world: World, now: Date): Promise<void> {
  const dir = await directory(tx);
  const d0 = dayZero(now).getTime();
  const people = await accountsInRoles(tx, [
    'site_officer',
    'unit_liaison',
    'unit_leader',
    'group_leader',
    'support_group',
  ]);
  const at = (role: string, nodeId: number): Person =>
    people.find((one) => one.role === role && one.node_id === nodeId && !/二$|值班/.test(one.label)) ??
    people.find((one) => one.role === role && one.node_id === nodeId)!;
  const group = dir.groupNode.id;
  const [sup1, sup2] = people.filter((one) => one.role === 'support_group') as Person[] as [Person, Person];
  const units = world.units.map((unit) => dir.nodesByCode.get(unit.code)!);
  const sites = world.sites.map((site) => dir.nodesByCode.get(site.code)!);
  const templates = new Map<string, ReturnType<typeof measureTemplates>>();
  for (const one of measureTemplates(world, new Map([...dir.linesByCode].map(([code, line]) => [code, line.id])))) {
    const key = `${one.stage_code} ${one.level}`;
    templates.set(key, [...(templates.get(key) ?? []), one]);
  }
  const out: PlansToInsert = { plans: [], lines: [], signatures: [] };
  const entries: JournalEntry[] = [];

  /** One plan with its lines and the signatures that its state has behind it. */
  const add = (
    kind: Kind,
    nodeId: number,
    stage: string,
    state: State,
    times: { written: number; approved: number; inForce: number | null; ended: number | null },
    more: {
      version?: number;
      supersedes?: string;
      parent?: string;
      /** Place in the list of the site whose words these are, but for two characters. */
      copyOf?: number;
      /** What made it necessary and what it aims at, where that is not the stage. */
      change?: { words: string; aim: string; before: number; target: number };
    } = {},
  ): string => {
    const id = uuidv7();
    const unit = kind === 'strategy' ? null : dir.unitOf(nodeId);
    const level = ({ strategy: 'group', unit_plan: 'unit', site_set: 'site' } as const)[kind];
    const writer = kind === 'strategy' ? sup1 : at('unit_liaison', unit!);
    const done = (least: State): boolean => {
      const order: State[] = ['draft', 'site_feasible', 'reviewed', 'approved', 'in_force', 'superseded'];
      return order.indexOf(state) >= order.indexOf(least);
    };
    const reviewed = times.written + (times.approved - times.written) * 0.7;
    // What has been signed so far waits for the next hand; what was approved ahead of its stage for nobody.
    const waits = { site_feasible: ['reviewed', times.written + hour], reviewed: ['approved', reviewed] }[
      state as string
    ] as [string, number] | undefined;
    out.plans.push({
      id,
      kind,
      node_id: nodeId,
      unit_id: unit,
      site_id: kind === 'site_set' ? nodeId : null,
      stage_code: stage,
      version_no: more.version ?? 1,
      supersedes: more.supersedes ?? null,
      parent_id: more.parent ?? null,
      state,
      trigger_kind: more.change ? 'requests' : 'stage',
      trigger_words:
        more.change?.words ??
        `${dir.group.short}〔示例〕阶段令：转入${world.stages.find((one) => one.code === stage)!.zh}`,
      aim: more.change?.aim ?? null,
      aim_before: more.change?.before ?? null,
      aim_target: more.change?.target ?? null,
      effect_due: more.change && times.inForce !== null ? new Date(times.inForce + 7 * day) : null,
      waits_for: waits?.[0] ?? null,
      waits_since: waits ? new Date(waits[1]) : null,
      written_by: writer.id,
      written_label: writer.label,
      created_at: new Date(times.written),
      approved_at: done('approved') ? new Date(times.approved) : null,
      in_force_from: done('in_force') && times.inForce !== null ? new Date(times.inForce) : null,
      ended_at: state === 'superseded' && times.ended !== null ? new Date(times.ended) : null,
    });
    let position = 0;
    const line = (row: Partial<(typeof out.lines)[number]> & { zh: string; en: string; phase: string }): void => {
      out.lines.push({
        id: uuidv7(),
        plan_id: id,
        key: uuidv7(),
        position: position++,
        level,
        who: kind === 'site_set' ? '工地保障员' : '单位联络员',
        place: dir.nodes.get(nodeId)!.zh,
        how: '按要求落实，当日记台账',
        work_line_id: dir.linesByCode.get('L05')!.id,
        nature: 'service',
        frequency: 'daily',
        evidence: 'record',
        red: false,
        clause: `${stage}-M20`,
        own: true,
        ...row,
      });
    };
    for (const { code, line_id, stage_code: _stage, ordinal: _ordinal, ...one } of templates.get(`${stage} ${level}`) ??
      [])
      line({ ...one, template_code: code, work_line_id: line_id, clause: code, own: false });
    for (const [phase, name] of phaseOf.entries())
      if (kind === 'site_set') {
        const n = more.copyOf ?? sites.findIndex((site) => site.id === nodeId);
        const own = ownMeasure(n, phase);
        if (more.copyOf !== undefined && phase === 0) own.zh = `每日${own.zh}`;
        line({ ...own, phase: name });
      } else
        line({
          zh: `${phaseZh[phase]}由${dir.nodes.get(nodeId)!.zh}逐级核一遍`,
          en: `Checked at every level ${name} the work`,
          phase: name,
        });
    const steps: [step: string, who: Person, role: string, at: number, least: State][] = [
      ['written', writer, kind === 'strategy' ? 'support_group' : 'unit_liaison', times.written, 'draft'],
    ];
    if (kind !== 'strategy') {
      const site = kind === 'site_set' ? nodeId : sites.find((one) => dir.unitOf(one.id) === unit)!.id;
      steps.push(['feasible', at('site_officer', site), 'site_officer', times.written + hour, 'site_feasible']);
    }
    steps.push(['reviewed', sup2, 'support_group', reviewed, 'reviewed']);
    steps.push(
      kind === 'strategy'
        ? ['approved', at('group_leader', group), 'group_leader', times.approved, 'approved']
        : ['approved', at('unit_leader', unit!), 'unit_leader', times.approved, 'approved'],
    );
    // Prepared before its stage, it took the word of the site and then of the unit.
    if (kind !== 'strategy' && times.inForce !== null && times.inForce > times.approved) {
      const site = kind === 'site_set' ? nodeId : sites.find((one) => dir.unitOf(one.id) === unit)!.id;
      steps.push(
        ['still_fits', at('site_officer', site), 'site_officer', times.inForce - hour / 3, 'in_force'],
        ['begun', at('unit_leader', unit!), 'unit_leader', times.inForce, 'in_force'],
      );
    }
    for (const [step, who, role, when, least] of steps) {
      if (!done(least)) continue;
      out.signatures.push({
        plan_id: id,
        step,
        account_id: who.id,
        label: who.label,
        role,
        at: new Date(when),
        words: null,
      });
      entries.push({
        at: new Date(when),
        actorId: who.id,
        role,
        action: step === 'written' ? 'plans.written' : `plans.signed_${step}`,
        recordKind: 'plan',
        recordId: id,
        class: 'normal',
        unitId: unit,
        siteId: kind === 'site_set' ? nodeId : null,
        figures: { kind, stage },
      });
    }
    return id;
  };

  let neighbour = '';
  /** As the program says it of two sets when the second is approved. */
  const copied = (copy: string, original: string): void => {
    const [mine, its] = [copy, original].map((id) => {
      const plan = out.plans.find((one) => one.id === id)!;
      return shingled(
        out.lines.filter((one) => one.plan_id === id).map((one) => ({ ...one, own: one.own ?? false })),
        namesAt(dir, plan.site_id!),
      );
    });
    const like = likenessOf(mine!, its!);
    Object.assign(out.plans.find((one) => one.id === copy)!, {
      copied: true,
      like_plan_id: original,
      like_whole: like.whole,
      like_own: like.own,
    });
  };

  const timeline = world.generator.timeline;
  for (const [i, { from, stage }] of timeline.entries()) {
    const start = d0 + from * day;
    if (start > now.getTime()) break;
    const next = timeline[i + 1];
    const ends = next && d0 + next.from * day <= now.getTime() ? d0 + next.from * day : null;
    const state: State = ends === null ? 'in_force' : 'superseded';
    const end = (offset: number): number | null => (ends === null ? null : ends + offset);
    /** What a unit prepared was approved one after the other, the last of it just before it was found ready. */
    const prepared = (unitCode: string, n: number) => {
      const ready = i === 0 ? start : start - readyDays(stage, unitCode) * day;
      return { written: ready - 40 * hour, approved: ready - (13 - n) * 40 * 60_000 };
    };
    const strategy = add('strategy', group, stage, state, {
      written: start - 20 * hour,
      approved: start - 2 * hour,
      inForce: start,
      ended: end(0),
    });
    const parents = new Map(
      units.map((unit, n) => [
        unit.id,
        add(
          'unit_plan',
          unit.id,
          stage,
          state,
          {
            ...prepared(unit.code, 12),
            inForce: start + (1 + n / 2) * hour,
            ended: end(hour),
          },
          { parent: strategy },
        ),
      ]),
    );
    /** S2 came back over 23 hours, the others a little faster. */
    const back = (n: number): number =>
      start + 3 * hour + (stage === 'S2' ? 20 : 14) * hour * (n / (sites.length - 1)) ** 0.8;
    for (const [n, site] of sites.entries()) {
      const parent = parents.get(dir.unitOf(site.id)!)!;
      const comes = back((n * 37) % sites.length);
      const times = {
        ...prepared(dir.nodes.get(dir.unitOf(site.id)!)!.code, Number(site.code.slice(-2)) - 1),
        inForce: comes,
        ended: end(2 * hour),
      };
      // U04-06 wrote anew when its night shift complained, and is now asked whether that helped.
      const anew = Math.max(start + 30 * hour, now.getTime() - 7.5 * day);
      if (ends === null && site.code === 'U04-06' && anew < now.getTime()) {
        const first = add('site_set', site.id, stage, 'superseded', { ...times, ended: anew }, { parent });
        add(
          'site_set',
          site.id,
          stage,
          state,
          { written: anew - 20 * hour, approved: anew, inForce: anew, ended: null },
          {
            parent,
            version: 2,
            supersedes: first,
            change: { words: '夜班多次反映西门排队', aim: '夜班进场排队分钟', before: 25, target: 10 },
          },
        );
        continue;
      }
      // U09-08 first sent in the words of U09-07: a copy, which covered nothing until it was tailored.
      if (stage === 'S2' && site.code === 'U09-08') {
        const copy = add(
          'site_set',
          site.id,
          stage,
          'superseded',
          { ...times, inForce: start + 8 * hour, ended: start + 22.5 * hour },
          { parent, copyOf: n - 1 },
        );
        copied(copy, neighbour);
        add(
          'site_set',
          site.id,
          stage,
          state,
          {
            written: start + 10 * hour,
            approved: start + 22.5 * hour,
            inForce: start + 22.5 * hour,
            ended: end(2 * hour),
          },
          { parent, version: 2, supersedes: copy },
        );
      } else {
        const id = add('site_set', site.id, stage, state, times, { parent });
        if (stage === 'S2' && site.code === 'U09-07') neighbour = id;
      }
    }
  }

  // The next stage is prepared while this one runs; two sites of U09 have not begun, and U04's are on their way.
  const times = { written: now.getTime() - 3 * day, approved: now.getTime() - day, inForce: null, ended: null };
  const version = { version: 2 };
  add('strategy', group, 'S1', 'reviewed', times, version);
  const onTheWay: State[] = ['draft', 'site_feasible', 'reviewed', 'reviewed', 'reviewed', 'reviewed'];
  for (const [n, unit] of units.entries())
    add('unit_plan', unit.id, 'S1', n === 3 ? 'reviewed' : n === 8 ? 'site_feasible' : 'approved', times, version);
  for (const site of sites) {
    if (site.code === 'U09-07' || site.code === 'U09-08') continue;
    const n = Number(site.code.slice(-2)) - 1;
    add(
      'site_set',
      site.id,
      'S1',
      site.code.startsWith('U04') ? (onTheWay[n] ?? 'approved') : 'approved',
      times,
      version,
    );
  }
  await insertHistory(tx, out);
  for (let from = 0; from < entries.length; from += 1_000) await append(tx, ...entries.slice(from, from + 1_000));
}
