import type { PersonState } from '../../../contract/duty.ts';
import type { Group } from '../organization/index.ts';

export interface SupportItem {
  key: string;
  zh: string;
  en: string;
  /** Page of the desk that opens it. */
  route: string | null;
  /** Number to ring. */
  phone: string | null;
}

/**
 * What each of the three populations is offered (domain row 68): what to read, whom to ring, what to do next. Content that
 * later modules bring (packs, packs of goods) joins here.
 */
export const statusSupport: Record<PersonState, (group: Group) => SupportItem[]> = {
  on_duty: (group) => [
    {
      key: 'rest',
      zh: '每 24 小时在岗不超过 12 小时，连续不超过 14 天；排多了请告诉排班人',
      en: 'At most 12 hours in 24 and 14 days in a row; tell your planner if it is more',
      route: null,
      phone: null,
    },
    {
      key: 'ask',
      zh: '缺吃住、防护、药品，拨综合保障热线',
      en: 'Short of food, lodging, protection or medicine: ring the support hotline',
      route: null,
      phone: group.hotline,
    },
    {
      key: 'care',
      zh: '累了、睡不着，心理关怀热线保密',
      en: 'Worn out or sleepless: the care line keeps it to itself',
      route: null,
      phone: group.careLine,
    },
  ],
  at_home: (group) => [
    {
      key: 'no_duty',
      zh: '在家期间不会派班、不会催您值守',
      en: 'While you are at home nobody plans or pages you for duty',
      route: null,
      phone: null,
    },
    {
      key: 'supply',
      zh: '家里缺生活物资、要配药，拨综合保障热线',
      en: 'Short of supplies or medicine at home: ring the support hotline',
      route: null,
      phone: group.hotline,
    },
    {
      key: 'care',
      zh: '心里闷，心理关怀热线保密',
      en: 'Feeling low: the care line keeps it to itself',
      route: null,
      phone: group.careLine,
    },
  ],
  returning: (group) => [
    {
      key: 'date',
      zh: '和单位联络员说定返岗日期和班次',
      en: 'Agree the day and the shift of your return with your unit’s liaison',
      route: null,
      phone: null,
    },
    {
      key: 'way',
      zh: '确认通行、交通和住处，缺什么拨综合保障热线',
      en: 'Settle passes, transport and lodging; ring the support hotline for what is missing',
      route: null,
      phone: group.hotline,
    },
    {
      key: 'gear',
      zh: '领防护用品，问清现场现在的规定',
      en: 'Fetch protective gear and ask what rules the site has now',
      route: null,
      phone: null,
    },
    {
      key: 'handover',
      zh: '看一遍最近的交班记录再上岗',
      en: 'Read the latest hand-over notes before the first shift',
      route: '/duty',
      phone: null,
    },
  ],
};
