import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { taskEndpoints as api, type DirectiveView, type ParagraphView } from '../../../contract/tasks.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { Button, Dialog, Glyph, notify, Problem, TextField, Thread, useKey } from '../../kit/index.ts';
import { Picker } from '../../kit/picker.tsx';
import { useEvents } from './events.tsx';
import { SupervisionForm, useSupervisionAct, useSupervisionForm } from './form.tsx';
import { SlipMark, TaskStateMark } from './marks.tsx';
import './tasks.css';
import { useSteps } from './use-steps.ts';
import { useT } from './words.ts';

const noWhy = { reason: '' };

function SignForm({ paragraph, onClose }: { paragraph: ParagraphView; onClose: () => void }) {
  const t = useT();
  const { draft, change, sending } = useSupervisionForm(api.noAction, {
    keptAs: `paragraph.${paragraph.id}`,
    empty: noWhy,
    said: t('signed'),
    onDone: onClose,
  });
  return (
    <SupervisionForm
      act={sending}
      label={t('sign')}
      missing={[draft.reason.trim().length < 2 && t('noActionWhy')]}
      onSend={() => sending.mutate({ id: paragraph.id, reason: draft.reason.trim() })}
      onCancel={onClose}
    >
      <p className="soft">{paragraph.text}</p>
      <TextField
        label={t('noActionWhy')}
        rows={3}
        maxLength={2000}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    </SupervisionForm>
  );
}

function MapForm({ paragraph, onClose }: { paragraph: ParagraphView; onClose: () => void }) {
  const t = useT();
  // The list is asked for anew while the form stands: what was chosen is a task, not a place in the list.
  const [taskId, choose] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['tasks', 'to-map'],
    queryFn: () => call(api.list, { view: 'open', limit: 200 }),
  });
  const rows = (query.data?.rows ?? []).filter((row) => row.title !== null);
  const at = rows.findIndex((row) => row.id === taskId);
  const sending = useSupervisionAct(api.mapParagraph, () => {
    notify.good(t('mapped'));
    onClose();
  });
  return (
    <SupervisionForm
      act={sending}
      label={t('mapHere')}
      missing={[at < 0 && t('pickTask')]}
      onSend={() => sending.mutate({ id: paragraph.id, taskId: taskId! })}
      onCancel={onClose}
    >
      <p className="soft">{paragraph.text}</p>
      <Picker
        label={t('pickTask')}
        value={at < 0 ? null : at + 1}
        onChange={(chosen) => choose(chosen === null ? null : (rows[chosen - 1]?.id ?? null))}
        choices={rows.map((row, i) => ({ id: i + 1, code: row.number, name: row.title!, also: row.number }))}
      />
    </SupervisionForm>
  );
}

type MappedTask = ParagraphView['tasks'][number];

function UndoForm({ paragraph, task, onClose }: { paragraph: ParagraphView; task: MappedTask; onClose: () => void }) {
  const t = useT();
  const { draft, change, sending } = useSupervisionForm(api.undoMapping, {
    keptAs: `paragraph.${paragraph.id}.${task.id}`,
    empty: noWhy,
    said: t('undone'),
    onDone: onClose,
  });
  return (
    <SupervisionForm
      act={sending}
      label={t('undoMapping')}
      missing={[draft.reason.trim().length < 2 && t('undoWhy')]}
      onSend={() => sending.mutate({ id: paragraph.id, taskId: task.id, reason: draft.reason.trim() })}
      onCancel={onClose}
    >
      <p className="soft">{paragraph.text}</p>
      <p>{t('undoMappingHint', { task: task.number })}</p>
      <TextField
        label={t('undoWhy')}
        rows={3}
        maxLength={2000}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    </SupervisionForm>
  );
}

interface ParagraphProps {
  directive: DirectiveView;
  paragraph: ParagraphView;
  selected: boolean;
  onAct: (act: 'new' | 'map' | 'sign') => void;
  onUndo: (task: MappedTask) => void;
  onSelect: () => void;
}

