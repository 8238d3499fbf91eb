import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { likenessEndpoints as api } from '../../../contract/likeness.ts';
import type { RequestThread } from '../../../contract/requests.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useMay } from '../../app/session.tsx';
import { Button } from '../../kit/button.tsx';
import { useKey } from '../../kit/keys.ts';
import { notify } from '../../kit/notify.tsx';
import { StateGlyph } from '../../kit/state-glyph.tsx';
import './likeness.css';
import { useTopicName } from './topic-name.ts';
import { useT } from './words.ts';

type Found = OutputOf<typeof api.of>;
type Row = Found['rows'][number];

const refreshes = [['requests'], ['request'], ['alike'], ['topics']] as const;

/** Requests beside this one that may be the same need: why, how likely, and what one key does about it. */
export function Alike({ thread }: { thread: RequestThread }) {
  const t = useT();
  const found = useQuery({
    queryKey: ['alike', thread.id],
    queryFn: ({ signal }) => call(api.of, { id: thread.id }, { signal }),
    staleTime: 30_000,
  });
  const topicName = useTopicName();
  const { data } = found;
  // A suggestion that cannot be had is no reason to stop working: its place stays empty.
  if (!data) return <section className="alike" aria-busy={found.isPending || undefined} />;
  if (data.notCompared) return <p className="alike small softer">{t(`notCompared_${data.notCompared}`)}</p>;
  const away = data.rows.filter((row) => !row.sameSite).length;
  return (
    <section className="alike" aria-label={t('alike')}>
      <p className="small">
        {data.here > 0 ? (
          <b className="suggestion">{t('here', { n: data.here, days: data.days })}</b>
        ) : (
          <span className="softer">{t('hereNone')}</span>
        )}
        {away > 0 && <span className="soft">{` ${t('elsewhere', { n: away })}`}</span>}
      </p>
      {data.repeatOf && (
        <p className="small">
          {t('repeatOf')}{' '}
          <Link className="link" to="/requests/$id" params={{ id: data.repeatOf.id } as never}>
            {data.repeatOf.number}
          </Link>
        </p>
      )}
      {data.topic && (
        <p className="small">
          <Link className="link" to="/topics" search={{ open: data.topic.id } as never}>
            {t('inTopic', { name: topicName(data.topic) })}
          </Link>
        </p>
      )}
      {data.rows.length > 0 && <Rows thread={thread} rows={data.rows} />}
    </section>
  );
}

function Rows({ thread, rows }: { thread: RequestThread; rows: readonly Row[] }) {
  const t = useT();
  const mayDispatch = useMay()('cases.dispatch');
  const together = useAct(api.together, { refreshes, onFail: notify.problem });
  const notSame = useAct(api.notSame, { refreshes, onFail: notify.problem });
  const busy = together.isPending || notSame.isPending;
  const join = (row: Row) =>
    together.mutate(
      { id: thread.id, version: thread.version, otherId: row.request.id },
      {
        onSuccess: ({ joinedId }) =>
          notify.good(t('done_together', { number: joinedId === thread.id ? thread.number : row.request.number })),
      },
    );
  const part = (row: Row) =>
    notSame.mutate(
      { id: thread.id, otherId: row.request.id },
      { onSuccess: () => notify.good(t('done_notSame', { number: row.request.number })) },
    );
  const likeliest = rows.find((row) => row.joinable);
  useKey('=', () => likeliest && join(likeliest), {
    enabled: mayDispatch && !busy && likeliest !== undefined,
    hint: t('togetherHint'),
  });
  useKey('-', () => part(rows[0]!), { enabled: mayDispatch && !busy && rows.length > 0, hint: t('notSameHint') });
  return (
    <>
      <ol className="alike-rows">
        {rows.map((row, at) => (
          <li key={row.request.id}>
            <div className="row">
              <Link className="link" to="/requests/$id" params={{ id: row.request.id } as never}>
                {row.request.number}
              </Link>
              <StateGlyph state={row.request.state} work={row.request.work} />
              <span className="grow" />
              <span className="small softer">
                {row.hours === 0 ? t('sameHour') : t('apartHours', { n: row.hours })}
              </span>
            </div>
            <p className="alike-text">{row.request.text}</p>
            <div className="row">
              <span className="small soft grow">
                {t(row.likeness)} {Math.round(row.likelihood * 100)}%
              </span>
              {mayDispatch && row.joinable && (
                <Button small busy={busy} keys={row === likeliest ? ['='] : undefined} onClick={() => join(row)}>
                  {t('together')}
                </Button>
              )}
              {mayDispatch && (
                <Button small busy={busy} keys={at === 0 ? ['-'] : undefined} onClick={() => part(row)}>
                  {t('notSame')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
      {mayDispatch && likeliest && <p className="small softer">{t('keepVerdict')}</p>}
    </>
  );
}
