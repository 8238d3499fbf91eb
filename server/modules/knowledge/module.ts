import {
  type ArticleRow,
  knowledgeEndpoints as api,
  type articleViews,
  type Measured,
} from '../../../contract/knowledge.ts';
import { type Actor, roleFor } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { type Nearness, openNearness } from './nearness.ts';
import { allArticles, articleByCode, articlesInForce, findArticles, versionsOf } from './queries.ts';
import { measure, resultsOf } from './results.ts';
import { begin, confirm, own, review, submit, withdraw, write, wroteOn } from './writing.ts';

type Text = { code: string; zh: string; en: string; body_zh: string; body_en: string };
const shown = (row: Text) => ({ code: row.code, zh: row.zh, en: row.en, bodyZh: row.body_zh, bodyEn: row.body_en });

const dayOf = (dir: Directory, at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: dir.group.timezone }).format(at);

/** Articles change a few times a week and are asked for at every key: held for ten seconds. */
type Held = Nearness<Awaited<ReturnType<typeof articlesInForce>>[number]>;
let held: { at: number; nearness: Held } | null = null;
async function nearnessNow(tx: Tx): Promise<Held> {
  if (!held || Date.now() - held.at > 10_000)
    held = { at: Date.now(), nearness: openNearness(await articlesInForce(tx)) };
  return held.nearness;
}
/** What came of answering with an article is the same for everybody, changes by the day and is made of 200 needs: a minute. */
const measuredForMs = 60_000;
const measures = new Map<string, { at: number; measured: Measured }>();
async function measuredNow(tx: Tx, actor: Actor, codes: string[]): Promise<Map<string, Measured>> {
  const at = Date.now();
  const stale = codes.filter((code) => at - (measures.get(code)?.at ?? 0) > measuredForMs);
  if (stale.length > 0)
    for (const [code, uses] of await resultsOf(tx, actor, stale)) measures.set(code, { at, measured: measure(uses) });
  return new Map(codes.map((code) => [code, measures.get(code)?.measured ?? noResults]));
}
const noResults: Measured = { answered: 0, judged: 0, held: 0, calledAgain: 0, reopened: 0, lost: 0 };

export function forgetArticles(): void {
  held = null;
  measures.clear();
}

function rowOf(row: Awaited<ReturnType<typeof allArticles>>[number], today: string, measured: Measured): ArticleRow {
  return {
    code: row.code,
    zh: row.in_force === null ? row.draft_zh : row.zh,
    en: row.in_force === null ? row.draft_en : row.en,
    categoryId: row.category_id,
    owner: row.owner_label,
    inForce: row.in_force,
    reviewBy: row.review_by,
    overdue: row.withdrawn_at === null && row.review_by !== null && row.review_by <= today,
    withdrawn: row.withdrawn_at !== null,
    open:
      row.open_no === null
        ? null
        : { no: row.open_no, state: row.open_state as 'draft', author: row.open_author ?? '' },
    measured,
  };
}

const inView: Record<(typeof articleViews)[number], (row: ArticleRow) => boolean> = {
  all: (row) => !row.withdrawn,
  open: (row) => row.open !== null,
  overdue: (row) => row.overdue,
  withdrawn: (row) => row.withdrawn,
};

