import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { taskEndpoints as api, type MemberView, type ProblemView } from '../../../contract/tasks.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Button, Glyph, Problem, RecordPage, Thread, useKey } from '../../kit/index.ts';
import { useEvents } from './events.tsx';
import { useQuickAct } from './form.tsx';
import { ClosingForm, LinkForm, MemberForm, MovementForm } from './problem-forms.tsx';
import { Direction } from './problems.tsx';
import './tasks.css';
import { useT } from './words.ts';

const forms = { move: MovementForm, team: MemberForm, link: LinkForm, close: ClosingForm } as const satisfies Record<
  string,
  ComponentType<{ problem: ProblemView; onClose: () => void }>
>;
type Act = keyof typeof forms;
const words = { move: 'recordMovement', team: 'addMember', link: 'addLink', close: 'closeProblem' } as const;

function Member({ problem, member }: { problem: ProblemView; member: MemberView }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const end = useQuickAct(api.endMember, t('done'));
  const notes = [
    t(`level_${member.level}`),
    directory.lineName(member.lineId),
    member.lineClass === 'oversight' && t('watches'),
    member.leads && t('leads'),
    member.returnDue &&
      !member.returnedAt &&
      (member.returnOverdue ? t('lentOver') : t('lentUntil', { at: format.day(member.returnDue) })),
    member.returnedAt && t('returnedAt', { at: format.day(member.returnedAt) }),
    member.leftAt && !member.returnedAt && t('leftAt', { at: format.day(member.leftAt) }),
  ].filter((one): one is string => Boolean(one));
  return (
    <li className={member.leftAt ? 'gone' : undefined}>
      <span>
        {member.label} <br />
        <span className={member.returnOverdue ? 'small over' : 'small soft'}>{notes.join(t('sep'))}</span>
      </span>
      {problem.can.team && !member.leftAt && (
        <Button
          small
          kind="plain"
          busy={end.isPending}
          onClick={() => end.mutate({ id: problem.id, memberId: member.id })}
        >
          {t('endMember')}
        </Button>
      )}
    </li>
  );
}

