import { caseEndpoints } from '../../../../contract/cases.ts';
import { useFormat } from '../../../app/format.ts';
import { now } from '../../../app/now.ts';
import { Button, Field, Notice, TextField } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { Choices } from './choices.tsx';
import { FormFrame, type FormProps, useDraftedAct, written } from './form-act.tsx';

const askReasons = ['waiting_requester', 'policy', 'force_majeure', 'parts', 'other'] as const;
const hour = 3_600_000;
/** All suspensions of a case together last this many hours at the longest. */
const longestSuspension = 72;
/** Lengths people usually ask for, in hours. */
const usualHours = [4, 24, 48] as const;

const nothingAsked = { reasonCode: null as (typeof askReasons)[number] | null, text: '', until: '' };

export function AskForm({ kind, ...props }: FormProps & { kind: 'extension' | 'suspension' }) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const format = useFormat();
  const { draft, change, act } = useDraftedAct(caseEndpoints.ask, props, {
    keptAs: `${kind}.${thread.id}`,
    empty: nothingAsked,
    said: t('done_askExtension'),
  });
  const from = kind === 'extension' ? Date.parse(thread.dues.resolveNow) : now();
  const left = Math.max(0, longestSuspension - thread.suspendedMinutes / 60);
  const latest = kind === 'suspension' ? now() + left * hour : Number.POSITIVE_INFINITY;
  const wanted = draft.until === '' ? null : Date.parse(format.instant(draft.until));
  const fault =
    wanted === null
      ? undefined
      : wanted <= from
        ? t(`${kind}TooEarly`, { due: format.moment(new Date(from).toISOString()) })
        : wanted > latest
          ? t('suspensionTooLong', { left: Math.floor(left) })
          : undefined;
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t(kind === 'extension' ? 'act_askExtension' : 'act_askSuspension')}
      missing={[
        draft.reasonCode === null && t('reason'),
        (wanted === null || fault !== undefined) && t('until'),
        !written(draft.text) && t('askText'),
      ]}
      onSend={() =>
        act.mutate({
          id: thread.caseId!,
          kind,
          reasonCode: draft.reasonCode!,
          text: draft.text.trim(),
          until: format.instant(draft.until),
        })
      }
      onCancel={onCancel}
    >
      <div className="form-columns">
        <Choices
          label={t('reason')}
          value={draft.reasonCode}
          options={askReasons}
          word={(each) => t(`ask_${each}`)}
          onChange={(reasonCode) => change({ reasonCode })}
        />
        <div className="field">
          <Field
            label={t('until')}
            hint={t(`${kind}Hint`, { due: format.moment(thread.dues.resolve), left: Math.floor(left) })}
            fault={fault}
          >
            {(control) => (
              <input
                {...control}
                className="input"
                type="datetime-local"
                value={draft.until}
                onChange={(event) => change({ until: event.target.value })}
              />
            )}
          </Field>
          <div className="choices">
            {usualHours.map((hours) => (
              <Button key={hours} small onClick={() => change({ until: format.local(from + hours * hour) })}>
                {t(kind === 'extension' ? 'hoursMore' : 'hoursLong', { n: hours })}
              </Button>
            ))}
          </div>
        </div>
      </div>
      <TextField
        label={t('askText')}
        rows={2}
        maxLength={2000}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
    </FormFrame>
  );
}

const undecided = { approve: null as 'approve' | 'refuse' | null, text: '' };

export function DecideForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const format = useFormat();
  const { draft, change, act } = useDraftedAct(caseEndpoints.decide, props, {
    keptAs: `decide.${thread.ask?.id}`,
    empty: undecided,
    said: t('done_decideAsk'),
  });
  const { ask } = thread;
  const label = t('send');
  // Decided by somebody else meanwhile: the page says so in the thread.
  if (!ask) {
    return (
      <FormFrame thread={thread} act={act} label={label} onCancel={onCancel}>
        <Notice kind="near">{t('alreadyDecided')}</Notice>
      </FormFrame>
    );
  }
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={label}
      missing={[
        draft.approve === null && t('decision'),
        draft.approve === 'refuse' && !written(draft.text) && t('refuseWhy'),
      ]}
      onSend={() =>
        act.mutate({ id: ask.id, approve: draft.approve === 'approve', text: draft.text.trim() || undefined })
      }
      onCancel={onCancel}
    >
      <Notice>
        {t(`asked_${ask.kind}`, { who: ask.askedBy, until: format.moment(ask.until) })}
        <p className="soft">{ask.reason}</p>
      </Notice>
      <Choices
        label={t('decision')}
        value={draft.approve}
        options={['approve', 'refuse'] as const}
        word={(each) => t(each)}
        onChange={(approve) => change({ approve })}
      />
      <TextField label={t('decideText')} maxLength={500} value={draft.text} onChange={(text) => change({ text })} />
    </FormFrame>
  );
}
