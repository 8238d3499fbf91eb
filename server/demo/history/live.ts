/**
 * The last three days: beside what the ordinary days leave unfinished, enough in every state that each desk of the demo
 * finds work that is true relative to now. A steer says how far a need has come; everything else about it is drawn.
 */
import type { Random } from '../random.ts';
import { pick } from '../random.ts';
import { type Asking, askingOf, type Scene, type Wanted } from './asking.ts';
import { hour, minute } from './calendar.ts';
import { streamOf, uniform } from './chance.ts';
import type { Ledger } from './ledger.ts';
import { livePairs, pairAskings } from './planted.ts';

export interface Steer {
  /** What has not happened yet. */
  hold: 'dispatch' | 'acceptance' | 'return' | 'contact' | 'work' | 'decision' | 'resume' | 'verdict' | 'call' | 'rework' | 'rework_begun' | 'none';
  dispatchAt?: number;
  acceptAt?: number;
  /** Nobody accepted it in time. */
  silent?: boolean;
  contactAt?: number;
  askAt?: number;
  until?: number;
  handledAt?: number;
  verdictAt?: number;
  returns?: number;
  wish?: 'extension' | 'suspension';
  handler?: string;
  own?: 'solved' | 'denied';
  saidBy?: 'proxy' | 'anonymous_code';
  withdraws?: boolean;
  attempts?: number;
  attemptAt?: (i: number) => number;
  nudgeAt?: number[];
}

interface Stroke {
  scene: Scene;
  now: number;
  random: Random;
  add(wanted: Omit<Wanted, 'key' | 'category'> & { category?: string; to?: 'unit' | 'head' }, steer: Steer): void;
}

const quick = ['A01', 'A02', 'B01', 'B02', 'C03', 'C04', 'F02', 'F04', 'F05', 'E03'];
const slow = ['A03', 'A04', 'A05', 'B03', 'E01', 'E04', 'E05', 'F01', 'F03', 'F06', 'G02', 'I01', 'H03'];
const lineOf: Record<string, string> = { hand10: 'B01 B02 B03 B05', hand11: 'A01 A02 A03 A04 A05 E04', hand15: 'C03 C04 C05 E03' };
const times = (n: number, work: (i: number) => void): void => Array.from({ length: n }, (_, i) => work(i)).forEach(() => {});

/** The steps before work began, told backwards from the moment it was accepted. */
function before(s: Stroke, acceptedAt: number): { at: number; dispatchAt: number; acceptAt: number } {
  const dispatchAt = acceptedAt - uniform(1.5, 20, s.random) * minute;
  return { at: Math.floor(dispatchAt - uniform(2, 12, s.random) * minute), dispatchAt, acceptAt: acceptedAt };
}

function atTheDesk(s: Stroke): void {
  const { now, random, scene } = s;
  times(7, () => s.add({ at: now - Math.floor(uniform(18, 70, random) * minute), category: pick(quick, random) }, { hold: 'dispatch' }));
  s.add({ at: now - 9 * minute, category: 'B04', confidentiality: 'open' }, { hold: 'dispatch' });
  times(15, () => s.add({ at: now - Math.floor(uniform(0.7, 27, random) * minute), category: pick(slow, random) }, { hold: 'dispatch' }));
  times(8, () => s.add({ at: now - Math.floor(uniform(0.4, 13, random) * minute), category: pick(quick, random) }, { hold: 'dispatch' }));
  times(8, () => {
    // In the evening what is not urgent waits for the morning; in working hours it has only just come.
    const earlier = now - uniform(40, 500, random) * minute;
    const waits = scene.calendar.after(earlier, 30, 'normal24') > now;
    s.add({ at: Math.floor(waits ? earlier : now - uniform(1, 26, random) * minute), category: pick(slow, random) }, { hold: 'dispatch' });
  });
  times(2, () => s.add({ at: now - Math.floor(uniform(3, 20, random) * minute), category: pick(['A03', 'G02', 'E04'], random), by: 'worker', channel: 'qr_form', confidentiality: 'confidential' }, { hold: 'dispatch' }));
  times(5, () => {
    const at = now - uniform(45, 150, random) * minute;
    s.add({ at: Math.floor(at), category: pick([...quick, ...slow], random), to: 'unit' }, { hold: 'return', returns: 1, dispatchAt: at + 6 * minute, acceptAt: at + uniform(14, 30, random) * minute });
  });
  times(3, (i) => {
    const at = now - uniform(3, 7, random) * hour;
    s.add({ at: Math.floor(at), category: ['A04', 'F03', 'E05'][i], to: 'unit' }, { hold: 'return', returns: 2, dispatchAt: at + 7 * minute });
  });
}

