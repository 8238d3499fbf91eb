import type { World } from './world.ts';

const phases = { B: 'before', D: 'during', A: 'after' } as const;
const natures = { P: 'political', B: 'business', S: 'service' } as const;
const places = { group: '全集团', unit: '本单位及所属工地', site: '本工地' } as const;

/** How a measure is usually done, by what shows that it was; each plan says it better for its own place. */
const ways: Record<string, string> = {
  record: '按班组逐项落实，当日记入台账',
  doc: '成文、签发、存档，并向有关人员交底',
  count: '当场清点，数字当日报出',
  photo: '现场落实，拍照留痕',
  sign: '当面办理，双方签字',
};

/** The measures a stage starts from, as the plans module keeps them. */
export function measureTemplates(world: World, lineIds: ReadonlyMap<string, number>) {
  const lines = new Map(world.lines.map((line) => [line.code, line.zh]));
  return world.measures.map((measure, ordinal) => ({
    code: measure.code,
    stage_code: measure.stage,
    level: measure.level,
    ordinal,
    zh: measure.zh,
    en: measure.en,
    who: measure.level === 'site' ? '工地保障员' : `${lines.get(measure.line)!}条线承办人`,
    place: places[measure.level],
    how: ways[measure.ev]!,
    phase: phases[measure.phase],
    nature: natures[measure.nature],
    line_id: lineIds.get(measure.line)!,
    frequency: measure.freq,
    evidence: measure.ev,
    red: measure.red,
  }));
}
