import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useFormat } from '../../app/format.ts';
import { Glyph, Problem } from '../../kit/index.ts';
import { threadQuery } from '../requests/queue-data.ts';
import { ExplanationForm } from './forms.tsx';
import '../requests/requests.css';
import './ledger.css';
import { useT } from './words.ts';

/** Cannot be solved, and nobody has complained yet: what the line proposes opens the entry. */
export default function ExplainPage() {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(threadQuery(id));
  const back = () => void navigate({ to: '/requests/$id', params: { id } as never });
  if (query.error && !query.data)
    return <Problem title={t('entryFailed')} error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  const thread = query.data;
  const contacts = thread.entries
    .filter((one) => one.kind === 'contacted' || one.kind === 'reply')
    .map(({ id: entryId, at }) => ({ id: entryId, at }));
  return (
    <div className="lg-explain">
      <div className="lg-title">
        <Link className="link row" to="/requests/$id" params={{ id } as never}>
          <Glyph name="left" />
          {thread.number}
        </Link>
        <h1>{t('act_explain')}</h1>
      </div>
      {thread.text && <p className="lg-asked">{format.quoted(thread.text)}</p>}
      <ExplanationForm
        thread={thread}
        contacts={contacts}
        onClose={back}
        onDone={(entryId) => void navigate({ to: '/ledger/$id', params: { id: entryId } as never })}
      />
    </div>
  );
}
