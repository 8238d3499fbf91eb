import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import {
  type Adopter,
  lessonEndpoints as api,
  effects,
  type LessonFile,
  lessonLevels,
} from '../../../contract/lessons.ts';
import { useAct } from '../../app/act.ts';
import { call, ProblemError } from '../../app/api.ts';
import { useLocale } from '../../app/words.ts';
import { Button, notify, TextField, useDraft } from '../../kit/index.ts';
import { type Choice, Picker } from '../../kit/picker.tsx';
import { useT } from './words.ts';

/** Changed by somebody meanwhile: the form closes, so that the lesson is read again; what was typed is there when it reopens. */
const failed =
  (onClose: () => void) =>
  (error: Error): void => {
    notify.problem(error);
    if (error instanceof ProblemError && error.code === 'stale') onClose();
  };

interface Props {
  lesson: LessonFile;
  onClose: () => void;
}

function Acts(props: { word: string; busy: boolean; onCancel: () => void }) {
  const t = useT();
  return (
    <div className="dialog-acts">
      <Button submit kind="main" busy={props.busy}>
        {props.word}
      </Button>
      <Button kind="plain" onClick={props.onCancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}

/** Cause, proposal, or why not: one text each, kept while it is typed. */
export function WordsForm({ lesson, act, onClose }: Props & { act: 'analyse' | 'propose' | 'reject' }) {
  const t = useT();
  const empty = useMemo(
    () => ({
      words: (act === 'analyse' ? lesson.cause : act === 'propose' ? lesson.proposal : '') ?? '',
      level: lesson.level,
    }),
    [act, lesson],
  );
  const [draft, change, drop] = useDraft<typeof empty>(`lesson.${lesson.id}.${act}`, empty);
  const [complained, setComplained] = useState(false);
  const leave = (): void => {
    drop();
    onClose();
  };
  const options = {
    refreshes: [['lessons']],
    onFail: failed(onClose),
    onDone: () => {
      notify.good(t('saved'));
      leave();
    },
  };
  const analyse = useAct(api.analyse, options);
  const propose = useAct(api.propose, options);
  const decide = useAct(api.decide, options);
  const busy = analyse.isPending || propose.isPending || decide.isPending;
  const right = draft.words.trim().length >= (act === 'reject' ? 2 : 5);
  const { id, version } = lesson;
  return (
    <form
      className="ls-form"
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (!right || busy) return;
        if (act === 'analyse') analyse.mutate({ id, version, cause: draft.words });
        else if (act === 'propose') propose.mutate({ id, version, proposal: draft.words, level: draft.level });
        else decide.mutate({ id, version, adopt: false, words: draft.words });
      }}
    >
      <TextField
        label={t(act === 'analyse' ? 'cause' : act === 'propose' ? 'proposal' : 'rejectWhy')}
        rows={4}
        maxLength={act === 'reject' ? 500 : 1000}
        value={draft.words}
        fault={complained && !right ? t('needed') : undefined}
        onChange={(words) => change({ words })}
      />
      {act === 'propose' && lesson.unitId !== null && (
        <fieldset className="choices" aria-label={t('level')}>
          {lessonLevels.map((one) => (
            <label key={one}>
              <input type="radio" name="ls-for" checked={draft.level === one} onChange={() => change({ level: one })} />
              {t(`level_${one}`)}
            </label>
          ))}
        </fieldset>
      )}
      <Acts word={t(act)} busy={busy} onCancel={leave} />
    </form>
  );
}

