import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { dutyEndpoints as api } from '../../../contract/duty.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { now } from '../../app/now.ts';
import { may, useMe } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Empty } from '../../kit/empty.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useRoleWords } from '../access/roles.ts';
import './duty.css';
import { DelegationList } from './delegation-list.tsx';
import { Duties } from './duties.tsx';
import { StatusForm, stateWord } from './status-form.tsx';
import { useT } from './words.ts';

type Mine = OutputOf<typeof api.mine>;
type Shift = Mine['shifts'][number];

function HandOverForm({ shift, onClose }: { shift: Shift; onClose: () => void }) {
  const t = useT();
  const empty = useMemo(() => ({ note: '', open: '' }), []);
  const [draft, change, drop] = useDraft(`duty.handover.${shift.id}`, empty);
  const [complained, setComplained] = useState(false);
  const give = useAct(api.handOver, {
    refreshes: [['duty']],
    onDone: () => {
      drop();
      notify.good(t('given_done'));
      onClose();
    },
    onFail: notify.problem,
  });
  const right = draft.note.trim().length >= 4;
  return (
    <Dialog open title={t('handOver')} onClose={onClose}>
      <form
        className="du-form"
        onSubmit={(event) => {
          event.preventDefault();
          setComplained(true);
          if (right && !give.isPending)
            give.mutate({
              id: shift.id,
              version: shift.version,
              note: draft.note.trim(),
              openMatters: draft.open.split(/[\s,，、;；]+/).filter((one) => one.length >= 3),
            });
        }}
      >
        <TextField
          label={t('note')}
          hint={t('noteHint')}
          rows={6}
          maxLength={4000}
          value={draft.note}
          fault={complained && !right ? t('needNote') : undefined}
          onChange={(note) => change({ note })}
        />
        <TextField label={t('openMatters')} value={draft.open} maxLength={400} onChange={(open) => change({ open })} />
        <Button kind="main" submit busy={give.isPending}>
          {t('handOver')}
        </Button>
      </form>
    </Dialog>
  );
}

function ShiftRow({ shift }: { shift: Shift }) {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  const directory = useDirectory();
  const [handing, setHanding] = useState(false);
  const [why, setWhy] = useState('');
  const take = useAct(api.take, {
    refreshes: [['duty']],
    onDone: () => notify.good(t('taken_done')),
    onFail: notify.problem,
  });
  return (
    <li>
      <span className={shift.state === 'taken' ? 'tag good' : 'tag'}>{t(`state_${shift.state}`)}</span>
      <span className="cut">
        <b>{nameIn(shift.post, language)}</b> {format.moment(shift.from)} – {format.moment(shift.to)}{' '}
        <span className="small soft">{directory.nameOf(shift.nodeId)}</span>
        {shift.waiting && (
          <>
            <br />
            <span className="small soft">
              {t('waitingNote')} ·{' '}
              {t('given', { who: shift.waiting.givenBy, at: format.moment(shift.waiting.givenAt) })}
            </span>
            <span className="du-note" style={{ display: 'block' }}>
              {shift.waiting.note}
              {shift.waiting.openMatters.length > 0 && `\n${shift.waiting.openMatters.join(' ')}`}
            </span>
          </>
        )}
        {shift.own && (
          <span className="small soft">
            {' '}
            · {shift.own.receivedBy ? t('received', { who: shift.own.receivedBy }) : t('notReceived')}
          </span>
        )}
        {shift.unhanded && (
          <>
            <Notice kind="near">{t('unhandedNote')}</Notice>
            <TextField label={t('withoutWhy')} value={why} maxLength={200} onChange={setWhy} />
          </>
        )}
      </span>
      {shift.can.take && (
        <Button
          kind="main"
          busy={take.isPending}
          onClick={() =>
            take.mutate({
              id: shift.id,
              version: shift.version,
              ...(why.trim().length >= 4 ? { without: why.trim() } : {}),
            })
          }
        >
          {t('take')}
        </Button>
      )}
      {shift.can.handOver && (
        <Button kind="main" onClick={() => setHanding(true)}>
          {t('handOver')}
        </Button>
      )}
      {handing && <HandOverForm shift={shift} onClose={() => setHanding(false)} />}
    </li>
  );
}

