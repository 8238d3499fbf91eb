import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { MeasureDue } from '../../../contract/measures.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Glyph, type GlyphName } from '../../kit/index.ts';
import { useT } from './words.ts';

type Shown = 'open' | 'done' | 'late' | 'lapsed' | 'cannot' | 'ended';

/** Late is a state of its own: it never turns into done in time. */
export const shownState = (due: Pick<MeasureDue, 'state' | 'late'>): Shown =>
  due.state === 'done' && due.late ? 'late' : due.state;

export const stateGlyphs: Record<Shown, GlyphName> = {
  open: 'empty',
  done: 'tick',
  late: 'half',
  lapsed: 'square',
  cannot: 'dash',
  ended: 'ring',
};

export function MeasureState({ due }: { due: MeasureDue }) {
  const t = useT();
  const state = shownState(due);
  return (
    <span className="me-state" data-state={state}>
      <Glyph name={stateGlyphs[state]} /> {t(`state_${state}`)}
    </span>
  );
}

/** Where: the site, the unit, or the group itself. */
export function usePlace(): (due: Pick<MeasureDue, 'siteId' | 'unitId'>) => string {
  const t = useT();
  const directory = useDirectory();
  return ({ siteId, unitId }) => directory.nameOf(siteId ?? unitId) || t('group');
}

/** What was shown, in a line. */
export function useProof(): (due: MeasureDue) => string {
  const t = useT();
  return ({ proof }) =>
    proof
      ? [
          proof.number,
          proof.signer && t('signed', { who: proof.signer }),
          proof.words,
          proof.files > 0 && t('files', { n: proof.files }),
        ]
          .filter((part) => part !== null && part !== false && part !== '')
          .join(' · ')
      : '';
}

/** One measure in a list; its name opens it. */
export function MeasureRow({ due, children }: { due: MeasureDue; children?: ReactNode }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const placeOf = usePlace();
  const proofOf = useProof();
  const now = useNow();
  const past = now - Date.parse(due.due);
  const under = [
    placeOf(due),
    due.where,
    due.own && t('own'),
    due.offline && t('offline'),
    due.state === 'cannot' ? due.cannot?.reason : proofOf(due),
  ].filter(Boolean);
  return (
    <li className="me-row">
      <MeasureState due={due} />
      <span className="me-what">
        <Link className="cut" to="/measures/$id" params={{ id: due.id } as never}>
          {nameIn(due.title, language)} {due.red && <span className="tag over">{t('red')}</span>}{' '}
          {due.verdict && <span className="tag">{t(`verdict_${due.verdict}`)}</span>}
        </Link>
        <span className="small soft cut">{under.join(' · ')}</span>
      </span>
      <span className="me-side small soft">
        {due.doneAt
          ? t('doneAt', { at: format.moment(due.doneAt), who: due.doneBy ?? '' })
          : due.state === 'cannot'
            ? due.cannot?.answer
              ? t(`answer_${due.cannot.answer}`)
              : t('waited', { span: format.span(now - Date.parse(due.cannot!.at)) })
            : past > 0
              ? t('past', { span: format.span(past) })
              : t('by', { at: format.moment(due.due) })}
      </span>
      {children ?? <span />}
    </li>
  );
}
