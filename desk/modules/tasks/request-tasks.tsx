import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RequestThread } from '../../../contract/requests.ts';
import { taskEndpoints as api } from '../../../contract/tasks.ts';
import { call } from '../../app/api.ts';
import { useMay } from '../../app/session.tsx';
import { SlipMark, TaskStateMark } from './marks.tsx';
import { useT } from './words.ts';

/** On a request’s page: the supervised tasks drawn from it, and the way to issue one (转督办). */
export function RequestTasks({ thread }: { thread: RequestThread }) {
  const t = useT();
  const may = useMay();
  const reads = may('tasks.read');
  const mine = thread.requester?.own ?? false;
  const query = useQuery({
    queryKey: ['tasks', 'of', thread.id],
    queryFn: () => call(api.list, { view: 'all', sourceId: thread.id, sourceNumber: thread.number, limit: 20 }),
    enabled: reads && !mine,
  });
  const rows = query.data?.rows ?? [];
  const issues = may('tasks.issue') && !mine;
  if (mine || (rows.length === 0 && !issues)) return null;
  return (
    <section aria-label={t('requestTasks')}>
      <h2 className="small softer">{t('requestTasks')}</h2>
      {rows.map((row) => (
        <p key={row.id} className="row">
          <Link className="link" to="/tasks/$id" params={{ id: row.id } as never}>
            {row.number}
          </Link>
          {row.colour && <SlipMark colour={row.colour} />}
          <span className="grow" />
          <TaskStateMark state={row.state} />
        </p>
      ))}
      {issues && (
        <Link className="link" to="/tasks/new" search={{ request: thread.id, number: thread.number } as never}>
          {t('makeTask')}
        </Link>
      )}
    </section>
  );
}
