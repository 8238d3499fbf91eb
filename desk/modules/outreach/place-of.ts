import type { Touch } from '../../../contract/outreach.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useT } from './words.ts';

/** Where a touch was, as far as this person may know: a small site shows as its unit. */
export function usePlaceOf(): (touch: Pick<Touch, 'siteId' | 'unitId'>) => string {
  const t = useT();
  const directory = useDirectory();
  return ({ siteId, unitId }) =>
    siteId === null ? t('smallSite', { unit: directory.nameOf(unitId) }) : directory.nameOf(siteId);
}

/** A group-local day as it is said; at its noon it is the same day in the zones the group works in. */
export function useDay(): (day: string) => string {
  const format = useFormat();
  return (day) => format.day(`${day}T12:00:00Z`);
}