function inWork(s: Stroke): void {
  const { now, random } = s;
  times(9, () => {
    const dispatchAt = now - uniform(0.8, 23, random) * minute;
    s.add({ at: Math.floor(dispatchAt - uniform(2, 14, random) * minute), category: pick([...quick, ...slow], random) }, { hold: 'acceptance', dispatchAt });
  });
  times(11, () => {
    const { at, ...steer } = before(s, now - uniform(2, 50, random) * minute);
    s.add({ at, category: pick([...quick, ...slow], random) }, { hold: 'contact', ...steer });
  });
  times(3, () => {
    const dispatchAt = now - uniform(38, 58, random) * minute;
    s.add({ at: Math.floor(dispatchAt - 8 * minute), category: pick(quick, random) }, { hold: 'contact', dispatchAt, silent: true });
  });
  const working = (more: { category?: string; siteCode?: string; handler?: string; hours: number; nudged?: boolean }): void => {
    const contactAt = now - more.hours * hour;
    const { at, ...steer } = before(s, contactAt - uniform(4, 40, random) * minute);
    const to = more.handler ? ('head' as const) : undefined;
    s.add(
      { at, category: more.category ?? pick([...quick, ...slow], random), siteCode: more.siteCode, to },
      { hold: 'work', ...steer, contactAt, handledAt: now + 3 * hour, handler: more.handler, nudgeAt: more.nudged ? [contactAt + (now - contactAt) * 0.7] : undefined },
    );
  };
  for (const handler of ['hand10', 'hand11', 'hand15']) {
    times(4, (i) => working({ handler, category: pick(lineOf[handler]!.split(' '), random), hours: uniform(0.4, i === 3 ? 14 : 5, random), nudged: i === 2 }));
  }
  times(4, (i) => working({ siteCode: 'U04-01', category: ['A01', 'A04', 'B01', 'E05'][i], hours: uniform(0.5, 7, random) }));
  times(6, () => working({ category: pick(quick, random), hours: uniform(8.5, 14, random), nudged: true }));
  times(12, () => working({ hours: uniform(0.3, 8, random) }));
  times(6, () => {
    const acceptedAt = now - uniform(10, 26, random) * hour;
    const { at, ...steer } = before(s, acceptedAt);
    s.add({ at, category: pick(slow, random) }, { hold: 'resume', wish: 'suspension', ...steer, askAt: acceptedAt + uniform(0.6, 5, random) * hour, until: now + uniform(4, 40, random) * hour, handledAt: now + 60 * hour });
  });
  times(8, (i) => {
    const askAt = now - uniform(9, 150, random) * minute;
    const { at, ...steer } = before(s, askAt - uniform(1, 9, random) * hour);
    const wish = i === 3 || i === 6 ? ('suspension' as const) : ('extension' as const);
    s.add(
      { at, category: ['A03', 'A04', 'E05', 'F03', 'E04', 'B03', 'G02', 'A05'][i], siteCode: i < 4 ? 'U04-01' : undefined, to: i < 4 || i === 7 ? 'unit' : 'head' },
      { hold: 'decision', wish, ...steer, askAt, until: wish === 'suspension' ? now + 30 * hour : undefined, handledAt: now + 5 * hour },
    );
  });
}

function awaitingTheirWord(s: Stroke): void {
  const { now, random } = s;
  const finished = (handledAt: number, steer: Steer, more: { category?: string; siteCode?: string; handler?: string; channel?: Wanted['channel']; confidentiality?: Wanted['confidentiality'] } = {}): void => {
    const { at, ...steps } = before(s, handledAt - uniform(1.5, 6.5, random) * hour);
    const { handler, ...rest } = more;
    s.add(
      { at, ...rest, category: more.category ?? pick([...quick, ...slow], random), to: handler ? 'head' : undefined },
      { ...steps, handledAt, handler, ...steer },
    );
  };
  for (const handler of ['hand10', 'hand11', 'hand15']) {
    times(2, () => finished(now - uniform(0.3, 18, random) * hour, { hold: 'verdict' }, { handler, category: pick(lineOf[handler]!.split(' '), random) }));
  }
  times(2, () => finished(now - uniform(0.5, 12, random) * hour, { hold: 'verdict' }, { siteCode: 'U04-01' }));
  times(16, () => finished(now - uniform(0.2, 22, random) * hour, { hold: 'verdict' }));

  times(16, () => finished(now - uniform(25, 47, random) * hour, { hold: 'call', attempts: 0 }));
  times(15, (i) => {
    const handledAt = now - uniform(50, 70, random) * hour;
    const tried = rungBetween(s, handledAt + 24.5 * hour, now - 0.2 * hour, i < 9 ? 1 : 2);
    finished(handledAt, { hold: 'call', attempts: tried.length, attemptAt: (n) => tried[n]! }, { confidentiality: i < 12 ? 'open' : undefined });
  });
  times(3, (i) => finished(now - uniform(4, 20, random) * hour, { hold: 'call', attempts: 0, saidBy: i === 2 ? 'anonymous_code' : 'proxy' }, i === 2 ? { channel: 'qr_form', confidentiality: 'anonymous' } : { channel: 'site_officer', confidentiality: 'open' }));
  times(3, () => {
    const handledAt = now - uniform(6, 20, random) * hour;
    finished(handledAt, { hold: 'call', attempts: 0, withdraws: true, verdictAt: handledAt + uniform(1, 5, random) * hour });
  });
  times(10, (i) => {
    const verdictAt = now - (i < 5 ? uniform(0.2, 3, random) : uniform(4, 8, random)) * hour;
    finished(verdictAt - uniform(1, 9, random) * hour, { hold: i < 5 ? 'rework' : 'rework_begun', own: 'denied', verdictAt }, { confidentiality: 'open' });
  });
}

