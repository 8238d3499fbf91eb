import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dutyEndpoints as api, type TeamKind, type TeamView, teamKinds } from '../../../contract/duty.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { notify } from '../../kit/notify.tsx';
import { OrgPicker } from '../../kit/org-picker.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useRoleWords } from '../access/roles.ts';
import { type Colleague, ColleaguePicker } from './colleague-picker.tsx';
import './duty.css';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

const places = ['group', 'unit', 'site'] as const;
const mostMembers = 60;

function TeamForm({ kinds, onClose }: { kinds: readonly TeamKind[]; onClose: () => void }) {
  const t = useT();
  const [id] = useState(randomId);
  const [kind, setKind] = useState(kinds[0]!);
  const [nodeId, setNodeId] = useState<number | null>(null);
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState('');
  const [head, setHead] = useState<Colleague[]>([]);
  const [members, setMembers] = useState<Colleague[]>([]);
  const [to, setTo] = useState('');
  const save = useAct(api.saveTeam, {
    refreshes: [['duty']],
    onDone: () => {
      notify.good(t('saved'));
      onClose();
    },
    onFail: notify.problem,
  });
  const right = nodeId !== null && name.trim() !== '' && purpose.trim().length >= 4 && head.length === 1 && to !== '';
  return (
    <Dialog open wide title={t('newTeam')} onClose={onClose}>
      <form
        className="du-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (right && !save.isPending)
            save.mutate({
              id,
              kind,
              nodeId,
              name: name.trim(),
              purpose: purpose.trim(),
              headId: head[0]!.accountId,
              to,
              memberIds: members.map((one) => one.accountId),
            });
        }}
      >
        <fieldset className="choices" aria-label={t('kind')}>
          {kinds.map((one) => (
            <label key={one}>
              <input type="radio" name="du-kind" checked={kind === one} onChange={() => setKind(one)} />
              {t(one)}
            </label>
          ))}
        </fieldset>
        <OrgPicker label={t('place')} placeholder={t('place')} kinds={places} value={nodeId} onChange={setNodeId} />
        <TextField label={t('teamName')} value={name} maxLength={60} onChange={setName} />
        <TextField label={t('purpose')} value={purpose} maxLength={400} rows={2} onChange={setPurpose} />
        <ColleaguePicker label={t('head')} chosen={head} most={1} onChange={setHead} />
        <ColleaguePicker label={t('members')} chosen={members} most={mostMembers} onChange={setMembers} />
        <TextField label={t('lastDay')} value={to} line={{ type: 'date' }} onChange={setTo} />
        <Button kind="main" submit disabled={!right} busy={save.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}

