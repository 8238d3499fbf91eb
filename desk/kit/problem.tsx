import { useProblemText } from '../app/problems.ts';
import { defineWords, useWords } from '../app/words.ts';
import { Button } from './button.tsx';

const words = defineWords({
  title: ['没有取到', 'Could not be loaded'],
  retry: ['再试一次', 'Try again'],
});

interface Props {
  error: unknown;
  title?: string;
  onRetry?: () => unknown;
}

/** What happened, what was kept, what to do. */
export function Problem({ error, title, onRetry }: Props) {
  const t = useWords(words);
  const text = useProblemText();
  return (
    <div className="empty" role="alert">
      <b>{title ?? t('title')}</b>
      <p>{text(error)}</p>
      {onRetry && <Button onClick={() => void onRetry()}>{t('retry')}</Button>}
    </div>
  );
}
