/**
 * The last three days: beside what the ordinary days leave unfinished, enough in every state that each desk of the demo
 * finds work that is true relative to now. A steer says how far a need has come; everything else about it is drawn.
 */
import { pick } from '../random.ts';
import { type Asking, askingOf, type Scene, type Wanted } from './asking.ts';
import { hour, minute } from './calendar.ts';
import { streamOf, uniform } from './chance.ts';
import type { Ledger } from './ledger.ts';
import { atTheDesk, inWork } from './liveWork.ts';
import { joinedPairs, livePairs, pairAskings, risingAsking } from './planted.ts';
import type { Steer } from './steer.ts';
import { before, lineOf, quick, rungBetween, type Stroke, slow, times } from './steering.ts';

function awaitingTheirWord(s: Stroke): void {
  const { now, random } = s;
  const finished = (
    handledAt: number,
    steer: Steer,
    more: {
      category?: string;
      siteCode?: string;
      handler?: string;
      channel?: Wanted['channel'];
      confidentiality?: Wanted['confidentiality'];
    } = {},
  ): void => {
    const { at, ...steps } = before(s, handledAt - uniform(1.5, 6.5, random) * hour);
    const { handler, ...rest } = more;
    s.add(
      { at, ...rest, category: more.category ?? pick([...quick, ...slow], random), to: handler ? 'head' : undefined },
      { ...steps, handledAt, handler, ...steer },
    );
  };
  for (const handler of ['hand10', 'hand11', 'hand15']) {
    times(2, () =>
      finished(
        now - uniform(0.3, 18, random) * hour,
        { hold: 'verdict' },
        { handler, category: pick(lineOf[handler]!.split(' '), random) },
      ),
    );
  }
  times(2, () => finished(now - uniform(0.5, 12, random) * hour, { hold: 'verdict' }, { siteCode: 'U04-01' }));
  times(16, () => finished(now - uniform(0.2, 22, random) * hour, { hold: 'verdict' }));

  times(16, () => finished(now - uniform(25, 47, random) * hour, { hold: 'call', attempts: 0 }));
  times(15, (i) => {
    const handledAt = now - uniform(50, 70, random) * hour;
    const tried = rungBetween(s, handledAt + 24.5 * hour, now - 0.2 * hour, i < 9 ? 1 : 2);
    finished(
      handledAt,
      { hold: 'call', attempts: tried.length, attemptAt: (n) => tried[n]! },
      { confidentiality: i < 12 ? 'open' : undefined },
    );
  });
  times(3, (i) =>
    finished(
      now - uniform(4, 20, random) * hour,
      { hold: 'call', attempts: 0, saidBy: i === 2 ? 'anonymous_code' : 'proxy' },
      i === 2
        ? { channel: 'qr_form', confidentiality: 'anonymous' }
        : { channel: 'site_officer', confidentiality: 'open' },
    ),
  );
  times(3, () => {
    const handledAt = now - uniform(6, 20, random) * hour;
    finished(handledAt, {
      hold: 'call',
      attempts: 0,
      withdraws: true,
      verdictAt: handledAt + uniform(1, 5, random) * hour,
    });
  });
  times(10, (i) => {
    const verdictAt = now - (i < 5 ? uniform(0.2, 3, random) : uniform(4, 8, random)) * hour;
    finished(
      verdictAt - uniform(1, 9, random) * hour,
      { hold: i < 5 ? 'rework' : 'rework_begun', own: 'denied', verdictAt },
      { confidentiality: 'open' },
    );
  });
}

/** The three workers one can be with one click find their own needs in several states. */
function forTheWorkers(s: Stroke): void {
  const { now, scene } = s;
  const own = (
    login: string,
    siteCode: string,
    category: string,
    hours: number,
    steer: (at: number) => Steer,
  ): void => {
    const at = Math.floor(now - hours * hour);
    s.add(
      {
        at,
        siteCode,
        category,
        requester: scene.cast.byLogin.get(login)!,
        channel: 'qr_form',
        confidentiality: 'open',
      },
      steer(at),
    );
  };
  const steps = (at: number) => ({
    dispatchAt: at + 7 * minute,
    acceptAt: at + 15 * minute,
    contactAt: at + 40 * minute,
  });
  const working = (at: number): Steer => ({ hold: 'work', ...steps(at), handledAt: now + 3 * hour });
  const awaits = (at: number): Steer => ({ hold: 'verdict', ...steps(at), handledAt: at + 5 * hour });
  const solved = (at: number): Steer => ({
    hold: 'none',
    ...steps(at),
    handledAt: at + 6 * hour,
    own: 'solved',
    verdictAt: at + 8 * hour,
  });
  const denied = (at: number): Steer => ({
    hold: 'rework_begun',
    ...steps(at),
    handledAt: at + 6 * hour,
    own: 'denied',
    verdictAt: at + 9 * hour,
  });
  own('worker01', 'U04-01', 'A02', 5.2, working);
  own('worker01', 'U04-01', 'A05', 11, awaits);
  own('worker01', 'U04-01', 'A01', 30, solved);
  own('worker01', 'U04-01', 'B01', 55, solved);
  own('worker01', 'U04-01', 'A03', 47, (at) => ({ ...denied(at), hold: 'none' }));
  own('worker01', 'U04-01', 'E05', 25, (at) => ({
    ...working(at),
    wish: 'extension',
    askAt: at + 6 * hour,
    nudgeAt: [at + 5 * hour],
  }));
  own('worker01', 'U04-01', 'A04', 0.2, () => ({ hold: 'dispatch' }));
  own('worker02', 'U07-01', 'G02', 7, working);
  own('worker02', 'U07-01', 'A01', 9, awaits);
  own('worker02', 'U07-01', 'B03', 40, solved);
  own('worker03', 'U09-08', 'E04', 20, denied);
  own('worker03', 'U09-08', 'A03', 14, awaits);
  own('worker03', 'U09-08', 'A05', 50, solved);
  own('worker03', 'U09-08', 'G01', 6, working);
}

