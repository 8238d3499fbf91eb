import type { OfficialPaper, PaperBlock } from '../../platform/official-paper.ts';
import type { Directory } from '../organization/index.ts';
import type { LineRecord, PlanRecord, SignatureRecord } from './queries.ts';
import { wordOf } from './table.ts';

const kinds: Record<string, string> = { strategy: '阶段工作对策', unit_plan: '工作方案', site_set: '工地措施方案' };
const addressees: Record<string, string> = { strategy: '各单位', unit_plan: '本单位各工地', site_set: '本工地各班组' };
/** A paper that is not, or no longer, in force says so under its title: nobody takes a draft for what was decided. */
const unlike: Record<string, string> = {
  draft: '（草稿）',
  site_feasible: '（送审稿）',
  reviewed: '（送批稿）',
  superseded: '（已被取代）',
  withdrawn: '（已撤回）',
};
const phases = ['before', 'during', 'after'] as const;
const steps: [step: string, zh: string][] = [
  ['written', '编写'],
  ['feasible', '现场可行确认'],
  ['reviewed', '审核'],
  ['approved', '批准'],
  ['still_fits', '换阶段后确认仍适用'],
  ['begun', '同意生效'],
];

const frequencyOf = (code: string): string => {
  const once = /^once\+(\d+)([hd])$/.exec(code);
  return once ? `生效 ${once[1]} ${once[2] === 'h' ? '小时' : '天'}内` : wordOf('frequency', code, 'zh-CN');
};

const ended = (text: string): string => (/[。！？.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}。`);

/** A day of the group's calendar as papers write it: 2026年3月9日. */
const dayOf = (at: Date, timezone: string): string => {
  const [year, month, day] = new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(at).split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

/**
 * A plan as an official paper (工作方案, domain 7.2): basis, goals, organisation and duties, stages, measures, resources,
 * contingencies, requirements, contacts. Every word is from the records; what there is no record of says so.
 */
export function paperOf(
  dir: Directory,
  plan: PlanRecord,
  parts: {
    lines: LineRecord[];
    signatures: SignatureRecord[];
    above: PlanRecord | null;
    stage: string;
    /** Names of those who answer for lines, by account. */
    owners: ReadonlyMap<string, string>;
  },
): OfficialPaper {
  const { lines, signatures, above, stage } = parts;
  // Of a place that was closed only the number is left.
  const nameOf = (id: number): string => dir.nodes.get(id)?.zh ?? `（已撤销 ${id}）`;
  const workLines = [...new Set(lines.flatMap((line) => (line.work_line_id === null ? [] : [line.work_line_id])))]
    .map((id) => dir.lines.get(id)!)
    .sort((a, b) => a.code.localeCompare(b.code));
  const red = lines.filter((line) => line.red);
  const within = lines.filter((line) => line.frequency.startsWith('once+'));
  const supplies = lines.filter((line) => dir.lines.get(line.work_line_id ?? 0)?.code === 'L10');
  const body: PaperBlock[] = [
    { heading: '编制依据', level: 1 },
    { text: ended(plan.trigger_words) },
    ...(above
      ? [
          {
            text: `上级方案：${nameOf(above.node_id)}${kinds[above.kind]}（${stage}阶段第 ${above.version_no} 版）。`,
          },
        ]
      : []),
    { text: `对应条款：${[...new Set(lines.map((line) => line.clause).filter(Boolean))].join('、') || '未登记'}。` },
    { heading: '工作目标', level: 1 },
    {
      text:
        plan.aim === null
          ? `落实${stage}阶段 ${lines.length} 项措施，其中红线 ${red.length} 项。`
          : `${plan.aim}由 ${plan.aim_before} 达到 ${plan.aim_target}，生效七日后复核。落实措施 ${lines.length} 项，其中红线 ${red.length} 项。`,
    },
    { heading: '组织与职责', level: 1 },
    ...steps.flatMap(([step, zh]) => {
      const signed = signatures.find((one) => one.step === step);
      return signed ? [{ text: `${zh}：${signed.label}，${dayOf(signed.at, dir.group.timezone)}。` }] : [];
    }),
    ...(workLines.length > 0 ? [{ text: `参与条线：${workLines.map((line) => line.zh).join('、')}。` }] : []),
    { heading: '阶段安排', level: 1 },
    ...phases.map((phase) => ({
      text: `${wordOf('phase', phase, 'zh-CN')}：${lines.filter((line) => line.phase === phase).length} 项。`,
    })),
    { heading: '措施清单', level: 1 },
  ];
  for (const phase of phases) {
    const mine = lines.filter((line) => line.phase === phase);
    if (mine.length === 0) continue;
    body.push(
      { heading: wordOf('phase', phase, 'zh-CN'), level: 2 },
      {
        columns: [
          { title: '措施与条款', width: 30 },
          { title: '性质', width: 9 },
          { title: '责任', width: 15 },
          { title: '时间', width: 12 },
          { title: '地点', width: 15 },
          { title: '做法', width: 30 },
          { title: '凭据', width: 10 },
        ],
        rows: mine.map((line) => [
          `${line.red ? '★' : ''}${line.zh}${line.clause ? `\n〔${line.clause}〕` : ''}`,
          wordOf('nature', line.nature, 'zh-CN'),
          [line.who, parts.owners.get(line.owner_id ?? '')].filter(Boolean).join('\n'),
          frequencyOf(line.frequency),
          line.place,
          line.how,
          `${wordOf('evidence', line.evidence, 'zh-CN')}${line.evidence_count > 1 ? `×${line.evidence_count}` : ''}`,
        ]),
      },
    );
  }
  body.push(
    { heading: '资源保障', level: 1 },
    {
      text:
        supplies.length > 0
          ? `物资条线措施 ${supplies.length} 项：${supplies.map((line) => line.zh).join('；')}。`
          : '本方案没有物资条线的措施。',
    },
    { heading: '应急预案', level: 1 },
    {
      text:
        red.length > 0
          ? `下列为红线（表中标★），不得取消或以其他得分抵补：${red.map((line) => line.zh).join('；')}。`
          : '本方案没有红线措施。',
    },
    { heading: '工作要求', level: 1 },
    {
      text:
        within.length > 0
          ? `限时完成：${within.map((line) => `${line.zh}（${frequencyOf(line.frequency)}）`).join('；')}。`
          : '各项措施按表列时间落实，凭据齐全方为完成。',
    },
    { heading: '联络方式', level: 1 },
    {
      text: `综合保障热线 ${dir.group.hotline}${workLines
        .filter((line) => line.ext)
        .map((line) => `；${line.zh} ${line.ext}`)
        .join('')}。`,
    },
  );
  const issuer = `${dir.group.zh}${plan.unit_id === null ? '' : nameOf(plan.unit_id)}`;
  const place = plan.kind === 'strategy' ? dir.group.short || dir.group.zh : nameOf(plan.node_id);
  return {
    issuer,
    title: `${place}${stage}阶段${kinds[plan.kind]}${unlike[plan.state] ?? ''}`,
    addressee: addressees[plan.kind]!,
    body,
    // What nobody has approved bears no day.
    signature: {
      issuer,
      date: plan.approved_at === null ? '　　年　　月　　日' : dayOf(plan.approved_at, dir.group.timezone),
    },
  };
}
