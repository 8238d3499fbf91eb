import type { Touch } from '../../../contract/outreach.ts';
import { useDirectory } from '../../app/directory.ts';
import { useT } from './words.ts';

/** Where a touch was, as far as this person may know: a small site shows as its unit. */
export function usePlaceOf(): (touch: Pick<Touch, 'siteId' | 'unitId'>) => string {
  const t = useT();
  const directory = useDirectory();
  return ({ siteId, unitId }) =>
    siteId === null ? t('smallSite', { unit: directory.nameOf(unitId) }) : directory.nameOf(siteId);
}
