/** What is planted on purpose: three hot topics, duplicates in other words, and the sample requests of the world file. */
import { sealedClasses } from '../../../contract/requests.ts';
import { pick } from '../random.ts';
import { storyOf, type Told, topicOf } from '../sentences/compose.ts';
import { composeDuplicate, duplicatePairs } from '../sentences/duplicates.ts';
import { composeHotTopic, hotTopics, risingTopic } from '../sentences/hotTopics.ts';
import { type Asking, askingOf, type Channel, momentOf, type Scene } from './asking.ts';
import { day, hour, minute } from './calendar.ts';
import { chance, streamOf, uniform, weighted } from './chance.ts';
import { bottleneckKey, bottleneckSites } from './jointWork.ts';
import type { Ledger, Need } from './ledger.ts';

/** How many people speak of each topic. */
const voices: Record<string, number> = { HT1: 30, HT2: 34, HT3: 42 };

/** Pairs that lie in the last hours before now, so that a waiting request stands beside the one it repeats. */
export const livePairs: readonly number[] = [0, 2, 10, 22];

/** Pairs of the last hours whose halves have been joined, by the handler who has both in one case. */
export const joinedPairs: Readonly<Record<string, number>> = { hand11: 1, hand10: 11, hand15: 23 };

export const topicKey = (code: string, i: number): string => `${code}.${i}`;
export const pairKey = (i: number, which: 'a' | 'b'): string => `DUP${i}.${which}`;

export const countOf = (code: string): number => voices[code]!;

function topicAskings(scene: Scene, ledger: Ledger): Asking[] {
  return hotTopics.flatMap((topic) => {
    const random = streamOf(scene.seed, topic.code);
    const askings: Asking[] = [];
    for (let i = 0; i < voices[topic.code]!; i++) {
      const dayNumber = Math.floor(uniform(topic.fromDay, topic.toDay + 1, random));
      const at = momentOf(scene, dayNumber, random);
      const channel = weighted(
        [
          ['qr_form', 0.5],
          ['hotline', 0.3],
          ['site_officer', 0.2],
        ] as const,
        random,
      ) as Channel;
      const joins = chance(0.7, random);
      askings.push({
        ...askingOf(scene, {
          key: topicKey(topic.code, i),
          at,
          siteCode: pick(topic.sites, random),
          category: scene.dir.categoriesByCode.get(topic.category)!,
          channel,
          confidentiality: 'open',
          tell: (by, place, own) => composeHotTopic(topic, by, place, new Date(at), own),
        }),
        to: topic.sites.length > 1 ? 'head' : undefined,
        into: joins ? () => newestCaseOf(ledger, topic.code, voices[topic.code]!) : undefined,
      });
    }
    return askings;
  });
}

/** The newest case begun on this topic. */
function newestCaseOf(ledger: Ledger, code: string, count: number): Need | null {
  let newest: Need | null = null;
  for (let i = 0; i < count; i++) {
    const need = ledger.byKey.get(topicKey(code, i));
    if (
      need?.work?.needs[0] === need &&
      need &&
      !['handled', 'returned', 'suspended'].includes(need.work!.row.state) &&
      (!newest || need.row.submitted_at > newest.row.submitted_at)
    )
      newest = need;
  }
  return newest;
}

/** Both halves of a pair: one need told twice, by two people of the same site, in other words. */
export function pairAskings(
  scene: Scene,
  ledger: Ledger,
  i: number,
  firstAt: number,
  secondAt: number,
): [Asking, Asking] {
  const pair = duplicatePairs[i]!;
  const random = streamOf(scene.seed, `pair ${i}`);
  const site = weighted(
    scene.world.sites.map((one) => [one, one.heads] as const),
    random,
  );
  const words = composeDuplicate(pair, { kind: site.kind as 'plant', zh: site.zh }, new Date(firstAt), random);
  const category = scene.dir.categoriesByCode.get(pair.category)!;
  const joins = chance(0.35, random);
  const ask = (which: 'a' | 'b', at: number, told: Told): Asking =>
    askingOf(scene, {
      key: pairKey(i, which),
      at,
      siteCode: site.code,
      category,
      by: 'worker',
      channel: chance(0.6, random) ? 'qr_form' : 'hotline',
      confidentiality: 'open',
      tell: () => told,
    });
  return [
    ask('a', firstAt, words.original),
    {
      ...ask('b', secondAt, words.reworded),
      into: joins ? () => ledger.byKey.get(pairKey(i, 'a')) ?? null : undefined,
    },
  ];
}