/** Moments in calling hours between two times, in order; fewer where the hours do not allow it. */
function rungBetween(s: Stroke, from: number, to: number, wanted: number): number[] {
  const all: number[] = [];
  for (let i = 0; i < 40 && all.length < wanted; i++) {
    const at = uniform(from, to, s.random);
    const h = s.scene.calendar.hourOf(at);
    if (h >= 9 && h < 20.5) all.push(at);
  }
  return all.sort((a, b) => a - b);
}

/** The three workers one can be with one click find their own needs in several states. */
function forTheWorkers(s: Stroke): void {
  const { now, scene } = s;
  const own = (login: string, siteCode: string, category: string, hours: number, steer: (at: number) => Steer): void => {
    const at = Math.floor(now - hours * hour);
    s.add({ at, siteCode, category, requester: scene.cast.byLogin.get(login)!, channel: 'qr_form', confidentiality: 'open' }, steer(at));
  };
  const steps = (at: number) => ({ dispatchAt: at + 7 * minute, acceptAt: at + 15 * minute, contactAt: at + 40 * minute });
  const working = (at: number): Steer => ({ hold: 'work', ...steps(at), handledAt: now + 3 * hour });
  const awaits = (at: number): Steer => ({ hold: 'verdict', ...steps(at), handledAt: at + 5 * hour });
  const solved = (at: number): Steer => ({ hold: 'none', ...steps(at), handledAt: at + 6 * hour, own: 'solved', verdictAt: at + 8 * hour });
  const denied = (at: number): Steer => ({ hold: 'rework_begun', ...steps(at), handledAt: at + 6 * hour, own: 'denied', verdictAt: at + 9 * hour });
  own('worker01', 'U04-01', 'A02', 5.2, working);
  own('worker01', 'U04-01', 'A05', 11, awaits);
  own('worker01', 'U04-01', 'A01', 30, solved);
  own('worker01', 'U04-01', 'B01', 55, solved);
  own('worker01', 'U04-01', 'A04', 0.2, () => ({ hold: 'dispatch' }));
  own('worker02', 'U07-01', 'G02', 7, working);
  own('worker02', 'U07-01', 'A01', 9, awaits);
  own('worker02', 'U07-01', 'B03', 40, solved);
  own('worker03', 'U09-08', 'E04', 20, denied);
  own('worker03', 'U09-08', 'A03', 14, awaits);
  own('worker03', 'U09-08', 'A05', 50, solved);
  own('worker03', 'U09-08', 'G01', 6, working);
}

export function liveAskings(scene: Scene, ledger: Ledger): Asking[] {
  const askings: Asking[] = [];
  const { now } = scene.calendar;
  const stroke: Stroke = {
    scene,
    now,
    random: streamOf(scene.seed, 'now'),
    add({ category, to, ...wanted }, steer) {
      const found = category === undefined ? undefined : scene.dir.categoriesByCode.get(category)!;
      askings.push({ ...askingOf(scene, { key: `now${askings.length}`, category: found, ...wanted }), submittedAt: wanted.at, to, steer });
    },
  };
  atTheDesk(stroke);
  inWork(stroke);
  awaitingTheirWord(stroke);
  forTheWorkers(stroke);
  for (const i of livePairs) {
    const first = Math.floor(now - uniform(2, 5, stroke.random) * hour);
    const [a, b] = pairAskings(scene, ledger, i, first, Math.floor(now - uniform(2, 12, stroke.random) * minute));
    const steps = { dispatchAt: first + 6 * minute, acceptAt: first + 14 * minute, contactAt: first + 50 * minute };
    askings.push({ ...a, submittedAt: a.at, steer: { hold: 'work', ...steps, handledAt: now + 3 * hour } }, { ...b, submittedAt: b.at, into: undefined, steer: { hold: 'dispatch' } });
  }
  return askings;
}
