import { useEffect, useRef } from 'react';
import type { CallSheet } from '../../../contract/followups.ts';
import { useDirectory } from '../../app/directory.ts';
import { type Draft, type Question, questions } from './draft.ts';
import { useT } from './words.ts';

type Key = Parameters<ReturnType<typeof useT>>[0];
interface Option {
  digit: number;
  value: Draft[Question];
  label: Key;
}

const scale: Option[] = [
  { digit: 1, value: 1, label: 's1' },
  { digit: 2, value: 2, label: 's2' },
  { digit: 3, value: 3, label: 's3' },
  { digit: 4, value: 4, label: 's4' },
  { digit: 5, value: 5, label: 's5' },
  { digit: 0, value: null, label: 'declined' },
];

const optionsOf: Record<Question, Option[]> = {
  contacted: [
    { digit: 1, value: true, label: 'yes' },
    { digit: 2, value: false, label: 'no' },
  ],
  answer: [
    { digit: 1, value: 'solved', label: 'a_solved' },
    { digit: 2, value: 'better', label: 'a_better' },
    { digit: 3, value: 'not_solved', label: 'a_not_solved' },
    { digit: 4, value: 'unclear', label: 'a_unclear' },
  ],
  satisfied: scale,
  speed: scale,
  attitude: scale,
};

const meaning: Partial<Record<string, Key>> = {
  better: 'betterMeans',
  not_solved: 'notSolvedMeans',
  unclear: 'unclearMeans',
};

interface AskedProps {
  name: Question;
  says: string;
  draft: Draft;
  current: boolean;
  onAnswer: (value: Draft[Question]) => void;
  onCurrent: () => void;
}

/** One question: no answer is set beforehand, and the number keys answer the one that is asked now. */
function Asked({ name, says, draft, current, onAnswer, onCurrent }: AskedProps) {
  const t = useT();
  const group = useRef<HTMLFieldSetElement>(null);
  const value = draft[name];
  useEffect(() => {
    if (current) group.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const means = name === 'answer' && typeof value === 'string' ? meaning[value] : undefined;
  return (
    <fieldset ref={group} className="fu-asked" data-current={current || undefined} data-question={name}>
      <legend>
        {says}
        {current && <span className="fu-unseen"> ({t('currentQuestion')})</span>}
      </legend>
      <div className="fu-options">
        {optionsOf[name].map((option) => (
          <label key={option.label} className="fu-option" data-on={value === option.value || undefined}>
            <input
              type="radio"
              name={`fu-${name}`}
              checked={value === option.value}
              onChange={() => onAnswer(option.value)}
              onFocus={onCurrent}
            />
            <kbd aria-hidden="true">{option.digit}</kbd>
            {t(option.label)}
          </label>
        ))}
      </div>
      <p className="fu-means" role="status">
        {means ? t(means) : ''}
      </p>
    </fieldset>
  );
}

interface Props {
  sheet: CallSheet;
  draft: Draft;
  current: Question | null;
  onAnswer: (question: Question, value: Draft[Question]) => void;
  onCurrent: (question: Question) => void;
  onWords: (words: string) => void;
}

export function Script({ sheet, draft, current, onAnswer, onCurrent, onWords }: Props) {
  const t = useT();
  const directory = useDirectory();
  const subject = directory.categoryName(sheet.categoryId);
  const step = (names: Question[], mark: string) => (
    <div className="fu-step" data-current={(current !== null && names.includes(current)) || undefined}>
      <b aria-hidden="true">{mark}</b>
      <div>
        {names.map((name) => (
          <Asked
            key={name}
            name={name}
            says={t(`q_${name}`, { subject })}
            draft={draft}
            current={current === name}
            onAnswer={(value) => onAnswer(name, value)}
            onCurrent={() => onCurrent(name)}
          />
        ))}
      </div>
    </div>
  );
  return (
    <div className="fu-script">
      <div className="fu-step">
        <b aria-hidden="true">{t('opening')}</b>
        <p className="fu-say">{t(sheet.reason === 'withdrawn' ? 'openingWithdrawn' : 'openingText')}</p>
      </div>
      {step(['contacted'], '1')}
      {step(['answer'], '2')}
      {step(questions.filter((name) => name !== 'contacted' && name !== 'answer'), '3')}
      <div className="fu-step">
        <b aria-hidden="true">{t('record')}</b>
        <label className="fu-words">
          <span className="soft small">
            {t('personWords')} <kbd>T</kbd>
          </span>
          <textarea
            id="fu-words"
            rows={2}
            maxLength={1000}
            value={draft.words ?? ''}
            placeholder={t('wordsHint')}
            onChange={(event) => onWords(event.target.value)}
          />
        </label>
      </div>
    </div>
  );
}
