import type { OutputOf } from '../../../contract/endpoint.ts';
import type { likenessEndpoints, likenesses } from '../../../contract/likeness.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import {
  mayDispatch,
  mayJoin,
  type RequestRecord,
  readerAt,
  requestsByIds,
  rowViews,
  sightOf,
  wholeTextsOf,
} from '../requests/index.ts';
import { keysOf, nearCopy, periodOf, shared, sketch, stretches } from './copies.ts';
import type { Compared } from './features.ts';
import { thresholdOf } from './learning.ts';
import { meaningOf } from './meaning.ts';
import { likeliestOf, repeatOf, verdictsOf } from './queries.ts';
import { mayBeCompared } from './reading.ts';
import { sameness } from './sameness.ts';
import { weighedTermsOf } from './terms.ts';

type Suggested = OutputOf<typeof likenessEndpoints.of>['rows'][number];

const hour = 3_600_000;
/** Needs further apart in time are not one need, unless their letters say so. */
const windowHours = 72;
/** The same letters further apart than this are a way of speaking, not a message sent on. */
const copyDays = 7;
/**
 * So many are compared word by word: of the same site the likeliest at first sight (of the development pairs among 2,600
 * texts of one site 0.96 are among them), of all sites those that share most letters.
 */
export const mostCompared = 30;
const mostCopies = 20;
const mostShown = 5;
/** Days over which what people said of suggestions counts. */
const learntDays = 120;

export const comparedOf = (r: Pick<RequestRecord, 'category_id' | 'first_category_id'>, text: string): Compared => ({
  meaning: meaningOf(text),
  categoryId: r.category_id,
  firstCategoryId: r.first_category_id,
});

/** Work that another need can be put into, or that can be put into another's: one of the two waits at the desk. */
const hasOpenCase = (r: RequestRecord): boolean =>
  r.case_id !== null && !['handled', 'returned', 'new'].includes(r.work);
export const joinable = (a: RequestRecord, b: RequestRecord): boolean =>
  (mayJoin(a) && (hasOpenCase(b) || mayDispatch(b))) || (mayJoin(b) && hasOpenCase(a));

/** Whether the words of this record are this reader's to read, as the requester wrote them. */
export function readsWords(dir: Directory, actor: Actor, r: RequestRecord): boolean {
  const reader = readerAt(dir, actor, r);
  return reader !== null && mayBeCompared(r) && sightOf(reader, r).original;
}

/**
 * Requests that may be the same need as this one, computed over what this reader may read and nothing else: what they may
 * not read is neither shown nor counted (rules 6).
 */
export async function similarTo(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  r: RequestRecord & { site_id: number },
  text: string,
): Promise<{ rows: Suggested[]; here: number; days: number }> {
  const self = comparedOf(r, text);
  const around = (days: number): [Date, Date] => [
    new Date(r.submitted_at.getTime() - days * 24 * hour),
    new Date(r.submitted_at.getTime() + days * 24 * hour),
  ];
  const [from, until] = around(windowHours / 24);
  const hashes = sketch(text);
  const periods = new Set(around(copyDays).map(periodOf));
  const since = new Date(r.submitted_at.getTime() - learntDays * 24 * hour);
  const [likely, [said]] = await Promise.all([
    likeliestOf(
      tx,
      r.id,
      { siteId: r.site_id, from, until, terms: weighedTermsOf(self.meaning), most: mostCompared },
      {
        keys: [...periods].flatMap((period) => keysOf(hashes, period)),
        around: r.submitted_at,
        seconds: copyDays * 24 * 3600,
        most: mostCopies,
      },
    ),
    verdictsOf(tx, [r.category_id, since]),
  ]);
  const texts = await wholeTextsOf(
    tx,
    likely.map((one) => one.request_id),
  );
  const threshold = thresholdOf(said?.same ?? 0, said?.apart ?? 0);
  const own = stretches(text);
  const alike = likely.flatMap((near) => {
    const other = texts.get(near.request_id)?.text;
    if (!other) return [];
    const hours = Math.abs(near.at.getTime() - r.submitted_at.getTime()) / hour;
    const sameSite = near.site_id === r.site_id;
    const first = dir.categories.get(near.category_id)?.parentId ?? near.category_id;
    const asNeed =
      sameSite && hours <= windowHours
        ? sameness(self, comparedOf({ category_id: near.category_id, first_category_id: first }, other))
        : 0;
    const asCopy = shared(own, stretches(other));
    const likeness: (typeof likenesses)[number] | null =
      asNeed >= threshold ? 'reworded' : asCopy >= nearCopy ? 'copied' : null;
    if (!likeness) return [];
    return [{ id: near.request_id, likeness, likelihood: likeness === 'copied' ? asCopy : asNeed, hours, sameSite }];
  });
  // Whose words this reader may not read goes out here, before anything is shown or counted.
  const records = new Map(
    (
      await requestsByIds(
        tx,
        alike.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  );
  const found = alike.flatMap(({ id, ...how }) => {
    const one = records.get(id);
    return one && readsWords(dir, actor, one) ? [{ one, ...how }] : [];
  });
  found.sort((a, b) => Number(b.sameSite) - Number(a.sameSite) || b.likelihood - a.likelihood);
  const here = found.filter(({ sameSite, hours }) => sameSite && hours <= windowHours);
  const shown = found.slice(0, mostShown);
  const views = new Map(
    (
      await rowViews(
        tx,
        dir,
        actor,
        shown.map(({ one }) => one),
      )
    ).map((row) => [row.id, row]),
  );
  return {
    rows: shown.flatMap(({ one, likeness, likelihood, hours, sameSite }) => {
      const request = views.get(one.id);
      return request
        ? [
            {
              request,
              likeness,
              likelihood: Number(likelihood.toFixed(3)),
              hours: Math.round(hours),
              sameSite,
              joinable: readerAt(dir, actor, one) === 'dispatcher' && joinable(r, one),
            },
          ]
        : [];
    }),
    here: here.length,
    days: Math.max(1, Math.ceil(Math.max(0, ...here.map(({ hours }) => hours)) / 24)),
  };
}

/** The earlier one this repeats, where this reader may read it. */
export async function repeatFor(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  r: RequestRecord,
): Promise<{ id: string; number: string } | null> {
  const [link] = await repeatOf(tx, [r.id]);
  const [earlier] = link ? await requestsByIds(tx, [link.earlier_id]) : [];
  return earlier && readsWords(dir, actor, earlier) ? { id: earlier.id, number: earlier.number } : null;
}
