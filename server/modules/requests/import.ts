import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { sealedClasses } from '../../../contract/requests.ts';
import { system } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { append, contentDigest } from '../../platform/journal.ts';
import type { Tx } from '../../platform/transaction.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { zoneOffset } from './clocks.ts';
import { reckonAt } from './dues.ts';
import { type Mapping, parseMoment } from './importColumns.ts';
import { sealedSubject } from './importSealed.ts';
import { alreadyImported, type Creation, createRequests, lockImports } from './queries.ts';

/** What holds for a whole file. */
export interface ImportPlan {
  source: string;
  mapping: Mapping;
  /** Where rows without a place of their own belong; the unit alone when the site is not known. */
  place: { siteId: number | null; unitId: number | null } | null;
  /** Labels of the file → category codes. */
  categories: ReadonlyMap<string, string>;
  /** For labels nobody mapped. */
  defaultCategory: string;
}

export interface ImportFault {
  /** Column of the file. */
  column: string;
  code: keyof typeof importFaultWords;
  values?: Record<string, string>;
}

/** What is wrong with a row, said so that whoever brought the file can mend it. */
export const importFaultWords = {
  no_id: ['没有编号', 'no number'],
  repeated: ['文件里有相同编号的行', 'the file has another row with this number'],
  bad_time: ['时间看不懂：{value}', 'not a time: {value}'],
  future: ['时间在将来', 'lies in the future'],
  too_early: ['时间早于 1990 年', 'before 1990'],
  closed_before: ['办结早于提出', 'closed before it was submitted'],
  no_text: ['没有内容', 'no text'],
  too_long: ['内容超过 10000 字', 'longer than 10,000 characters'],
  unknown_site: ['没有这个工地：{value}', 'there is no such site: {value}'],
  no_place: ['不知道是哪个工地', 'the site is not known'],
  bad_callback: ['电话格式不对', 'not a telephone number'],
  sealed: ['这类事不在系统登记，请直接拨打 {number}', 'never registered here; please ring {number}'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

const longest = 10_000;
const earliest = Date.UTC(1990, 0, 1);

/** Rows whose words must not be written down again anywhere. */
export const isSealed = (faults: ImportFault[]): boolean => faults.some((fault) => fault.code === 'sealed');

/** The same row of the same source is always the same request, also after its words were erased. */
export function importedId(keys: Keys, sourceRef: string): string {
  const bytes = Buffer.from(keys.hmac('record', `import:${sourceRef}`).subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export interface Prepared {
  sourceRef: string;
  row: Creation;
  /** Label of the file that no category was found for. */
  unmapped: string | null;
}

/** Decides row by row what a new request would decide, and remembers what it has seen of the file. */
export class ImportDesk {
  private readonly seen = new Set<string>();
  private readonly categoryByName = new Map<string, string>();
  private readonly siteByName = new Map<string, number>();
  private readonly offset: (at: Date) => number;
  private readonly dir: Directory;
  private readonly keys: Keys;
  private readonly plan: ImportPlan;

  constructor(dir: Directory, keys: Keys, plan: ImportPlan) {
    this.dir = dir;
    this.keys = keys;
    this.plan = plan;
    this.offset = (at) => zoneOffset(dir.group.timezone, at);
    for (const category of dir.categories.values()) {
      for (const name of [category.code, category.zh, category.en])
        this.categoryByName.set(name.toLowerCase(), category.code);
    }
    for (const node of dir.nodes.values()) {
      if (node.kind === 'site')
        for (const name of [node.code, node.zh, node.en]) this.siteByName.set(name.toLowerCase(), node.id);
    }
    if (!dir.categoriesByCode.get(plan.defaultCategory)?.parentId)
      throw new Error(`没有这个类别 / there is no such category: ${plan.defaultCategory}`);
  }

  async prepare(tx: Tx, cells: Record<string, string>, now: Date): Promise<Prepared | ImportFault[]> {
    const { dir, plan } = this;
    const faults: ImportFault[] = [];
    const columnsOf = (field: keyof Mapping): string[] => plan.mapping[field] ?? [];
    const cellOf = (field: keyof Mapping): string => (cells[columnsOf(field)[0] ?? ''] ?? '').trim();
    const fault = (field: keyof Mapping, code: ImportFault['code'], values?: Record<string, string>): void => {
      faults.push({ column: columnsOf(field)[0] ?? '', code, values });
    };

    const submittedAt = this.submitted(cellOf('submitted'), now, (code, value) => fault('submitted', code, { value }));
    const closed = cellOf('closed');
    const closedAt = closed === '' ? null : parseMoment(closed, this.offset);
    if (closed !== '' && !closedAt) fault('closed', 'bad_time', { value: closed });
    if (closedAt && submittedAt && closedAt < submittedAt) fault('closed', 'closed_before');

    const text = this.text(cells);
    if ([...text].length < 2) fault('text', 'no_text');
    else if (text.length > longest) fault('text', 'too_long');

    const id =
      columnsOf('id').length > 0
        ? cellOf('id')
        : contentDigest(Buffer.from(plan.source), submittedAt?.toISOString(), text);
    if (id === '' || id.length > 120) fault('id', 'no_id');
    const sourceRef = `${plan.source}:${id}`;
    if (id !== '' && this.seen.has(sourceRef)) fault('id', 'repeated');
    this.seen.add(sourceRef);

    const { category, unmapped } = this.category(cells);
    const sealedAs = sealedClasses.includes(category.recordClass) ? category.recordClass : sealedSubject(text);
    if (sealedAs) {
      const number = sealedAs === 'psych' ? dir.group.careLine : dir.group.oversightLine;
      fault(sealedClasses.includes(category.recordClass) ? 'category' : 'text', 'sealed', { number });
    }

    const place = this.place(cellOf('site'), (code, value) => fault('site', code, { value }));
    const callback = cellOf('callback');
    if (callback !== '' && !/^[+\d][\d\s-]{2,39}$/.test(callback)) fault('callback', 'bad_callback');
    if (faults.length > 0 || !submittedAt || !place) return faults;

    const point = cellOf('point');
    const label = cellOf('requester').slice(0, 40).toWellFormed();
    return {
      sourceRef,
      unmapped,
      row: await this.imported(
        tx,
        { id: importedId(this.keys, sourceRef), sourceRef, submittedAt, text, category, place, callback, label, point },
        now,
      ),
    };
  }

  private submitted(
    written: string,
    now: Date,
    fault: (code: ImportFault['code'], value: string) => void,
  ): Date | null {
    if (!this.plan.mapping.submitted) return now;
    const at = parseMoment(written, this.offset);
    if (!at) fault('bad_time', written);
    else if (at > now) fault('future', written);
    else if (at.getTime() < earliest) fault('too_early', written);
    else return at;
    return null;
  }

  private text(cells: Record<string, string>): string {
    const parts = (this.plan.mapping.text ?? [])
      .map((column) => (cells[column] ?? '').trim())
      .filter((part) => part !== '');
    const body = [...new Set(parts)].join(' · ');
    const title = (cells[this.plan.mapping.title?.[0] ?? ''] ?? '').trim();
    return title === '' || body.startsWith(title) ? body : body === '' ? title : `${title}\n${body}`;
  }

  private category(cells: Record<string, string>): {
    category: NonNullable<ReturnType<Directory['categories']['get']>>;
    unmapped: string | null;
  } {
    const labels = (this.plan.mapping.category ?? []).map((column) => (cells[column] ?? '').trim());
    const tried = [...(labels.length > 1 ? [labels.join('/')] : []), ...labels].filter((label) => label !== '');
    for (const label of tried) {
      const code = this.plan.categories.get(label.toLowerCase()) ?? this.categoryByName.get(label.toLowerCase());
      const category = code === undefined ? undefined : this.dir.categoriesByCode.get(code);
      if (category?.parentId) return { category, unmapped: null };
    }
    return { category: this.dir.categoriesByCode.get(this.plan.defaultCategory)!, unmapped: tried[0] ?? null };
  }

  private place(
    name: string,
    fault: (code: ImportFault['code'], value: string) => void,
  ): { siteId: number | null; unitId: number | null } | null {
    if (name !== '') {
      const siteId = this.siteByName.get(name.toLowerCase());
      if (siteId !== undefined) return { siteId, unitId: this.dir.unitOf(siteId) };
      fault('unknown_site', name);
      return null;
    }
    if (!this.plan.place) fault('no_place', '');
    return this.plan.place;
  }

  private async imported(
    tx: Tx,
    r: {
      id: string;
      sourceRef: string;
      submittedAt: Date;
      text: string;
      category: NonNullable<ReturnType<Directory['categories']['get']>>;
      place: { siteId: number | null; unitId: number | null };
      callback: string;
      label: string;
      point: string;
    },
    now: Date,
  ): Promise<Creation> {
    const { dir } = this;
    const priority = (r.category.priority ?? 'normal24') as 'urgent';
    const nodeId = r.place.siteId ?? r.place.unitId ?? dir.groupNode.id;
    const { stageCode, dues } = await reckonAt(tx, dir, nodeId, priority, r.submittedAt);
    const key = randomBytes(16);
    const point = r.point === '' ? null : r.point.slice(0, 80).toWellFormed();
    const callback = r.callback === '' ? null : r.callback;
    const label = r.label === '' ? null : r.label;
    const confidentiality = label || callback ? 'open' : 'anonymous';
    const local = new Date(r.submittedAt.getTime() + this.offset(r.submittedAt) * 60_000).toISOString();
    return {
      request: {
        id: r.id,
        contact_id: uuidv7(),
        channel: 'import',
        confidentiality,
        class: r.category.recordClass,
        category_id: r.category.id,
        first_category_id: r.category.parentId!,
        unit_id: r.place.unitId,
        site_id: r.place.siteId,
        stage_code: stageCode,
        priority,
        // Nobody was ever told a code for it, so none can fit.
        requester_id: null,
        registrar_id: null,
        device_id: null,
        code_hmac: randomBytes(32),
        submitted_at: r.submittedAt,
        received_at: now,
        triage_due: dues.triage,
        contact_due: dues.contact,
        inner_due: dues.inner,
        resolve_due: dues.resolve,
        resolve_now: dues.resolve,
        promise_at: dues.resolve,
        next_due: dues.triage,
        // Nobody is warned of what lay elsewhere until now, before it is dispatched here (decision 25).
        warn_at: null,
      },
      content: { key, text: r.text, point, callback, requester_label: label, source_ref: r.sourceRef },
      numberDay: `${dir.group.prefix}-${local.slice(2, 10).replaceAll('-', '')}`,
      callerKey: null,
      entry: {
        id: uuidv7(),
        kind: 'registered',
        actorId: null,
        side: 'requester',
        who: label,
        fileIds: [],
        data: { imported: this.plan.source },
      },
      journal: {
        at: now,
        actorId: null,
        role: system.kind,
        action: 'requests.imported',
        recordKind: 'request',
        recordId: r.id,
        class: r.category.recordClass,
        unitId: r.place.unitId,
        siteId: r.place.siteId,
        categoryId: r.category.id,
        to: 'received',
        figures: { channel: 'import', priority, confidentiality, source: this.plan.source },
        digest: contentDigest(key, r.text, point, callback),
      },
      once: null,
      answer: {},
    };
  }
}

/** Stores what is not here yet, as one transaction of the caller's. @returns how many were new */
export async function storeImported(tx: Tx, rows: Prepared[]): Promise<number> {
  await lockImports(tx, []);
  const here = await alreadyImported(tx, [rows.map((one) => one.row.request.id), rows.map((one) => one.sourceRef)]);
  const ids = new Set(here.map((one) => one.id));
  const refs = new Set(here.map((one) => one.source_ref));
  const fresh = rows.filter((one) => !ids.has(one.row.request.id) && !refs.has(one.sourceRef));
  await createRequests(
    tx,
    fresh.map((one) => one.row),
  );
  return fresh.length;
}

/**
 * That a file was brought in, by whom the machine knows, and with what result. No clock of what it brought warns before its
 * dispatch (decision 25): whoever leads dispatching is told once how many wait.
 */
export async function noteImport(
  tx: Tx,
  now: Date,
  source: string,
  figures: { rows: number; added: number; already: number; bad: number },
): Promise<void> {
  const id = uuidv7();
  await append(tx, {
    at: now,
    actorId: null,
    role: system.kind,
    action: 'requests.import_ended',
    recordKind: 'import',
    recordId: id,
    class: 'audit',
    reason: source,
    figures,
  });
  if (figures.added === 0) return;
  const { groupNode } = await directory(tx);
  await tell(
    { tx, actor: system, now },
    {
      kind: 'requests.imported',
      to: { role: 'dispatcher_lead', nodeId: groupNode.id },
      about: { kind: 'request', id, label: source, route: '/requests' },
      values: { n: figures.added },
      level: 'info',
    },
  );
}
