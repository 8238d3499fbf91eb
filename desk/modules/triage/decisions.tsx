import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { triageEndpoints as api } from '../../../contract/triage.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Problem } from '../../kit/problem.tsx';
import { useT } from './words.ts';

const which = ['all', 'yes', 'no'] as const;

interface Props {
  days: number;
  /** Of one category; without it of all. */
  categoryId?: number;
  suggestedId?: number;
  /** Those a rule dispatched, instead of what people decided. */
  ruleId?: string;
  accepted?: 'yes' | 'no';
  onAccepted?: (accepted: 'yes' | 'no' | undefined) => void;
}

/** The requests behind a figure: each opens. */
export function Decisions({ days, categoryId, suggestedId, ruleId, accepted, onAccepted }: Props) {
  const t = useT();
  const directory = useDirectory();
  const format = useFormat();
  const list = useQuery({
    queryKey: ['triage', 'decisions', days, categoryId, suggestedId, accepted, ruleId],
    queryFn: () => call(api.decisions, { days, categoryId, suggestedId, accepted, ruleId }),
  });
  const name = (id: number) => `${directory.category(id)?.code ?? ''} ${directory.categoryName(id)}`;
  return (
    <section aria-busy={list.isPending || undefined}>
      {!ruleId && <h3>{t('decisions')}</h3>}
      {onAccepted && suggestedId === undefined && (
        <div className="tr-views">
          {which.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === (accepted ?? 'all')}
              onClick={() => onAccepted(one === 'all' ? undefined : one)}
            >
              {t(`which_${one}`)}
            </button>
          ))}
        </div>
      )}
      {list.error && <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />}
      {list.data?.decisions.length === 0 && <p className="soft">{t('noDecisions')}</p>}
      <ul className="tr-decisions">
        {(list.data?.decisions ?? []).map((row) => (
          <li key={row.requestId}>
            <Link className="link" to="/requests/$id" params={{ id: row.requestId } as never}>
              {row.number}
            </Link>
            <span className="soft small">{format.moment(row.at)}</span>
            {row.suggestedId !== null && (
              <span className="small">
                {t('suggestedAs', { name: name(row.suggestedId) })}
                {row.p !== null && <span className="softer"> {t('percent', { n: Math.round(row.p * 100) })}</span>}
              </span>
            )}
            {row.suggestedId !== row.categoryId && (
              <b className="small">{t('decidedAs', { name: name(row.categoryId) })}</b>
            )}
          </li>
        ))}
      </ul>
      {list.data?.more && <p className="soft small">{t('moreDecisions')}</p>}
    </section>
  );
}
