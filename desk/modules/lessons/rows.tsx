import { Link } from '@tanstack/react-router';
import type { LessonRow } from '../../../contract/lessons.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useLocale } from '../../app/words.ts';
import { useStageName } from './stage-name.ts';
import './lessons.css';
import { useT } from './words.ts';

const tones = {
  observed: '',
  analysed: '',
  proposed: 'near',
  adopted: 'good',
  rejected: '',
  effect_reviewed: 'good',
} as const;

export function LessonRows({ lessons }: { lessons: readonly LessonRow[] }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const english = useLocale() === 'en';
  const stageName = useStageName();
  return (
    <ul className="ls-rows">
      {lessons.map((lesson) => (
        <li key={lesson.id}>
          <Link className="ls-row" to="/lessons/$id" params={{ id: lesson.id } as never}>
            <span>
              <span className={`tag ${lesson.kind === 'good' ? 'good' : 'over'}`}>{t(lesson.kind)}</span>
            </span>
            <span>
              <b>{english && lesson.titleEn ? lesson.titleEn : lesson.title}</b>{' '}
              <span className="small softer">{lesson.number}</span>
            </span>
            <span className="small soft">
              {lesson.unitId === null ? t('group') : directory.nameOf(lesson.unitId)} · {stageName(lesson.stage)}
              {lesson.lineId !== null && ` · ${directory.lineName(lesson.lineId)}`}
            </span>
            <span>
              <span className={`tag ${tones[lesson.state]}`}>{t(`s_${lesson.state}`)}</span>
            </span>
            <span className="small soft">
              {lesson.effect
                ? t(lesson.effect)
                : lesson.effectDue && (
                    <span className={lesson.effectLate ? 'over' : undefined}>
                      {t('effectDueOn', { at: format.day(lesson.effectDue) })}
                    </span>
                  )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
