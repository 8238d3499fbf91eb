import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { RequestThread } from '../../../contract/requests.ts';
import { useDirectory } from '../../app/directory.ts';
import { DeadlineClock, Glyph, Problem, RecordPage, StateGlyph, Thread, useKey } from '../../kit/index.ts';
import { ActBar } from './act-bar.tsx';
import { ActKeys } from './act-keys.tsx';
import { useActWords } from './act-words.ts';
import type { Act } from './acts.ts';
import { ClockLogDialog } from './clock-log.tsx';
import { useClockWords } from './clock-log-words.ts';
import { Facts } from './facts.tsx';
import { ActForm, type FormAct } from './forms/act-form.tsx';
import { placeInQueue } from './place.ts';
import { Words } from './preview.tsx';
import { ProgressStrip } from './progress-strip.tsx';
import { threadQuery } from './queue-data.ts';
import { useQuickActs } from './quick-acts.ts';
import { useRequestWords } from './request-words.ts';
import './requests.css';
import { Tags } from './row.tsx';
import { useThreadEvents } from './thread-events.tsx';

function Head({ thread }: { thread: RequestThread }) {
  const t = useRequestWords();
  const directory = useDirectory();
  const site = directory.node(thread.siteId);
  return (
    <>
      <div className="crumb">
        <Link className="soft row" to="/requests" search={placeInQueue().search as never}>
          <Glyph name="left" />
          {t('back')}
        </Link>
        <span className="softer">/</span>
        <h1>{thread.number}</h1>
        <Tags row={thread} />
        <span className="soft">
          {[
            directory.categoryName(thread.categoryId),
            [site?.code, directory.nameOf(thread.siteId ?? thread.unitId)].filter(Boolean).join(' '),
          ].join(t('sep'))}
        </span>
        <span className="grow" />
        <StateGlyph state={thread.state} work={thread.work} />
        {thread.clock && <DeadlineClock due={thread.clock.due} from={thread.clock.from} paused={thread.clock.paused} />}
      </div>
      <Words thread={thread} />
      <ProgressStrip thread={thread} />
    </>
  );
}

/** The states in which it waits for somebody. */
const waiting: readonly RequestThread['state'][] = ['received', 'in_work', 'reopened', 'handled'];

/** What the request waits for now, as the thread's last line. */
function Waiting({ thread }: { thread: RequestThread }) {
  const t = useRequestWords();
  const directory = useDirectory();
  const line = directory.lineName(thread.lineId);
  const what =
    thread.state === 'handled'
      ? t('now_handled')
      : thread.work === 'new' || thread.work === 'returned'
        ? t(`now_${thread.work}`)
        : thread.work === 'suspended'
          ? t('now_suspended')
          : t(thread.work === 'dispatched' ? 'now_dispatched' : 'now_work', { line });
  return (
    <>
      <b>{t('now')}</b> {what}
    </>
  );
}

function OpenRequest({ thread }: { thread: RequestThread }) {
  const t = useRequestWords();
  const words = useActWords();
  const navigate = useNavigate();
  const events = useThreadEvents(thread);
  const [form, setForm] = useState<FormAct | null>(null);
  const quick = useQuickActs(() => {});
  const threadEnd = useRef<HTMLDivElement>(null);
  const formPlace = useRef<HTMLDivElement>(null);
  const count = events.length;
  useEffect(() => {
    const place = threadEnd.current?.parentElement;
    if (place && count > 0) place.scrollTop = place.scrollHeight;
  }, [count]);
  useEffect(() => {
    if (form) formPlace.current?.scrollIntoView({ block: 'nearest' });
  }, [form]);
  useKey('Escape', () => void navigate({ to: '/requests', search: placeInQueue().search as never }), {
    enabled: form === null,
    hint: t('back'),
  });
  const [explaining, setExplaining] = useState(false);
  const clockWords = useClockWords();
  useKey('t', () => setExplaining(true), { enabled: form === null, hint: clockWords('open') });
  const onAct = (act: Act) => {
    if (act === 'accept') quick.acceptCase(thread);
    else if (act === 'acceptPart') quick.acceptPart(thread);
    else setForm((was) => (was === act ? null : act));
  };
  // A late answer closes the form it was sent from, not the one that was opened since.
  const close = () => setForm((was) => (was === form ? null : was));
  // A form whose act is no longer granted stays open until the person closes it: what they typed is theirs.
  return (
    <>
      <RecordPage
        labels={{ thread: t('thread'), facts: t('facts'), acts: t('acts') }}
        head={<Head thread={thread} />}
        thread={
          <>
            <Thread
              label={t('thread')}
              events={events}
              now={waiting.includes(thread.state) && <Waiting thread={thread} />}
            />
            <div ref={threadEnd} />
          </>
        }
        facts={<Facts thread={thread} onClock={() => setExplaining(true)} />}
        form={
          form && (
            <div className="record-form" ref={formPlace}>
              <h2 className="form-title">{words(`act_${form}`)}</h2>
              <ActForm
                key={form}
                act={form}
                thread={thread}
                onDone={close}
                onCancel={close}
                onSwitch={(act) => setForm(act as FormAct)}
              />
            </div>
          )
        }
        acts={<ActBar thread={thread} open={form} busy={quick.busy} onAct={onAct} />}
      />
      <ActKeys thread={thread} onAct={onAct} />
      {explaining && <ClockLogDialog thread={thread} onClose={() => setExplaining(false)} />}
    </>
  );
}

/** One request: what was asked, what happened, what may be done now. */
export default function RequestPage() {
  const t = useRequestWords();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(threadQuery(id));
  if (query.error && !query.data)
    return <Problem title={t('loadFailed')} error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  return <OpenRequest key={id} thread={query.data} />;
}
