import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { watchEndpoints as api, type WarmthMeasure, type WatchRecord } from '../../../contract/watch.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Empty, Problem } from '../../kit/index.ts';
import { Alarms } from './alarms.tsx';
import { useFigures } from './figures.ts';
import { PlaceChoice, usePlace } from './place.tsx';
import { Records } from './records.tsx';
import { WatchTabs } from './tabs.tsx';
import { WarmthCard } from './warmth-card.tsx';
import './watch.css';
import { useT } from './words.ts';

interface Opened {
  nodeId: number;
  lineId: number | null;
  measure: WarmthMeasure;
  week: number;
}

function WeekRecords({ of, onClose }: { of: Opened; onClose: () => void }) {
  const t = useT();
  const directory = useDirectory();
  const figures = useFigures();
  const may = useMay();
  const { nodeId, lineId, measure, week } = of;
  const { data, error, refetch } = useQuery({
    queryKey: ['watch', 'records', of],
    queryFn: () => call(api.warmthRecords, { nodeId, lineId: lineId ?? undefined, measure, week }),
  });
  const tell = (row: WatchRecord) => {
    if (row.value === null) return '–';
    if (measure === 'followup') return t(row.value > 0 ? 'reached' : 'notReached');
    if (measure === 'attitude') return String(row.value);
    return row.open ? t('stillWaiting') : figures.short(measure, row.value);
  };
  const place = [directory.nameOf(nodeId), directory.lineName(lineId)].filter(Boolean).join(' · ');
  return (
    <Records
      title={t('recordsTitle', { place, week, measure: t(`m_${measure}`) })}
      figure={t(`m_${measure}`)}
      found={data}
      error={error}
      onRetry={refetch}
      onClose={onClose}
      note={(measure === 'attitude' || measure === 'followup') && !may('followups.call') ? t('marksKept') : undefined}
      tell={tell}
    />
  );
}

/** As warm as at the start: each week of a place against its own first two. */
export default function WarmthPage() {
  const t = useT();
  const format = useFormat();
  const { nodeId, lineId, go } = usePlace('/watch');
  const [opened, setOpened] = useState<Opened | null>(null);
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['watch', 'warmth', nodeId, lineId],
    queryFn: () => call(api.warmth, { nodeId, lineId }),
    placeholderData: (before) => before,
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  const shown = data?.series.filter(({ weeks }) => weeks.length > 0) ?? [];
  return (
    <div className="wa-page" aria-busy={isPending || undefined}>
      <WatchTabs />
      <header className="wa-head">
        <h1>{t('tab_warmth')}</h1>
        <p className="soft small">{t('warmthLead')}</p>
        {data && data.nodeId !== null && (
          <PlaceChoice reach={data.reach} nodeId={data.nodeId} lineId={data.lineId} onGo={go} />
        )}
        <p className="softer small">
          {data?.campaign && t('campaign', { week: data.campaign.week })}
          {data?.asOf && ` · ${t('asOf', { at: format.moment(data.asOf) })}`}
        </p>
      </header>
      {data && <Alarms alarms={data.alarms} onGo={go} />}
      {data && shown.length === 0 && <Empty title={t('notYet')}>{t('notYetHow')}</Empty>}
      <div className="wa-cards">
        {data &&
          data.nodeId !== null &&
          shown.map(({ measure, weeks }) => (
            <WarmthCard
              key={measure}
              measure={measure}
              weeks={weeks}
              onOpen={(week) => setOpened({ nodeId: data.nodeId!, lineId: data.lineId, measure, week })}
            />
          ))}
      </div>
      {opened && <WeekRecords of={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