function Paragraph({ directive, paragraph, selected, onAct, onUndo, onSelect }: ParagraphProps) {
  const t = useT();
  const format = useFormat();
  return (
    <li className="ta-paragraph" data-row={paragraph.id} data-selected={selected || undefined} onFocus={onSelect}>
      <span className="ta-n">{paragraph.n}</span>
      <p>{paragraph.text}</p>
      {paragraph.tasks.map((task) => (
        <span key={task.id} className="row">
          <Link className="link" to="/tasks/$id" params={{ id: task.id } as never}>
            {task.number}
          </Link>
          {task.colour && <SlipMark colour={task.colour} />}
          <span className="cut soft">{task.title ?? t('withheld')}</span>
          <span className="grow" />
          {task.mayUndo && (
            <Button small onClick={() => onUndo(task)}>
              {t('undoMapping')}
            </Button>
          )}
          <TaskStateMark state={task.state} />
        </span>
      ))}
      {paragraph.noAction && (
        <span className="soft small">
          {t('signedBy', { who: paragraph.noAction.by, why: paragraph.noAction.reason })} ·{' '}
          {format.moment(paragraph.noAction.at)}
        </span>
      )}
      {paragraph.unmapped && (
        <span className="row near small">
          <Glyph name="triangle" />
          {t('unmapped')}
        </span>
      )}
      {directive.can.map && (
        <div className="row">
          <Button small keys={selected ? ['N'] : undefined} onClick={() => onAct('new')}>
            {t('newTaskHere')}
          </Button>
          <Button small keys={selected ? ['M'] : undefined} onClick={() => onAct('map')}>
            {t('mapHere')}
          </Button>
          {paragraph.unmapped && (
            <Button small keys={selected ? ['S'] : undefined} onClick={() => onAct('sign')}>
              {t('signHere')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

type Form =
  | { act: 'map' | 'sign'; paragraph: ParagraphView }
  | { act: 'undo'; paragraph: ParagraphView; task: MappedTask };
const formTitles = { map: 'mapHere', sign: 'signHere', undo: 'undoMapping' } as const;

function OpenDirective({ directive }: { directive: DirectiveView }) {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const events = useEvents(directive.entries, 'directives', directive.id);
  const [only, setOnly] = useState(false);
  const [form, setForm] = useState<Form | null>(null);
  const items = only ? directive.items.filter((one) => one.unmapped) : directive.items;
  const { selected, select } = useSteps(
    items.map((one) => one.id),
    t('nextParagraph'),
  );
  const current = items.find((one) => one.id === selected);
  const act = (what: 'new' | 'map' | 'sign', paragraph: ParagraphView | undefined) => {
    if (!paragraph || !directive.can.map) return;
    if (what === 'new')
      void navigate({
        to: '/tasks/new',
        search: {
          directive: directive.id,
          paragraph: paragraph.id,
          n: paragraph.n,
          number: directive.documentNumber,
        } as never,
      });
    else if (what === 'map' || paragraph.unmapped) setForm({ act: what, paragraph });
  };
  const enabled = directive.can.map;
  useKey('n', () => act('new', current), { enabled, hint: t('newTaskHere') });
  useKey('m', () => act('map', current), { enabled, hint: t('mapHere') });
  useKey('s', () => act('sign', current), { enabled, hint: t('signHere') });
  useKey('Escape', () => void navigate({ to: '/directives' }), { hint: t('backDirectives') });
  return (
    <div className="ta-page">
      <header className="record-head">
        <div className="crumb">
          <Link className="soft row" to="/directives">
            <Glyph name="left" />
            {t('backDirectives')}
          </Link>
          <span className="softer">/</span>
          <span>{directive.documentNumber}</span>
          <span className="grow" />
          <span className="soft">
            {directive.issuedBy} {format.full(directive.issuedAt)}
          </span>
        </div>
        <h1 className="ta-matter">{directive.title}</h1>
        <div className="ta-figures">
          <button type="button" aria-pressed={only} onClick={() => setOnly((was) => !was)}>
            <b className={directive.unmapped > 0 ? 'near' : ''}>
              {directive.unmapped} / {directive.paragraphs}
            </b>
            <span className="small soft">
              {t('unmapped')} · {t('onlyUnmapped')}
            </span>
          </button>
          {directive.firstAction ? (
            <button
              type="button"
              onClick={() =>
                void navigate({ to: '/tasks/$id', params: { id: directive.firstAction!.taskId } as never })
              }
            >
              <b>{format.span((directive.firstActionSeconds ?? 0) * 1000)}</b>
              <span className="small soft">
                {t('firstAction')} · {directive.firstAction.number}
              </span>
            </button>
          ) : (
            <span>
              <b>—</b>
              <span className="small soft">
                {t('firstAction')} · {t('noAction')}
              </span>
            </span>
          )}
          <span>
            <b>{directive.openTasks}</b>
            <span className="small soft">{t('openTasks')}</span>
          </span>
        </div>
      </header>
      <section className="ta-list" aria-label={t('directives')}>
        <ol>
          {items.map((paragraph) => (
            <Paragraph
              key={paragraph.id}
              directive={directive}
              paragraph={paragraph}
              selected={paragraph.id === selected}
              onSelect={() => select(paragraph.id)}
              onAct={(what) => act(what, paragraph)}
              onUndo={(task) => setForm({ act: 'undo', paragraph, task })}
            />
          ))}
        </ol>
        <div className="record-thread">
          <Thread label={t('thread')} events={events} />
        </div>
      </section>
      {form && (
        <Dialog open title={t(formTitles[form.act])} onClose={() => setForm(null)}>
          {form.act === 'sign' && <SignForm paragraph={form.paragraph} onClose={() => setForm(null)} />}
          {form.act === 'map' && <MapForm paragraph={form.paragraph} onClose={() => setForm(null)} />}
          {form.act === 'undo' && (
            <UndoForm paragraph={form.paragraph} task={form.task} onClose={() => setForm(null)} />
          )}
        </Dialog>
      )}
    </div>
  );
}

/** One directive, paragraph by paragraph: where each of them leads. */
export default function DirectivePage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery({ queryKey: ['directives', 'one', id], queryFn: () => call(api.directive, { id }) });
  if (query.error && !query.data)
    return <Problem title={t('directivesFailed')} error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  return <OpenDirective key={id} directive={query.data} />;
}
