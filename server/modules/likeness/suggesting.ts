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
import { apartFrom, copiesOf, nearby, repeatOf, verdictsOf } from './queries.ts';
import { mayBeCompared } from './reading.ts';
import { sameness } from './sameness.ts';
import { termsOf } from './terms.ts';

type Suggested = OutputOf<typeof likenessEndpoints.of>['rows'][number];

const hour = 3_600_000;
/** Needs further apart in time are not one need, unless their letters say so. */
const windowHours = 72;
/** The same letters further apart than this are a way of speaking, not a message sent on. */
const copyDays = 7;
/** So many are compared word by word, the likeliest by what they name. */
const mostCompared = 60;
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
  const from = new Date(r.submitted_at.getTime() - windowHours * hour);
  const until = new Date(r.submitted_at.getTime() + windowHours * hour);
  const period = periodOf(r.submitted_at);
  const hashes = sketch(text);
  const keys = [period - 1, period, period + 1].flatMap((one) => keysOf(hashes, one));
  const near = await nearby(tx, [r.site_id, from, until, r.id, termsOf(self.meaning), mostCompared]);
  const copies = keys.length === 0 ? [] : await copiesOf(tx, [keys, r.id, mostCompared]);
  const apart = new Set((await apartFrom(tx, [r.id])).map(({ other }) => other));
  const ids = [...new Set([...near, ...copies].map(({ request_id }) => request_id))].filter((id) => !apart.has(id));
  const records = (await requestsByIds(tx, ids)).filter((one) => readsWords(dir, actor, one));
  const texts = await wholeTextsOf(
    tx,
    records.map((one) => one.id),
  );
  const since = new Date(r.submitted_at.getTime() - learntDays * 24 * hour);
  const [said] = await verdictsOf(tx, [r.category_id, since]);
  const threshold = thresholdOf(said?.same ?? 0, said?.apart ?? 0);
  const own = stretches(text);
  const found = records.flatMap((one) => {
    const other = texts.get(one.id)?.text;
    if (!other) return [];
    const hours = Math.abs(one.submitted_at.getTime() - r.submitted_at.getTime()) / hour;
    const sameSite = one.site_id === r.site_id;
    const asNeed = sameSite && hours <= windowHours ? sameness(self, comparedOf(one, other)) : 0;
    const asCopy = shared(own, stretches(other));
    const likeness: (typeof likenesses)[number] | null =
      asNeed >= threshold ? 'reworded' : asCopy >= nearCopy && hours <= copyDays * 24 ? 'copied' : null;
    if (!likeness) return [];
    return [{ one, likeness, likelihood: likeness === 'copied' ? asCopy : asNeed, hours, sameSite }];
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
