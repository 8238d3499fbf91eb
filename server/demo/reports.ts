/**
 * Reports of the demo world: what 120 sites sent on 135 days, written in bulk. Head-counts add
 * up from day to day; some come late, U09 worst; some were typed wrong and amended after midnight.
 */
import { uuidv7 } from 'uuidv7';
import { type Counts, type Crew, type Outlier, outliersOf, type ReportItem } from '../../contract/report-checks.ts';
import type { FormVersion } from '../../contract/reports.ts';
import { accountsInRoles } from '../modules/access/index.ts';
import { type Directory, directory } from '../modules/organization/index.ts';
import {
  type ApprovalRecord,
  crewsOf,
  type FilingRecord,
  formsInUse,
  insertHistory,
  instantOfDay,
  isDueOn,
  nextDay,
  ordinaryOf,
  type ReportContent,
  type VersionRecord,
} from '../modules/reports/index.ts';
import { append, type JournalEntry } from '../platform/journal.ts';
import type { Tx } from '../platform/transaction.ts';
import { dayZero } from './organization.ts';
import { between, type Random, seeded } from './random.ts';
import type { World } from './world.ts';

const minute = 60_000;
const dayMs = 86_400_000;

interface Place {
  id: number;
  code: string;
  unitId: number;
  crews: (Crew & { here: number })[];
  officer: { id: string; label: string };
  stock: Counts;
  past: { values: ReportContent['values']; crews: Crew[] }[];
}

/** Share of the register that is on site. */
const presence: Record<string, number> = { S0: 0.97, S1: 0.94, S2: 0.72, S3: 0.86, S4: 0.96 };
const firstStock: Counts = {
  n95: 300,
  mask: 2400,
  suit: 80,
  antigen: 900,
  sanitizer: 60,
  bleach: 120,
  bags: 600,
  water: 1800,
  rations: 500,
  fever_drug: 60,
};

interface Told {
  filings: FilingRecord[];
  versions: VersionRecord[];
  entries: JournalEntry[];
}

/** The values of one day; the crews of the place move towards what the stage has on site. */
function dayOfPlace(place: Place, stage: string, random: Random): ReportContent['values'] {
  let [cameIn, wentOut] = [0, 0];
  const here: Counts = {};
  for (const crew of place.crews) {
    const target = Math.round(crew.planned * presence[stage]!);
    const step = Math.round((target - crew.here) * 0.3) + (random() < 0.25 ? between(-2, 2, random) : 0);
    const next = Math.max(0, Math.min(crew.planned + 6, crew.here + step));
    if (next > crew.here) cameIn += next - crew.here;
    else wentOut += crew.here - next;
    crew.here = next;
    here[crew.id] = next;
  }
  const people = place.crews.reduce((all, crew) => all + crew.here, 0);
  for (const key of Object.keys(place.stock)) {
    const used = Math.round(firstStock[key]! * 0.05 * (0.6 + random() * 0.8));
    const now = place.stock[key]! - used;
    place.stock[key] = now < firstStock[key]! * 0.4 ? now + Math.round(firstStock[key]! * 0.6) : now;
  }
  const closed = stage === 'S2' || stage === 'S3';
  const isolated = random() < (closed ? 0.25 : 0.05) ? between(1, 3, random) : 0;
  return {
    came_in: cameIn,
    went_out: wentOut,
    here,
    isolated,
    stay: Math.min(cameIn, people),
    fever: random() < (closed ? 0.08 : 0.03) ? 1 : 0,
    ...(closed
      ? {
          tested: random() < 0.5 ? people : Math.round(people / 2),
          positive: random() < 0.01 ? 1 : 0,
          moved: isolated > 1 && random() < 0.3 ? 1 : 0,
          zone: isolated > 2 ? 'yellow' : 'green',
          outside: between(0, 4, random),
        }
      : {}),
    accident: random() < 0.004 ? 1 : 0,
    stock: { ...place.stock },
    output: Math.round(people * (closed ? 0.18 : 0.34) * (0.9 + random() * 0.2) * 10) / 10,
    disinfected: closed ? 3 : 1,
    meals: people * 3 - between(0, 6, random),
    visitors: between(0, closed ? 4 : 12, random),
  };
}

/** Whoever acts on a unit's reports: two people besides the officers. */
interface UnitPeople {
  liaison: { id: string; label: string };
  leader: { id: string; label: string };
}

/** What a person on site could not see in their own figures: one digit left out. */
function slip(values: ReportContent['values']): ReportContent['values'] {
  return { ...values, meals: Math.round(Number(values.meals) / 10) };
}

