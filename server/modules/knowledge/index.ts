/** Front door of `knowledge`: notes an operator answers from. */
export { insertArticles } from './queries.ts';