function LendForm({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [id] = useState(randomId);
  const [person, setPerson] = useState<Colleague[]>([]);
  const [toNode, setToNode] = useState<number | null>(null);
  const [returnOn, setReturnOn] = useState('');
  const [purpose, setPurpose] = useState('');
  const save = useAct(api.lend, {
    refreshes: [['duty']],
    onDone: () => {
      notify.good(t('saved'));
      onClose();
    },
    onFail: notify.problem,
  });
  const right = person.length === 1 && toNode !== null && returnOn !== '' && purpose.trim().length >= 2;
  return (
    <Dialog open title={t('lend')} onClose={onClose}>
      <form
        className="du-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (right && !save.isPending)
            save.mutate({ id, accountId: person[0]!.accountId, toNode, returnOn, purpose: purpose.trim() });
        }}
      >
        <ColleaguePicker label={t('person')} chosen={person} most={1} onChange={setPerson} />
        <OrgPicker label={t('toNode')} placeholder={t('toNode')} kinds={places} value={toNode} onChange={setToNode} />
        <TextField label={t('returnOn')} value={returnOn} line={{ type: 'date' }} onChange={setReturnOn} />
        <TextField label={t('purpose')} value={purpose} maxLength={200} onChange={setPurpose} />
        <Button kind="main" submit disabled={!right} busy={save.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}

function Team({ team }: { team: TeamView }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const role = useRoleWords();
  const [adding, setAdding] = useState<Colleague[]>([]);
  const options = { refreshes: [['duty']], onFail: notify.problem };
  const change = useAct(api.changeMembers, { ...options, onDone: () => setAdding([]) });
  const end = useAct(api.endTeam, options);
  return (
    <section className="du-panel" aria-label={team.name}>
      <div className="du-head">
        <h2>
          <span className="tag">{t(team.kind)}</span> {team.name}
        </h2>
        <span className="small soft">
          {team.endedAt
            ? t('ended', { at: format.day(team.endedAt) })
            : `${format.day(team.from)} – ${format.day(team.to)}`}
        </span>
        {team.can.change && (
          <Button small busy={end.isPending} onClick={() => end.mutate({ id: team.id, version: team.version })}>
            {t('endTeam')}
          </Button>
        )}
      </div>
      <p>
        {directory.nameOf(team.nodeId)} · {t('head')} {team.head?.name ?? role.or(team.headRole ?? 'worker', '')} ·{' '}
        {t('people', { n: team.people })}
      </p>
      <p className="small soft">{team.purpose}</p>
      {team.members === null ? (
        <p className="row small soft">
          <Glyph name="lock" />
          <span>{t('membersHidden')}</span>
        </p>
      ) : (
        <div className="du-tags">
          {team.members.map((one) =>
            team.can.change && one.accountId !== team.head?.accountId ? (
              <Button
                key={one.id}
                small
                aria-label={`${t('remove')} ${one.name}`}
                busy={change.isPending}
                onClick={() => change.mutate({ id: team.id, version: team.version, remove: [one.accountId] })}
              >
                {one.name} ×
              </Button>
            ) : (
              <span key={one.id} className="tag">
                {one.name}
              </span>
            ),
          )}
        </div>
      )}
      {team.can.change && (
        <>
          <ColleaguePicker label={t('add')} chosen={adding} most={mostMembers} onChange={setAdding} />
          {adding.length > 0 && (
            <Button
              small
              busy={change.isPending}
              onClick={() =>
                change.mutate({ id: team.id, version: team.version, add: adding.map((one) => one.accountId) })
              }
            >
              {t('add')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

/** Which teams are where now, and who is lent until when. */
export default function TeamsPage() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const [forming, setForming] = useState(false);
  const [lending, setLending] = useState(false);
  const found = useQuery({ queryKey: ['duty', 'teams'], queryFn: () => call(api.teams, {}) });
  const back = useAct(api.returnLent, { refreshes: [['duty']], onFail: notify.problem });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  const can = found.data?.can;
  const kinds = teamKinds.filter((one) => (one === 'task_force' ? can?.taskForce : can?.vanguard));
  return (
    <div className="du-page">
      <Tabs at="teams" />
      {found.data && (
        <div className="du-body">
          <div className="du-head">
            <h1>{t('tab_teams')}</h1>
            {kinds.length > 0 && <Button onClick={() => setForming(true)}>{t('newTeam')}</Button>}
            {can?.lend && <Button onClick={() => setLending(true)}>{t('lend')}</Button>}
          </div>
          {found.data.teams.length === 0 && <Empty title={t('noTeams')}>{t('noTeamsHow')}</Empty>}
          {found.data.teams.map((team) => (
            <Team key={team.id} team={team} />
          ))}
          <section className="du-panel">
            <h2>{t('lentTitle')}</h2>
            {found.data.lent.length === 0 && <p className="soft">{t('noLent')}</p>}
            <ul className="du-rows">
              {found.data.lent.map((one) => (
                <li key={one.id}>
                  <span className={one.returnedAt ? 'tag good' : one.daysLate > 0 ? 'tag over' : 'tag'}>
                    {one.returnedAt
                      ? t('isBack', { at: format.day(one.returnedAt) })
                      : one.daysLate > 0
                        ? t('late', { n: one.daysLate })
                        : t('dueBack', { at: format.day(one.returnAt) })}
                  </span>
                  <span className="cut">
                    <b>{one.name}</b>{' '}
                    <span className="small soft">
                      {t('lentLine', { from: directory.nameOf(one.fromNode), to: directory.nameOf(one.toNode) })} ·{' '}
                      {one.purpose}
                    </span>
                  </span>
                  {one.can.return && (
                    <Button
                      small
                      busy={back.isPending}
                      onClick={() => back.mutate({ id: one.id, version: one.version })}
                    >
                      {t('back')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
          {forming && <TeamForm kinds={kinds} onClose={() => setForming(false)} />}
          {lending && <LendForm onClose={() => setLending(false)} />}
        </div>
      )}
    </div>
  );
}
