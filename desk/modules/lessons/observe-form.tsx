import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { lessonEndpoints as api, lessonKinds, lessonLevels, type ReviewRow } from '../../../contract/lessons.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useMay, useSession } from '../../app/session.tsx';
import { Button, LinePicker, notify, TextField, useDraft } from '../../kit/index.ts';
import { useT } from './words.ts';

/** What was observed, and the records it rests on. Kept while it is typed. */
export function ObserveForm(props: {
  review: Pick<ReviewRow, 'id'> | null;
  /** A number to begin with: of the near-miss or drill it was seen at. */
  restsOn?: string;
  onClose: () => void;
}) {
  const { review, restsOn, onClose } = props;
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const directory = useDirectory();
  const { me } = useSession();
  const unitId = directory.unitOf(me?.homeNodeId)?.id ?? null;
  const empty = useMemo(
    () => ({
      kind: 'bad' as (typeof lessonKinds)[number],
      level: 'unit' as (typeof lessonLevels)[number],
      lineId: null as number | null,
      title: '',
      titleEn: '',
      observed: '',
      evidence: [restsOn ?? ''],
    }),
    [restsOn],
  );
  const [draft, change, drop] = useDraft<typeof empty>(`lesson.${review?.id ?? restsOn ?? 'new'}`, empty);
  const [complained, setComplained] = useState(false);
  const observe = useAct(api.observe, {
    refreshes: [['lessons']],
    onFail: notify.problem,
    onDone: ({ id }) => {
      drop();
      void navigate({ to: '/lessons/$id', params: { id } as never });
    },
  });
  const evidence = draft.evidence.map((one) => one.trim()).filter((one) => one !== '');
  const level = review === null && unitId === null ? 'group' : draft.level;
  const right = draft.title.trim().length >= 2 && draft.observed.trim().length >= 2 && evidence.length > 0;
  const fault = (bad: boolean): string | undefined => (complained && bad ? t('needed') : undefined);
  return (
    <form
      className="ls-form"
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (!right || observe.isPending || !may('lessons.write')) return;
        observe.mutate({
          reviewId: review?.id ?? null,
          unitId: review ? null : unitId,
          lineId: draft.lineId,
          kind: draft.kind,
          level,
          title: draft.title,
          titleEn: draft.titleEn,
          observed: draft.observed,
          evidence,
        });
      }}
    >
      <fieldset className="choices" aria-label={t('kind')}>
        {lessonKinds.map((one) => (
          <label key={one}>
            <input type="radio" name="ls-kind" checked={draft.kind === one} onChange={() => change({ kind: one })} />
            {t(one)}
          </label>
        ))}
      </fieldset>
      <div className="ls-pair">
        <TextField
          label={t('name')}
          value={draft.title}
          maxLength={80}
          fault={fault(draft.title.trim().length < 2)}
          onChange={(title) => change({ title })}
        />
        <TextField
          label={t('nameEn')}
          value={draft.titleEn}
          maxLength={160}
          onChange={(titleEn) => change({ titleEn })}
        />
      </div>
      <TextField
        label={t('observed')}
        rows={3}
        maxLength={1000}
        value={draft.observed}
        fault={fault(draft.observed.trim().length < 2)}
        onChange={(observed) => change({ observed })}
      />
      {draft.evidence.map((one, i) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: a place to fill, not a thing
          key={i}
          label={t('evidence')}
          value={one}
          maxLength={40}
          fault={i === 0 ? fault(evidence.length === 0) : undefined}
          onChange={(written) => change({ evidence: draft.evidence.map((each, n) => (n === i ? written : each)) })}
        />
      ))}
      {draft.evidence.length < 10 && (
        <span>
          <Button small kind="plain" onClick={() => change({ evidence: [...draft.evidence, ''] })}>
            {t('addEvidence')}
          </Button>
        </span>
      )}
      <div className="ls-pair">
        <div className="field">
          <span className="label">{t('line')}</span>
          <LinePicker clearable label={t('line')} value={draft.lineId} onChange={(lineId) => change({ lineId })} />
        </div>
        {(review !== null || unitId !== null) && (
          <fieldset className="choices" aria-label={t('level')}>
            {lessonLevels.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="ls-level"
                  checked={draft.level === one}
                  onChange={() => change({ level: one })}
                />
                {t(`level_${one}`)}
              </label>
            ))}
          </fieldset>
        )}
      </div>
      <div className="dialog-acts">
        <Button submit kind="main" busy={observe.isPending}>
          {t('write')}
        </Button>
        <Button
          kind="plain"
          onClick={() => {
            drop();
            onClose();
          }}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
