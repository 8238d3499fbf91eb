import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { lessonEndpoints as api, lessonKinds, lessonViews } from '../../../contract/lessons.ts';
import { call } from '../../app/api.ts';
import { useMay } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, Empty, LinePicker, OrgPicker, Problem } from '../../kit/index.ts';
import { SelectField } from '../../kit/select-field.tsx';
import { ObserveForm } from './observe-form.tsx';
import { LessonRows } from './rows.tsx';
import { useStages } from './stage-name.ts';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

interface Search {
  view?: (typeof lessonViews)[number];
  stage?: string;
  unitId?: number;
  lineId?: number;
  kind?: (typeof lessonKinds)[number];
  reviewId?: string;
  /** A number that a new lesson begins with. */
  restsOn?: string;
}

const units = ['unit'] as const;
const viewWords = {
  all: 'all',
  to_decide: 'to_decide',
  adopted: 'adoptedView',
  effect_due: 'effect_due',
  rejected: 'rejectedView',
} as const;

/** All that was learnt, by stage, unit, line and words. */
export default function LessonsPage() {
  const t = useT();
  const may = useMay();
  const language = useLocale();
  const navigate = useNavigate();
  const stages = useStages();
  const { view = 'all', restsOn, ...filter } = useSearch({ strict: false }) as Search;
  const [typed, setTyped] = useState('');
  const [writing, setWriting] = useState(restsOn !== undefined);
  const search = useDeferredValue(typed.trim()) || undefined;
  const go = (next: Partial<Search>): void =>
    void navigate({ to: '/lessons/all', search: { view, ...filter, ...next } as never, replace: true });
  const asked = { view, ...filter, search };
  const { data, error, refetch } = useQuery({
    queryKey: ['lessons', 'list', asked],
    queryFn: () => call(api.list, asked),
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  return (
    <div className="ls-page">
      <Tabs />
      <header className="ls-head">
        <h1>{t('tab_list')}</h1>
        <p className="soft small">{t('listLead')}</p>
        {may('lessons.write') && (
          <Button kind="main" onClick={() => setWriting(true)}>
            {t('write')}
          </Button>
        )}
      </header>
      <div className="ls-views">
        {lessonViews.map((one) => (
          <button key={one} type="button" aria-pressed={one === view} onClick={() => go({ view: one })}>
            {t(viewWords[one])} <span className="soft">{data?.counts[one] ?? ''}</span>
          </button>
        ))}
      </div>
      <div className="ls-filters">
        <label className="field">
          <span className="label">{t('search')}</span>
          <input
            className="input"
            type="search"
            maxLength={80}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <SelectField
          label={t('stage')}
          value={filter.stage ?? ''}
          options={['', ...stages.map((one) => one.code)]}
          word={(code) => (code === '' ? t('anyStage') : nameIn(stages.find((one) => one.code === code)!, language))}
          onChange={(stage) => go({ stage: stage || undefined })}
        />
        <SelectField
          label={t('kind')}
          value={filter.kind ?? ''}
          options={['', ...lessonKinds]}
          word={(kind) => (kind === '' ? t('anyKind') : t(kind as 'good'))}
          onChange={(kind) => go({ kind: (kind || undefined) as Search['kind'] })}
        />
        <div className="field">
          <span className="label">{t('unit')}</span>
          <OrgPicker
            clearable
            label={t('unit')}
            kinds={units}
            value={filter.unitId ?? null}
            onChange={(unitId) => go({ unitId: unitId ?? undefined })}
          />
        </div>
        <div className="field">
          <span className="label">{t('line')}</span>
          <LinePicker
            clearable
            label={t('line')}
            value={filter.lineId ?? null}
            onChange={(lineId) => go({ lineId: lineId ?? undefined })}
          />
        </div>
      </div>
      {filter.reviewId && (
        <p className="small soft">
          {t('ofOneReview')}{' '}
          <Button small kind="plain" onClick={() => go({ reviewId: undefined })}>
            {t('seeAll')}
          </Button>
        </p>
      )}
      {data && data.lessons.length === 0 ? (
        <Empty title={t('noLessons')}>{t('noLessonsHow')}</Empty>
      ) : (
        data && <LessonRows lessons={data.lessons} />
      )}
      <Dialog open={writing} wide title={t('write')} onClose={() => setWriting(false)}>
        <ObserveForm review={null} restsOn={restsOn} onClose={() => setWriting(false)} />
      </Dialog>
    </div>
  );
}
