import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { open311Endpoints } from '../../../contract/open311.ts';
import { webhookEndpoints } from '../../../contract/webhooks.ts';
import { call } from '../../app/api.ts';
import { Problem } from '../../kit/problem.tsx';
import { CityDoor } from './city-door.tsx';
import { DeliveryLog, type Shown } from './delivery-log.tsx';
import './integrations.css';
import { Subscriptions } from './subscriptions.tsx';
import { useT } from './words.ts';

/** The doors to other systems: who may file and follow, who is told, and what went out. */
export default function IntegrationsPage() {
  const t = useT();
  const city = useQuery({ queryKey: ['open311'], queryFn: () => call(open311Endpoints.settings, {}) });
  const hooks = useQuery({
    queryKey: ['webhooks', 'subscriptions'],
    queryFn: () => call(webhookEndpoints.subscriptions, {}),
    refetchInterval: 15_000,
  });
  const [shown, open] = useState<Shown>({ state: 'all' });
  const failed = [city, hooks].find((query) => query.error && !query.data);
  if (failed) return <Problem title={t('loadFailed')} error={failed.error} onRetry={() => failed.refetch()} />;
  const subscriptions = hooks.data?.subscriptions ?? [];
  return (
    <div className="ig-page" aria-busy={city.isPending || hooks.isPending || undefined}>
      <header>
        <h1>{t('title')}</h1>
        <p className="soft small">{t('lead')}</p>
      </header>
      {hooks.data && <Subscriptions subscriptions={subscriptions} onOpen={open} />}
      {hooks.data && <DeliveryLog subscriptions={subscriptions} shown={shown} onChange={open} />}
      {city.data && <CityDoor settings={city.data} />}
    </div>
  );
}