/**
 * One voice of the topic that rises today: hours ago the first were dispatched, each by itself; the latest wait at the
 * desk, where somebody will see that it is one thing.
 */
export function risingAsking(scene: Scene, i: number, at: number): Asking {
  const random = streamOf(scene.seed, `${risingTopic.code} ${i}`);
  return askingOf(scene, {
    key: topicKey(risingTopic.code, i),
    at,
    siteCode: risingTopic.sites[0]!,
    category: scene.dir.categoriesByCode.get(risingTopic.category)!,
    channel: weighted(
      [
        ['qr_form', 0.7],
        ['hotline', 0.3],
      ] as const,
      random,
    ) as Channel,
    confidentiality: 'open',
    tell: (by, place, own) => composeHotTopic(risingTopic, by, place, new Date(at), own),
  });
}

function duplicateAskings(scene: Scene, ledger: Ledger): Asking[] {
  return duplicatePairs.flatMap((pair, i) => {
    if (livePairs.includes(i) || Object.values(joinedPairs).includes(i)) return [];
    const random = streamOf(scene.seed, `pair day ${i}`);
    const [from, to] = pair.category.startsWith('F') ? [38, 66] : [1, 36];
    const at = momentOf(scene, Math.floor(uniform(from, to, random)), random);
    return pairAskings(scene, ledger, i, at, Math.floor(at + uniform(0.5, 14, random) * hour));
  });
}

function sampleAskings(scene: Scene): Asking[] {
  return scene.world.sample_requests.flatMap((sample, i) => {
    const category = scene.dir.categoriesByCode.get(sample.category)!;
    if (sealedClasses.includes(category.recordClass)) return [];
    const random = streamOf(scene.seed, `sample ${i}`);
    const dayNumber = /^[FG]/.test(sample.category) ? 39 + i : 3 + i;
    return [
      askingOf(scene, {
        key: `SR${i}`,
        at: momentOf(scene, dayNumber, random),
        siteCode: sample.site,
        category,
        by: sample.requester_role === 'worker' ? 'worker' : 'officer',
        channel: sample.channel as Channel,
        confidentiality: 'open',
        tell: (by, place, own) => ({
          text: sample.zh,
          story: storyOf(sample.category, by, place, topicOf(sample.category, sample.topic!), own),
        }),
      }),
    ];
  });
}

/** ST14 of the story: the first one's case takes in the other five, and is handled within nine hours. */
function bottleneckAskings(scene: Scene, ledger: Ledger): Asking[] {
  const first = scene.calendar.d0 + 52 * day + 8.2 * hour;
  return bottleneckSites.map((siteCode, i) => {
    const at = Math.floor(first + i * 9 * minute);
    const dispatchAt = i === 0 ? first + 12 * minute : first + 70 * minute + i * minute;
    return {
      ...askingOf(scene, {
        key: bottleneckKey(i),
        at,
        siteCode,
        category: scene.dir.categoriesByCode.get('F04')!,
        by: 'officer',
        channel: 'site_officer',
        confidentiality: 'open',
      }),
      to: 'head',
      into: i === 0 ? undefined : () => ledger.byKey.get(bottleneckKey(0)) ?? null,
      steer:
        i === 0
          ? { hold: 'none', dispatchAt, acceptAt: dispatchAt + 6 * minute, handledAt: first + 9 * hour, own: 'solved' }
          : { hold: 'none', dispatchAt, own: 'solved' },
    };
  });
}

/** ST05: crowded and badly cleaned, asked on day 9, denied three times, solved at the fourth: moved into other rooms. */
const crowdedAskings = (scene: Scene): Asking[] => [
  {
    ...askingOf(scene, {
      key: 'ST05',
      at: momentOf(scene, 9, streamOf(scene.seed, 'ST05')),
      siteCode: 'U09-07',
      category: scene.dir.categoriesByCode.get('E04')!,
      by: 'worker',
      channel: 'qr_form',
      confidentiality: 'open',
    }),
    steer: { hold: 'none', own: 'denied', denials: 3 },
  },
];

export const plantedAskings = (scene: Scene, ledger: Ledger): Asking[] =>
  [
    ...bottleneckAskings(scene, ledger),
    ...topicAskings(scene, ledger),
    ...duplicateAskings(scene, ledger),
    ...sampleAskings(scene),
    ...crowdedAskings(scene),
  ].filter((asking) => asking.at <= scene.calendar.now);
