import { useLocation, useNavigate } from '@tanstack/react-router';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Button, Problem } from '../../kit/index.ts';
import { AgreementTab } from './agreement.tsx';
import './catalogue.css';
import { useEdition } from './data.ts';
import { DraftTab } from './draft.tsx';
import { HistoryTab } from './history.tsx';
import { Lines } from './lines.tsx';
import { LoadTab } from './load.tsx';
import { PreviewTab } from './preview.tsx';
import { tableAddress } from './table-file.tsx';
import { useT } from './words.ts';

const readable = ['current', 'history', 'agreement', 'load'] as const;
const managed = ['current', 'draft', 'preview', 'history', 'agreement', 'load'] as const;
type Tab = (typeof managed)[number];

function CurrentTab() {
  const t = useT();
  const format = useFormat();
  const { data, error, refetch } = useEdition('current');
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  return (
    <Lines
      view={data}
      acts={
        <div className="row">
          <b>{data.edition?.number ? t('editionNo', { n: data.edition.number }) : t('none')}</b>
          {data.edition?.from && (
            <span className="soft">{t('fromTo', { from: format.moment(data.edition.from) })}</span>
          )}
          {data.edition?.to && <span className="soft">{t('until', { to: format.moment(data.edition.to) })}</span>}
          <span className="soft">{data.edition?.note}</span>
          <span className="grow" />
          {data.edition && (
            <a className="btn" href={tableAddress('current')} download>
              {t('download')}
            </a>
          )}
        </div>
      }
    />
  );
}

/** Who owns what, where: read by all who dispatch or handle, kept by the dispatchers' lead. */
export default function CataloguePage() {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const { search } = useLocation();
  const tabs: readonly Tab[] = may('catalogue.manage') ? managed : readable;
  const asked = (search as Record<string, unknown>).tab;
  const tab = tabs.find((one) => one === asked) ?? 'current';
  const open = (next: Tab) => void navigate({ to: '/catalogue', search: { tab: next } as never });
  return (
    <div className="ca-page">
      <header className="ca-head">
        <h1>{t('title')}</h1>
        <p className="soft small">{t('lead')}</p>
      </header>
      <nav className="views" aria-label={t('tabs')}>
        {tabs.map((one) => (
          <button key={one} type="button" aria-current={one === tab ? 'page' : undefined} onClick={() => open(one)}>
            {t(`tab_${one}`)}
          </button>
        ))}
      </nav>
      <div className="ca-body">
        {tab === 'current' && <CurrentTab />}
        {tab === 'draft' && <DraftTab onPreview={() => open('preview')} onDecided={() => open('history')} />}
        {tab === 'preview' && <PreviewTab />}
        {tab === 'history' && <HistoryTab onDraft={() => open('draft')} />}
        {tab === 'agreement' && <AgreementTab />}
        {tab === 'load' && <LoadTab />}
        {tab === 'current' && may('catalogue.manage') && (
          <div className="dialog-acts">
            <Button onClick={() => open('draft')}>{t('tab_draft')}</Button>
          </div>
        )}
      </div>
    </div>
  );
}
