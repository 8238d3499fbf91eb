import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { messageEndpoints as api } from '../../../contract/messages.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useLocale } from '../../app/words.ts';
import { Chase } from '../../kit/chase.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import './messages.css';
import { sentence, useT } from './words.ts';

/** Who has answered one message and who has not; the silent are chased with one act. */
export default function AddresseesPage() {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const { id } = useParams({ strict: false }) as { id: string };
  const page = useQuery({
    queryKey: ['messages', 'addressees', id],
    queryFn: () => call(api.addressees, { id }),
    refetchInterval: 60_000,
  });
  const chase = useAct(api.chase, {
    refreshes: [['messages']],
    onDone: ({ chased, justNow, ring }) =>
      notify.good(
        [
          chased > 0 ? t('chasedDone', { n: chased }) : t('chasedNobody', { n: justNow }),
          ring > 0 ? t('chasedRing', { n: ring }) : '',
        ].join(''),
      ),
    onFail: notify.problem,
  });
  if (page.error && !page.data)
    return <Problem title={t('loadFailed')} error={page.error} onRetry={() => page.refetch()} />;
  if (!page.data) return <div className="page-waiting" aria-busy="true" />;
  const { addressees, tally, confirmBy } = page.data;
  const answered = addressees.filter((one) => one.confirmedAt !== null);
  return (
    <div className="ms-page">
      <header className="ms-head">
        <div>
          <Link className="link small" to="/messages/asked">
            {t('asked')}
          </Link>
          <h1>{sentence(page.data, language)}</h1>
          <p className="soft small">
            {t('sentAt', { at: format.full(page.data.sentAt) })} · {t('confirmBy', { at: format.full(confirmBy) })}
          </p>
        </div>
        {page.data.about.route?.startsWith('/requests/') && (
          <Link className="link" to={page.data.about.route}>
            {t('open')}
          </Link>
        )}
      </header>
      <Chase
        expected={tally.expected}
        opened={tally.opened}
        answered={tally.confirmed}
        busy={chase.isPending}
        onChase={() => chase.mutate({ id })}
        silent={addressees.flatMap((one) =>
          one.next === null
            ? []
            : [
                {
                  key: one.accountId,
                  who: one.label,
                  place: directory.nameOf(one.nodeId),
                  opened: one.openedAt !== null,
                  next: one.next,
                  chases: one.chases,
                  chasedAt: one.chasedAt && format.moment(one.chasedAt),
                },
              ],
        )}
      >
        {answered.length > 0 && (
          <ul className="chase-list" aria-label={t('answered')}>
            {answered.map((one) => (
              <li key={one.accountId}>
                <Glyph name="done" />
                <span className="chase-who">
                  <b>{one.label}</b> <span className="soft">{directory.nameOf(one.nodeId)}</span>
                </span>
                <span className="soft small">{t('confirmed', { at: format.moment(one.confirmedAt!) })}</span>
                <span className="ms-reply">{one.reply && <q>{one.reply}</q>}</span>
                <span />
              </li>
            ))}
          </ul>
        )}
      </Chase>
    </div>
  );
}
