import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { taskEndpoints as api, type DirectiveRow } from '../../../contract/tasks.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Button, Glyph } from '../../kit/index.ts';
import { Cards } from './cards.tsx';
import { Sections } from './sections.tsx';
import './tasks.css';
import { useT } from './words.ts';

function Card({ row, selected }: { row: DirectiveRow; selected: boolean }) {
  const t = useT();
  const format = useFormat();
  return (
    <li className="ta-card" data-row={row.id} data-selected={selected || undefined}>
      <div className="row">
        <Link className="row-link" to="/directives/$id" params={{ id: row.id } as never}>
          <b>{row.title}</b>
        </Link>
      </div>
      <span className={row.unmapped > 0 ? 'row near' : 'row soft'}>
        <Glyph name={row.unmapped > 0 ? 'triangle' : 'tick'} />
        {row.unmapped > 0 ? t('unmappedShort', { n: row.unmapped }) : t('allMapped')}
      </span>
      <span className="soft small">
        {[row.documentNumber, row.issuedBy, format.moment(row.issuedAt), t('paragraphs', { n: row.paragraphs })].join(
          t('sep'),
        )}
      </span>
      <span className="soft small">
        {t('firstAction')}{' '}
        {row.firstActionSeconds === null ? t('noAction') : format.span(row.firstActionSeconds * 1000)}
        {t('sep')}
        {t('openTasks')} {row.openTasks}
      </span>
    </li>
  );
}

/** Directives, the latest first: what of them leads nowhere, and how soon somebody acted. */
export default function DirectivesPage() {
  const t = useT();
  const navigate = useNavigate();
  const mayIssue = useMay()('tasks.issue');
  const query = useQuery({
    queryKey: ['directives', 'list'],
    queryFn: () => call(api.directives, {}),
    refetchInterval: 60_000,
  });
  return (
    <div className="ta-page">
      <header className="ta-head">
        <h1 className="sr-only">{t('directives')}</h1>
        <Sections />
        <span className="grow" />
        {mayIssue && (
          <Button small kind="main" onClick={() => void navigate({ to: '/directives/new' })}>
            {t('enterDirective')}
          </Button>
        )}
      </header>
      <Cards
        label={t('directives')}
        query={query}
        to="/directives/$id"
        failed={t('directivesFailed')}
        empty={t('noDirectives')}
        emptyHow={t('noDirectivesHow')}
        lead={t('directivesLead')}
        card={(row, selected) => <Card key={row.id} row={row} selected={selected} />}
      />
    </div>
  );
}