function AskForm({ roles, onClose }: { roles: Mine['roles']; onClose: () => void }) {
  const t = useT();
  const role = useRoleWords();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  const [id] = useState(randomId);
  const [at, setAt] = useState(0);
  const [person, setPerson] = useState<string | null>(null);
  const [from, setFrom] = useState(() => format.local(now()));
  const [to, setTo] = useState(() => format.local(now() + 3 * 86_400_000));
  const [reason, setReason] = useState('');
  const chosen = roles[at]!;
  const found = useQuery({
    queryKey: ['duty', 'delegates', chosen],
    queryFn: () => call(api.delegates, { ...chosen, lineId: chosen.lineId ?? undefined }),
  });
  const ask = useAct(api.askDelegation, {
    refreshes: [['duty']],
    onDone: () => {
      notify.good(t('askedDone'));
      onClose();
    },
    onFail: notify.problem,
  });
  const right = person !== null && reason.trim().length >= 2 && from !== '' && to !== '';
  return (
    <Dialog open title={t('ask')} onClose={onClose}>
      <form
        className="du-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (right && !ask.isPending)
            ask.mutate({
              id,
              toId: person,
              ...chosen,
              from: format.instant(from),
              to: format.instant(to),
              reason: reason.trim(),
            });
        }}
      >
        <p className="small soft">{t('boxHint')}</p>
        <SelectField
          label={t('role')}
          value={at}
          options={roles.map((_, i) => i)}
          word={(i) =>
            [
              role.or(roles[i]!.role, roles[i]!.role),
              directory.nameOf(roles[i]!.nodeId),
              directory.lineName(roles[i]!.lineId),
            ]
              .filter(Boolean)
              .join(' · ')
          }
          onChange={(i) => {
            setAt(i);
            setPerson(null);
          }}
        />
        {found.error && <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />}
        {found.data?.people.length === 0 && <Empty title={t('noDelegates')}>{t('noDelegatesHow')}</Empty>}
        <div className="du-people" role="radiogroup" aria-label={t('person')}>
          {found.data?.people.map((one) => (
            <label key={one.accountId} className="du-choice">
              <input
                type="radio"
                name="du-delegate"
                checked={person === one.accountId}
                disabled={one.crosses !== null}
                onChange={() => setPerson(one.accountId)}
              />
              <span>{one.name}</span>
              <span className="small soft">{one.crosses && nameIn(one.crosses, language)}</span>
            </label>
          ))}
        </div>
        <div className="du-two">
          <TextField label={t('from')} value={from} line={{ type: 'datetime-local' }} onChange={setFrom} />
          <TextField label={t('untilAt')} value={to} line={{ type: 'datetime-local' }} onChange={setTo} />
        </div>
        <TextField label={t('why')} value={reason} maxLength={200} onChange={setReason} />
        <Button kind="main" submit disabled={!right} busy={ask.isPending}>
          {t('asking')}
        </Button>
      </form>
    </Dialog>
  );
}

/** One's own page: the shifts to take and hand over, the list of the week, where one is, who acts for whom. */
export default function MyPage() {
  const t = useT();
  const me = useMe();
  const language = useLocale();
  const format = useFormat();
  const [stating, setStating] = useState(false);
  const [asking, setAsking] = useState(false);
  const found = useQuery({ queryKey: ['duty', 'mine'], queryFn: () => call(api.mine, {}), refetchInterval: 60_000 });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return null;
  const { shifts, status, support, list, delegations, roles } = found.data;
  return (
    <div className="du-page">
      <div className="du-body">
        <h1>{t('meTitle')}</h1>
        <section className="du-panel">
          <h2>{t('myShifts')}</h2>
          {shifts.length === 0 ? (
            <Empty title={t('noShifts')}>{t('noShiftsHow')}</Empty>
          ) : (
            <ul className="du-rows">
              {shifts.slice(0, 12).map((shift) => (
                <ShiftRow key={shift.id} shift={shift} />
              ))}
            </ul>
          )}
        </section>
        <div className="du-two">
          <section className="du-panel">
            <div className="du-head">
              <h2>{t('myStatus')}</h2>
              <Button small onClick={() => setStating(true)}>
                {t('ownStatus')}
              </Button>
            </div>
            <p>
              <b>{status ? stateWord(t, status.state) : t('noStatus')}</b>{' '}
              {status && (
                <span className="small soft">
                  {status.to
                    ? t('till', { from: format.day(status.from), to: format.day(status.to) })
                    : t('since', { at: format.day(status.from) })}
                </span>
              )}
            </p>
            <ul className="du-rows">
              {support.map((one) => (
                <li key={one.key}>
                  <span className="cut" style={{ whiteSpace: 'normal' }}>
                    {one.route ? (
                      <Link className="link" to={one.route}>
                        {nameIn(one, language)}
                      </Link>
                    ) : (
                      nameIn(one, language)
                    )}
                  </span>
                  {one.phone && <a href={`tel:${one.phone}`}>{one.phone}</a>}
                </li>
              ))}
            </ul>
          </section>
          <section className="du-panel">
            <div className="du-head">
              <h2>{t('myDelegations')}</h2>
              {roles.length > 0 && may(me, 'duty.work') && (
                <Button small onClick={() => setAsking(true)}>
                  {t('ask')}
                </Button>
              )}
            </div>
            {delegations.length === 0 ? (
              <p className="soft">{t('noDelegations')}</p>
            ) : (
              <DelegationList delegations={delegations} />
            )}
          </section>
        </div>
        <section className="du-panel">
          <h2>{t('myList')}</h2>
          <Duties items={list.items} />
        </section>
        {stating && <StatusForm accountId={null} name={me.label} onClose={() => setStating(false)} />}
        {asking && <AskForm roles={roles} onClose={() => setAsking(false)} />}
      </div>
    </div>
  );
}
