import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { planEndpoints as api, type PlanFile } from '../../../contract/plans.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/index.ts';
import { fieldWords, useSayField } from './fields.ts';
import { usePlanWords } from './words.ts';

/** Line by line what differs, and how many lines do not. */
export function DifferenceLines({ data }: { data: OutputOf<typeof api.differences> }) {
  const t = usePlanWords();
  const language = useLocale();
  const say = useSayField();
  return (
    <ul className="pl-list">
      {data.lines.map((line) => (
        <li key={`${line.kind} ${line.key}`}>
          <span className="tag">{t(`d_${line.kind}`)}</span> {nameIn(line, language)}
          {line.fields.map((field) => (
            <div key={field.field} className="small">
              {say.name(field.field)}：<del>{say.value(field.field, field.before)}</del> →{' '}
              <ins>{say.value(field.field, field.after)}</ins>
            </div>
          ))}
        </li>
      ))}
      {data.same > 0 && <li className="small soft">{t('same', { n: data.same })}</li>}
    </ul>
  );
}

/** Readable differences from the version before, or from the neighbour's set this one is held to copy. */
export function Differences({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const format = useFormat();
  const directory = useDirectory();
  const [against, setAgainst] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ['plans', plan.id, 'differences', against],
    queryFn: () => call(api.differences, { id: plan.id, against: against ?? undefined }),
  });
  return (
    <section className="panel" aria-labelledby="pl-differences">
      <h2 id="pl-differences">
        {against && data?.against ? `${t('compare')} · ${directory.nameOf(data.against.nodeId)}` : t('differences')}
      </h2>
      {plan.like && plan.like.own > 0.5 && (
        <p className="pl-acts">
          <Button small onClick={() => setAgainst(against ? null : plan.like!.planId)}>
            {against ? t('differences') : `${t('compare')} · ${directory.nameOf(plan.like.siteId)}`}
          </Button>
          {data?.like && <span className="small soft">{format.percent(data.like.own)}</span>}
        </p>
      )}
      {data && !data.against && <p className="small soft">{t('firstVersion')}</p>}
      {data?.against && data.lines.length === 0 && <p className="small soft">{t('noDifferences')}</p>}
      {data?.against && <DifferenceLines data={data} />}
    </section>
  );
}

/** Every change with both wordings: who, when, what it was, what it became. */
export function Changes({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const format = useFormat();
  const say = useSayField();
  if (plan.changes.length === 0) return null;
  const nameOf = (key: string | null, change: PlanFile['changes'][number]): string =>
    plan.table.find((line) => line.key === key)?.zh ?? String(change.before.zh ?? change.after.zh ?? '');
  return (
    <section className="panel" aria-labelledby="pl-changes">
      <h2 id="pl-changes">{t('changes')}</h2>
      <ul className="pl-list">
        {plan.changes.map((change) => (
          <li key={change.id}>
            <span className="small soft">
              {format.moment(change.at)} {change.by}
            </span>
            <div>
              {t(`c_${change.kind}`)} {nameOf(change.lineKey, change)} {String(change.after.words ?? '')}
            </div>
            {change.kind === 'changed' &&
              Object.keys(change.after)
                .filter((field) => fieldWords[field])
                .map((field) => (
                  <div key={field} className="small">
                    {say.name(field)}：<del>{say.value(field, String(change.before[field] ?? ''))}</del> →{' '}
                    <ins>{say.value(field, String(change.after[field] ?? ''))}</ins>
                  </div>
                ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
