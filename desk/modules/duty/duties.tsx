import { Link } from '@tanstack/react-router';
import type { DutyItemView } from '../../../contract/duty.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Empty } from '../../kit/empty.tsx';
import { useT } from './words.ts';

const tones = { due: 'tag', done: 'tag good', late: 'tag over', delegated: 'tag info' } as const;

/** What one person had to do: due, done, late, delegated, each opening its record. No score, no ranking. */
export function Duties({ items }: { items: readonly DutyItemView[] }) {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  if (items.length === 0) return <Empty title={t('nothingDue')}>{t('nothingDueHow')}</Empty>;
  return (
    <ul className="du-rows">
      {items.map((item) => (
        <li key={item.key}>
          <span className={tones[item.state]}>{t(`item_${item.state}`)}</span>
          <span className="cut">
            {item.route ? (
              <Link className="link" to={item.route}>
                {nameIn(item.what, language)}
              </Link>
            ) : (
              nameIn(item.what, language)
            )}
          </span>
          <span className="small soft">
            {t('dueAt', { at: format.moment(item.dueAt) })}
            {item.doneAt && ` · ${t('doneAt', { at: format.moment(item.doneAt) })}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
