import { taskEndpoints as api, type TaskAbilities, type TaskView } from '../../../contract/tasks.ts';
import type { StoredFile } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { isStale } from '../../app/queries.ts';
import { TextField } from '../../kit/index.ts';
import { Evidence } from '../requests/forms/evidence.tsx';
import { SupervisionForm, splitReferences, useReadVersion, useSupervisionForm } from './form.tsx';
import { useT } from './words.ts';

/** Acts that ask for words first. */
export type WordedAct = Exclude<keyof TaskAbilities, 'receive'>;

interface Draft {
  text: string;
  files: readonly StoredFile[];
  references: string;
  milestoneIds: readonly string[];
  until: string;
}

const empty: Draft = { text: '', files: [], references: '', milestoneIds: [], until: '' };
const endpoints = {
  progress: api.progress,
  submit: api.submit,
  accept: api.accept,
  return: api.return,
  extend: api.extend,
  void: api.void,
} as const;

function Milestones({ task, draft, change }: { task: TaskView; draft: Draft; change: (part: Partial<Draft>) => void }) {
  const t = useT();
  const format = useFormat();
  const open = task.milestones.filter((one) => one.metAt === null);
  if (open.length === 0) return null;
  return (
    <fieldset className="field">
      <legend className="label small soft">{t('metNow')}</legend>
      {open.map((one) => (
        <label key={one.id} className="check">
          <input
            type="checkbox"
            checked={draft.milestoneIds.includes(one.id)}
            onChange={(event) =>
              change({
                milestoneIds: event.target.checked
                  ? [...draft.milestoneIds, one.id]
                  : draft.milestoneIds.filter((id) => id !== one.id),
              })
            }
          />
          {one.what} <span className="soft">{format.moment(one.due)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** One act on a task in words, with what goes with it. What was typed stays in this tab until it is sent. */
export function TaskForm({ task, act, onClose }: { task: TaskView; act: WordedAct; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { read, seen } = useReadVersion(task.version);
  const { draft, change, sending } = useSupervisionForm(endpoints[act], {
    keptAs: `task.${task.id}.${act}`,
    empty,
    said: t(`said_${act}`),
    onDone: onClose,
  });
  const references = splitReferences(draft.references);
  const open = new Set(task.milestones.filter((one) => one.metAt === null).map((one) => one.id));
  const send = () => {
    const said = { id: task.id, version: isStale(sending.error) ? task.version : read, text: draft.text.trim() };
    const files = { fileIds: draft.files.map((file) => file.id) };
    seen();
    sending.mutate({
      ...said,
      ...(act === 'progress' ? { ...files, milestoneIds: draft.milestoneIds.filter((id) => open.has(id)) } : {}),
      ...(act === 'submit' ? { ...files, references } : {}),
      ...(act === 'extend' ? { until: format.instant(draft.until) } : {}),
    } as Parameters<typeof sending.mutate>[0]);
  };
  return (
    <SupervisionForm
      act={sending}
      label={t(`act_${act}`)}
      missing={[
        draft.text.trim().length < 2 && t(`words_${act}`),
        act === 'submit' && draft.files.length + references.length === 0 && t('evidenceEither'),
        act === 'extend' && draft.until === '' && t('until'),
      ]}
      onSend={send}
      onCancel={onClose}
    >
      {(act === 'accept' || act === 'return' || act === 'submit') && (
        <p className="ta-criterion">
          <span className="small softer">{t('criterion')}</span> {task.criterion}
        </p>
      )}
      <TextField
        label={t(`words_${act}`)}
        rows={3}
        maxLength={2000}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
      {act === 'extend' && (
        <TextField
          label={t('until')}
          value={draft.until}
          onChange={(until) => change({ until })}
          line={{ type: 'datetime-local', min: format.local(Math.max(Date.parse(task.due), now())) }}
        />
      )}
      {act === 'progress' && <Milestones task={task} draft={draft} change={change} />}
      {(act === 'progress' || act === 'submit') && (
        <Evidence files={draft.files} onChange={(files) => change({ files })} />
      )}
      {act === 'submit' && (
        <TextField
          label={t('references')}
          hint={t('referencesHint')}
          value={draft.references}
          onChange={(value) => change({ references: value })}
        />
      )}
    </SupervisionForm>
  );
}
