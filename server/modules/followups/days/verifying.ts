/**
 * Draws one day again from the journal and the anchors alone (rules 9) and names every difference. Nothing of the module's
 * own tables is read: whoever changed a list, a share, a frame or a secret afterwards does not agree with what was sealed.
 */
import { equalBytes } from '../../../platform/crypto.ts';
import type { Anchor } from '../../../platform/seal.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { type EntryRow, entriesOfRecords, exitsBetween, sealOver } from '../../journal/index.ts';
import { directory } from '../../organization/index.ts';
import { dayAfter, dayIn, endOf } from './calendar.ts';
import { commitmentOf, dayRecord, drawKey, frameDigest, isDrawn, isDrawnAgain, ratesRecord } from './draw.ts';
import { planOf, shareOf, stratumOf } from './rates.ts';
import { type Cell, cellsOf, type Line, totalOf } from './result.ts';

/** What can be wrong with a day; words in both languages stand with the command and the page. */
export const differences = [
  'no_commitment',
  'commitment_twice',
  'commitment_not_anchored',
  'rates_differ',
  'rates_changed_late',
  'frame_missing',
  'frame_extra',
  'frame_twice',
  'frame_digest',
  'frame_changed_late',
  'frame_not_sealed',
  'secret_differs',
  'result_missing',
  'result_extra',
  'not_called',
  'called_without_draw',
  'own_word_missing',
  'answer_missing',
  'answer_differs',
  'again_not_called',
  'again_without_draw',
  'totals_differ',
  'frozen_twice',
] as const;
export type Difference = (typeof differences)[number];

export interface DayCheck {
  day: string;
  /** none: no such day; open: its frame is not closed; sealed: the draw is made, the secret not told yet; frozen: drawn again. */
  state: 'none' | 'open' | 'sealed' | 'frozen';
  valid: boolean;
  framed: number;
  /** Silent and named by the draw, as the secret draws them again; 0 while it is not told. */
  drawn: number;
  /** In the frame and called for certain if they stay silent. */
  mandatory: number;
  late: boolean;
  commitment: string | null;
  sealRoot: string | null;
  secret: string | null;
  cells: Cell[];
  differences: { what: Difference; request: string | null }[];
}

/** Everything about a day that lies in the journal. */
interface Evidence {
  day: string;
  zone: string;
  /** Entries of the day's own record. */
  own: EntryRow[];
  /** Published rates, in their order. */
  rates: EntryRow[];
  /** Handled and withdrawn between the closing of the day before and the closing of the day after. */
  exits: EntryRow[];
  /** From this position on nothing may be missing in the frame. */
  begins: number;
  /** What the framed requests and their callers said. */
  words: EntryRow[];
  seal: { root: Buffer } | undefined;
  /** Positions at which the newest seal stood outside the database. */
  anchors: readonly Pick<Anchor, 'to'>[];
}

const text = (entry: EntryRow, name: string): string => String(entry.figures[name]);
const answers = ['solved', 'better', 'not_solved', 'unclear'];
const wordActions = [
  'requests.confirmed',
  'requests.denied',
  'requests.said_solved',
  'followups.answered',
  'followups.attempted',
  'requests.closed_unreachable',
];

/** Reads a day's evidence. Anchors are those kept outside the database. */
export async function evidenceOf(tx: Tx, zone: string, day: string, anchors: Evidence['anchors']): Promise<Evidence> {
  const entriesOf = (name: string, actions: string[]): Promise<EntryRow[]> =>
    entriesOfRecords(tx, [[dayRecord(name)], actions]);
  const own = await entriesOf(day, [
    'followups.day_committed',
    'followups.framed',
    'followups.frame_closed',
    'followups.result',
    'followups.day_frozen',
  ]);
  const [before] = await entriesOf(dayAfter(day, -1), ['followups.frame_closed']);
  const [after] = await entriesOf(dayAfter(day), ['followups.frame_closed']);
  const closed = own.find((entry) => entry.action === 'followups.frame_closed');
  const committed = own.find((entry) => entry.action === 'followups.day_committed');
  const framed = own.filter((entry) => entry.action === 'followups.framed').map((entry) => text(entry, 'request'));
  return {
    day,
    zone,
    own,
    rates: await entriesOfRecords(tx, [[ratesRecord], ['followups.rates_set']]),
    // A little before the commitment of the very first day: what settled beside it may stand in its frame.
    exits: closed
      ? await exitsBetween(tx, [
          before?.position ?? Math.max(0, (committed?.position ?? 0) - 5000),
          after?.position ?? closed.position,
        ])
      : [],
    // On its first day the system begins with the commitment: what was handled before needs no frame.
    begins: before?.position ?? committed?.position ?? 0,
    words: framed.length === 0 ? [] : await entriesOfRecords(tx, [framed, wordActions]),
    seal: closed && (await sealOver(tx, [closed.position]))[0],
    anchors,
  };
}

