import type { ArticleText } from '../../../contract/knowledge.ts';
import { roleFor, sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import {
  type ArticleContent,
  type ArticleRecord,
  insertArticle,
  insertVersion,
  lockArticle,
  nextCode,
  patchArticle,
  patchVersion,
  supersede,
  type VersionRecord,
  versionsOf,
} from './queries.ts';

const contentOf = (text: ArticleText): ArticleContent => ({
  zh: text.zh,
  en: text.en,
  body_zh: text.bodyZh,
  body_en: text.bodyEn,
  keywords: text.keywords,
  category_id: text.categoryId,
});

const journal = (
  context: Context,
  article: { id: string; category_id: number | null },
  action: string,
  more: { from?: string | null; to?: string | null; no?: number } = {},
): Promise<void> =>
  append(context.tx, {
    at: context.now,
    actorId: context.actor.accountId,
    role: roleFor(context.actor, 'knowledge.write'),
    action: `knowledge.${action}`,
    recordKind: 'article',
    recordId: article.id,
    class: 'normal',
    categoryId: article.category_id,
    from: more.from,
    to: more.to,
    figures: more.no === undefined ? {} : { version: more.no },
  });

/** The article, locked, and its versions. @throws not_found, withdrawn */
async function atHand(
  context: Context,
  code: string,
): Promise<{ article: ArticleRecord; versions: VersionRecord[]; open: VersionRecord | undefined }> {
  const article = await lockArticle(context.tx, code);
  if (!article) throw notFound();
  if (article.withdrawn_at) throw conflict('article_withdrawn');
  const versions = await versionsOf(context.tx, code);
  return { article, versions, open: versions.find((one) => ['draft', 'in_review'].includes(one.state)) };
}

export async function begin(context: Context, text: ArticleText): Promise<string> {
  const { tx, actor, now } = context;
  const code = await nextCode(tx);
  const content = contentOf(text);
  const owner = { owner_id: actor.accountId!, owner_label: actor.label };
  const { id } = await insertArticle(tx, { code, ...owner, ...content });
  await insertVersion(tx, {
    article_code: code,
    no: 1,
    state: 'draft',
    author_id: actor.accountId!,
    author_label: actor.label,
    writers: [actor.accountId!],
    written_at: now,
    ...content,
  });
  await journal(context, { id, category_id: content.category_id }, 'begun', { to: 'draft', no: 1 });
  return code;
}

/** Whether any sentence of this version may be theirs: who wrote on it, and on the refused ones it was made from. */
export const wroteOn = (
  version: Pick<VersionRecord, 'author_id' | 'writers' | 'written_at'>,
  actor: Context['actor'],
): boolean => [version.author_id, ...version.writers].some((one) => sameHand(actor, one, version.written_at));

/** Who wrote what a new version begins from: refused versions since the last that was in force are not forgotten. */
function writersBefore(versions: readonly VersionRecord[]): string[] {
  const accepted = versions.findIndex((one) => one.state !== 'refused');
  return versions.slice(0, accepted === -1 ? versions.length : accepted).flatMap((one) => one.writers);
}

/**
 * Writes the draft. Whoever writes it last is shown as its author; nobody who ever wrote on it reviews it.
 * @throws stale when somebody saved it since it was read
 */
export async function write(
  context: Context,
  code: string,
  text: ArticleText,
  saves: number | null,
): Promise<{ no: number; saves: number }> {
  const { tx, actor, now } = context;
  const { article, versions, open } = await atHand(context, code);
  if ((open?.saves ?? null) !== saves) throw conflict('stale', { saves: open?.saves ?? null });
  const by = { author_id: actor.accountId!, author_label: actor.label, written_at: now };
  if (!open) {
    const no = (versions[0]?.no ?? 0) + 1;
    const writers = [...new Set([...writersBefore(versions), actor.accountId!])];
    await insertVersion(tx, { article_code: code, no, state: 'draft', ...by, writers, ...contentOf(text) });
    await journal(context, article, 'written', { to: 'draft', no });
    return { no, saves: 1 };
  }
  // What waits for review and is written on is a draft again: nobody approves words they have not read.
  const writers = [...new Set([...open.writers, actor.accountId!])];
  await patchVersion(tx, code, open.no, { ...contentOf(text), ...by, writers, state: 'draft', saves: open.saves + 1 });
  await journal(context, article, 'written', { from: open.state, to: 'draft', no: open.no });
  return { no: open.no, saves: open.saves + 1 };
}

export async function submit(context: Context, code: string): Promise<void> {
  const { article, open } = await atHand(context, code);
  if (open?.state !== 'draft') throw conflict('no_draft');
  await patchVersion(context.tx, code, open.no, { state: 'in_review' });
  await journal(context, article, 'submitted', { from: 'draft', to: 'in_review', no: open.no });
  if (article.owner_id && article.owner_id !== context.actor.accountId)
    await tell(context, {
      kind: 'article.review',
      to: { accountIds: [article.owner_id] },
      about: { kind: 'article', id: article.id, label: code, route: `/knowledge?code=${code}` },
      level: 'info',
    });
}

/** @throws own_words, no_draft, stale */
export async function review(
  context: Context,
  code: string,
  given: { no: number; approve: boolean; words?: string; reviewBy?: string },
): Promise<void> {
  const { tx, actor, now } = context;
  const { article, open } = await atHand(context, code);
  if (open?.state !== 'in_review') throw conflict('no_draft');
  if (open.no !== given.no) throw conflict('stale', { no: open.no });
  if (wroteOn(open, actor)) throw forbidden('own_words');
  if (!given.approve && !given.words) throw badField('words', 'required');
  if (given.approve) checkReviewDay(given.reviewBy, now);
  const reviewed = {
    reviewer_id: actor.accountId!,
    reviewer_label: actor.label,
    reviewed_at: now,
    review_words: given.words ?? null,
  };
  const state = given.approve ? 'in_force' : 'refused';
  if (given.approve) {
    await supersede(tx, code);
    await patchArticle(tx, code, {
      zh: open.zh,
      en: open.en,
      body_zh: open.body_zh,
      body_en: open.body_en,
      keywords: open.keywords,
      category_id: open.category_id,
      in_force: open.no,
      review_by: given.reviewBy,
    });
  }
  await patchVersion(tx, code, open.no, { state, ...reviewed });
  await journal(context, article, given.approve ? 'approved' : 'refused', {
    from: 'in_review',
    to: state,
    no: open.no,
  });
  if (open.writers.length > 0)
    await tell(context, {
      kind: 'article.changed',
      to: { accountIds: open.writers },
      about: { kind: 'article', id: article.id, label: code, route: `/knowledge?code=${code}` },
      level: 'info',
    });
}

/** A review day lies ahead, and not so far that nobody remembers: at most two years. */
function checkReviewDay(day: string | undefined, now: Date): string {
  if (!day) throw badField('reviewBy', 'required');
  const ahead = Date.parse(`${day}T00:00:00Z`) - now.getTime();
  if (ahead <= 0) throw new Refusal(422, 'in_the_past', { fields: [{ field: 'reviewBy', code: 'bad_choice' }] });
  if (ahead > 731 * 86_400_000) throw badField('reviewBy', 'bad_choice');
  return day;
}

export async function confirm(context: Context, code: string, reviewBy: string): Promise<void> {
  const { article, versions } = await atHand(context, code);
  const current = versions.find((one) => one.state === 'in_force');
  if (!current) throw conflict('no_draft');
  if (wroteOn(current, context.actor)) throw forbidden('own_words');
  await patchArticle(context.tx, code, { review_by: checkReviewDay(reviewBy, context.now) });
  await journal(context, article, 'confirmed', { no: current.no });
}

export async function own(context: Context, code: string): Promise<void> {
  const { article } = await atHand(context, code);
  await patchArticle(context.tx, code, { owner_id: context.actor.accountId!, owner_label: context.actor.label });
  await journal(context, article, 'owned');
}

export async function withdraw(context: Context, code: string, why: string): Promise<void> {
  const { tx, actor, now } = context;
  const { article, open } = await atHand(context, code);
  if (article.owner_id !== actor.accountId && roleFor(actor, 'triage.manage') !== 'dispatcher_lead')
    throw forbidden('not_owner');
  if (open)
    await patchVersion(tx, code, open.no, {
      state: 'refused',
      reviewed_at: now,
      reviewer_label: actor.label,
      review_words: why,
    });
  await patchArticle(tx, code, { withdrawn_at: now, in_force: null });
  await journal(context, article, 'withdrawn', { from: 'in_force', to: 'withdrawn' });
}
