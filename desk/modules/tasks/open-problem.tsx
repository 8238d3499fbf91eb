import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { taskEndpoints as api, type LineClass, lineClasses, type TaskView } from '../../../contract/tasks.ts';
import { randomId } from '../../app/identifier.ts';
import { Dialog, Field, notify, OrgPicker, TextField, useDraft } from '../../kit/index.ts';
import { SupervisionForm, useSupervisionAct } from './form.tsx';
import { useT } from './words.ts';

interface Draft {
  title: string;
  matter: string;
  nodeId: number | null;
  classes: readonly LineClass[];
}
const empty: Draft = { title: '', matter: '', nodeId: null, classes: lineClasses };

/** Puts something on the hard-problem list: a task that cannot be got done, or what a leader sees. */
export function OpenProblem({ task, onClose }: { task?: TaskView; onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const [id] = useState(randomId);
  const [draft, change, drop] = useDraft<Draft>(`problem.${task?.id ?? ''}`, empty);
  const title = draft.title || (task?.title ?? '');
  const sending = useSupervisionAct(api.openProblem, (answer) => {
    notify.good(t('opened', { number: answer.number }));
    drop();
    onClose();
    void navigate({ to: '/problems/$id', params: { id: answer.id } as never });
  });
  return (
    <Dialog open wide title={t('openProblem')} onClose={onClose}>
      <SupervisionForm
        act={sending}
        label={t('openProblem')}
        missing={[title.trim().length < 2 && t('title'), draft.matter.trim().length < 2 && t('matter')]}
        onSend={() =>
          sending.mutate({
            id,
            title: title.trim(),
            matter: draft.matter.trim(),
            nodeId: draft.nodeId ?? undefined,
            taskId: task?.id,
            requiredClasses: [...draft.classes],
          })
        }
        onCancel={onClose}
      >
        <TextField label={t('title')} maxLength={120} value={title} onChange={(text) => change({ title: text })} />
        <TextField
          label={t('matter')}
          rows={3}
          maxLength={2000}
          value={draft.matter}
          onChange={(matter) => change({ matter })}
        />
        {!task && (
          <Field label={t('at')}>
            {({ id: control }) => (
              <OrgPicker
                id={control}
                clearable
                label={t('at')}
                value={draft.nodeId}
                onChange={(nodeId) => change({ nodeId })}
              />
            )}
          </Field>
        )}
        <fieldset className="field">
          <legend className="label small soft">{t('requiredClasses')}</legend>
          <div className="row">
            {lineClasses.map((one) => (
              <label key={one} className="check">
                <input
                  type="checkbox"
                  checked={draft.classes.includes(one)}
                  onChange={(event) =>
                    change({
                      classes: event.target.checked
                        ? [...draft.classes, one]
                        : draft.classes.filter((each) => each !== one),
                    })
                  }
                />
                {t(`class_${one}`)}
              </label>
            ))}
          </div>
        </fieldset>
      </SupervisionForm>
    </Dialog>
  );
}