/** Pure: the same evidence gives the same answer to everybody. */
export function checkDay(e: Evidence): DayCheck {
  const found: DayCheck['differences'] = [];
  const differs = (what: Difference, request: string | null = null): void => void found.push({ what, request });
  const of = (action: string): EntryRow[] => e.own.filter((entry) => entry.action === action);
  const committed = of('followups.day_committed');
  const [closed] = of('followups.frame_closed');
  const frozen = of('followups.day_frozen');
  const check: DayCheck = {
    day: e.day,
    state: committed.length === 0 ? 'none' : !closed ? 'open' : frozen.length === 0 ? 'sealed' : 'frozen',
    valid: false,
    framed: 0,
    drawn: 0,
    mandatory: 0,
    late: committed[0]?.figures.late === true,
    commitment: committed[0] ? text(committed[0], 'commitment') : null,
    sealRoot: e.seal?.root.toString('hex') ?? null,
    secret: null,
    cells: [],
    differences: found,
  };
  if (!committed[0]) {
    if (e.own.length > 0) differs('no_commitment');
    return { ...check, valid: found.length === 0 };
  }
  if (committed.length > 1) differs('commitment_twice');
  checkRates(e, committed[0], differs);
  if (closed) {
    checkCommitment(e, committed[0], closed, check.late, differs);
    const frame = checkFrame(e, closed, differs);
    check.framed = frame.length;
    check.mandatory = frame.filter((line) => line.mandatory !== null).length;
    if (!e.seal) differs('frame_not_sealed');
    if (frozen.length > 1) differs('frozen_twice');
    if (frozen[0] && e.seal) checkDraw(e, committed[0], frozen[0], frame, check, differs);
  }
  return { ...check, valid: found.length === 0 };
}

type Differs = (what: Difference, request?: string | null) => void;

/** π: what the commitment says is what was published before the day began, and nothing was published for it later. */
function checkRates(e: Evidence, committed: EntryRow, differs: Differs): void {
  const plans = e.rates.map((entry) => ({ entry, plan: planOf(text(entry, 'plan')) }));
  // A plan holds from a later day than the one it was published on; one that reaches back would change a running day.
  if (plans.some(({ entry, plan }) => plan.from <= e.day && plan.from <= dayIn(e.zone)(entry.at)))
    differs('rates_changed_late');
  const inForce = plans
    .filter(({ entry, plan }) => plan.from <= e.day && entry.position < committed.position)
    .sort((a, b) => a.plan.from.localeCompare(b.plan.from) || a.entry.position - b.entry.position)
    .at(-1);
  const stated = text(committed, 'plan');
  // Before anything was published, the plan every installation begins with holds.
  if (inForce ? text(inForce.entry, 'plan') !== stated : planOf(stated).from !== '2000-01-01') differs('rates_differ');
}

/** H(s) stood outside the database before the frame was closed; a late one draws nobody, everybody is called. */
function checkCommitment(e: Evidence, committed: EntryRow, closed: EntryRow, late: boolean, differs: Differs): void {
  if (late) return;
  if (!e.anchors.some((anchor) => anchor.to >= committed.position && anchor.to < closed.position))
    differs('commitment_not_anchored');
}

interface Framed {
  request: string;
  stratum: string;
  mandatory: string | null;
  /** Where it was said to be handled or was withdrawn. */
  exit: EntryRow | undefined;
}

/** Every request handled or withdrawn on the day is in its frame, once, and nothing else is. */
function checkFrame(e: Evidence, closed: EntryRow, differs: Differs): Framed[] {
  const dayOf = dayIn(e.zone);
  const ends = endOf(e.zone, e.day);
  const lines = e.own.filter((entry) => entry.action === 'followups.framed');
  const frame = new Map<string, Framed>();
  for (const line of lines) {
    const request = text(line, 'request');
    if (frame.has(request)) differs('frame_twice', request);
    if (line.position > closed.position) differs('frame_changed_late', request);
    const exit = e.exits.findLast(
      (entry) => entry.record_id === request && entry.position < closed.position && entry.at < ends,
    );
    if (!exit) differs('frame_extra', request);
    frame.set(request, {
      request,
      stratum: text(line, 'stratum'),
      mandatory: line.figures.mandatory === null ? null : text(line, 'mandatory'),
      exit,
    });
  }
  for (const entry of e.exits)
    if (
      dayOf(entry.at) === e.day &&
      entry.position > e.begins &&
      entry.position < closed.position &&
      !frame.has(entry.record_id)
    )
      differs('frame_missing', entry.record_id);
  const digest = frameDigest([...frame.values()]).toString('hex');
  if (digest !== text(closed, 'digest') || Number(closed.figures.framed) !== frame.size) differs('frame_digest');
  return [...frame.values()];
}

