import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { planEndpoints as api } from '../../../contract/plans.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button, Problem } from '../../kit/index.ts';
import { DifferenceLines } from './differences.tsx';
import { usePlanWords } from './words.ts';

type Copy = OutputOf<typeof api.copies>['rows'][number];

/** One copy: both sets to open, and what little differs between them. */
function CopyRow({ copy }: { copy: Copy }) {
  const t = usePlanWords();
  const format = useFormat();
  const directory = useDirectory();
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['plans', copy.planId, 'differences', copy.of.planId],
    queryFn: () => call(api.differences, { id: copy.planId, against: copy.of.planId }),
    enabled: open,
  });
  const named = (siteId: number): string => `${directory.node(siteId)?.code ?? ''} ${directory.nameOf(siteId)}`;
  const [before, after = ''] = t('copyOf', { place: '\n', own: format.percent(copy.own) }).split('\n');
  return (
    <li>
      <Link to="/plans/$id" params={{ id: copy.planId } as never}>
        {named(copy.siteId)}
      </Link>{' '}
      <span className="tag">{copy.stage}</span>
      <div className="small soft">
        {before}
        {copy.of.opens ? (
          <Link to="/plans/$id" params={{ id: copy.of.planId } as never}>
            {named(copy.of.siteId)}
          </Link>
        ) : (
          named(copy.of.siteId)
        )}
        {after}
      </div>
      <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('compare')}
      </Button>
      {open && error && <Problem title={t('loadFailed')} error={error} />}
      {open && data && (data.lines.length > 0 || data.same > 0) && <DifferenceLines data={data} />}
    </li>
  );
}

/** Sets that are copies of another site's, and the press that holds all of the group against each other. */
export function Copies() {
  const t = usePlanWords();
  const format = useFormat();
  const { data, error, refetch } = useQuery({ queryKey: ['copy_look'], queryFn: () => call(api.copies, {}) });
  const look = useAct(api.lookForCopies, { refreshes: [['copy_look']] });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return null;
  const { looked, running, rows, can } = data;
  return (
    <section className="panel" aria-labelledby="pl-copies">
      <h2 id="pl-copies">
        {t('copies')} <span className="soft">{rows.length}</span>
      </h2>
      {rows.length === 0 ? (
        <p className="small soft">{t('copiesNone')}</p>
      ) : (
        <ul className="pl-list">
          {rows.map((copy) => (
            <CopyRow key={copy.planId} copy={copy} />
          ))}
        </ul>
      )}
      <p className="small soft" aria-live="polite">
        {running
          ? t('copiesRunning')
          : looked
            ? t('copiesLooked', {
                at: format.moment(looked.at),
                by: looked.by ?? t('copiesNight'),
                sets: looked.sets,
                found: looked.found,
              })
            : t('copiesNever')}
      </p>
      {can.look && (
        <p>
          <Button small disabled={running || look.isPending} onClick={() => look.mutate({})}>
            {t('copiesLook')}
          </Button>
        </p>
      )}
      {look.error && <Problem title={t('copies')} error={look.error} />}
    </section>
  );
}
