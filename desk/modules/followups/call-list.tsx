import type { CallRow } from '../../../contract/followups.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { DeadlineClock } from '../../kit/deadline-clock.tsx';
import { Empty } from '../../kit/empty.tsx';
import { BestTime } from './best-time.tsx';
import { type CallGroup, callGroups } from './grouping.ts';
import { useT } from './words.ts';

/** ●●○ — attempts made out of the three that "unreachable" needs. */
export function Attempts({ n }: { n: number }) {
  const t = useT();
  return (
    <span className="fu-tries" role="img" aria-label={t('attemptsTitle', { n })} title={t('attemptsTitle', { n })}>
      {[0, 1, 2].map((place) => (
        <i key={place} className={place < n ? 'full' : ''} />
      ))}
      {n > 3 && <small>+{n - 3}</small>}
    </span>
  );
}

function Row({ row, group, open, onOpen }: { row: CallRow; group: CallGroup; open: boolean; onOpen: () => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  return (
    <li>
      <button
        type="button"
        className="fu-call"
        aria-current={open ? 'true' : undefined}
        data-call={row.id}
        onClick={onOpen}
      >
        <span className="fu-place cut">{directory.nameOf(row.siteId ?? row.unitId)}</span>
        {group === 'appointed' && row.appointment ? (
          <span className="soft small">{t('ringAt', { at: format.moment(row.appointment) })}</span>
        ) : (
          <DeadlineClock due={row.due} />
        )}
        <span className="fu-about cut soft small">
          {directory.categoryName(row.categoryId)}
          {row.kind !== 'closure' && <> · {t(row.kind === 'visit' ? 'kind_visit' : 'kind_again')}</>}
        </span>
        <Attempts n={row.attempts} />
        <span className="fu-hint small">
          {row.claim && !row.claim.mine ? (
            <span className="near">{t('ringsNow', { who: row.claim.label })}</span>
          ) : (
            <BestTime row={row} short />
          )}
        </span>
      </button>
    </li>
  );
}

interface Props {
  groups: Map<CallGroup, CallRow[]>;
  today: { due: number; done: number } | null;
  openId: string | null;
  onOpen: (id: string) => void;
  more: (() => void) | null;
}

export function CallList({ groups, today, openId, onOpen, more }: Props) {
  const t = useT();
  const empty = callGroups.every((group) => !groups.get(group)?.length);
  return (
    <aside className="fu-list" aria-label={t('title')}>
      <header className="fu-listhead">
        <h1>{t('listTitle', { due: today?.due ?? 0 })}</h1>
        <span className="soft small" role="status">
          {t('listDone', { done: today?.done ?? 0 })}
        </span>
      </header>
      <div className="fu-scroll">
        {callGroups.map((group) => {
          const rows = groups.get(group) ?? [];
          if (rows.length === 0) return null;
          return (
            <section key={group} aria-label={t(group)}>
              <h2 className="fu-group">
                {t(group)} {group !== 'talking' && <span>{rows.length}</span>}
              </h2>
              <ul>
                {rows.map((row) => (
                  <Row key={row.id} row={row} group={group} open={row.id === openId} onOpen={() => onOpen(row.id)} />
                ))}
              </ul>
            </section>
          );
        })}
        {more && (
          <Button kind="plain" onClick={more}>
            {t('more')}
          </Button>
        )}
        {empty && <Empty title={t('listEmpty')}>{t('listEmptyHow')}</Empty>}
      </div>
    </aside>
  );
}
