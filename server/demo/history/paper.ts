/** The demo organisation without a database, for tests of the history: the same people and places under numbers of their own. */
import type { Category, Line, Node } from '../../../contract/organization.ts';
import { dayNumber, type Timetable } from '../../modules/clocks/index.ts';
import type { Directory } from '../../modules/organization/index.ts';
import { backgroundStaff } from '../people.ts';
import type { World } from '../world.ts';
import type { DemoAccount } from './cast.ts';

export function paperDirectory(world: World): Directory {
  const { group } = world;
  const nodes = new Map<number, Node>();
  const nodesByCode = new Map<string, Node>();
  const add = (
    kind: Node['kind'],
    row: { code: string; zh: string; en: string },
    parent: string | null,
    more: Partial<Node> = {},
  ): void => {
    const node: Node = {
      id: nodes.size + 1,
      kind,
      code: row.code,
      zh: row.zh,
      en: row.en,
      parentId: parent === null ? null : nodesByCode.get(parent)!.id,
      siteKind: null,
      heads: null,
      initials: '',
      ...more,
    };
    nodes.set(node.id, node);
    nodesByCode.set(node.code, node);
  };
  add('group', group, null);
  for (const row of world.sectors) add('sector', row, group.code);
  for (const row of world.units) add('unit', row, row.sector);
  for (const row of world.sites) add('site', row, row.unit, { siteKind: row.kind as 'plant', heads: row.heads });
  const linesByCode = new Map<string, Line>(
    world.lines.map((row, i) => [
      row.code,
      { id: i + 1, code: row.code, zh: row.zh, en: row.en, class: row.class as 'party', ext: row.ext, backupId: null },
    ]),
  );
  const categoriesByCode = new Map<string, Category>();
  const file = (category: Omit<Category, 'id'>): void =>
    void categoriesByCode.set(category.code, { ...category, id: categoriesByCode.size + 1 });
  for (const { code, zh, en } of world.category_level1) {
    file({
      code,
      zh,
      en,
      parentId: null,
      parentCode: null,
      priority: null,
      lineId: null,
      coLineIds: [],
      recordClass: 'normal',
      relapseDays: null,
      ring: [],
    });
  }
  for (const row of world.categories) {
    file({
      code: row.code,
      zh: row.zh,
      en: row.en,
      parentId: categoriesByCode.get(row.parent)!.id,
      parentCode: row.parent,
      priority: row.priority as Category['priority'],
      lineId: linesByCode.get(row.line)!.id,
      coLineIds: row.co_lines.map((code) => linesByCode.get(code)!.id),
      recordClass: (row.seal ?? 'normal') as Category['recordClass'],
      relapseDays: row.relapse_d,
      ring: [],
    });
  }
  const ancestors = (nodeId: number): number[] => {
    const chain: number[] = [];
    for (let node = nodes.get(nodeId); node; node = node.parentId === null ? undefined : nodes.get(node.parentId))
      chain.push(node.id);
    return chain;
  };
  return {
    group: {
      zh: group.zh,
      en: group.en,
      short: group.zh_short,
      timezone: group.timezone,
      hotline: group.hotline_ext,
      careLine: group.care_line_ext,
      oversightLine: group.clue_line_ext,
      prefix: group.code,
    },
    demo: true,
    nodes,
    nodesByCode,
    lines: new Map([...linesByCode.values()].map((line) => [line.id, line])),
    linesByCode,
    categories: new Map([...categoriesByCode.values()].map((category) => [category.id, category])),
    categoriesByCode,
    sla: new Map(
      world.sla.map((row) => [
        row.priority,
        { contactMinutes: row.ack_min, resolveHours: row.resolve_h, followupHours: row.followup_h },
      ]),
    ),
    groupNode: nodesByCode.get(group.code)!,
    unitOf: (nodeId) => ancestors(nodeId).find((id) => nodes.get(id)?.kind === 'unit') ?? null,
    ancestors,
    below(nodeId) {
      const node = nodes.get(nodeId)!;
      return {
        everywhere: node.kind === 'group',
        unitIds: node.kind === 'unit' ? [nodeId] : [],
        siteIds: node.kind === 'site' ? [nodeId] : [],
      };
    },
  };
}

/** As the loader makes them: line deputies hold no grant of their own yet. */
export function paperAccounts(world: World, dir: Directory): DemoAccount[] {
  const named = [...world.accounts, ...world.accounts_more].map((row) => ({
    ...row,
    line: /^hand\d\d$/.test(row.login) ? `L${row.login.slice(4)}` : null,
  }));
  const staff = backgroundStaff(world).filter((row) => !(row.role === 'group_leader' && row.line));
  return [...named, ...staff].map((row, i) => {
    const home = dir.nodesByCode.get(row.site ?? row.unit ?? world.group.code)!.id;
    return {
      id: `00000000-0000-7000-8000-${String(i + 1).padStart(12, '0')}`,
      login: row.login,
      label: row.label,
      homeNodeId: home,
      grants: [{ role: row.role, node_id: home, line_id: row.line ? dir.linesByCode.get(row.line)!.id : null }],
    };
  });
}

const always = new Date(0);

/** The office calendar with its holidays and a short ladder of warnings, as a database would begin with them. */
export function paperTimetable(world: World): Timetable {
  const day = [[510, 1050]] as const;
  return {
    calendars: [
      {
        id: 1,
        code: 'office',
        zh: '机关工作时间',
        en: 'Office hours',
        weeks: [{ from: always, by: null, week: [[], day, day, day, day, day, []] }],
        days: world.holidays.flatMap(({ zh, en, from, to, makeUp }) => {
          const free = Array.from({ length: dayNumber(to)! - dayNumber(from)! + 1 }, (_, i) => dayNumber(from)! + i);
          return [...free, ...makeUp.map((date) => dayNumber(date)!)].map((each) => ({
            id: String(each),
            day: each,
            working: !free.includes(each),
            spans: null,
            zh,
            en,
            from: always,
            until: null,
          }));
        }),
      },
    ],
    uses: [],
    levels: [],
    steps: (['urgent', 'high', 'normal24', 'normal48', 'normal72'] as const).flatMap((priority) =>
      (
        [
          ['triage', 0, 'dispatcher'],
          ['contact', 0, 'handler'],
          ['resolve', -60, 'handler'],
          ['resolve', 0, 'line'],
          ['resolve', 480, 'unit_leader'],
        ] as const
      ).map(([clock, afterMinutes, tells]) => ({
        id: `${priority} ${clock} ${afterMinutes}`,
        priority,
        clock,
        afterMinutes,
        tells,
        from: always,
        until: null,
      })),
    ),
  };
}
