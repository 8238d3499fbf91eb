import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { taskEndpoints as api, type MovementDirection, type ProblemRow } from '../../../contract/tasks.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Button, Glyph, type GlyphName } from '../../kit/index.ts';
import { Cards } from './cards.tsx';
import { OpenProblem } from './open-problem.tsx';
import { Sections } from './sections.tsx';
import './tasks.css';
import { useT } from './words.ts';

const glyphs: Record<MovementDirection | 'none', GlyphName> = {
  better: 'tick',
  same: 'dash',
  worse: 'down',
  none: 'ring',
};

/** What a week brought. No word is no movement recorded, never "the same". */
export function Direction({ direction }: { direction: MovementDirection | null }) {
  const t = useT();
  const said = direction ?? 'none';
  return (
    <span className={`ta-dir ${said === 'worse' ? 'strong' : said === 'none' ? 'near' : 'soft'}`}>
      <Glyph name={glyphs[said]} />
      {t(`dir_${said}`)}
    </span>
  );
}

function Card({ row, selected }: { row: ProblemRow; selected: boolean }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  return (
    <li className="ta-card" data-row={row.id} data-selected={selected || undefined}>
      <div className="row">
        <Link className="row-link" to="/problems/$id" params={{ id: row.id } as never}>
          <span className="softer small">{row.number}</span> <b>{row.title ?? t('withheld')}</b>
        </Link>
      </div>
      {row.state === 'open' ? (
        <span className="row small">
          {t('thisWeek')} <Direction direction={row.thisWeek} />
        </span>
      ) : (
        <span className="soft small">{t('state_closed')}</span>
      )}
      <span className="soft small">
        {[directory.nameOf(row.siteId ?? row.unitId), t('openedOn', { at: format.day(row.openedAt) })]
          .filter(Boolean)
          .join(t('sep'))}{' '}
        {row.lacks.map((one) => (
          <span key={one} className="tag near">
            {t(`lack_${one}`)}
          </span>
        ))}{' '}
        {row.overdueReturns > 0 && <span className="tag over">{t('overdueReturns', { n: row.overdueReturns })}</span>}
      </span>
      {row.state === 'open' && (
        <span className="row small soft">
          {t('lastWeek')} <Direction direction={row.lastWeek} />
        </span>
      )}
    </li>
  );
}

/** The hard-problem list with its weekly movement. */
export default function ProblemsPage() {
  const t = useT();
  const mayIssue = useMay()('tasks.issue');
  const [state, setState] = useState<'open' | 'closed'>('open');
  const [opening, setOpening] = useState(false);
  const query = useQuery({
    queryKey: ['problems', 'list', state],
    queryFn: () => call(api.problems, { state }),
    refetchInterval: 60_000,
  });
  return (
    <div className="ta-page">
      <header className="ta-head">
        <h1 className="sr-only">{t('problems')}</h1>
        <Sections />
        <span className="grow" />
        {mayIssue && (
          <Button small kind="main" onClick={() => setOpening(true)}>
            {t('openProblem')}
          </Button>
        )}
      </header>
      <nav className="ta-views" aria-label={t('views')}>
        {(['open', 'closed'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-current={one === state ? 'page' : undefined}
            onClick={() => setState(one)}
          >
            {t(`${one}Ones`)}
            {one === state && query.data && <span>{query.data.rows.length}</span>}
          </button>
        ))}
      </nav>
      <Cards
        label={t('problems')}
        query={query}
        to="/problems/$id"
        failed={t('problemsFailed')}
        empty={t('noProblems')}
        emptyHow={t('noProblemsHow')}
        lead={t('problemsLead')}
        card={(row, selected) => <Card key={row.id} row={row} selected={selected} />}
      />
      {opening && <OpenProblem onClose={() => setOpening(false)} />}
    </div>
  );
}
