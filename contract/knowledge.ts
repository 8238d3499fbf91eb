import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const article = z.object({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  bodyZh: z.string(),
  bodyEn: z.string(),
});

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
};