/** The reports of the whole story up to now, with today's partly in. @returns how many filings were written */
export async function loadReports(tx: Tx, world: World, now: Date): Promise<number> {
  const dir = await directory(tx);
  const random = seeded(4107);
  const forms = (await formsInUse(tx)).map((form) => form.version);
  const people = await peopleOf(tx, dir);
  const crews = await crewsBySite(tx, dir);
  const d0 = dayZero(now).getTime();
  const timeline = world.generator.timeline;
  const stageOn = (at: number): string => timeline.findLast(({ from }) => d0 + from * dayMs <= at)!.stage;
  const localDay = (at: number): string => new Date(at + 8 * 60 * minute).toISOString().slice(0, 10);
  const today = localDay(now.getTime());
  const told: Told = { filings: [], versions: [], entries: [] };
  const approvals: ApprovalRecord[] = [];
  const places: Place[] = [...dir.nodes.values()]
    .filter((node) => node.kind === 'site' && people.officers.has(node.id))
    .map((node) => ({
      id: node.id,
      code: node.code,
      unitId: dir.unitOf(node.id)!,
      crews: crews.get(node.id)!.map((crew) => ({ ...crew, here: Math.round(crew.planned * presence.S0!) })),
      officer: people.officers.get(node.id)!,
      stock: { ...firstStock },
      past: [],
    }));
  for (let day = localDay(d0 + timeline[0]!.from * dayMs); day <= today; day = nextDay(day)) {
    const from = instantOfDay(dir, day).getTime();
    const stage = stageOn(from);
    for (const form of forms) {
      if (!isDueOn(form.rhythm, form.due, day)) continue;
      for (const place of places)
        tell(told, dir, form, place, people.units.get(place.unitId)!, { day, from, stage, today, now }, random);
      if (day < today) approveDay(approvals, told, form, day, from, people.units);
    }
  }
  await insertHistory(tx, told.filings, told.versions, approvals);
  const inOrder = told.entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (let at = 0; at < inOrder.length; at += 2_000) await append(tx, ...inOrder.slice(at, at + 2_000));
  return told.filings.length;
}

async function peopleOf(tx: Tx, dir: Directory) {
  const rows = await accountsInRoles(tx, ['site_officer', 'unit_liaison', 'unit_leader']);
  const officers = new Map<number, { id: string; label: string }>();
  const units = new Map<number, UnitPeople>();
  for (const { id, label, role, node_id } of rows) if (role === 'site_officer') officers.set(node_id, { id, label });
  for (const unit of [...dir.nodes.values()].filter((node) => node.kind === 'unit')) {
    const of = (role: string) => rows.find((one) => one.role === role && one.node_id === unit.id)!;
    units.set(unit.id, { liaison: of('unit_liaison'), leader: of('unit_leader') });
  }
  return { officers, units };
}

async function crewsBySite(tx: Tx, dir: Directory): Promise<Map<number, Crew[]>> {
  const found = new Map<number, Crew[]>();
  const rows = await crewsOf(tx, [...dir.nodes.keys()]);
  for (const { id, site_id, zh, planned } of rows)
    found.set(site_id, [...(found.get(site_id) ?? []), { id, zh, planned }]);
  return found;
}

interface Moment {
  day: string;
  /** Its local midnight, ms. */
  from: number;
  stage: string;
  today: string;
  now: Date;
}

/** The account a newcomer signs in as first: today is theirs to file. */
const leftToFile = 'U04-01';