function checkDraw(
  e: Evidence,
  committed: EntryRow,
  frozen: EntryRow,
  frame: Framed[],
  check: DayCheck,
  differs: Differs,
): void {
  const secret = Buffer.from(text(frozen, 'secret'), 'hex');
  check.secret = secret.toString('hex');
  if (!equalBytes(commitmentOf(secret), Buffer.from(text(committed, 'commitment'), 'hex'))) differs('secret_differs');
  const plan = planOf(text(committed, 'plan'));
  const key = drawKey(secret, e.seal!.root);
  const results = new Map<string, EntryRow>();
  for (const entry of e.own)
    if (entry.action === 'followups.result') {
      if (results.has(text(entry, 'request'))) differs('result_extra', text(entry, 'request'));
      results.set(text(entry, 'request'), entry);
    }
  const words = new Map<string, EntryRow[]>();
  for (const entry of e.words) words.set(entry.record_id, [...(words.get(entry.record_id) ?? []), entry]);
  const lines: Line[] = [];
  for (const one of frame) {
    const result = results.get(one.request);
    results.delete(one.request);
    if (!result) {
      differs('result_missing', one.request);
      continue;
    }
    const drawn = isDrawn(key, one.request, shareOf(plan, stratumOf(one.stratum)));
    const disposed = text(result, 'disposed') as Line['disposed'];
    if (disposed === 'drawn') check.drawn++;
    const outcome = result.figures.outcome === null ? null : text(result, 'outcome');
    const said = (words.get(one.request) ?? []).filter(
      (entry) => entry.position > (one.exit?.position ?? 0) && entry.position < result.position,
    );
    checkDisposal(one, disposed, drawn, said, differs);
    checkOutcome(one, disposed, outcome, said, differs);
    const again = result.figures.again === true;
    const wanted = outcome !== null && answers.includes(outcome) && isDrawnAgain(key, one.request, plan.again);
    if (wanted && !again) differs('again_not_called', one.request);
    if (again && !wanted) differs('again_without_draw', one.request);
    lines.push({
      stratum: one.stratum,
      mandatory: one.mandatory !== null || disposed === 'mandatory',
      disposed,
      outcome,
    });
  }
  for (const request of results.keys()) differs('result_extra', request);
  check.cells = cellsOf(lines);
  const total = totalOf(check.cells);
  if (Object.entries(total).some(([name, n]) => Number(frozen.figures[name]) !== n)) differs('totals_differ');
}

/** Who was called is who had to be, and who was left out had spoken or was not drawn. */
function checkDisposal(
  one: Framed,
  disposed: Line['disposed'],
  drawn: boolean,
  said: EntryRow[],
  differs: Differs,
): void {
  const ownWord = (action: string): boolean =>
    said.some((entry) => entry.action === action && entry.reason !== 'followup' && entry.reason !== 'panel');
  const bySomebodyElse = said.some((entry) => entry.action === 'requests.said_solved');
  if (
    disposed === 'own_solved' ? !ownWord('requests.confirmed') : disposed === 'own_not' && !ownWord('requests.denied')
  )
    differs('own_word_missing', one.request);
  else if (disposed === 'not_drawn' && (drawn || one.mandatory !== null)) differs('not_called', one.request);
  else if (disposed === 'drawn' && !drawn) differs('called_without_draw', one.request);
  else if (disposed === 'drawn' && one.mandatory !== null) differs('called_without_draw', one.request);
  else if (disposed === 'mandatory' && one.mandatory === null && !bySomebodyElse)
    differs('called_without_draw', one.request);
}

/** An answer that counts was given to a caller; what was unreachable was tried. */
function checkOutcome(
  one: Framed,
  disposed: Line['disposed'],
  outcome: string | null,
  said: EntryRow[],
  differs: Differs,
): void {
  if (disposed !== 'drawn' && disposed !== 'mandatory') {
    if (outcome !== null) differs('answer_differs', one.request);
    return;
  }
  if (outcome === null) differs('answer_missing', one.request);
  else if (answers.includes(outcome)) {
    const given = said.filter((entry) => entry.action === 'followups.answered');
    if (given.length === 0) differs('answer_missing', one.request);
    else if (!given.some((entry) => entry.reason === outcome)) differs('answer_differs', one.request);
  } else if (outcome === 'refused' && !said.some((entry) => entry.reason === 'refused'))
    differs('answer_missing', one.request);
}

/** @param anchors the anchors file kept outside the database */
export async function verifyDay(tx: Tx, day: string, anchors: Evidence['anchors']): Promise<DayCheck> {
  const { timezone } = (await directory(tx)).group;
  return checkDay(await evidenceOf(tx, timezone, day, anchors));
}
