import { stored } from './stored.ts';

/** The page is what stands after `#/`: `#/ask/A02` is page `ask` with `A02`. */
export interface Route {
  page: string;
  rest: string[];
}

function parse(hash: string): Route {
  const [page = '', ...rest] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  return { page, rest };
}

export const route = stored<Route>(parse(location.hash));

export function startRouting(): void {
  addEventListener('hashchange', () => {
    route.set(parse(location.hash));
    scrollTo(0, 0);
  });
}

export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = path;
  else location.replace(`#${path}`);
}
