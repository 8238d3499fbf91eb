import { useDirectory } from '../../app/directory.ts';
import { useT } from './words.ts';

const priorities = ['urgent', 'high', 'normal24', 'normal48', 'normal72'] as const;
const timings = ['on_time', 'late', 'withdrawn'] as const;

/** Names of a stratum's parts in the reader's language. */
export function useStratum() {
  const t = useT();
  const directory = useDirectory();
  const firstLevel = directory.categories.filter((category) => category.parentId === null);
  const categoryName = (code: string) =>
    directory.categoryName(firstLevel.find((category) => category.code === code)?.id) || code;
  const priorityName = (code: string) => {
    const known = priorities.find((one) => one === code);
    return known ? t(`p_${known}`) : code;
  };
  const timingName = (code: string) => {
    const known = timings.find((one) => one === code);
    return known ? t(`t_${known}`) : code;
  };
  return {
    firstLevel,
    priorities,
    categoryName,
    priorityName,
    timingName,
    nameOf(stratum: string) {
      const [category = '', priority = '', timing = ''] = stratum.split('/');
      return [categoryName(category), priorityName(priority), timingName(timing)].join(' · ');
    },
  };
}

/** A share as people write it: 37.5 %. */
export const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`;
