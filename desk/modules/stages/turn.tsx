import type { ReactNode } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import type { StageNamed, stageEndpoints } from '../../../contract/stages.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { useT } from './words.ts';

export type Scope = OutputOf<typeof stageEndpoints.preview>['scope'];

/** A place as orders name it. */
export function usePlaceName(): (nodeId: number) => string {
  const t = useT();
  const directory = useDirectory();
  return (nodeId) => (directory.node(nodeId)?.kind === 'group' ? t('group') : directory.nameOf(nodeId));
}

/** From which stage to which, and how far it reaches. */
export function Turn({
  from,
  to,
  nodeId,
  scope,
  children,
}: {
  from: StageNamed;
  to: StageNamed;
  nodeId: number;
  scope: Scope;
  children?: ReactNode;
}) {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  const placeName = usePlaceName();
  const reach = [
    placeName(nodeId),
    scope.units > 0 && t('units', { n: scope.units }),
    scope.sites > 0 && t('sites', { n: scope.sites }),
    scope.heads > 0 && t('heads', { n: format.count(scope.heads) }),
  ].filter(Boolean);
  return (
    <header className="sg-turn">
      <h1>
        <span className="from">{nameIn(from, language)}</span>
        <svg className="arrow" viewBox="0 0 32 12" aria-hidden="true">
          <path d="M0 6h29M24 1.5 29.5 6 24 10.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        <span>{nameIn(to, language)}</span>
      </h1>
      <span className="tag">{reach.join(' · ')}</span>
      {children}
    </header>
  );
}

/** Places below that keep the stage of an order of their own. */
export function Apart({ scope }: { scope: Scope }) {
  const t = useT();
  const language = useLocale();
  const placeName = usePlaceName();
  if (scope.apart.length === 0) return null;
  return (
    <p className="small soft">
      {t('apart')}:{' '}
      {scope.apart.map((one) => `${placeName(one.nodeId)} ${nameIn(one.stage, language)}`).join(t('listSep'))}
    </p>
  );
}