/** Adopted means adopted somewhere: a plan, a measure, an article, a contingency that is in force. */
export function DecideForm({ lesson, onClose }: Props) {
  const t = useT();
  const english = useLocale() === 'en';
  const empty = useMemo(() => ({ words: '', chosen: [null] as (string | null)[] }), []);
  const [draft, change, drop] = useDraft<typeof empty>(`lesson.${lesson.id}.adopt`, empty);
  const [complained, setComplained] = useState(false);
  const found = useQuery({
    queryKey: ['lessons', 'adopters', lesson.id],
    queryFn: () => call(api.adopters, { id: lesson.id }),
  });
  const keyOf = (one: Adopter): string => `${one.kind}.${one.id}`;
  const all = found.data?.adopters ?? [];
  const choices = useMemo<Choice[]>(
    () =>
      (found.data?.adopters ?? []).map((one, i) => ({
        // The picker counts; kind and id stand behind the number.
        id: i + 1,
        code: '',
        name: english ? one.en : one.zh,
        also: `${one.zh} ${one.en}`,
        beside: t(one.kind),
      })),
    [found.data, english, t],
  );
  const leave = (): void => {
    drop();
    onClose();
  };
  const decide = useAct(api.decide, {
    refreshes: [['lessons']],
    onFail: failed(onClose),
    onDone: () => {
      notify.good(t('saved'));
      leave();
    },
  });
  const chosen = all.filter((one) => draft.chosen.includes(keyOf(one)));
  return (
    <form
      className="ls-form"
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (chosen.length === 0 || decide.isPending) return;
        decide.mutate({
          id: lesson.id,
          version: lesson.version,
          adopt: true,
          words: draft.words,
          adoptions: chosen.map(({ kind, id }) => ({ kind, id })),
        });
      }}
    >
      {draft.chosen.map((key, i) => {
        const at = all.findIndex((one) => keyOf(one) === key);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place to fill, not a thing
          <div key={i} className="field">
            <span className="label">{t('adoptWhere')}</span>
            <Picker
              label={t('adoptWhere')}
              clearable
              disabled={!found.data}
              choices={choices}
              value={at >= 0 ? at + 1 : null}
              onChange={(picked) =>
                change({
                  chosen: draft.chosen.map((each, n) =>
                    n === i ? (picked === null ? null : keyOf(all[picked - 1]!)) : each,
                  ),
                })
              }
            />
          </div>
        );
      })}
      {complained && chosen.length === 0 && (
        <p role="alert" className="over small">
          {t('needed')}
        </p>
      )}
      <span>
        <Button small kind="plain" onClick={() => change({ chosen: [...draft.chosen, null] })}>
          {t('addAdopter')}
        </Button>
      </span>
      <TextField
        label={t('adoptWords')}
        rows={2}
        maxLength={500}
        value={draft.words}
        onChange={(words) => change({ words })}
      />
      <Acts word={t('adopt')} busy={decide.isPending} onCancel={leave} />
    </form>
  );
}

/** What it did: a number before and after, or words. */
export function EffectForm({ lesson, onClose }: Props) {
  const t = useT();
  const empty = useMemo(
    () => ({ effect: 'better' as (typeof effects)[number], measure: '', before: '', after: '', words: '' }),
    [],
  );
  const [draft, change, drop] = useDraft<typeof empty>(`lesson.${lesson.id}.effect`, empty);
  const [complained, setComplained] = useState(false);
  const leave = (): void => {
    drop();
    onClose();
  };
  const review = useAct(api.reviewEffect, {
    refreshes: [['lessons']],
    onFail: failed(onClose),
    onDone: () => {
      notify.good(t('saved'));
      leave();
    },
  });
  const number = (text: string): number | null =>
    text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text);
  const counted = draft.measure.trim() !== '' && number(draft.before) !== null && number(draft.after) !== null;
  const right = counted || draft.words.trim().length >= 2;
  return (
    <form
      className="ls-form"
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (!right || review.isPending) return;
        review.mutate({
          id: lesson.id,
          version: lesson.version,
          effect: draft.effect,
          measure: draft.measure,
          before: number(draft.before),
          after: number(draft.after),
          words: draft.words,
        });
      }}
    >
      <fieldset className="choices" aria-label={t('effect')}>
        {effects.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="ls-effect"
              checked={draft.effect === one}
              onChange={() => change({ effect: one })}
            />
            {t(one)}
          </label>
        ))}
      </fieldset>
      <TextField
        label={t('effectMeasure')}
        value={draft.measure}
        maxLength={80}
        onChange={(measure) => change({ measure })}
      />
      <div className="ls-pair">
        <TextField
          label={t('before')}
          value={draft.before}
          line={{ inputMode: 'decimal' }}
          onChange={(before) => change({ before })}
        />
        <TextField
          label={t('after')}
          value={draft.after}
          line={{ inputMode: 'decimal' }}
          onChange={(after) => change({ after })}
        />
      </div>
      <TextField
        label={t('effectWords')}
        rows={3}
        maxLength={500}
        value={draft.words}
        fault={complained && !right ? t('numberOrWords') : undefined}
        onChange={(words) => change({ words })}
      />
      <Acts word={t('reviewEffect')} busy={review.isPending} onCancel={leave} />
    </form>
  );
}
