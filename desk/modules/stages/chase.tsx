import { Link } from '@tanstack/react-router';
import { stageEndpoints as api, type OrderView } from '../../../contract/stages.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { Button, notify, useKey } from '../../kit/index.ts';
import { Lacks } from './readiness.tsx';
import { useT } from './words.ts';

const hour = 3_600_000;

/** What one unit lacks, whom it was told to and what came of it; one press tells them by name. */
export function ChaseBox({ order, unitId }: { order: OrderView; unitId: number | null }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const now = useNow();
  const unit = order.look.units.find((one) => one.unitId === unitId);
  const chase = useAct(api.chase, {
    refreshes: [['stages']],
    onDone: ({ told }) => notify.good(t('chased', { n: told })),
    onFail: notify.problem,
  });
  const people = unit ? Math.max(0, ...unit.missing.map((one) => one.people)) : 0;
  const lines = order.chases.filter((one) => one.unitId === unitId);
  const last = lines.at(-1);
  const lately = last !== undefined && Date.parse(last.at) > now - hour;
  const mine = unit !== undefined && order.chaseUnits.includes(unit.unitId);
  const may = mine && !unit.ready && people > 0 && !lately;
  const act = () => chase.mutate({ id: order.id, unitId: unitId! });
  const name = unit ? directory.nameOf(unit.unitId) : '';
  useKey('c', act, { enabled: may && !chase.isPending, hint: t('chase', { unit: name }) });
  return (
    <section className="panel" aria-labelledby="sg-chase">
      <div className="sg-head">
        <h2 id="sg-chase">{t('chase', { unit: name })}</h2>
        {lately && <span className="end small softer">{t('chaseLately')}</span>}
        {may && (
          <span className="end">
            <Button small busy={chase.isPending} onClick={act} keys={['C']}>
              {t('chaseAct', { n: people })}
            </Button>
          </span>
        )}
      </div>
      {!unit ? (
        <p className="sg-chase small soft">{t('chasePick')}</p>
      ) : (
        <ul className="sg-chase" data-chased={lines.length > 0 || undefined}>
          {lines.slice(-4).map((line) => (
            <li key={line.messageId}>
              <span title={format.full(line.at)}>{format.clock(line.at)}</span>
              <span>{t('chaseTold')}</span>
              <span>
                {t('chaseLine', { n: line.people, opened: line.opened, confirmed: line.confirmed })}{' '}
                {mine && line.confirmed < line.people && (
                  <Link className="link" to="/messages/asked/$id" params={{ id: line.messageId } as never}>
                    {t('chaseWho')}
                  </Link>
                )}
              </span>
            </li>
          ))}
          <Lacks unit={unit} />
          {unit.ready && <li className="plain">{t('chaseReady', { unit: name })}</li>}
          {may && lines.length === 0 && <li className="plain">{t('chaseNever')}</li>}
        </ul>
      )}
    </section>
  );
}
