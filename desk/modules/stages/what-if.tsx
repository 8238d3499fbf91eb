import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { stageEndpoints as api } from '../../../contract/stages.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useMay } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Empty, Field, Glyph, OrgPicker, Problem } from '../../kit/index.ts';
import { Choices } from '../requests/forms/choices.tsx';
import { Changes } from './changes.tsx';
import { useStageAt } from './following.ts';
import { inReading, Lacks, Readiness } from './readiness.tsx';
import './stages.css';
import { StageTabs } from './tabs.tsx';
import { Apart, Turn } from './turn.tsx';
import { useT } from './words.ts';

const places = ['group', 'unit', 'site'] as const;

/** Any switch tried without an order: what would change, and who is not ready. */
export function WhatIfPage() {
  const t = useT();
  const language = useLocale();
  const may = useMay();
  const directory = useDirectory();
  const navigate = useNavigate();
  const search = useLocation().search as { node?: number; to?: string };
  const nodeId = Number(search.node) || directory.nodes.find((node) => node.kind === 'group')!.id;
  const { overview, following } = useStageAt(nodeId);
  const to = following.some(({ code }) => code === search.to) ? search.to! : following[0]?.code;
  const [picked, pick] = useState<number | null>(null);
  const go = (part: { node?: number; to?: string }) =>
    void navigate({ to: '/stages/preview', search: { node: nodeId, to, ...part } as never, replace: true });
  const { data, error, refetch } = useQuery({
    queryKey: ['stages', 'preview', nodeId, to],
    queryFn: () => call(api.preview, { nodeId, toCode: to! }),
    enabled: to !== undefined,
    placeholderData: (before) => before,
  });
  const unready = data?.look.units.filter((unit) => !unit.ready) ?? [];
  const chosen = data?.look.units.find((unit) => unit.unitId === picked) ?? inReading(unready)[0];
  const mayDraft =
    may('stages.draft') && overview !== undefined && (overview.mayDraft === null || overview.mayDraft.includes(nodeId));
  return (
    <div className="sg-page">
      <StageTabs />
      <p className="small soft sg-lead">{t('previewLead')}</p>
      <section className="panel sg-choose">
        <Field label={t('scope')}>
          {({ id }) => (
            <OrgPicker
              id={id}
              kinds={places}
              label={t('scope')}
              value={nodeId}
              onChange={(node) => node !== null && go({ node })}
            />
          )}
        </Field>
        {following.length > 0 ? (
          <Choices
            label={t('to')}
            value={to ?? null}
            options={following.map(({ code }) => code)}
            word={(code) => nameIn(following.find((one) => one.code === code)!, language)}
            onChange={(code) => go({ to: code })}
          />
        ) : (
          <p className="soft">{overview ? t('toNone') : ''}</p>
        )}
        {mayDraft && to && (
          <Link className="btn" to="/stages/new" search={{ node: nodeId, to } as never}>
            {t('draftIt')}
          </Link>
        )}
      </section>
      {error && !data && <Problem title={t('loadFailed')} error={error} onRetry={refetch} />}
      {!to && overview && <Empty title={t('toNone')}>{t('previewPick')}</Empty>}
      {data && to && (
        <>
          <Turn from={data.from} to={data.to} nodeId={nodeId} scope={data.scope}>
            <span className={unready.length > 0 ? 'row near' : 'row good'} role="status">
              <Glyph name={unready.length > 0 ? 'diamond' : 'done'} />
              {unready.length > 0
                ? t('someUnready', { n: unready.length })
                : t('allReady', { n: data.look.units.length })}
            </span>
          </Turn>
          <Apart scope={data.scope} />
          <div className="sg-two">
            <Changes look={data.look} from={data.from} to={data.to} />
            <div className="sg-right">
              <Readiness look={data.look} chosen={chosen?.unitId ?? null} onChoose={pick} />
              {chosen && chosen.missing.length > 0 && (
                <section className="panel" aria-labelledby="sg-lacks">
                  <div className="sg-head">
                    <h2 id="sg-lacks">
                      {directory.nameOf(chosen.unitId)} · {t('lacks')}
                    </h2>
                  </div>
                  <ul className="sg-chase">
                    <Lacks unit={chosen} />
                  </ul>
                </section>
              )}
            </div>
          </div>
        </>
      )}
    </div>
  );
}
