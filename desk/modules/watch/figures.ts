import type { WarmthMeasure } from '../../../contract/watch.ts';
import { useFormat } from '../../app/format.ts';
import { useT } from './words.ts';

export const isTime = (measure: WarmthMeasure): boolean =>
  measure.startsWith('contact') || measure.startsWith('handling');

/** 4.37 → 4.4, 71.3 → 71. */
export const rounded = (measure: string, value: number): string =>
  measure === 'attitude' ? value.toFixed(2) : String(Math.round(value));

/** Figures of a measure as people say them. */
export function useFigures() {
  const t = useT();
  const format = useFormat();
  return {
    short: (measure: WarmthMeasure, value: number) =>
      measure === 'attitude' ? value.toFixed(2) : t('percent', { n: rounded(measure, value) }),
    long: (measure: WarmthMeasure, value: number) =>
      measure === 'attitude'
        ? value.toFixed(2)
        : t(isTime(measure) ? 'ofClock' : 'percent', { n: rounded(measure, value) }),
    span: (minutes: number) => t('minutes', { span: format.span(minutes * 60_000) }),
  };
}