export function mountKnowledge(desk: Desk): void {
  serve(desk, api.articles, async ({ tx }, { search }) => ({ articles: (await findArticles(tx, search)).map(shown) }));

  serve(
    desk,
    api.suggestArticles,
    async ({ tx, actor }, { text, categoryId }) => {
      const found = (await nearnessNow(tx)).nearest(text, categoryId, 5);
      const results = await measuredNow(
        tx,
        actor,
        found.map(({ article }) => article.code),
      );
      return {
        articles: found.map(({ article, because, byCategory }) => ({
          ...shown(article),
          because,
          byCategory,
          measured: results.get(article.code)!,
        })),
      };
    },
    // What is typed belongs to the person who is on the line; no copy of the answer is kept.
    { privateAnswer: true },
  );

  serve(desk, api.keptArticles, async ({ tx, actor, now }, { view, search }) => {
    const rows = await allArticles(tx, search);
    const today = dayOf(await directory(tx), now);
    const results = await resultsOf(
      tx,
      actor,
      rows.map((row) => row.code),
    );
    const articles = rows.map((row) => rowOf(row, today, measure(results.get(row.code) ?? [])));
    const count = (which: keyof typeof inView): number => articles.filter(inView[which]).length;
    return {
      articles: articles.filter(inView[view]),
      counts: { all: count('all'), open: count('open'), overdue: count('overdue'), withdrawn: count('withdrawn') },
    };
  });

  async function fileOf(tx: Tx, actor: Actor, now: Date, code: string) {
    const article = await articleByCode(tx, code);
    if (!article) throw notFound();
    const versions = await versionsOf(tx, code);
    const open = versions.find((one) => ['draft', 'in_review'].includes(one.state));
    const current = versions.find((one) => one.state === 'in_force');
    const today = dayOf(await directory(tx), now);
    const results = await resultsOf(tx, actor, [code]);
    const alive = article.withdrawn_at === null;
    return {
      ...rowOf(
        {
          ...article,
          open_no: open?.no ?? null,
          open_state: open?.state ?? null,
          open_author: open?.author_label ?? null,
          draft_zh: open?.zh ?? article.zh,
          draft_en: open?.en ?? article.en,
        },
        today,
        results.has(code) ? measure(results.get(code)!) : noResults,
      ),
      versions: versions.map((one) => ({
        no: one.no,
        state: one.state as 'draft',
        zh: one.zh,
        en: one.en,
        bodyZh: one.body_zh,
        bodyEn: one.body_en,
        keywords: one.keywords,
        categoryId: one.category_id,
        author: one.author_label,
        writtenAt: one.written_at.toISOString(),
        saves: one.saves,
        reviewer: one.reviewer_label,
        reviewedAt: one.reviewed_at?.toISOString() ?? null,
        reviewWords: one.review_words,
      })),
      can: {
        write: alive,
        submit: alive && open?.state === 'draft',
        review: alive && open?.state === 'in_review' && !wroteOn(open, actor),
        confirm: alive && current !== undefined && !open && !wroteOn(current, actor),
        own: alive && article.owner_id !== actor.accountId,
        withdraw:
          alive && (article.owner_id === actor.accountId || roleFor(actor, 'triage.manage') === 'dispatcher_lead'),
      },
    };
  }

  serve(desk, api.article, ({ tx, actor, now }, { code }) => fileOf(tx, actor, now, code));

  serve(desk, api.articleUses, async ({ tx, actor }, { code }) => {
    if (!(await articleByCode(tx, code))) throw notFound();
    const uses = (await resultsOf(tx, actor, [code])).get(code)!;
    const readable = uses.filter((use) => use.readable);
    return {
      uses: readable.map((use) => ({
        requestId: use.requestId,
        number: use.number,
        at: use.at.toISOString(),
        version: use.version,
        state: use.state,
        held: use.held,
        calledAgain: use.calledAgain,
        reopened: use.reopened,
      })),
      hidden: uses.length - readable.length,
    };
  });

  serve(desk, api.beginArticle, async (context, text) => ({ code: await begin(context, text) }));
  serve(desk, api.writeArticle, (context, { code, saves, ...text }) => write(context, code, text, saves));
  serve(desk, api.submitArticle, async (context, { code }) => {
    await submit(context, code);
    return { done: true as const };
  });
  serve(desk, api.reviewArticle, async (context, { code, ...given }) => {
    await review(context, code, given);
    forgetArticles();
    return { done: true as const };
  });
  serve(desk, api.confirmArticle, async (context, { code, reviewBy }) => {
    await confirm(context, code, reviewBy);
    return { done: true as const };
  });
  serve(desk, api.ownArticle, async (context, { code }) => {
    await own(context, code);
    return { done: true as const };
  });
  serve(desk, api.withdrawArticle, async (context, { code, why }) => {
    await withdraw(context, code, why);
    forgetArticles();
    return { done: true as const };
  });
}
