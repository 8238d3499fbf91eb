/** The whole history in memory: every asking lives its life in the order of time, and nothing after now has happened. */

import type { Timetable } from '../../modules/clocks/index.ts';
import type { Directory } from '../../modules/organization/index.ts';
import type { Random } from '../random.ts';
import { between, pick } from '../random.ts';
import type { World } from '../world.ts';
import { extensionOf, momentOf, ordinaryAskings, type Scene } from './asking.ts';
import { askTwice } from './askingTwice.ts';
import { calendarOf, day, firstDay, lastDay } from './calendar.ts';
import type { Cast } from './cast.ts';
import { idAt, streamOf, weighted } from './chance.ts';
import { drawSecondCalls, publishRates, turnOfDays } from './days.ts';
import { tellDissatisfied } from './dissatisfied.ts';
import { habitsOf } from './habits.ts';
import { leaveShift } from './handover.ts';
import { emptyLedger, type Ledger, write } from './ledger.ts';
import { lifeOf } from './life.ts';
import { liveAskings } from './live.ts';
import { plantedAskings } from './planted.ts';
import { schedule } from './scheduler.ts';
import { tellTouches } from './touching.ts';
import { tellWarnings } from './warning.ts';

export function sceneOf(world: World, dir: Directory, table: Timetable, cast: Cast, now: Date): Scene {
  return { world, dir, cast, calendar: calendarOf(world, table, now), seed: world.generator.random_seed };
}

/** Calls that make no request: only information, or dropped before anything was said. Each is a contact (rules 1). */
function otherCalls(scene: Scene, ledger: Ledger): void {
  const { world, calendar, cast, seed } = scene;
  const heads = world.sites.reduce((sum, site) => sum + site.heads, 0);
  for (let d = firstDay; d <= lastDay; d++) {
    const random: Random = streamOf(seed, `calls ${d}`);
    const requests =
      (world.generator.requests_per_1000_heads_per_day[calendar.stageAt(calendar.d0 + d * day).code]! * heads) / 1000;
    const count = Math.floor(requests * world.generator.channel_mix.hotline! * 0.3 + random());
    for (let i = 0; i < count; i++) {
      const at = new Date(momentOf(scene, d, random));
      const id = idAt(at.getTime(), 0, random);
      const operator = pick(cast.operators, random);
      const outcome = weighted(
        [
          ['information', 0.72],
          ['dropped', 0.28],
        ] as const,
        random,
      );
      const extension = extensionOf(between(0, world.sites.length - 1, random), between(0, 5, random));
      if (at.getTime() > calendar.now) continue;
      ledger.contacts.push({ id, at, channel: 'hotline', operator_id: operator.accountId, caller_key: null, outcome });
      ledger.extensions.set(id, extension);
      write(ledger, {
        at,
        actorId: operator.accountId,
        role: 'operator',
        action: 'hotline.call_ended',
        recordKind: 'contact',
        recordId: id,
        class: 'normal',
        reason: outcome,
      });
    }
  }
}

/** Pure: the same world, people and day give the same history. */
export function simulate(scene: Scene): Ledger {
  const { dir, cast, calendar, world } = scene;
  const ledger = emptyLedger(dir, cast, calendar);
  const scheduler = schedule();
  const habits = habitsOf(world, calendar, (need) => dir.nodes.get(need.row.unit_id!)!.code);
  const telling = { scene, ledger, scheduler, habits };
  for (const asking of [...ordinaryAskings(scene), ...plantedAskings(scene, ledger), ...liveAskings(scene, ledger)]) {
    scheduler.start(asking.at, lifeOf(telling, asking));
  }
  scheduler.start(calendar.d0 + firstDay * day, turnOfDays(ledger, scheduler, scene.seed));
  otherCalls(scene, ledger);
  publishRates(ledger);
  scheduler.run(calendar.now);
  ledger.warnings = tellWarnings(ledger);
  ledger.dissatisfied = tellDissatisfied(ledger, scene.seed);
  ledger.handover = leaveShift(ledger, scene.seed);
  ledger.outreach = tellTouches(ledger, scene.seed);
  const inOrder = (): void =>
    void ledger.journal.sort((a, b) => a.entry.at.getTime() - b.entry.at.getTime() || a.order - b.order);
  inOrder();
  drawSecondCalls(ledger, (need, first) => askTwice(ledger, need, first, scene.seed));
  inOrder();
  ledger.contacts.sort((a, b) => a.at.getTime() - b.at.getTime());
  return ledger;
}
