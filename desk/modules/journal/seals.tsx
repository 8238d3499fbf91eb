import { useInfiniteQuery } from '@tanstack/react-query';
import { journalEndpoints as api } from '../../../contract/journal.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Problem } from '../../kit/problem.tsx';
import { useT } from './words.ts';

const pageSize = 50;

/** Each minute's hash tree, chained and signed, newest first. */
export function Seals() {
  const t = useT();
  const format = useFormat();
  const seals = useInfiniteQuery({
    queryKey: ['journal', 'seals'],
    queryFn: ({ pageParam }) => call(api.seals, { before: pageParam || undefined }),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.seals.length < pageSize ? null : page.seals.at(-1)!.no),
  });
  if (seals.error && !seals.data)
    return <Problem title={t('loadFailed')} error={seals.error} onRetry={() => seals.refetch()} />;
  const rows = seals.data?.pages.flatMap((page) => page.seals) ?? [];
  const waiting = seals.data?.pages[0]?.unsealed ?? 0;
  if (seals.data && rows.length === 0) return <Empty title={t('sealsEmpty')}>{t('sealsEmptyHow')}</Empty>;
  return (
    <div className="jo-table">
      <p className="soft small jo-waiting">{waiting > 0 ? t('unsealed', { n: waiting }) : t('allSealed')}</p>
      <table>
        <thead>
          <tr>
            <th className="num jo-no">{t('sealNo')}</th>
            <th className="jo-time">{t('sealedAt')}</th>
            <th className="jo-range">{t('range')}</th>
            <th className="num jo-count">{t('entries')}</th>
            <th>{t('root')}</th>
            <th className="jo-signed">{t('signedBy')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((seal) => (
            <tr key={seal.no}>
              <td className="num">{seal.no}</td>
              <td title={format.full(seal.sealedAt)}>{format.moment(seal.sealedAt)}</td>
              <td>
                {seal.from}–{seal.to}
              </td>
              <td className="num">{format.count(seal.to - seal.from + 1)}</td>
              <td className="jo-code" title={seal.root}>
                {seal.root}
              </td>
              <td title={seal.signedBy}>{seal.signedBy}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {seals.hasNextPage && (
        <Button busy={seals.isFetchingNextPage} onClick={() => seals.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </div>
  );
}
