import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useCurrentInSight } from '../kit/in-sight.ts';
import { type DeskModule, modules } from './modules.ts';
import { may, useMe } from './session.tsx';
import { defineWords, nameIn, useLocale, useWords } from './words.ts';

const words = defineWords({
  main: ['主导航', 'Main'],
  waiting: ['{n} 件', '{n} {n|item|items}'],
});

function RailCount({ module }: { module: DeskModule }) {
  const t = useWords(words);
  const { queryKey, queryFn, of } = module.count!;
  const { data } = useQuery({ queryKey, queryFn, refetchInterval: 60_000 });
  const n = data?.[of];
  return (
    <span className="rail-count" title={n === undefined ? undefined : t('waiting', { n })}>
      {n === undefined ? ' ' : n >= 999 ? '999+' : n}
    </span>
  );
}

/** A narrow rail of words, one for each kind of work this person does. */
export function Rail() {
  const me = useMe();
  const t = useWords(words);
  const language = useLocale();
  const { pathname, search } = useLocation();
  const entries = modules.filter(
    (module) => module.rail && may(me, module.permission) && !(module.unless && may(me, module.unless)),
  );
  const at = ({ route, under = [] }: DeskModule) =>
    [route, ...under].some((each) => pathname === each || pathname.startsWith(`${each}/`));
  const view = (search as Record<string, unknown>).view;
  const here = entries.filter(at);
  // Several words may lead to one page; the word whose view is open is the current one, else the first.
  const current = here.find((module) => module.search && module.search.view === view) ?? here[0];
  const place = useCurrentInSight<HTMLElement>(current?.key);
  return (
    <nav className="rail" ref={place} aria-label={t('main')}>
      {entries.map((module) => (
        <Link
          key={module.key}
          to={module.route}
          search={module.search ?? {}}
          activeProps={{}}
          aria-current={module === current ? 'page' : undefined}
        >
          {nameIn(module.rail!, language)}
          {module.count && <RailCount module={module} />}
        </Link>
      ))}
    </nav>
  );
}
