import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { Fragment, useMemo, useState } from 'react';
import { planEndpoints as api, type PlanRow, type signedSteps } from '../../../contract/plans.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { useProblemText } from '../../app/problems.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Empty, Notice, notify, Problem, useKey } from '../../kit/index.ts';
import { BeginPlan } from './begin.tsx';
import { PlanMark } from './marks.tsx';
import './plans.css';
import { usePlanWords } from './words.ts';

const views = ['standing', 'mine', 'past'] as const;
const order = { strategy: 0, unit_plan: 1, site_set: 2 } as const;

type Signable = PlanRow & { next: (typeof signedSteps)[number] };
/** A look back is written on the plan's own page; everything else that waits is a signature. */
const maySign = (row: PlanRow): row is Signable => row.next !== null && row.next !== 'effect';

/** Signs many, one after the other: each is an act of its own and stands in the journal by itself. */
function useSignAll(rows: readonly PlanRow[]) {
  const t = usePlanWords();
  const cache = useQueryClient();
  const directory = useDirectory();
  const text = useProblemText();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [progress, setProgress] = useState<{ done: number; all: number } | null>(null);
  const [refused, setRefused] = useState<string[]>([]);
  const selected = rows.filter((row): row is Signable => chosen.has(row.id) && maySign(row));
  const signAll = async (): Promise<void> => {
    if (progress || selected.length === 0) return;
    const failed: string[] = [];
    for (const [done, row] of selected.entries()) {
      setProgress({ done: done + 1, all: selected.length });
      await call(api.sign, { id: row.id, version: row.version, step: row.next }, { key: randomId() }).catch((error) =>
        failed.push(t('notSigned', { place: directory.nameOf(row.nodeId), why: text(error) })),
      );
    }
    setProgress(null);
    setChosen(new Set());
    setRefused(failed);
    if (failed.length < selected.length) notify.good(t('signedSome', { n: selected.length - failed.length }));
    await cache.invalidateQueries({ queryKey: ['plans'] });
  };
  const toggle = (id: string): void =>
    setChosen((was) => {
      const next = new Set(was);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const all = (): void => setChosen(new Set(rows.filter(maySign).map((row) => row.id)));
  return { chosen, toggle, all, selected, signAll, progress, refused };
}

/** The plans of a stage as a tree: the strategy, each unit's plan, and under it the sets of its sites. */
export default function PlansPage() {
  const t = usePlanWords();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const navigate = useNavigate();
  const { search } = useLocation();
  const asked = search as { stage?: string; view?: (typeof views)[number] };
  const view = views.find((one) => one === asked.view) ?? 'standing';
  const [beginning, setBeginning] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['plans', 'list', asked.stage ?? '', view],
    queryFn: () => call(api.list, { stage: asked.stage, view }),
  });
  const rows = useMemo(() => {
    const code = (id: number | null) => directory.node(id)?.code ?? '';
    return [...(data?.rows ?? [])].sort(
      (a, b) =>
        code(a.unitId).localeCompare(code(b.unitId)) ||
        order[a.kind] - order[b.kind] ||
        code(a.nodeId).localeCompare(code(b.nodeId)) ||
        b.versionNo - a.versionNo,
    );
  }, [data, directory]);
  const batch = useSignAll(rows);
  useKey('a', () => void batch.signAll(), { hint: t('signSelected', { n: batch.selected.length }) });
  const go = (more: Partial<typeof asked>) =>
    void navigate({ to: '/plans', search: { stage: asked.stage, view, ...more } as never });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  const signable = rows.some(maySign);
  return (
    <div className="pl-page">
      <header className="pl-head">
        <h1>{t('title')}</h1>
        <p className="small soft">{t('lead')}</p>
        <div className="pl-filters">
          {data.stages.map((stage) => (
            <button
              key={stage.code}
              type="button"
              className={stage.code === data.stage ? 'chip on' : 'chip'}
              aria-pressed={stage.code === data.stage}
              onClick={() => go({ stage: stage.code })}
            >
              {nameIn(stage, language)}
              {stage.code === data.now && <b>{t('current')}</b>}
            </button>
          ))}
          <span className="grow" />
          {views.map((one) => (
            <button
              key={one}
              type="button"
              className={one === view ? 'chip on' : 'chip'}
              aria-pressed={one === view}
              onClick={() => go({ view: one })}
            >
              {t(one)}
            </button>
          ))}
          {data.canWrite.length > 0 && <Button onClick={() => setBeginning(true)}>{t('begin')}</Button>}
        </div>
      </header>
      {batch.refused.length > 0 && (
        <Notice kind="over" alert>
          {batch.refused.map((one) => (
            <div key={one}>{one}</div>
          ))}
        </Notice>
      )}
      {rows.length === 0 ? (
        <Empty title={t(view === 'mine' ? 'nothingMine' : 'nothing')}>
          {t(view === 'mine' ? 'nothingMineHow' : 'nothingHow')}
        </Empty>
      ) : (
        <section className="panel pl-scroll">
          {signable && view !== 'past' && (
            <div className="pl-acts" style={{ padding: '8px 12px 0' }}>
              <Button small onClick={batch.all}>
                {t('selectAll')}
              </Button>
              <Button
                small
                kind="main"
                keys={['A']}
                disabled={batch.selected.length === 0}
                busy={batch.progress !== null}
                onClick={() => void batch.signAll()}
              >
                {batch.progress
                  ? t('signing', { n: batch.progress.done, all: batch.progress.all })
                  : t('signSelected', { n: batch.selected.length })}
              </Button>
            </div>
          )}
          <table className="pl-table">
            <thead>
              <tr>
                {signable && <th scope="col" aria-label={t('selectAll')} />}
                <th scope="col">{t('place')}</th>
                <th scope="col">{t('kind')}</th>
                <th scope="col">{t('state')}</th>
                <th scope="col" className="num">
                  {t('lines')}
                </th>
                <th scope="col" className="num">
                  {t('ownLines')}
                </th>
                <th scope="col">{t('inForceFrom')}</th>
                <th scope="col">{t('waits')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                <Fragment key={row.id}>
                  {row.unitId !== null && row.unitId !== rows[i - 1]?.unitId && (
                    <tr className="pl-group">
                      <th scope="rowgroup" colSpan={signable ? 8 : 7}>
                        {directory.nameOf(row.unitId)}
                      </th>
                    </tr>
                  )}
                  <tr className="pl-row">
                    {signable && (
                      <td className="pl-check">
                        {maySign(row) && (
                          <input
                            type="checkbox"
                            aria-label={t('select', { place: directory.nameOf(row.nodeId) })}
                            checked={batch.chosen.has(row.id)}
                            onChange={() => batch.toggle(row.id)}
                          />
                        )}
                      </td>
                    )}
                    <td>
                      <Link to="/plans/$id" params={{ id: row.id } as never}>
                        {row.kind === 'site_set' ? `${directory.node(row.nodeId)?.code} ` : ''}
                        {directory.nameOf(row.nodeId)}
                      </Link>
                    </td>
                    <td className="nowrap">
                      {t(row.kind)}{' '}
                      <span className="small soft">
                        {view === 'mine' && `${row.stage} · `}
                        {t('versionNo', { n: row.versionNo })}
                      </span>
                    </td>
                    <td className="nowrap">
                      <PlanMark state={row.state} />
                      {row.copied && <span className="tag over">{t('copy')}</span>}
                    </td>
                    <td className="num" data-label={t('lines')}>
                      {row.lines}
                    </td>
                    <td className="num" data-label={t('ownLines')}>
                      {row.own}
                    </td>
                    <td className="nowrap small soft" data-label={row.inForceFrom ? t('inForceFrom') : undefined}>
                      {row.inForceFrom ? format.moment(row.inForceFrom) : ''}
                    </td>
                    <td className="nowrap small">
                      {row.next && <span className="near">{t(`do_${row.next}`)}</span>}
                      {row.next && row.waitsSince && (
                        <div className="soft">{t('waitsSince', { at: format.moment(row.waitsSince) })}</div>
                      )}
                    </td>
                  </tr>
                </Fragment>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {beginning && (
        <BeginPlan
          stage={data.stage}
          places={data.canWrite}
          onClose={() => setBeginning(false)}
          onBegun={(id) => void navigate({ to: '/plans/$id', params: { id } as never })}
        />
      )}
    </div>
  );
}
