import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { CallSheet } from '../../../contract/followups.ts';
import { adherenceTicks } from '../../../contract/followups.ts';
import { useDirectory } from '../../app/directory.ts';
import { useLocale } from '../../app/words.ts';
import { Kbd } from '../../kit/kbd.tsx';
import { type Draft, opensAgain, type Question, questionsOf, type Tick } from './draft.ts';
import { useT, type Word } from './words.ts';

interface Option {
  digit: number;
  value: Draft[Question];
  label: Word;
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
  visit: [
    { digit: 1, value: 'still_good', label: 'v_still_good' },
    { digit: 2, value: 'came_back', label: 'v_came_back' },
    { digit: 3, value: 'unclear', label: 'a_unclear' },
  ],
};

const meaning: Partial<Record<string, Word>> = {
  better: 'betterMeans',
  not_solved: 'notSolvedMeans',
  unclear: 'unclearMeans',
  came_back: 'cameBackMeans',
};

/** ← and → move between the answers of one question without choosing any. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[(at + (event.key === 'ArrowRight' ? 1 : -1) + all.length) % all.length]?.focus();
}

interface AskedProps {
  name: Question;
  says: string;
  draft: Draft;
  current: boolean;
  onAnswer: (value: Draft[Question]) => void;
}

/** One question: no answer is set beforehand, and the number keys answer the one that is asked now. */
function Asked({ name, says, draft, current, onAnswer }: AskedProps) {
  const t = useT();
  const place = useRef<HTMLDivElement>(null);
  const value = draft[name];
  const options = optionsOf[name];
  const tabStop = Math.max(
    0,
    options.findIndex((option) => option.value === value),
  );
  useEffect(() => {
    if (current) place.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const means = (name === 'answer' || name === 'visit') && typeof value === 'string' ? meaning[value] : undefined;
  return (
    <div ref={place} className="fu-asked" data-current={current || undefined} data-question={name}>
      <p className="fu-say" id={`fu-q-${name}`}>
        {says}
        {current && <span className="sr-only"> {t('currentQuestion')}</span>}
      </p>
      <div className="fu-options" role="radiogroup" aria-labelledby={`fu-q-${name}`} onKeyDown={moveFocus}>
        {options.map((option, at) => (
          // biome-ignore lint/a11y/useSemanticElements: a native radio would take the number and letter keys of the call
          <button
            key={option.label}
            type="button"
            role="radio"
            aria-checked={value === option.value}
            tabIndex={at === tabStop ? 0 : -1}
            className="btn fu-option"
            onClick={() => onAnswer(option.value)}
          >
            <Kbd>{String(option.digit)}</Kbd>
            {t(option.label)}
          </button>
        ))}
      </div>
      {means && (
        <p className="small soft" role="status">
          {t(means)}
        </p>
      )}
    </div>
  );
}

interface Props {
  sheet: CallSheet;
  draft: Draft;
  current: Question | null;
  wordsField: RefObject<HTMLTextAreaElement | null>;
  onAnswer: (question: Question, value: Draft[Question]) => void;
  onChange: (change: Partial<Draft>) => void;
}

/** The marks stand together in the third step; everything else is a step of its own. */
function stepsOf(questions: readonly Question[]): { mark: string; names: readonly Question[] }[] {
  const marks = questions.filter((name) => ['satisfied', 'speed', 'attitude'].includes(name));
  const alone = questions.filter((name) => !marks.includes(name)).map((name) => [name]);
  return [...alone, ...(marks.length > 0 ? [marks] : [])].map((names, i) => ({ mark: String(i + 1), names }));
}

/** What the caller says, in order, and what the person answers. The sentences are the version this call was opened with. */
export function Script({ sheet, draft, current, wordsField, onAnswer, onChange }: Props) {
  const t = useT();
  const language = useLocale();
  const subject = useDirectory().categoryName(sheet.categoryId);
  const says = (line: string): string =>
    (sheet.script.lines[line]?.[language === 'en' ? 1 : 0] ?? '').replaceAll('{subject}', subject);
  const ticked = draft.ticks ?? [];
  const tick = (name: Tick) =>
    onChange({ ticks: ticked.includes(name) ? ticked.filter((one) => one !== name) : [...ticked, name] });
  return (
    <>
      <div className="fu-script">
        <div className="fu-step">
          <b aria-hidden="true">{t('opening')}</b>
          <p className="fu-say">{says('opening')}</p>
        </div>
        {stepsOf(questionsOf(sheet.kind)).map(({ mark, names }) => (
          <div key={mark} className="fu-step" data-current={(current !== null && names.includes(current)) || undefined}>
            <b aria-hidden="true">{mark}</b>
            <div className="fu-questions">
              {names.map((name) => (
                <Asked
                  key={name}
                  name={name}
                  says={says(name)}
                  draft={draft}
                  current={current === name}
                  onAnswer={(value) => onAnswer(name, value)}
                />
              ))}
            </div>
          </div>
        ))}
        <div className="fu-step">
          <b aria-hidden="true">{t('ending')}</b>
          <p className="fu-say">{says('closing')}</p>
        </div>
      </div>
      <div className="fu-step fu-note">
        <b aria-hidden="true">{t('record')}</b>
        <div className="fu-notes">
          <div className="field">
            <label htmlFor="fu-words">
              {t('personWords')} <Kbd>T</Kbd>
            </label>
            <textarea
              ref={wordsField}
              id="fu-words"
              className="input"
              rows={2}
              maxLength={1000}
              value={draft.words ?? ''}
              placeholder={t('wordsHint')}
              onChange={(event) => onChange({ words: event.target.value })}
            />
          </div>
          {opensAgain(draft) && (
            <div className="field">
              <label htmlFor="fu-for-line">{t('forLine')}</label>
              <textarea
                id="fu-for-line"
                className="input"
                rows={2}
                maxLength={500}
                value={draft.forLine ?? ''}
                placeholder={t('forLineHint')}
                onChange={(event) => onChange({ forLine: event.target.value })}
              />
            </div>
          )}
          <div className="fu-known">
            {sheet.kind !== 'visit' &&
              adherenceTicks.map((name) => (
                <label key={name} className="check small">
                  <input type="checkbox" checked={ticked.includes(name)} onChange={() => tick(name)} />
                  {t(`tick_${name}`)}
                </label>
              ))}
            <label className="fu-ref small">
              <span className="soft">{t('callRef')}</span>
              <input
                className="input"
                value={draft.callRef ?? ''}
                maxLength={40}
                pattern="[\w.:\-]*"
                inputMode="text"
                onChange={(event) => onChange({ callRef: event.target.value.replace(/[^\w.:-]/g, '') })}
              />
            </label>
          </div>
        </div>
      </div>
    </>
  );
}
