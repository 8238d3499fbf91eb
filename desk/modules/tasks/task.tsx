import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { taskEndpoints as api, type TaskAbilities, type TaskView } from '../../../contract/tasks.ts';
import { useMay } from '../../app/session.tsx';
import { Button, DeadlineClock, Glyph, Problem, RecordPage, Thread, useKey } from '../../kit/index.ts';
import { useEvents } from './events.tsx';
import { useQuickAct } from './form.tsx';
import { SlipMark, TaskStateMark } from './marks.tsx';
import { OpenProblem } from './open-problem.tsx';
import { taskQuery } from './task-data.ts';
import { TaskFacts } from './task-facts.tsx';
import { TaskForm, type WordedAct } from './task-forms.tsx';
import './tasks.css';
import { useT } from './words.ts';

const acts: readonly (keyof TaskAbilities)[] = ['receive', 'progress', 'submit', 'accept', 'return', 'extend', 'void'];
const keys: Partial<Record<keyof TaskAbilities, string>> = { receive: 'r', progress: 'p', submit: 's', accept: 'a' };

function Head({ task }: { task: TaskView }) {
  const t = useT();
  const open = !['accepted', 'void', 'submitted'].includes(task.state);
  return (
    <>
      <div className="crumb">
        <Link className="soft row" to="/tasks">
          <Glyph name="left" />
          {t('back')}
        </Link>
        <span className="softer">/</span>
        <h1>{task.number}</h1>
        {task.colour && <SlipMark colour={task.colour} />}
        {task.returns > 0 && <span className="tag">{t('returned', { n: task.returns })}</span>}
        <span className="grow" />
        <TaskStateMark state={task.state} />
        {open && <DeadlineClock due={task.due} from={task.issuedAt} />}
      </div>
      <p className="ta-matter">{task.title ?? <span className="softer">{t('withheld')}</span>}</p>
      {task.criterion && (
        <p className="ta-criterion">
          <span className="small softer">{t('criterion')}</span> {task.criterion}
        </p>
      )}
    </>
  );
}

function KeyFor({ letter, hint, run }: { letter: string; hint: string; run: () => void }) {
  useKey(letter, run, { hint });
  return null;
}

function OpenTask({ task }: { task: TaskView }) {
  const t = useT();
  const navigate = useNavigate();
  const events = useEvents(task.entries, 'tasks', task.id);
  const mayIssue = useMay()('tasks.issue');
  const [form, setForm] = useState<WordedAct | null>(null);
  const [hard, setHard] = useState(false);
  const formPlace = useRef<HTMLDivElement>(null);
  const receive = useQuickAct(api.receive, t('said_receive'));
  useKey('Escape', () => void navigate({ to: '/tasks' }), { enabled: form === null, hint: t('back') });
  useEffect(() => {
    if (!form) return;
    formPlace.current?.scrollIntoView({ block: 'nearest' });
    formPlace.current?.querySelector<HTMLElement>('textarea')?.focus();
  }, [form]);
  const take = (act: keyof TaskAbilities) => {
    if (act === 'receive') receive.mutate({ id: task.id });
    else setForm((was) => (was === act ? null : act));
  };
  const may = acts.filter((act) => task.can[act]);
  const main: keyof TaskAbilities | undefined = may.find((act) => ['receive', 'submit', 'accept'].includes(act));
  const running = task.state !== 'accepted' && task.state !== 'void';
  const why = Object.entries(task.cannot).filter(([act]) => act !== 'accept' || task.state === 'submitted');
  return (
    <>
      <RecordPage
        labels={{ thread: t('thread'), facts: t('facts'), acts: t('acts') }}
        head={<Head task={task} />}
        thread={
          <Thread
            label={t('thread')}
            events={events}
            now={
              running && (
                <>
                  <b>{t('newest')}</b> {t.or(`now_${task.state}`, '')}
                </>
              )
            }
          />
        }
        facts={<TaskFacts task={task} />}
        form={
          form && (
            <div className="record-form" ref={formPlace}>
              <h2 className="form-title">{t(`act_${form}`)}</h2>
              <TaskForm key={form} task={task} act={form} onClose={() => setForm(null)} />
            </div>
          )
        }
        acts={
          <>
            {may.map((act) => (
              <Button
                key={act}
                kind={act === main ? 'main' : undefined}
                keys={keys[act] ? [keys[act]!.toUpperCase()] : undefined}
                aria-pressed={act === form || undefined}
                busy={act === 'receive' && receive.isPending}
                onClick={() => take(act)}
              >
                {t(`act_${act}`)}
              </Button>
            ))}
            {mayIssue && running && task.title !== null && task.problems.length === 0 && (
              <Button onClick={() => setHard(true)}>{t('act_problem')}</Button>
            )}
            {may.length === 0 && why.length === 0 && <span className="soft">{t('nothingNow')}</span>}
            <span className="grow" />
            {why.map(([act, code]) => (
              <span key={act} className="why-not">
                <Glyph name="lock" /> {t.or(`why_${act}_${code}`, '')}
              </span>
            ))}
          </>
        }
      />
      {may
        .filter((act) => keys[act])
        .map((act) => (
          <KeyFor key={act} letter={keys[act]!} hint={t(`act_${act}`)} run={() => take(act)} />
        ))}
      {hard && <OpenProblem task={task} onClose={() => setHard(false)} />}
    </>
  );
}

/** One supervised task: what is asked and by when, what happened, what may be done now. */
export default function TaskPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(taskQuery(id));
  if (query.error && !query.data)
    return <Problem title={t('loadFailed')} error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  return <OpenTask key={id} task={query.data} />;
}
