import { useMemo } from 'react';
import { priorities } from '../../../../contract/organization.ts';
import { requestEndpoints } from '../../../../contract/requests.ts';
import { CategoryPicker, Field, LinePicker, OrgPicker } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import type { Priority } from '../filters.ts';
import { useT } from '../words.ts';
import { Choices } from './choices.tsx';
import { FormFrame, type FormProps, useDraftedAct } from './form-act.tsx';

interface Draft {
  categoryId: number | null;
  siteId: number | null;
  priority: Priority;
  aboutLineId: number | null;
  aboutUnitId: number | null;
}

const sites = ['site'] as const;
const units = ['unit'] as const;

/** Category, site, priority, and whom the request complains about. Only what was changed is sent. */
export function FactsForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const words = useT();
  const now = useMemo<Draft>(
    () => ({
      categoryId: thread.categoryId,
      siteId: thread.siteId,
      priority: thread.priority,
      aboutLineId: thread.aboutLineId,
      aboutUnitId: thread.aboutUnitId,
    }),
    [thread.categoryId, thread.siteId, thread.priority, thread.aboutLineId, thread.aboutUnitId],
  );
  const { draft, change, act } = useDraftedAct(requestEndpoints.setFacts, props, {
    keptAs: `facts.${thread.id}`,
    empty: now,
    said: t('done_setFacts'),
  });
  const changed = Object.fromEntries(
    Object.entries(draft).filter(([name, value]) => value !== now[name as keyof Draft]),
  );
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('save')}
      missing={[draft.categoryId === null && t('category'), Object.keys(changed).length === 0 && t('aChange')]}
      onSend={() => act.mutate({ id: thread.id, version: act.read, ...changed })}
      onCancel={onCancel}
    >
      <div className="form-columns">
        <Field label={t('category')}>
          {(control) => (
            <CategoryPicker
              id={control.id}
              label={t('category')}
              value={draft.categoryId}
              onChange={(categoryId) => change({ categoryId })}
            />
          )}
        </Field>
        <Field label={t('site')}>
          {(control) => (
            <OrgPicker
              id={control.id}
              kinds={sites}
              label={t('site')}
              value={draft.siteId}
              onChange={(siteId) => change({ siteId })}
            />
          )}
        </Field>
      </div>
      <Choices
        label={t('priority')}
        value={draft.priority}
        options={priorities}
        word={(each) => words(`priority_${each}`)}
        onChange={(priority) => change({ priority })}
      />
      <div className="form-columns">
        <Field label={t('aboutLine')} hint={t('aboutHint')}>
          {(control) => (
            <LinePicker
              id={control.id}
              clearable
              label={t('aboutLine')}
              value={draft.aboutLineId}
              onChange={(aboutLineId) => change({ aboutLineId })}
            />
          )}
        </Field>
        <Field label={t('aboutUnit')} hint={t('aboutHint')}>
          {(control) => (
            <OrgPicker
              id={control.id}
              clearable
              kinds={units}
              label={t('aboutUnit')}
              value={draft.aboutUnitId}
              onChange={(aboutUnitId) => change({ aboutUnitId })}
            />
          )}
        </Field>
      </div>
    </FormFrame>
  );
}
