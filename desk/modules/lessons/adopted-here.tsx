import { useQuery } from '@tanstack/react-query';
import { type AdopterKind, lessonEndpoints as api } from '../../../contract/lessons.ts';
import { call } from '../../app/api.ts';
import { useMay } from '../../app/session.tsx';
import { LessonRows } from './rows.tsx';
import { useT } from './words.ts';

/** The lessons that a plan, an article or a contingency has taken up; nothing where there are none. */
export function AdoptedHere({ kind, id, panel }: { kind: AdopterKind; id: string; panel?: boolean }) {
  const t = useT();
  const may = useMay()('lessons.read');
  const { data } = useQuery({
    queryKey: ['lessons', 'adopted', kind, id],
    queryFn: () => call(api.adoptedBy, { kind, recordId: id }),
    enabled: may,
  });
  if (!data || data.lessons.length === 0) return null;
  return (
    <section className={panel ? 'panel' : undefined} aria-label={t('adoptedHere')}>
      {panel ? <h2>{t('adoptedHere')}</h2> : <h3>{t('adoptedHere')}</h3>}
      <LessonRows lessons={data.lessons} />
    </section>
  );
}
