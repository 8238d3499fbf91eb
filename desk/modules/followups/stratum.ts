import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useT } from './words.ts';

const priorities = ['urgent', 'high', 'normal24', 'normal48', 'normal72'] as const;
const timings = ['on_time', 'late', 'withdrawn'] as const;

/** Names of a stratum's parts, and shares, in the reader's language. */
export function useStratum() {
  const t = useT();
  const directory = useDirectory();
  const format = useFormat();
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
    percent: (share: number) => format.percent(share, 2),
    nameOf(stratum: string) {
      const [category = '', priority = '', timing = ''] = stratum.split('/');
      return [categoryName(category), priorityName(priority), timingName(timing)].join(' · ');
    },
  };
}
