import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { organizationEndpoints as api } from '../../../contract/organization.ts';
import { call, ProblemError } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useMe } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { OrgPicker } from '../../kit/org-picker.tsx';
import { Problem } from '../../kit/problem.tsx';
import './organization.css';
import './posters.css';
import { Poster } from './poster.tsx';
import { useT } from './words.ts';

const onlySites = ['site'] as const;
const isHidden = (error: unknown): boolean => error instanceof ProblemError && error.status === 404;

/** One A4 sheet for each point of a site, to be put up where people stand. */
export default function PostersPage() {
  const t = useT();
  const language = useLocale();
  const directory = useDirectory();
  const home = directory.node(useMe().homeNodeId);
  const [siteId, setSiteId] = useState<number | null>(home?.kind === 'site' ? home.id : null);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const points = useQuery({
    queryKey: ['points', siteId],
    queryFn: () => call(api.points, { siteId: siteId! }),
    enabled: siteId !== null,
  });
  const all = points.data?.points ?? [];
  const chosen = all.filter((point) => !left.has(point.id));
  const toggle = (id: number) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
  };
  return (
    <div className="po-page">
      <header className="po-tools">
        <div className="po-title">
          <h1>{t('postersTitle')}</h1>
          <p className="soft small">{t('postersLead')}</p>
        </div>
        <div className="field po-site">
          <label htmlFor="po-site">{t('site')}</label>
          <OrgPicker
            id="po-site"
            label={t('site')}
            placeholder={t('siteHint')}
            kinds={onlySites}
            value={siteId}
            onChange={(id) => {
              setSiteId(id);
              setLeft(new Set());
            }}
          />
        </div>
        <Button kind="main" disabled={chosen.length === 0} onClick={() => window.print()}>
          {t('print', { n: chosen.length })}
        </Button>
      </header>
      {all.length > 0 && (
        <fieldset className="po-points" aria-label={t('points')}>
          <span className="small soft" aria-hidden="true">
            {t('points')}
          </span>
          {all.map((point) => (
            <label key={point.id} className="check">
              <input type="checkbox" checked={!left.has(point.id)} onChange={() => toggle(point.id)} />
              {nameIn(point, language)}
            </label>
          ))}
          <Button small onClick={() => setLeft(left.size === 0 ? new Set(all.map((point) => point.id)) : new Set())}>
            {t(left.size === 0 ? 'none' : 'all')}
          </Button>
        </fieldset>
      )}
      {siteId === null && <Empty title={t('pickSite')}>{t('pickSiteHow')}</Empty>}
      {points.error && (
        <Problem
          title={t(isHidden(points.error) ? 'notYours' : 'loadFailed')}
          error={points.error}
          onRetry={() => points.refetch()}
        />
      )}
      {points.data && all.length === 0 && <Empty title={t('noPoints')}>{t('noPointsHow')}</Empty>}
      <div className="po-sheets">
        {chosen.map((point) => (
          <Poster key={point.id} url={point.url} point={nameIn(point, language)} siteId={siteId!} />
        ))}
      </div>
    </div>
  );
}
