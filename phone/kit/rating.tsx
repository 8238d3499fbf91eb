import { useWords } from '../app/words.ts';

export interface Score {
  result: number | null;
  speed: number | null;
  attitude: number | null;
}

export const noScore: Score = { result: null, speed: null, attitude: null };

export function isScored(score: Score): boolean {
  return score.result !== null || score.speed !== null || score.attitude !== null;
}

/** Three questions of five, nothing chosen beforehand, each may stay empty. */
export function Rating({ score, onChange }: { score: Score; onChange(score: Score): void }) {
  const words = useWords();
  return (
    <>
      {(['result', 'speed', 'attitude'] as const).map((question) => {
        const [title, ...marks] = words.ratings[question];
        return (
          <fieldset class="rate" key={question}>
            <legend>{title}</legend>
            {marks.map((mark, index) => (
              <label key={mark}>
                <input
                  type="radio"
                  name={question}
                  checked={score[question] === index + 1}
                  onChange={() => onChange({ ...score, [question]: index + 1 })}
                />
                <b>{index + 1}</b>
                <small>{mark}</small>
              </label>
            ))}
          </fieldset>
        );
      })}
      {isScored(score) && (
        <button type="button" class="link" onClick={() => onChange(noScore)}>
          {words.rateClear}
        </button>
      )}
    </>
  );
}
