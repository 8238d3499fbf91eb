import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { catalogueEndpoints as api } from '../../../contract/catalogue.ts';
import type { InputOf } from '../../../contract/endpoint.ts';
import { call, ProblemError } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button, Dialog, Empty, Problem, StateGlyph, TextField } from '../../kit/index.ts';
import { useItemWords, usePostName } from './data.ts';
import { useT } from './words.ts';

type Asked = InputOf<typeof api.previewRequests>;

/** The requests behind one figure, as far as this reader may see them. */
function Records({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const t = useT();
  const directory = useDirectory();
  const { data, error, refetch } = useQuery({
    queryKey: ['catalogue', 'preview', 'records', asked],
    queryFn: () => call(api.previewRequests, asked),
  });
  return (
    <Dialog open wide title={t('movedN')} onClose={onClose}>
      {error && !data && <Problem title={t('loadFailed')} error={error} onRetry={refetch} />}
      {data && (
        <>
          <p className="soft">{t('recordsShown', { all: data.all, n: data.rows.length })}</p>
          <div className="ca-scroll">
            <table className="ca-table">
              <tbody>
                {data.rows.map((row) => (
                  <tr key={row.id}>
                    <td style={{ width: 152 }}>
                      <Link className="link" to="/requests/$id" params={{ id: row.id } as never}>
                        {row.number}
                      </Link>
                    </td>
                    <td style={{ width: 120 }}>{directory.categoryName(row.categoryId)}</td>
                    <td style={{ width: 160 }}>{directory.nameOf(row.siteId ?? row.unitId)}</td>
                    <td>{row.text ?? '—'}</td>
                    <td style={{ width: 112 }}>
                      <StateGlyph state={row.state} work={row.work} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Dialog>
  );
}

/** What the draft would have done to last week's requests. */
export function PreviewTab() {
  const t = useT();
  const format = useFormat();
  const words = useItemWords();
  const post = usePostName();
  const [local, setLocal] = useState('');
  const at = local ? format.instant(local) : undefined;
  const [asked, setAsked] = useState<Asked | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalogue', 'preview', at],
    queryFn: () => call(api.preview, { at }),
    // The date stays under the hand that types it.
    placeholderData: keepPreviousData,
  });
  if (error instanceof ProblemError && error.code === 'no_draft')
    return <Empty title={t('noDraft')}>{t('beginHow')}</Empty>;
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data)
    return (
      <p role="status" className="soft">
        {t('loading')}
      </p>
    );
  const see = (n: number, wanted: Asked) => (
    <button type="button" className="linkish" onClick={() => setAsked({ ...wanted, at })}>
      {t('records', { n })}
    </button>
  );
  const signed = (n: number) => (n > 0 ? `+${n}` : String(n));
  return (
    <>
      <div className="row">
        <p className="soft grow">{t('previewLead')}</p>
        <div style={{ width: 220 }}>
          <TextField
            label={t('previewAt')}
            hint={local ? undefined : t('previewNow')}
            line={{ type: 'datetime-local' }}
            value={local}
            onChange={setLocal}
          />
        </div>
      </div>
      <div className="ca-figures">
        <p>
          <b>{format.count(data.requests)}</b>
          <span className="soft">{t('requests')}</span>
        </p>
        <p>
          <b>{format.count(data.moved)}</b>
          <span className="soft">{t('movedN')}</span>
        </p>
      </div>
      <section className="ca-section">
        <h2>{t('shiftsTitle')}</h2>
        {data.shifts.length === 0 ? (
          <p className="soft">{t('noShifts')}</p>
        ) : (
          <table className="ca-table">
            <thead>
              <tr>
                <th>{t('from')}</th>
                <th>{t('to')}</th>
                <th className="num">{t('count')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {data.shifts.map((one) => (
                <tr key={`${post(one.from)} ${post(one.to)}`}>
                  <td>{post(one.from)}</td>
                  <td>{post(one.to)}</td>
                  <td className="num">{format.count(one.requests)}</td>
                  <td>
                    {see(one.requests, {
                      fromLineId: one.from.lineId,
                      fromUnitId: one.from.unitId ?? undefined,
                      toLineId: one.to.lineId,
                      toUnitId: one.to.unitId ?? undefined,
                    })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="ca-section">
        <h2>{t('levelsTitle')}</h2>
        {data.levels.length === 0 ? (
          <p className="soft">{t('noLevels')}</p>
        ) : (
          <table className="ca-table">
            <tbody>
              {data.levels.map((one) => (
                <tr key={`${one.categoryId} ${one.contactTo} ${one.resolveTo} ${one.contactFrom} ${one.resolveFrom}`}>
                  <td>{words.category(one)}</td>
                  <td>
                    {t('level', {
                      contact: t('minutes', { n: `${one.contactFrom} → ${one.contactTo}` }),
                      resolve: t('hours', { n: `${one.resolveFrom} → ${one.resolveTo}` }),
                    })}
                  </td>
                  <td className="num">{format.count(one.requests)}</td>
                  <td>{see(one.requests, { categoryId: one.categoryId })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="ca-section">
        <h2>{t('workloadTitle')}</h2>
        <table className="ca-table">
          <thead>
            <tr>
              <th>{t('line')}</th>
              <th className="num">{t('beforeCol')}</th>
              <th className="num">{t('afterCol')}</th>
              <th className="num">{t('differenceCol')}</th>
              <th className="num" style={{ width: 160 }}>
                {t('coCol')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.workload.slice(0, 40).map((one) => (
              <tr key={post(one)}>
                <td>{post(one)}</td>
                <td className="num">{format.count(one.before)}</td>
                <td className="num">{format.count(one.after)}</td>
                <td className="num">{one.after === one.before ? '—' : signed(one.after - one.before)}</td>
                <td className="num">
                  {one.coBefore === 0 && one.coAfter === 0 ? '—' : `${one.coBefore} → ${one.coAfter}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="ca-section">
        <h2>{t('gapsTitle')}</h2>
        {data.gaps.length === 0 ? (
          <p className="soft">{t('noGaps')}</p>
        ) : (
          <table className="ca-table">
            <tbody>
              {data.gaps.map((one) => (
                <tr key={one.categoryId}>
                  <td>{words.category(one)}</td>
                  <td className="num">{format.count(one.requests)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      {asked && <Records asked={asked} onClose={() => setAsked(null)} />}
      <div className="dialog-acts">
        <Button onClick={() => void refetch()}>{t('tab_preview')}</Button>
      </div>
    </>
  );
}
