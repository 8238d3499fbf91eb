import type { Category, Line, Node } from '../../../contract/organization.ts';
import { readSetting } from '../../platform/setting.ts';
import type { Tx } from '../../platform/transaction.ts';
import * as queries from './queries.ts';

export interface Group {
  zh: string;
  en: string;
  short: string;
  timezone: string;
  hotline: string;
  careLine: string;
  oversightLine: string;
  /** Prefix of request numbers. */
  prefix: string;
}

/** The whole organisation in memory: a few hundred rows that every request needs. */
export interface Directory {
  group: Group;
  demo: boolean;
  nodes: Map<number, Node>;
  nodesByCode: Map<string, Node>;
  lines: Map<number, Line>;
  linesByCode: Map<string, Line>;
  categories: Map<number, Category>;
  categoriesByCode: Map<string, Category>;
  sla: Map<string, { contactMinutes: number; resolveHours: number; followupHours: number }>;
  groupNode: Node;
  /** The unit a site belongs to; a unit is its own. Null above units. */
  unitOf(nodeId: number): number | null;
  /** The node and everything above it, nearest first. */
  ancestors(nodeId: number): number[];
  /** Units and sites below (or at) a node. */
  below(nodeId: number): { everywhere: boolean; unitIds: number[]; siteIds: number[] };
}

let cached: { at: number; directory: Directory } | null = null;

/** Called where the organisation changed; other programs notice within ten seconds. */
export function forgetDirectory(): void {
  cached = null;
}

export async function directory(tx: Tx): Promise<Directory> {
  if (cached && Date.now() - cached.at < 10_000) return cached.directory;
  const fresh = await load(tx);
  cached = { at: Date.now(), directory: fresh };
  return fresh;
}

const ringFor = (code: string, recordClass: string, priority: string | null, group: Group): Category['ring'] => {
  const call = (zh: string, en: string, number: string) => ({ label: { zh, en }, number });
  if (recordClass === 'psych') {
    const care = [
      call('集团心理关怀热线', 'Group care line', group.careLine),
      call('全国心理援助热线', 'National care line', '12356'),
    ];
    return code === 'D02'
      ? [call('有生命危险：急救', 'Danger to life: ambulance', '120'), call('报警', 'Police', '110'), ...care]
      : care;
  }
  if (recordClass === 'discipline') return [call('监督条线专线', 'Oversight line', group.oversightLine)];
  if (priority !== 'urgent') return [];
  return recordClass === 'health'
    ? [call('急救', 'Ambulance', '120'), call('综合保障热线', 'Support hotline', group.hotline)]
    : [call('综合保障热线', 'Support hotline', group.hotline)];
};

async function load(tx: Tx): Promise<Directory> {
  const group = (await readSetting<Group>(tx, 'group')) ?? {
    zh: '',
    en: '',
    short: '',
    timezone: 'Asia/Shanghai',
    hotline: '',
    careLine: '',
    oversightLine: '',
    prefix: 'LM',
  };
  const demo = (await readSetting<boolean>(tx, 'demo')) ?? false;
  const nodeRows = await queries.allNodes(tx);
  const lineRows = await queries.allLines(tx);
  const categoryRows = await queries.allCategories(tx);
  const slaRows = await queries.allSla(tx);
  const nodes = new Map<number, Node>(
    nodeRows.map((row) => [
      row.id,
      {
        id: row.id,
        code: row.code,
        zh: row.zh,
        en: row.en,
        kind: row.kind as Node['kind'],
        parentId: row.parent_id,
        siteKind: row.site_kind as Node['siteKind'],
        heads: row.heads,
        initials: row.initials,
      },
    ]),
  );
  const lines = new Map<number, Line>(
    lineRows.map((row) => [
      row.id,
      {
        id: row.id,
        code: row.code,
        zh: row.zh,
        en: row.en,
        class: row.class as Line['class'],
        ext: row.ext,
        backupId: row.backup_id,
      },
    ]),
  );
  const codeOf = new Map(categoryRows.map((row) => [row.id, row.code]));
  const categories = new Map<number, Category>(
    categoryRows.map((row) => [
      row.id,
      {
        id: row.id,
        code: row.code,
        zh: row.zh,
        en: row.en,
        parentId: row.parent_id,
        parentCode: row.parent_id === null ? null : (codeOf.get(row.parent_id) ?? null),
        priority: row.priority as Category['priority'],
        lineId: row.line_id,
        coLineIds: row.co_line_ids,
        recordClass: row.record_class as Category['recordClass'],
        relapseDays: row.relapse_days,
        ring: ringFor(row.code, row.record_class, row.priority, group),
      },
    ]),
  );
  const children = new Map<number, Node[]>();
  for (const node of nodes.values()) {
    if (node.parentId !== null) children.set(node.parentId, [...(children.get(node.parentId) ?? []), node]);
  }
  const ancestors = (nodeId: number): number[] => {
    const chain: number[] = [];
    for (let node = nodes.get(nodeId); node; node = node.parentId === null ? undefined : nodes.get(node.parentId))
      chain.push(node.id);
    return chain;
  };
  const empty: Node = {
    id: 0,
    code: '',
    zh: '',
    en: '',
    kind: 'group',
    parentId: null,
    siteKind: null,
    heads: null,
    initials: '',
  };
  return {
    group,
    demo,
    nodes,
    nodesByCode: new Map([...nodes.values()].map((node) => [node.code, node])),
    lines,
    linesByCode: new Map([...lines.values()].map((line) => [line.code, line])),
    categories,
    categoriesByCode: new Map([...categories.values()].map((category) => [category.code, category])),
    sla: new Map(
      slaRows.map((row) => [
        row.priority,
        { contactMinutes: row.contact_minutes, resolveHours: row.resolve_hours, followupHours: row.followup_hours },
      ]),
    ),
    groupNode: [...nodes.values()].find((node) => node.kind === 'group') ?? empty,
    unitOf: (nodeId) => ancestors(nodeId).find((id) => nodes.get(id)?.kind === 'unit') ?? null,
    ancestors,
    below(nodeId) {
      const node = nodes.get(nodeId);
      if (!node) return { everywhere: false, unitIds: [], siteIds: [] };
      if (node.kind === 'group') return { everywhere: true, unitIds: [], siteIds: [] };
      if (node.kind === 'site') return { everywhere: false, unitIds: [], siteIds: [nodeId] };
      if (node.kind === 'unit') return { everywhere: false, unitIds: [nodeId], siteIds: [] };
      return {
        everywhere: false,
        unitIds: (children.get(nodeId) ?? []).filter((c) => c.kind === 'unit').map((c) => c.id),
        siteIds: [],
      };
    },
  };
}
