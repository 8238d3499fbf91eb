import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { caseEndpoints as api } from '../../../contract/cases.ts';
import { call } from '../../app/api.ts';
import { Empty } from '../../kit/empty.tsx';
import { useKey } from '../../kit/keys.ts';
import { Problem } from '../../kit/problem.tsx';
import { AskCard, type Asked } from './ask-card.tsx';
import './approvals.css';
import { useT } from './words.ts';

/** What one key does to the open application. */
function KeysOf({ ask, act }: { ask: Asked; act: (approve: boolean) => void }) {
  const t = useT();
  const navigate = useNavigate();
  useKey('y', () => act(true), { hint: t('approve') });
  useKey('n', () => act(false), { hint: t('refuse') });
  useKey('Enter', () => void navigate({ to: '/requests/$id', params: { id: ask.requestId } as never }), {
    hint: t('openRequest'),
  });
  return null;
}

/** Extensions and suspensions that wait for this person. */
export default function ApprovalsPage() {
  const t = useT();
  const asks = useQuery({ queryKey: ['asks', 'mine'], queryFn: () => call(api.asks, {}), refetchInterval: 60_000 });
  const [openId, setOpenId] = useState<string | null>(null);
  /** A decision begun by key: the card takes it from here, so that a refusal still asks for its words. */
  const [begun, setBegun] = useState<{ id: string; approve: boolean } | null>(null);
  const all = asks.data?.asks ?? [];
  const open = all.find((ask) => ask.id === openId) ?? all[0];
  const move = (by: 1 | -1) => {
    const at = open ? all.indexOf(open) : 0;
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (!next) return;
    setOpenId(next.id);
    document.getElementById(`ask-${next.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  useKey('j', () => move(1), { hint: t('next') });
  useKey('k', () => move(-1), { hint: t('before') });

  if (asks.error && !asks.data)
    return <Problem title={t('loadFailed')} error={asks.error} onRetry={() => asks.refetch()} />;
  return (
    <div className="ap-page" aria-busy={asks.isPending || undefined}>
      <header className="ap-head">
        <h1>
          {t('title')} {all.length > 0 && <span className="soft">{all.length}</span>}
        </h1>
        <p className="soft small">{t('lead')}</p>
      </header>
      {asks.data && all.length === 0 && <Empty title={t('empty')}>{t('emptyHow')}</Empty>}
      <ol className="ap-list">
        {all.map((ask) => (
          <AskCard
            key={ask.id}
            ask={ask}
            open={ask === open}
            begun={begun?.id === ask.id ? begun.approve : null}
            onBegun={() => setBegun(null)}
            onOpen={() => setOpenId(ask.id)}
          />
        ))}
      </ol>
      {open && <KeysOf ask={open} act={(approve) => setBegun({ id: open.id, approve })} />}
    </div>
  );
}
