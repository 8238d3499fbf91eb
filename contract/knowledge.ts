import { z } from 'zod';
import { categoryId, done, endpoint, id, instant } from './endpoint.ts';

export const versionStates = ['draft', 'in_review', 'in_force', 'superseded', 'refused'] as const;
export const articleViews = ['all', 'open', 'overdue', 'withdrawn'] as const;

const code = z.string().regex(/^[A-Z]{1,3}\d{1,6}$/);
/** Group-local day. */
const day = z.iso.date();

export const article = z.object({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  bodyZh: z.string(),
  bodyEn: z.string(),
});

/**
 * What came of the requests that were answered from an article. `held`: the person says it is solved, did not call again
 * about it within seven days and the request was not reopened. Counts, so that nobody is misled by a share of three.
 */
export const measured = z.object({
  answered: z.number(),
  /** Whose person has spoken, or who can no longer be asked. */
  judged: z.number(),
  held: z.number(),
  calledAgain: z.number(),
  reopened: z.number(),
  /** Ended without a verdict: neither held, nor asked again, nor reopened. */
  lost: z.number(),
});
export type Measured = z.infer<typeof measured>;

export const articleText = z.object({
  zh: z.string().trim().min(2).max(80),
  en: z.string().trim().min(2).max(120),
  bodyZh: z.string().trim().min(2).max(2000),
  bodyEn: z.string().trim().min(2).max(3000),
  /** Words people use for it, apart by 、 or commas; found as they are typed. */
  keywords: z.string().trim().max(300).default(''),
  categoryId: categoryId.nullable(),
});
export type ArticleText = z.infer<typeof articleText>;

const articleRow = z.object({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  categoryId: z.number().nullable(),
  owner: z.string().nullable(),
  inForce: z.number().nullable(),
  reviewBy: day.nullable(),
  overdue: z.boolean(),
  withdrawn: z.boolean(),
  open: z.object({ no: z.number(), state: z.enum(versionStates), author: z.string() }).nullable(),
  measured,
});
export type ArticleRow = z.infer<typeof articleRow>;

const articleVersion = articleText.extend({
  no: z.number(),
  state: z.enum(versionStates),
  author: z.string(),
  writtenAt: instant,
  saves: z.number(),
  reviewer: z.string().nullable(),
  reviewedAt: instant.nullable(),
  reviewWords: z.string().nullable(),
});
export type ArticleVersion = z.infer<typeof articleVersion>;

export const articleFile = articleRow.extend({
  /** Newest first. */
  versions: z.array(articleVersion),
  can: z.object({
    write: z.boolean(),
    submit: z.boolean(),
    /** Of the version that waits: never its author. */
    review: z.boolean(),
    /** Say that the version in force is still right: never its author. */
    confirm: z.boolean(),
    own: z.boolean(),
    withdraw: z.boolean(),
  }),
});
export type ArticleFile = z.infer<typeof articleFile>;

export const knowledgeEndpoints = {
  articles: endpoint({
    method: 'GET',
    path: '/api/articles',
    gate: 'knowledge.read',
    scope: null,
    summary: 'Notes an operator answers from',
    input: z.object({ search: z.string().trim().max(80).optional() }),
    output: z.object({ articles: z.array(article) }),
  }),
  suggestArticles: endpoint({
    method: 'POST',
    path: '/api/articles/suggestions',
    gate: 'knowledge.read',
    scope: null,
    summary: 'Articles near what is being typed, best first, each with the words that say why; nothing of it is kept',
    input: z.object({ text: z.string().trim().max(2000), categoryId: categoryId.nullable().default(null) }),
    output: z.object({
      articles: z.array(article.extend({ because: z.array(z.string()), byCategory: z.boolean(), measured })),
    }),
  }),
  keptArticles: endpoint({
    method: 'GET',
    path: '/api/knowledge',
    gate: 'knowledge.write',
    scope: null,
    summary: 'All articles with owner, review day, what is being written and what came of answering with them',
    input: z.object({
      view: z.enum(articleViews).default('all'),
      search: z.string().trim().max(80).optional(),
    }),
    output: z.object({ articles: z.array(articleRow), counts: z.record(z.enum(articleViews), z.number()) }),
  }),
  article: endpoint({
    method: 'GET',
    path: '/api/knowledge/:code',
    gate: 'knowledge.write',
    scope: null,
    summary: 'One article with all its versions',
    input: z.object({ code }),
    output: articleFile,
  }),
  articleUses: endpoint({
    method: 'GET',
    path: '/api/knowledge/:code/uses',
    gate: 'knowledge.write',
    scope: null,
    summary: 'The requests answered from it, newest first, as far as this person may read them; the rest is a number',
    input: z.object({ code }),
    output: z.object({
      uses: z.array(
        z.object({
          requestId: id,
          number: z.string(),
          at: instant,
          version: z.number(),
          state: z.string(),
          held: z.boolean(),
          calledAgain: z.boolean(),
          reopened: z.boolean(),
        }),
      ),
      hidden: z.number(),
    }),
  }),
  beginArticle: endpoint({
    method: 'POST',
    path: '/api/knowledge',
    gate: 'knowledge.write',
    scope: null,
    summary: 'Begin an article; nobody answers from it before another has reviewed it',
    input: articleText,
    output: z.object({ code: z.string() }),
  }),
  writeArticle: endpoint({
    method: 'PUT',
    path: '/api/knowledge/:code/draft',
    gate: 'knowledge.write',
    scope: null,
    summary: 'Write the next version; `saves` is what the writer had read, null to begin one',
    input: articleText.extend({ code, saves: z.number().int().nullable() }),
    output: z.object({ no: z.number(), saves: z.number() }),
  }),
  submitArticle: endpoint({
    method: 'POST',
    path: '/api/knowledge/:code/submission',
    gate: 'knowledge.write',
    scope: null,
    summary: 'Hand the draft in for review',
    input: z.object({ code }),
    output: done,
  }),
  reviewArticle: endpoint({
    method: 'POST',
    path: '/api/knowledge/:code/review',
    gate: 'knowledge.write',
    scope: null,
    summary: 'Put the waiting version in force, or hand it back with words; never its author',
    input: z.object({
      code,
      no: z.number().int(),
      approve: z.boolean(),
      words: z.string().trim().max(500).optional(),
      reviewBy: day.optional(),
    }),
    output: done,
  }),
  confirmArticle: endpoint({
    method: 'POST',
    path: '/api/knowledge/:code/confirmation',
    gate: 'knowledge.write',
    scope: null,
    summary: 'The version in force is still right, until the next review; never its author',
    input: z.object({ code, reviewBy: day }),
    output: done,
  }),
  ownArticle: endpoint({
    method: 'POST',
    path: '/api/knowledge/:code/ownership',
    gate: 'knowledge.write',
    scope: null,
    summary: 'Become the one who answers for this article',
    input: z.object({ code }),
    output: done,
  }),
  withdrawArticle: endpoint({
    method: 'POST',
    path: '/api/knowledge/:code/withdrawal',
    gate: 'knowledge.write',
    scope: null,
    summary: 'Nobody answers from it any more; its versions and what came of it stay',
    input: z.object({ code, why: z.string().trim().min(2).max(500) }),
    output: done,
  }),
};
