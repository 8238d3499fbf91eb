import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { accessEndpoints as api } from '../../../contract/access.ts';
import { call } from '../../app/api.ts';
import { useMay } from '../../app/session.tsx';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { useKey } from '../../kit/keys.ts';
import { Problem } from '../../kit/problem.tsx';
import { type Account, AccountPanel } from './account-panel.tsx';
import { AccountTable } from './account-table.tsx';
import { CreateAccount } from './create-account.tsx';
import './access.css';
import { useT } from './words.ts';

/** Accounts: the system administrator keeps them, the security administrator grants; neither may do the other's part. */
export default function AccountsPage() {
  const t = useT();
  const may = useMay();
  const [typed, setTyped] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  const [creating, setCreating] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const search = useDeferredValue(typed.trim());
  const list = useInfiniteQuery({
    queryKey: ['accounts', search],
    queryFn: ({ pageParam }) => call(api.accounts, { search: search || undefined, after: pageParam || undefined }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const accounts = useMemo<Account[]>(() => list.data?.pages.flatMap((page) => page.accounts) ?? [], [list.data]);
  const open = accounts.find((account) => account.id === openId);
  const move = (by: 1 | -1) => {
    const at = accounts.findIndex((account) => account.id === openId);
    const next = accounts[Math.min(Math.max(at + by, 0), accounts.length - 1)];
    if (!next) return;
    setOpenId(next.id);
    document.querySelector(`[data-account="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useKey('/', () => box.current?.focus(), { hint: t('search') });
  useKey('j', () => move(1), { hint: t('next') });
  useKey('k', () => move(-1), { hint: t('before') });

  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  const manages = may('accounts.manage');
  return (
    <div className="ac-page" data-open={open !== undefined || undefined}>
      <section className="ac-list" aria-label={t('accounts')}>
        <header className="ac-head">
          <h1>{t('accounts')}</h1>
          <input
            ref={box}
            className="input ac-search"
            type="search"
            aria-label={t('search')}
            aria-keyshortcuts="/"
            placeholder={t('search')}
            value={typed}
            maxLength={80}
            onChange={(event) => setTyped(event.target.value)}
          />
          <span className="grow" />
          {manages && (
            <>
              <Link className="btn" to="/import">
                {t('importLink')}
              </Link>
              <Button kind="main" onClick={() => setCreating(true)}>
                {t('create')}
              </Button>
            </>
          )}
        </header>
        <p className="ac-lead soft small">
          {t(manages ? 'accountsSys' : 'accountsSec')} {t('separation')}
        </p>
        {list.data && accounts.length === 0 ? (
          <Empty title={t('empty')}>{t('emptyHow')}</Empty>
        ) : (
          <div className="ac-scroll">
            <AccountTable accounts={accounts} openId={openId} onOpen={setOpenId} />
            {list.hasNextPage && (
              <Button kind="plain" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
                {t('more')}
              </Button>
            )}
          </div>
        )}
      </section>
      <aside className="ac-panel" aria-label={open?.label ?? t('select')}>
        {open ? (
          <AccountPanel key={open.id} account={open} onBack={() => setOpenId(null)} />
        ) : (
          <Empty title={t('select')} />
        )}
      </aside>
      <CreateAccount open={creating} onClose={() => setCreating(false)} />
    </div>
  );
}
