import { likenessEndpoints as api } from '../../../contract/likeness.ts';
import { type Actor, roleFor } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Context, type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import {
  checkVersion,
  contactOfOperator,
  inHand,
  lockRequest,
  noteDevice,
  type RequestRecord,
  readerAt,
  requestById,
  requestsOfCaller,
  rowViews,
  sightOf,
  wholeTextsOf,
} from '../requests/index.ts';
import { gatherTopic, putTogether } from './gathering.ts';
import { insertVerdict, liveTopics, topicById, topicOfRequest } from './queries.ts';
import { mayBeCompared } from './reading.ts';
import { sameNeed, sameness } from './sameness.ts';
import { showTopics } from './showing.ts';
import { comparedOf, repeatFor, similarTo } from './suggesting.ts';

const dayMs = 86_400_000;

/** What is alike: suggestions, hot topics, group cases. Everything is computed over what the reader may read (rules 6). */
export function mountLikeness(desk: Desk): void {
  serve(desk, api.of, async ({ tx, actor, now }, { id }) => {
    const dir = await directory(tx);
    const [r] = await requestById(tx, [id]);
    const reader = r && readerAt(dir, actor, r);
    if (!r || !reader || reader === 'requester') throw notFound();
    const none = { rows: [], here: 0, days: 1, repeatOf: null, topic: null };
    if (r.confidentiality === 'confidential') return { ...none, notCompared: 'confidential' as const };
    if (r.class !== 'normal') return { ...none, notCompared: 'class' as const };
    if (!mayBeCompared(r)) return { ...none, notCompared: 'no_site' as const };
    const text = (await wholeTextsOf(tx, [id])).get(id)?.text;
    if (!text || !sightOf(reader, r).original) return { ...none, notCompared: 'class' as const };
    // None of them waits for another: the check is looked at while somebody waits.
    const [similar, repeat, topic] = await Promise.all([
      similarTo(tx, dir, actor, r, text),
      repeatFor(tx, dir, actor, r),
      topicFor(tx, dir, actor, id, now),
    ]);
    return { notCompared: null, ...similar, repeatOf: repeat, topic };
  });

  async function topicFor(tx: Tx, dir: Directory, actor: Actor, id: string, now: Date) {
    const [topic] = await topicOfRequest(tx, [id]);
    const [shown] = topic ? await showTopics(tx, dir, actor, [topic], now) : [];
    return shown?.view ?? null;
  }

  /** Both of a pair, locked in one order for everybody; each must be this dispatcher's to read. */
  async function pair(context: Context, id: string, otherId: string): Promise<[RequestRecord, RequestRecord]> {
    const dir = await directory(context.tx);
    const locked = new Map<string, RequestRecord>();
    for (const one of [id, otherId].sort()) {
      const r = await lockRequest(context.tx, one);
      if (r && readerAt(dir, context.actor, r) === 'dispatcher' && mayBeCompared(r)) locked.set(one, r);
    }
    const [r, other] = [locked.get(id), locked.get(otherId)];
    if (!r || !other || r === other) throw notFound();
    return [r, other];
  }

  async function judge(context: Context, r: RequestRecord, other: RequestRecord, same: boolean): Promise<void> {
    const texts = await wholeTextsOf(context.tx, [r.id, other.id]);
    const [a, b] = [texts.get(r.id)?.text ?? '', texts.get(other.id)?.text ?? ''];
    const likelihood = sameness(comparedOf(r, a), comparedOf(other, b));
    await insertVerdict(context.tx, {
      one: r.id,
      other: other.id,
      same,
      likelihood,
      categoryId: r.category_id,
      byId: context.actor.accountId!,
      at: context.now,
    });
    await append(context.tx, {
      at: context.now,
      actorId: context.actor.accountId,
      role: roleFor(context.actor, 'cases.dispatch'),
      action: same ? 'likeness.same' : 'likeness.apart',
      recordKind: 'request',
      recordId: r.id,
      class: r.class,
      unitId: r.unit_id,
      siteId: r.site_id,
      categoryId: r.category_id,
      figures: { other: other.id, likelihood: Number(likelihood.toFixed(3)) },
    });
  }

  serve(desk, api.notSame, async (context, { id, otherId }) => {
    const [r, other] = await pair(context, id, otherId);
    await judge(context, r, other, false);
    return { done: true as const };
  });

  serve(desk, api.together, async (context, { id, version, otherId }) => {
    const [r, other] = await pair(context, id, otherId);
    checkVersion(r, version);
    const dir = await directory(context.tx);
    await noteDevice(context, [id, otherId]);
    const put = await putTogether(context, dir, r, other);
    await judge(context, r, other, true);
    return put;
  });

  serve(desk, api.ofCaller, async ({ tx, actor }, { id, categoryId, siteId, text }) => {
    const contact = await contactOfOperator(tx, id, actor.accountId!);
    if (!contact) throw notFound();
    if (!contact.caller_key) return { rows: [] };
    const dir = await directory(tx);
    const category = categoryId === undefined ? undefined : dir.categories.get(categoryId);
    // As on the list of earlier requests: of what was asked in confidence or without a name a typed number tells nothing.
    const open = (await requestsOfCaller(tx, contact.caller_key)).filter(
      (r) =>
        (inHand(r) || r.state === 'received') &&
        mayBeCompared(r) &&
        r.confidentiality === 'open' &&
        (siteId === undefined || r.site_id === siteId),
    );
    const texts = await wholeTextsOf(
      tx,
      open.map((r) => r.id),
    );
    const said = {
      category_id: categoryId ?? 0,
      first_category_id: category?.parentId ?? 0,
    };
    const alike = open.filter(
      (r) =>
        r.category_id === categoryId ||
        (text.length >= 4 && sameness(comparedOf(said, text), comparedOf(r, texts.get(r.id)?.text ?? '')) >= sameNeed),
    );
    return {
      rows: alike.map((r) => ({
        id: r.id,
        number: r.number,
        state: r.state as 'received',
        submittedAt: r.submitted_at.toISOString(),
      })),
    };
  });

  serve(desk, api.topics, async ({ tx, actor, now }, { days }) => {
    const dir = await directory(tx);
    const live = await liveTopics(tx, [new Date(now.getTime() - days * dayMs)]);
    const shown = await showTopics(tx, dir, actor, live, now);
    return { topics: shown.map(({ view }) => view).sort((a, b) => b.heat - a.heat) };
  });

  const one = async ({ tx, actor, now }: Context, id: string) => {
    const dir = await directory(tx);
    const [topic] = await topicById(tx, [id]);
    const [shown] = topic ? await showTopics(tx, dir, actor, [topic], now) : [];
    if (!shown) throw notFound();
    return { dir, shown };
  };

  serve(desk, api.topic, async (context, { id }) => {
    const { dir, shown } = await one(context, id);
    return {
      topic: shown.view,
      rows: (await rowViews(context.tx, dir, context.actor, shown.records)).filter((row) => row.text !== null),
    };
  });

  serve(desk, api.gather, async (context, { id, requests }) => {
    const { dir, shown } = await one(context, id);
    await noteDevice(
      context,
      requests.map((request) => request.id),
    );
    return gatherTopic(context, dir, shown, requests);
  });
}
