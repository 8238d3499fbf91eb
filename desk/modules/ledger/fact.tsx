import { Link } from '@tanstack/react-router';
import type { RequestThread } from '../../../contract/requests.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { useT } from './words.ts';

/** On a request's page: its entry in the ledger, and for its handlers the way to say that it cannot be solved. */
export function LedgerFact({ thread }: { thread: RequestThread }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  if (!may('ledger.read')) return null;
  const { dissatisfaction } = thread;
  const stands = dissatisfaction !== null && dissatisfaction.state !== 'closed';
  // Only the line's own handlers are told that closing is not theirs.
  const cannotSolve =
    !stands &&
    thread.state === 'handled' &&
    thread.cannot.close !== undefined &&
    thread.cannot.handle === undefined &&
    thread.withheld !== 'health';
  if (!dissatisfaction?.entryId && !cannotSolve) return null;
  return (
    <section>
      {dissatisfaction?.entryId && (
        <p>
          <Link className="link" to="/ledger/$id" params={{ id: dissatisfaction.entryId } as never}>
            {t('inLedger')}
          </Link>{' '}
          <span className="soft">
            {t(`state_${dissatisfaction.state}`, {
              until: dissatisfaction.until ? format.day(dissatisfaction.until) : '',
            })}
          </span>
        </p>
      )}
      {cannotSolve && (
        <p>
          <Link className="link" to="/ledger/explain/$id" params={{ id: thread.id } as never}>
            {t('cannotSolve')}
          </Link>
        </p>
      )}
    </section>
  );
}
