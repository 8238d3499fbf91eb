import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dutyEndpoints as api, personStates } from '../../../contract/duty.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { may, useMe } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty } from '../../kit/empty.tsx';
import { OrgPicker } from '../../kit/org-picker.tsx';
import { Problem } from '../../kit/problem.tsx';
import { useRoleWords } from '../access/roles.ts';
import './duty.css';
import { DelegationList } from './delegation-list.tsx';
import { Duties } from './duties.tsx';
import { StatusForm, stateWord } from './status-form.tsx';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

const mostShown = 150;

function DutiesOf({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const t = useT();
  const found = useQuery({ queryKey: ['duty', 'fulfilment', id], queryFn: () => call(api.fulfilment, { id }) });
  return (
    <Dialog open wide title={t('listOf', { who: name })} onClose={onClose}>
      {found.error && <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />}
      {found.data && <Duties items={found.data.items} />}
    </Dialog>
  );
}

/** Everybody who supports, at all three levels: where they are, what they are on, who stands in; and delegation. */
export default function PeoplePage() {
  const t = useT();
  const me = useMe();
  const role = useRoleWords();
  const language = useLocale();
  const format = useFormat();
  const directory = useDirectory();
  const [state, setState] = useState<(typeof personStates)[number] | undefined>();
  const [place, setPlace] = useState<number | null>(null);
  const [stating, setStating] = useState<{ id: string; name: string } | null>(null);
  const [reading, setReading] = useState<{ id: string; name: string } | null>(null);
  const found = useQuery({
    queryKey: ['duty', 'people', state, place],
    queryFn: () => call(api.people, { state, nodeId: place ?? undefined }),
    placeholderData: keepPreviousData,
  });
  const decides = may(me, 'duty.delegate');
  const boxes = useQuery({
    queryKey: ['duty', 'delegations'],
    queryFn: () => call(api.delegations, {}),
    enabled: decides,
  });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  const counts = found.data?.counts ?? {};
  const left = (found.data?.people.length ?? 0) - mostShown;
  return (
    <div className="du-page">
      <Tabs at="people" />
      {found.data && (
        <div className="du-body">
          <div className="du-head">
            <h1>{t('tab_people')}</h1>
            {(left > 0 || place !== null) && (
              <div style={{ minWidth: 220 }}>
                <OrgPicker label={t('place')} clearable placeholder={t('whole')} value={place} onChange={setPlace} />
              </div>
            )}
          </div>
          {decides && (
            <section className="du-panel">
              <h2>{t('delegations')}</h2>
              {boxes.data && boxes.data.delegations.length > 0 ? (
                <DelegationList delegations={boxes.data.delegations} />
              ) : (
                <p className="soft">{t('noDelegations')}</p>
              )}
            </section>
          )}
          <section className="du-panel">
            <nav className="views" aria-label={t('state')}>
              {([undefined, ...personStates] as const).map((one) => (
                <button
                  key={one ?? 'all'}
                  type="button"
                  aria-current={state === one ? 'true' : undefined}
                  onClick={() => setState(one)}
                >
                  {one === undefined ? t('all') : stateWord(t, one)} <span>{counts[one ?? 'all']}</span>
                </button>
              ))}
            </nav>
            {found.data.people.length === 0 ? (
              <Empty title={t('noPeople')}>{t('noPeopleHow')}</Empty>
            ) : (
              <ul className="du-rows">
                {found.data.people.slice(0, mostShown).map((one) => (
                  <li key={one.accountId}>
                    <span className={one.state === 'at_home' ? 'tag info' : one.state === null ? 'tag' : 'tag good'}>
                      {stateWord(t, one.state)}
                    </span>
                    <span className="cut">
                      <b>{one.name}</b>{' '}
                      <span className="small soft">
                        {[
                          directory.nameOf(one.nodeId),
                          ...one.roles.map((held) =>
                            [role.or(held.role, held.role), directory.lineName(held.lineId)].filter(Boolean).join(' '),
                          ),
                          one.deputy ? t('deputy', { who: one.deputy }) : t('noDeputy'),
                          one.since && t('since', { at: format.day(one.since) }),
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </span>
                    </span>
                    {one.onNow && <span className="tag good">{nameIn(one.onNow, language)}</span>}
                    {one.roles.length > 0 && (
                      <>
                        <Button small onClick={() => setReading({ id: one.accountId, name: one.name })}>
                          {t('list')}
                        </Button>
                        <Button small onClick={() => setStating({ id: one.accountId, name: one.name })}>
                          {t('setStatus')}
                        </Button>
                      </>
                    )}
                  </li>
                ))}
              </ul>
            )}
            {left > 0 && <p className="small soft">{t('notListed', { n: left })}</p>}
          </section>
          {stating && <StatusForm accountId={stating.id} name={stating.name} onClose={() => setStating(null)} />}
          {reading && <DutiesOf {...reading} onClose={() => setReading(null)} />}
        </div>
      )}
    </div>
  );
}
