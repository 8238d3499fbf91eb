import { useState } from 'react';
import { catalogueEndpoints as api, type Edition } from '../../../contract/catalogue.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Button, Dialog, Empty, notify, Problem } from '../../kit/index.ts';
import { refreshes, useEdition, useEditions, useItemWords } from './data.ts';
import { useT } from './words.ts';

function Differences({ edition, onClose }: { edition: Edition; onClose: () => void }) {
  const t = useT();
  const words = useItemWords();
  const { data, error, refetch } = useEdition(edition.id);
  return (
    <Dialog
      open
      wide
      title={edition.number === null ? t('seeChanges') : t('differencesOf', { n: edition.number })}
      onClose={onClose}
    >
      {error && !data && <Problem title={t('loadFailed')} error={error} onRetry={refetch} />}
      {data && data.changes.length === 0 && <p className="soft">{t('noChanges')}</p>}
      {data && (
        <div className="ca-scroll">
          <table className="ca-table">
            <tbody>
              {data.changes.map((one) => {
                const item = (one.after ?? one.before)!;
                return (
                  <tr key={item.id}>
                    <td style={{ width: 64 }}>
                      <span className="tag">{t(`mark_${one.kind}`)}</span>
                    </td>
                    <td style={{ width: 140 }}>{words.category(item)}</td>
                    <td style={{ width: 160 }}>{words.place(item)}</td>
                    <td className="wrap">
                      {one.before && (
                        <s>
                          {[
                            words.lead(one.before),
                            words.co(one.before),
                            words.level(one.before),
                            words.window(one.before),
                          ]
                            .filter(Boolean)
                            .join(t('sep'))}
                        </s>
                      )}{' '}
                      {one.after &&
                        [words.lead(one.after), words.co(one.after), words.level(one.after), words.window(one.after)]
                          .filter(Boolean)
                          .join(t('sep'))}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Dialog>
  );
}

/** Every edition, the newest first: when it was in force, who decided it and what it changed. */
export function HistoryTab({ onDraft }: { onDraft: () => void }) {
  const t = useT();
  const format = useFormat();
  const manages = useMay()('catalogue.manage');
  const { data, error, refetch } = useEditions();
  const [open, setOpen] = useState<Edition | null>(null);
  const callOff = useAct(api.callOff, {
    refreshes,
    onDone: () => notify.good(t('calledOff')),
    onFail: notify.problem,
  });
  const begin = useAct(api.beginDraft, { refreshes, onDone: onDraft, onFail: notify.problem });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  if (data.editions.length === 0) return <Empty title={t('none')}>{t('beginHow')}</Empty>;
  return (
    <div className="ca-main">
      <table className="ca-table">
        <tbody>
          {[...data.editions].reverse().map((one) => (
            <tr key={one.id}>
              <td style={{ width: 104 }}>
                <b>{one.number === null ? t('state_draft') : t('editionNo', { n: one.number })}</b>
              </td>
              <td style={{ width: 88 }}>
                <span className={one.state === 'in_force' ? 'tag good' : one.state === 'planned' ? 'tag info' : 'tag'}>
                  {t(`state_${one.state}`)}
                </span>
              </td>
              <td style={{ width: 224 }}>
                {one.from && t('fromTo', { from: format.moment(one.from) })}{' '}
                {one.to && <span className="soft">{t('until', { to: format.moment(one.to) })}</span>}
              </td>
              <td title={one.note}>{one.note}</td>
              <td className="soft" style={{ width: 216 }}>
                {one.decidedBy && one.decidedAt
                  ? t('decidedBy', { who: one.decidedBy, at: format.moment(one.decidedAt) })
                  : t('begunBy', { who: one.begunBy, at: format.moment(one.begunAt) })}
              </td>
              <td className="num">{t('items', { n: one.items })}</td>
              <td style={{ width: 184 }}>
                <button type="button" className="linkish" onClick={() => setOpen(one)}>
                  {t('seeChanges')}
                </button>{' '}
                {manages && one.state === 'planned' && (
                  <button type="button" className="linkish" onClick={() => callOff.mutate({ id: one.id })}>
                    {t('callOff')}
                  </button>
                )}
                {manages && one.state === 'past' && (
                  <button type="button" className="linkish" onClick={() => begin.mutate({ from: one.id })}>
                    {t('again')}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {open && <Differences edition={open} onClose={() => setOpen(null)} />}
      {manages && (
        <div className="dialog-acts">
          <Button onClick={onDraft}>{t('tab_draft')}</Button>
        </div>
      )}
    </div>
  );
}
