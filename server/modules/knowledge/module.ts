import { knowledgeEndpoints as api } from '../../../contract/knowledge.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { findArticles } from './queries.ts';

export function mountKnowledge(desk: Desk): void {
  serve(desk, api.articles, async ({ tx }, { search }) => ({
    articles: (await findArticles(tx, search)).map((row) => ({
      code: row.code,
      zh: row.zh,
      en: row.en,
      bodyZh: row.body_zh,
      bodyEn: row.body_en,
    })),
  }));
}
