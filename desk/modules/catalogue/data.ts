import { useQuery } from '@tanstack/react-query';
import { catalogueEndpoints as api, type CatalogueItem } from '../../../contract/catalogue.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useT } from './words.ts';

export const refreshes = [['catalogue']] as const;

export const useEditions = () =>
  useQuery({ queryKey: ['catalogue', 'editions'], queryFn: () => call(api.editions, {}) });

export const useEdition = (id: string | null) =>
  useQuery({
    queryKey: ['catalogue', 'edition', id],
    queryFn: () => call(api.edition, { id: id! }),
    enabled: id !== null,
  });

/** A line of the catalogue in words, cell by cell. */
export function useItemWords() {
  const t = useT();
  const directory = useDirectory();
  const format = useFormat();
  return {
    category: (item: Pick<CatalogueItem, 'categoryId'>) => {
      const category = directory.category(item.categoryId);
      return `${category?.code ?? ''} ${directory.categoryName(item.categoryId)}`;
    },
    place: (item: Pick<CatalogueItem, 'nodeId'>) => {
      const node = directory.node(item.nodeId);
      if (node?.kind === 'group') return t('wholeGroup');
      return node?.kind === 'site' ? `${node.code} ${directory.nameOf(node.id)}` : directory.nameOf(item.nodeId);
    },
    lead: (item: Pick<CatalogueItem, 'lineId' | 'lead' | 'leadUnitId'>) =>
      [
        directory.lineName(item.lineId),
        item.lead === 'unit' ? directory.nameOf(item.leadUnitId) : t(`lead_${item.lead}`),
      ].join(t('sep')),
    co: (item: Pick<CatalogueItem, 'coLineIds'>) => item.coLineIds.map((id) => directory.lineName(id)).join(t('comma')),
    level: (item: Pick<CatalogueItem, 'contactMinutes' | 'resolveHours'>) =>
      item.contactMinutes === null && item.resolveHours === null
        ? t('byPriority')
        : t('level', {
            contact: item.contactMinutes === null ? '—' : t('minutes', { n: item.contactMinutes }),
            resolve: item.resolveHours === null ? '—' : t('hours', { n: item.resolveHours }),
          }),
    escalation: (item: Pick<CatalogueItem, 'escalation'>) =>
      item.escalation.map((step) => `${t('hours', { n: step.hours })} ${t(`post_${step.post}`)}`).join(' → '),
    window: ({ validFrom, validTo }: Pick<CatalogueItem, 'validFrom' | 'validTo'>) =>
      validFrom && validTo
        ? t('window', { from: format.day(validFrom), to: format.day(validTo) })
        : validFrom
          ? t('fromOnly', { from: format.day(validFrom) })
          : validTo
            ? t('toOnly', { to: format.day(validTo) })
            : t('always'),
  };
}

/** A post in words: the line, and the unit where it works or head office. */
export function usePostName(): (post: { lineId: number; unitId: number | null }) => string {
  const t = useT();
  const directory = useDirectory();
  return ({ lineId, unitId }) =>
    [directory.lineName(lineId), unitId === null ? t('lead_head_office') : directory.nameOf(unitId)].join(t('sep'));
}
