import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { lessonEndpoints as api, type LessonFile } from '../../../contract/lessons.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useLocale } from '../../app/words.ts';
import { Button, Dialog, Problem } from '../../kit/index.ts';
import { DecideForm, EffectForm, WordsForm } from './acts.tsx';
import { useStageName } from './stage-name.ts';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

type Form = 'analyse' | 'propose' | 'adopt' | 'reject' | 'effect';
const titles = {
  analyse: 'analyse',
  propose: 'propose',
  adopt: 'adopt',
  reject: 'reject',
  effect: 'reviewEffect',
} as const;

/** One lesson from what was observed to what it did. */
export default function LessonPage() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const english = useLocale() === 'en';
  const stageName = useStageName();
  const { id } = useParams({ strict: false }) as { id: string };
  const [form, setForm] = useState<{ act: Form; lesson: LessonFile } | null>(null);
  const {
    data: lesson,
    error,
    refetch,
  } = useQuery({
    queryKey: ['lessons', 'lesson', id],
    queryFn: () => call(api.lesson, { id }),
  });
  if (error && !lesson) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!lesson) return null;
  const close = (): void => setForm(null);
  // As it was read: what another writes meanwhile is not decided on unseen.
  const open = (act: Form): void => setForm({ act, lesson });
  const said = (who: string | null, at: string | null): string =>
    at ? t('byOn', { who: who ?? '', at: format.day(at) }) : '';
  return (
    <div className="ls-page">
      <Tabs />
      <header className="ls-head">
        <Link className="soft" to="/lessons/all">
          {t('back')}
        </Link>
        <h1>{english && lesson.titleEn ? lesson.titleEn : lesson.title}</h1>
        <span className={`tag ${lesson.kind === 'good' ? 'good' : 'over'}`}>{t(lesson.kind)}</span>
        <span className="tag">{t(`s_${lesson.state}`)}</span>
        <span className="softer">{lesson.number}</span>
      </header>
      <div className="ls-acts">
        {lesson.can.decide && (
          <>
            <Button kind="main" onClick={() => open('adopt')}>
              {t('adopt')}
            </Button>
            <Button onClick={() => open('reject')}>{t('reject')}</Button>
          </>
        )}
        {lesson.can.effect && (
          <Button kind="main" onClick={() => open('effect')}>
            {t('reviewEffect')}
          </Button>
        )}
        {lesson.can.write && (
          <>
            <Button onClick={() => open('analyse')}>{t('analyse')}</Button>
            {lesson.cause && <Button onClick={() => open('propose')}>{t('propose')}</Button>}
          </>
        )}
      </div>
      <div className="ls-two">
        <section className="ls-card">
          <div className="ls-part">
            <h2>{t('observed')}</h2>
            <p>{lesson.observed}</p>
            <p className="small softer">{said(lesson.author, lesson.observedAt)}</p>
          </div>
          <div className="ls-part">
            <h2>{t('cause')}</h2>
            <p className={lesson.cause ? undefined : 'soft'}>{lesson.cause ?? t('notYet')}</p>
          </div>
          <div className="ls-part">
            <h2>{t('proposal')}</h2>
            <p className={lesson.proposal ? undefined : 'soft'}>{lesson.proposal ?? t('notYet')}</p>
            <p className="small softer">{t(`level_${lesson.level}`)}</p>
          </div>
          {lesson.decidedAt && (
            <div className="ls-part">
              <h2>{t('decision')}</h2>
              <p>
                {t(`s_${lesson.state === 'rejected' ? 'rejected' : 'adopted'}`)}
                {lesson.decision && ` · ${lesson.decision}`}
              </p>
              <p className="small softer">{said(lesson.decidedBy, lesson.decidedAt)}</p>
            </div>
          )}
          {lesson.effectAt && (
            <div className="ls-part">
              <h2>{t('effect')}</h2>
              <p>
                {t(lesson.effect!)}
                {lesson.effectMeasure &&
                  lesson.effectBefore !== null &&
                  lesson.effectAfter !== null &&
                  ` · ${t('beforeAfter', { measure: lesson.effectMeasure, before: lesson.effectBefore, after: lesson.effectAfter })}`}
                {lesson.effectWords && ` · ${lesson.effectWords}`}
              </p>
              <p className="small softer">{said(lesson.effectBy, lesson.effectAt)}</p>
            </div>
          )}
        </section>
        <section className="ls-card">
          <p>
            {lesson.unitId === null ? t('group') : directory.nameOf(lesson.unitId)} · {stageName(lesson.stage)}
            {lesson.lineId !== null && ` · ${directory.lineName(lesson.lineId)}`}
          </p>
          <h3>{t('evidenceShort')}</h3>
          <ul>
            {lesson.evidence.map((one) => (
              <li key={one.id}>
                <Link to={one.route}>{one.number}</Link>
              </li>
            ))}
          </ul>
          {lesson.adoptions.length > 0 && (
            <>
              <h3>{t('adoptedIn')}</h3>
              <ul>
                {lesson.adoptions.map((one) => (
                  <li key={`${one.kind}.${one.id}`}>
                    <span className="tag">{t(one.kind)}</span>{' '}
                    <a href={`/desk${one.route}`}>{english ? one.en : one.zh}</a>
                  </li>
                ))}
              </ul>
            </>
          )}
          {lesson.state === 'adopted' && lesson.effectDue && (
            <p className={lesson.effectLate ? 'over small' : 'soft small'}>
              {t('effectDueOn', { at: format.day(lesson.effectDue) })}
            </p>
          )}
        </section>
      </div>
      <Dialog open={form !== null} title={form ? t(titles[form.act]) : ''} onClose={close}>
        {form && (form.act === 'analyse' || form.act === 'propose' || form.act === 'reject') && (
          <WordsForm lesson={form.lesson} act={form.act} onClose={close} />
        )}
        {form?.act === 'adopt' && <DecideForm lesson={form.lesson} onClose={close} />}
        {form?.act === 'effect' && <EffectForm lesson={form.lesson} onClose={close} />}
      </Dialog>
    </div>
  );
}
