/** Needs of the last days that lie with those who work: at the desk, accepted, in progress, waiting for a decision. */
import { pick } from '../random.ts';
import { hour, minute } from './calendar.ts';
import { uniform } from './chance.ts';
import { before, lineOf, quick, type Stroke, slow, times } from './steering.ts';

export function atTheDesk(s: Stroke): void {
  const { now, random, scene } = s;
  times(7, () =>
    s.add(
      { at: now - Math.floor(uniform(18, 70, random) * minute), category: pick(quick, random) },
      { hold: 'dispatch' },
    ),
  );
  s.add({ at: now - 9 * minute, category: 'B04', confidentiality: 'open' }, { hold: 'dispatch' });
  times(15, () =>
    s.add(
      { at: now - Math.floor(uniform(0.7, 27, random) * minute), category: pick(slow, random) },
      { hold: 'dispatch' },
    ),
  );
  times(8, () =>
    s.add(
      { at: now - Math.floor(uniform(0.4, 13, random) * minute), category: pick(quick, random) },
      { hold: 'dispatch' },
    ),
  );
  times(8, () => {
    // In the evening what is not urgent waits for the morning; in working hours it has only just come.
    const earlier = now - uniform(40, 500, random) * minute;
    const waits = scene.calendar.after(earlier, 30, 'normal24') > now;
    s.add(
      { at: Math.floor(waits ? earlier : now - uniform(1, 26, random) * minute), category: pick(slow, random) },
      { hold: 'dispatch' },
    );
  });
  times(2, () =>
    s.add(
      {
        at: now - Math.floor(uniform(3, 20, random) * minute),
        category: pick(['A03', 'G02', 'E04'], random),
        by: 'worker',
        channel: 'qr_form',
        confidentiality: 'confidential',
      },
      { hold: 'dispatch' },
    ),
  );
  times(5, () => {
    const at = now - uniform(45, 150, random) * minute;
    s.add(
      { at: Math.floor(at), category: pick([...quick, ...slow], random), to: 'unit' },
      { hold: 'return', returns: 1, dispatchAt: at + 6 * minute, acceptAt: at + uniform(14, 30, random) * minute },
    );
  });
  times(3, (i) => {
    const at = now - uniform(3, 7, random) * hour;
    s.add(
      { at: Math.floor(at), category: ['A04', 'F03', 'E05'][i], to: 'unit' },
      { hold: 'return', returns: 2, dispatchAt: at + 7 * minute },
    );
  });
}

export function inWork(s: Stroke): void {
  const { now, random } = s;
  times(9, () => {
    const dispatchAt = now - uniform(0.8, 23, random) * minute;
    s.add(
      { at: Math.floor(dispatchAt - uniform(2, 14, random) * minute), category: pick([...quick, ...slow], random) },
      { hold: 'acceptance', dispatchAt },
    );
  });
  times(11, () => {
    const { at, ...steer } = before(s, now - uniform(2, 50, random) * minute);
    s.add({ at, category: pick([...quick, ...slow], random) }, { hold: 'contact', ...steer });
  });
  times(3, () => {
    const dispatchAt = now - uniform(38, 58, random) * minute;
    s.add(
      { at: Math.floor(dispatchAt - 8 * minute), category: pick(quick, random) },
      { hold: 'contact', dispatchAt, silent: true },
    );
  });
  const working = (more: {
    category?: string;
    siteCode?: string;
    handler?: string;
    hours: number;
    nudged?: boolean;
  }): void => {
    const contactAt = now - more.hours * hour;
    const { at, ...steer } = before(s, contactAt - uniform(4, 40, random) * minute);
    const to = more.handler ? ('head' as const) : undefined;
    s.add(
      { at, category: more.category ?? pick([...quick, ...slow], random), siteCode: more.siteCode, to },
      {
        hold: 'work',
        ...steer,
        contactAt,
        handledAt: now + 3 * hour,
        handler: more.handler,
        nudgeAt: more.nudged ? [contactAt + (now - contactAt) * 0.7] : undefined,
      },
    );
  };
  for (const handler of ['hand10', 'hand11', 'hand15']) {
    times(4, (i) =>
      working({
        handler,
        category: pick(lineOf[handler]!.split(' '), random),
        hours: uniform(0.4, i === 3 ? 14 : 5, random),
        nudged: i === 2,
      }),
    );
  }
  times(4, (i) =>
    working({ siteCode: 'U04-01', category: ['A01', 'A04', 'B01', 'E05'][i], hours: uniform(0.5, 7, random) }),
  );
  times(6, () => working({ category: pick(quick, random), hours: uniform(8.5, 14, random), nudged: true }));
  times(12, () => working({ hours: uniform(0.3, 8, random) }));
  times(6, () => {
    const acceptedAt = now - uniform(10, 26, random) * hour;
    const { at, ...steer } = before(s, acceptedAt);
    s.add(
      { at, category: pick(slow, random) },
      {
        hold: 'resume',
        wish: 'suspension',
        ...steer,
        askAt: acceptedAt + uniform(0.6, 5, random) * hour,
        until: now + uniform(4, 40, random) * hour,
        handledAt: now + 60 * hour,
      },
    );
  });
  times(8, (i) => {
    const askAt = now - uniform(9, 150, random) * minute;
    const { at, ...steer } = before(s, askAt - uniform(1, 9, random) * hour);
    const wish = i === 3 || i === 6 ? ('suspension' as const) : ('extension' as const);
    s.add(
      {
        at,
        category: ['A03', 'A04', 'E05', 'F03', 'E04', 'B03', 'G02', 'A05'][i],
        siteCode: i < 4 ? 'U04-01' : undefined,
        to: i < 4 || i === 7 ? 'unit' : 'head',
      },
      {
        hold: 'decision',
        wish,
        ...steer,
        askAt,
        until: wish === 'suspension' ? now + 30 * hour : undefined,
        handledAt: now + 5 * hour,
      },
    );
  });
}