/** One place's filing of one day, as it has come to be by now. */
function tell(
  told: Told,
  dir: Directory,
  form: FormVersion,
  place: Place,
  people: UnitPeople,
  { day, from, stage, today, now }: Moment,
  random: Random,
): void {
  const time = form.due.times[stage];
  if (!time) return;
  const due = instantOfDay(dir, day, time).getTime();
  const locks = from + dayMs;
  const slow = dir.nodes.get(place.unitId)!.code === 'U09';
  const values = form.code === 'site_daily' ? dayOfPlace(place, stage, random) : weekOfPlace(random);
  const isToday = day === today;
  // U09 is the unit that lags: of today more of it is still out, so that there is somebody to ring.
  const silent =
    (isToday && place.code === leftToFile) || random() < (slow ? (isToday ? 0.3 : 0.04) : isToday ? 0.01 : 0.006);
  const late = !silent && random() < (slow ? 0.2 : 0.05);
  // Most report in the last hours before it is due, some as soon as the gate has been counted in the morning.
  const early = !late && random() < 0.3;
  const made = late
    ? due + between(4, isToday ? 100 : 300, random) * minute
    : due - between(2, early ? Math.round((due - from) / minute) - 420 : 150, random) * minute;
  const none = silent || made > now.getTime();
  const offline = !none && random() < 0.12;
  const received = Math.min(
    now.getTime(),
    made + (offline ? between(3, 100, random) : 0) * minute + between(1, 50, random) * 1_000,
  );
  const wrong = !none && !isToday && form.code === 'site_daily' && random() < 0.005;
  const again = wrong ? 1 : 0;
  const sent = wrong ? slip(values) : values;
  const recent = from > now.getTime() - 4 * dayMs;
  const usual = wrong || recent ? ordinaryOf(form.items, place.past) : {};
  const id = uuidv7();
  const versions: VersionRecord[] = [];
  const counted = place.crews.map(({ id: crewId, zh, planned }) => ({ id: crewId, zh, planned }));
  const people0 = place.crews.reduce((all, crew) => all + crew.here, 0);
  const before = form.code === 'site_daily' ? people0 - Number(values.came_in) + Number(values.went_out) : 0;
  let flags: Outlier[] = [];
  const version = (no: number, content: ReportContent['values'], at: number, came: number, reason: string | null) => {
    flags = outliersOf(form.items as ReportItem[], content, counted, usual);
    versions.push({
      id: uuidv7(),
      filing_id: id,
      no,
      form_no: form.no,
      content: {
        values: content,
        crews: form.code === 'site_daily' ? counted : [],
        base: form.code === 'site_daily' ? { day: nextDay(day, -1), heads: before } : null,
        baseKnown: null,
        flags,
        confirmed: flags.length > 0 && no === 1 && !wrong ? { [flags[0]!.key]: '数没错，当天有调整' } : {},
      } as unknown as VersionRecord['content'],
      said_at: new Date(at),
      made_at: new Date(at),
      received_at: new Date(came),
      offline: no === 1 && offline,
      device: null,
      by_id: place.officer.id,
      by_label: place.officer.label,
      reason,
      after_lock: at >= locks,
    });
  };
  if (!none) {
    version(1, sent, made, received, null);
    if (again)
      version(2, values, locks + 9 * 60 * minute, locks + 9 * 60 * minute + 20_000, '供餐份数少打了一位，按食堂登记改');
  }
  const last = versions.filter((one) => one.received_at <= now).at(-1);
  const past = day < nextDay(today, -1);
  const checkedAt = new Date(Math.max(received, due) + between(20, 110, random) * minute);
  const checked = !none && (past || (checkedAt <= now && random() < 0.8));
  const filing: FilingRecord = {
    id,
    form_code: form.code,
    form_no: form.no,
    node_id: place.id,
    unit_id: place.unitId,
    day,
    stage_code: stage,
    due_at: new Date(due),
    locks_at: new Date(locks),
    state: none ? 'open' : past ? 'approved' : checked ? 'checked' : 'submitted',
    current_id: last?.id ?? null,
    made_at: last?.made_at ?? null,
    first_received_at: none ? null : new Date(received),
    late: none ? null : late,
    amended: versions.length > 1 && last?.no === 2,
    versions: last?.no ?? 0,
    flags: flags.length,
    heads: none || form.code !== 'site_daily' ? null : people0,
    filed_by: none ? null : place.officer.id,
    filed_label: none ? null : place.officer.label,
    checked_by: checked ? people.liaison.id : null,
    checked_label: checked ? people.liaison.label : null,
    checked_at: checked ? checkedAt : null,
    returned_words: null,
    locked_at: locks <= now.getTime() ? new Date(locks) : null,
    noticed_at: none && due + 30 * minute <= now.getTime() ? new Date(due + 30 * minute) : null,
    escalated_at: none && due + 120 * minute <= now.getTime() ? new Date(due + 120 * minute) : null,
    chased_at: null,
  };
  told.filings.push(filing);
  const kept = versions.filter((one) => last && one.no <= last.no);
  told.versions.push(...kept);
  for (const one of kept)
    told.entries.push({
      at: one.received_at,
      actorId: place.officer.id,
      role: 'site_officer',
      action: one.no === 1 ? 'reports.filed' : 'reports.amended',
      recordKind: 'filing',
      recordId: id,
      class: 'normal',
      unitId: place.unitId,
      siteId: place.id,
      figures: {
        form: form.code,
        day,
        version: one.no,
        late,
        offline: one.offline,
        flags: flags.length,
        heads: filing.heads,
      },
    });
  if (form.code === 'site_daily' && !none) {
    place.past.unshift({ values, crews: counted });
    place.past.length = Math.min(place.past.length, 14);
  }
}

const weekOfPlace = (random: Random): ReportContent['values'] => ({
  beds: between(0, 14, random),
  crowded: random() < 0.12 ? between(1, 3, random) : 0,
  aired: random() < 0.96,
  samples: random() < 0.98,
  drill: random() < 0.2 ? 'done' : random() < 0.5 ? 'planned' : 'none',
});

/** Days up to the one before yesterday are approved; yesterday's waits for the unit's leader. */
function approveDay(
  approvals: ApprovalRecord[],
  told: Told,
  form: FormVersion,
  day: string,
  from: number,
  units: Map<number, UnitPeople>,
): void {
  const counts = new Map<number, { expected: number; received: number; approved: boolean }>();
  for (let i = told.filings.length - 1; i >= 0; i--) {
    const filing = told.filings[i]!;
    if (filing.day !== day) break;
    if (filing.form_code !== form.code) continue;
    const unit = counts.get(filing.unit_id) ?? { expected: 0, received: 0, approved: false };
    unit.expected++;
    if (filing.current_id) unit.received++;
    unit.approved ||= filing.state === 'approved';
    counts.set(filing.unit_id, unit);
  }
  for (const [unitId, { expected, received, approved }] of counts) {
    if (!approved) continue;
    const { leader } = units.get(unitId)!;
    approvals.push({
      form_code: form.code,
      unit_id: unitId,
      day,
      expected,
      received,
      by_id: leader.id,
      by_label: leader.label,
      at: new Date(from + dayMs + 8 * 60 * minute),
      words: null,
    });
  }
}
