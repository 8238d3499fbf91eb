import type { InputOf } from '../../../contract/endpoint.ts';
import type { ReportItem } from '../../../contract/report-checks.ts';
import type { FormVersion, reportEndpoints } from '../../../contract/reports.ts';

/** A form while it is designed: as typed, so that nothing is lost on the way. */
export interface DraftItem {
  id: string;
  key: string;
  concept: string;
  zh: string;
  en: string;
  kind: ReportItem['kind'];
  unit: string;
  least: string;
  most: string;
  help: string;
  required: boolean;
  carried: boolean;
  options: string;
  /** What the designer does not touch stays as it is. */
  rest: Partial<ReportItem>;
}
export interface FormDraft {
  code: string;
  zh: string;
  en: string;
  filedFor: FormVersion['filedFor'];
  rhythm: FormVersion['rhythm'];
  weekday: number;
  monthDay: string;
  date: string;
  times: Record<string, string>;
  items: DraftItem[];
  /** Of the draft that is changed. */
  draftNo: number | null;
}

export const newItem = (id: string): DraftItem => ({
  id,
  key: '',
  concept: '',
  zh: '',
  en: '',
  kind: 'whole',
  unit: '',
  least: '',
  most: '',
  help: '',
  required: true,
  carried: false,
  options: '',
  rest: {},
});

export const emptyDraft: FormDraft = {
  code: '',
  zh: '',
  en: '',
  filedFor: 'site',
  rhythm: 'weekly',
  weekday: 5,
  monthDay: '25',
  date: '',
  times: { S0: '17:00', S1: '17:00', S2: '17:00', S3: '17:00', S4: '17:00' },
  items: [],
  draftNo: null,
};

export function draftOf(version: FormVersion, draftNo: number | null): FormDraft {
  return {
    code: version.code,
    zh: version.zh,
    en: version.en,
    filedFor: version.filedFor,
    rhythm: version.rhythm,
    weekday: version.due.weekday ?? 5,
    monthDay: String(version.due.monthDay ?? 25),
    date: version.due.date ?? '',
    times: Object.fromEntries(Object.entries(version.due.times).map(([stage, time]) => [stage, time ?? ''])),
    items: version.items.map((item) => ({
      id: item.key,
      key: item.key,
      concept: item.concept,
      zh: item.zh,
      en: item.en,
      kind: item.kind,
      unit: item.unitZh,
      least: item.least === null ? '' : String(item.least),
      most: item.most === null ? '' : String(item.most),
      help: item.helpZh,
      required: item.required,
      carried: item.carried,
      options: item.options.map((option) => option.zh).join('、'),
      rest: item,
    })),
    draftNo,
  };
}

const number = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));

/** Options as typed; one that was there before keeps its key, so that what was filed stays readable. */
function optionsOf(item: DraftItem): ReportItem['options'] {
  const before = new Map((item.rest.options ?? []).map((option) => [option.zh, option]));
  const taken = new Set((item.rest.options ?? []).map((option) => option.key));
  let next = 0;
  return item.options
    .split(/[、,，;；\n]/)
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => {
      const known = before.get(name);
      if (known) return known;
      do next++;
      while (taken.has(`o${next}`));
      return { key: `o${next}`, zh: name, en: name, unitZh: item.unit, unitEn: '' };
    });
}

/** As it is sent; a new item gets a key of its own. */
export function inputOf(draft: FormDraft): InputOf<typeof reportEndpoints.saveForm> {
  const keys = new Set(draft.items.map((item) => item.key));
  let next = 0;
  const freshKey = (): string => {
    do next++;
    while (keys.has(`q${next}`));
    keys.add(`q${next}`);
    return `q${next}`;
  };
  return {
    code: draft.code,
    zh: draft.zh,
    en: draft.en || draft.zh,
    filedFor: draft.filedFor,
    rhythm: draft.rhythm,
    due: {
      weekday: draft.rhythm === 'weekly' ? draft.weekday : null,
      monthDay: draft.rhythm === 'monthly' ? (number(draft.monthDay) ?? 0) : null,
      date: draft.rhythm === 'once' && draft.date ? draft.date : null,
      times: Object.fromEntries(Object.entries(draft.times).map(([stage, time]) => [stage, time || null])),
    },
    items: draft.items.map((item) => ({
      ...item.rest,
      key: item.key || freshKey(),
      concept: item.concept,
      zh: item.zh,
      en: item.en || item.zh,
      kind: item.kind,
      unitZh: item.unit,
      unitEn: item.rest.unitZh === item.unit ? (item.rest.unitEn ?? '') : '',
      least: number(item.least),
      most: number(item.most),
      helpZh: item.help,
      helpEn: item.rest.helpZh === item.help ? (item.rest.helpEn ?? '') : '',
      required: item.required,
      carried: item.carried,
      options: optionsOf(item),
      heads: item.rest.heads ?? null,
    })),
    draftNo: draft.draftNo,
  };
}