function Facts({ problem }: { problem: ProblemView }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const { source } = problem;
  const place = directory.nameOf(problem.siteId ?? problem.unitId);
  return (
    <>
      <section aria-label={t('facts')}>
        <dl className="facts-list">
          <dt>{t('source')}</dt>
          <dd>
            {source.id && (source.kind === 'request' || source.kind === 'task') ? (
              <Link
                className="link"
                to={source.kind === 'task' ? '/tasks/$id' : '/requests/$id'}
                params={{ id: source.id } as never}
              >
                {source.label}
              </Link>
            ) : (
              [t.or(`source_${source.kind}`, source.kind), source.label].filter(Boolean).join(' ')
            )}
          </dd>
          {place && (
            <>
              <dt>{t('where')}</dt>
              <dd>{place}</dd>
            </>
          )}
          <dt>{t('requiredClasses')}</dt>
          <dd>{problem.requiredClasses.map((one) => t(`class_${one}`)).join(t('comma')) || '—'}</dd>
          {problem.closedAt && (
            <>
              <dt>{t('closeProblem')}</dt>
              <dd>
                {problem.closedBy} {format.moment(problem.closedAt)}
              </dd>
            </>
          )}
        </dl>
      </section>
      <section aria-label={t('team')}>
        <h2 className="small softer">{t('team')}</h2>
        {problem.team.length === 0 && <p className="soft">{t('teamEmpty')}</p>}
        <ul className="ta-team">
          {problem.team.map((member) => (
            <Member key={member.id} problem={problem} member={member} />
          ))}
        </ul>
        {problem.lacks.length > 0 && (
          <p className="row near small">
            <Glyph name="triangle" />
            {problem.lacks.map((one) => t(`lack_${one}`)).join(t('comma'))}
          </p>
        )}
      </section>
      <section aria-label={t('links')}>
        <h2 className="small softer">{t('links')}</h2>
        {problem.links.length === 0 && <p className="soft">{t('noLinks')}</p>}
        <ul>
          {problem.links.map((link) => (
            <li key={link.id}>
              {link.kind === 'ledger' ? (
                link.label
              ) : (
                <Link
                  className="link"
                  to={link.kind === 'task' ? '/tasks/$id' : '/requests/$id'}
                  params={{ id: link.id } as never}
                >
                  {link.label}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Weeks({ problem }: { problem: ProblemView }) {
  const t = useT();
  const format = useFormat();
  return (
    <section aria-label={t('weeks')}>
      <h2 className="small softer">{t('weeks')}</h2>
      <ol className="ta-weeks">
        {problem.weeks.map((week) => (
          <li key={week.week} className="ta-week">
            <span className="soft">{t('weekOf', { week: week.week.slice(5) })}</span>
            <Direction direction={week.direction} />
            <div>
              {week.entries.map((entry) => (
                <p key={entry.id}>
                  {entry.text}{' '}
                  <span className="softer small">
                    {entry.by} {format.moment(entry.at)}
                  </span>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function OpenProblem({ problem }: { problem: ProblemView }) {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const mayIssue = useMay()('tasks.issue');
  const events = useEvents(problem.entries, 'problems', problem.id).filter(
    (_, i) => problem.entries[i]!.kind !== 'movement',
  );
  const [form, setForm] = useState<Act | null>(null);
  const formPlace = useRef<HTMLDivElement>(null);
  useKey('Escape', () => void navigate({ to: '/problems' }), { enabled: form === null, hint: t('backProblems') });
  useKey('p', () => setForm('move'), { enabled: problem.can.move, hint: t('recordMovement') });
  useEffect(() => {
    if (form) formPlace.current?.scrollIntoView({ block: 'nearest' });
  }, [form]);
  const may = (Object.keys(forms) as Act[]).filter((act) => problem.can[act]);
  const Form = form && forms[form];
  return (
    <RecordPage
      labels={{ thread: t('thread'), facts: t('facts'), acts: t('acts') }}
      head={
        <>
          <div className="crumb">
            <Link className="soft row" to="/problems">
              <Glyph name="left" />
              {t('backProblems')}
            </Link>
            <span className="softer">/</span>
            <h1>{problem.number}</h1>
            <span className="soft">{t('openedOn', { at: format.day(problem.openedAt) })}</span>
            <span className="grow" />
            <span className={problem.state === 'closed' ? 'state confirmed' : 'state soft'}>
              <Glyph name={problem.state === 'closed' ? 'done' : 'half'} />
              {t(`state_${problem.state}`)}
            </span>
          </div>
          <p className="ta-matter">{problem.title ?? <span className="softer">{t('withheld')}</span>}</p>
          {problem.matter && <p className="ta-criterion">{problem.matter}</p>}
        </>
      }
      thread={
        <>
          <Weeks problem={problem} />
          <Thread label={t('thread')} events={events} />
        </>
      }
      facts={<Facts problem={problem} />}
      form={
        Form && (
          <div className="record-form" ref={formPlace}>
            <h2 className="form-title">{t(words[form])}</h2>
            <Form problem={problem} onClose={() => setForm(null)} />
          </div>
        )
      }
      acts={
        <>
          {may.map((act, i) => (
            <Button
              key={act}
              kind={i === 0 ? 'main' : undefined}
              keys={act === 'move' ? ['P'] : undefined}
              aria-pressed={act === form || undefined}
              onClick={() => setForm((was) => (was === act ? null : act))}
            >
              {t(words[act])}
            </Button>
          ))}
          {mayIssue && problem.can.team && (
            <Button
              onClick={() =>
                void navigate({
                  to: '/tasks/new',
                  search: { problem: problem.id, number: problem.number } as never,
                })
              }
            >
              {t('newTaskForProblem')}
            </Button>
          )}
          {may.length === 0 && Object.keys(problem.cannot).length === 0 && (
            <span className="soft">{t('nothingNow')}</span>
          )}
          <span className="grow" />
          {Object.entries(problem.cannot).map(([act, code]) => (
            <span key={act} className="why-not">
              <Glyph name="lock" /> {t.or(`why_${act}_${code}`, '')}
            </span>
          ))}
        </>
      }
    />
  );
}

/** One hard problem: its weeks, its joint team, and who may close it. */
export default function ProblemPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery({ queryKey: ['problems', 'one', id], queryFn: () => call(api.problem, { id }) });
  if (query.error && !query.data)
    return <Problem title={t('problemsFailed')} error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  return <OpenProblem key={id} problem={query.data} />;
}
