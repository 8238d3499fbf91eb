import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { messageEndpoints as api } from '../../../contract/messages.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { useLocale } from '../../app/words.ts';
import { Empty } from '../../kit/empty.tsx';
import { Problem } from '../../kit/problem.tsx';
import { Switch } from '../../kit/switch.tsx';
import { Places } from './places.tsx';
import './messages.css';
import { sentence, useT } from './words.ts';

const views = ['yes', 'all'] as const;

/** Messages that ask for an answer, with how many of this person's people have given one. */
export default function AskedPage() {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const now = useNow();
  const [open, setOpen] = useState<(typeof views)[number]>('yes');
  const list = useQuery({
    queryKey: ['messages', 'asked', open],
    queryFn: () => call(api.asked, { open }),
    refetchInterval: 60_000,
  });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  const asked = list.data?.asked ?? [];
  return (
    <div className="ms-page" aria-busy={list.isPending || undefined}>
      <header className="ms-head">
        <div>
          <h1>{t('asked')}</h1>
          <p className="soft small">{t('askedLead')}</p>
        </div>
        <Places at="asked" />
        <Switch
          label={t('views')}
          options={views}
          value={open}
          word={(each) => t(each === 'yes' ? 'askedOpen' : 'askedAll')}
          onChange={setOpen}
        />
      </header>
      {list.data && asked.length === 0 && <Empty title={t('askedEmpty')}>{t('askedEmptyHow')}</Empty>}
      <ol className="ms-list">
        {asked.map((one) => {
          const silent = one.tally.expected - one.tally.confirmed;
          const late = silent > 0 && Date.parse(one.confirmBy) < now;
          return (
            <li key={one.id} className="ms-row" data-unread={silent > 0 || undefined}>
              <span className="ms-level">{t('silentOf', { n: silent, all: one.tally.expected })}</span>
              <div>
                <Link className="ms-text" to="/messages/asked/$id" params={{ id: one.id } as never}>
                  {sentence(one, language)}
                </Link>
                <span className={late ? 'over small' : 'soft small'}>
                  {t(late ? 'late' : 'confirmBy', { at: format.moment(one.confirmBy) })}
                </span>
              </div>
              <time className="soft small" dateTime={one.sentAt} title={format.full(one.sentAt)}>
                {format.moment(one.sentAt)}
              </time>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