/** Every handler one can be with one click finds each course a case can take among their own. */
function forTheHandlers(s: Stroke): void {
  const { now, random } = s;
  for (const [handler, categories] of Object.entries(lineOf)) {
    const own = (hours: number, steer: (at: number) => Steer, confidentiality: Wanted['confidentiality']): void => {
      const at = Math.floor(now - hours * hour);
      const steps = { dispatchAt: at + 6 * minute, acceptAt: at + 14 * minute, contactAt: at + 45 * minute };
      s.add(
        {
          at,
          category: pick(categories.split(' '), random),
          channel: 'qr_form',
          by: 'worker',
          confidentiality,
          to: 'head',
        },
        { ...steps, handler, ...steer(at) },
      );
    };
    const handledAt = now + 6 * hour;
    own(
      26,
      (at) => ({ hold: 'work', wish: 'extension', askAt: at + 5 * hour, nudgeAt: [at + 4 * hour], handledAt }),
      'open',
    );
    own(
      22,
      (at) => ({ hold: 'resume', wish: 'suspension', askAt: at + 3 * hour, until: now + 20 * hour, handledAt }),
      'open',
    );
    own(20, () => ({ hold: 'work', returns: 2, handledAt }), 'open');
    own(44, (at) => ({ hold: 'none', own: 'denied', handledAt: at + 5 * hour, verdictAt: at + 7 * hour }), 'open');
    own(9, () => ({ hold: 'work', handledAt }), 'confidential');
  }
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
      askings.push({
        ...askingOf(scene, { key: `now${askings.length}`, category: found, ...wanted }),
        submittedAt: wanted.at,
        to,
        steer,
      });
    },
  };
  atTheDesk(stroke);
  inWork(stroke);
  awaitingTheirWord(stroke);
  forTheWorkers(stroke);
  forTheHandlers(stroke);
  times(11, (i) => {
    const waits = i >= 5;
    const at = Math.floor(now - (waits ? uniform(1, 12, stroke.random) * minute : (1.2 + i * 0.9) * hour));
    const steps = { dispatchAt: at + 6 * minute, acceptAt: at + 15 * minute, contactAt: at + 40 * minute };
    askings.push({
      ...risingAsking(scene, i, at),
      submittedAt: at,
      to: 'head',
      steer: waits ? { hold: 'dispatch' } : { hold: 'work', ...steps, handledAt: now + 5 * hour },
    });
  });
  for (const i of livePairs) {
    const first = Math.floor(now - uniform(2, 5, stroke.random) * hour);
    const [a, b] = pairAskings(scene, ledger, i, first, Math.floor(now - uniform(2, 12, stroke.random) * minute));
    const steps = { dispatchAt: first + 6 * minute, acceptAt: first + 14 * minute, contactAt: first + 50 * minute };
    askings.push(
      { ...a, submittedAt: a.at, steer: { hold: 'work', ...steps, handledAt: now + 3 * hour } },
      { ...b, submittedAt: b.at, into: undefined, steer: { hold: 'dispatch' } },
    );
  }
  for (const [handler, i] of Object.entries(joinedPairs)) {
    const first = Math.floor(now - uniform(4, 6, stroke.random) * hour);
    const second = first + Math.floor(uniform(20, 50, stroke.random) * minute);
    const [a, b] = pairAskings(scene, ledger, i, first, second);
    const steps = { dispatchAt: first + 6 * minute, acceptAt: first + 14 * minute, contactAt: first + 90 * minute };
    askings.push(
      { ...a, submittedAt: a.at, to: 'head', steer: { hold: 'work', handler, ...steps, handledAt: now + 3 * hour } },
      {
        ...b,
        submittedAt: b.at,
        into: () => ledger.byKey.get(a.key) ?? null,
        steer: { hold: 'work', dispatchAt: second + 5 * minute },
      },
    );
  }
  return askings;
}
