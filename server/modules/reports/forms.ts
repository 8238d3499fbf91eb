import type { ReportItem } from '../../../contract/report-checks.ts';
import type { ConceptFound, DueRule, FormVersion } from '../../../contract/reports.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import { alike, nearEnough, plain } from './nearness.ts';
import { allForms, allFormVersions, type ConceptRecord, type FormRecord, type VersionOfForm } from './queries.ts';

export function versionView(form: Pick<FormRecord, 'filed_for' | 'rhythm'>, version: VersionOfForm): FormVersion {
  return {
    code: version.form_code,
    no: version.no,
    zh: version.zh,
    en: version.en,
    filedFor: form.filed_for as FormVersion['filedFor'],
    rhythm: form.rhythm as FormVersion['rhythm'],
    due: version.due as unknown as DueRule,
    items: (version.content as unknown as { items: ReportItem[] }).items,
  };
}

export interface FormInUse {
  record: FormRecord;
  version: FormVersion;
  startedAt: Date;
}

/** Forms that are asked now, in the order in which they were made. */
export async function formsInUse(tx: Tx): Promise<FormInUse[]> {
  const versions = new Map(
    (await allFormVersions(tx)).filter((one) => one.state === 'in_use').map((one) => [one.form_code, one]),
  );
  return (await allForms(tx))
    .filter((form) => form.state === 'in_use')
    .flatMap((record) => {
      const version = versions.get(record.code);
      return version ? [{ record, version: versionView(record, version), startedAt: version.started_at! }] : [];
    });
}

/** Places a form is filed for. A site that was closed is in no directory. */
export function placesOf(dir: Directory, filedFor: string): number[] {
  return [...dir.nodes.values()]
    .filter((node) =>
      filedFor === 'unit'
        ? node.kind === 'unit'
        : node.kind === 'site' && (filedFor === 'site' || node.siteKind === filedFor),
    )
    .map((node) => node.id);
}

export interface Wish {
  form: string;
  itemKey: string;
  concept: string;
  zh: string;
  en: string;
}

/**
 * Why this may not be asked: the system knows it, or another form asks it, by the concept itself or by wording that is one
 * of its names or too near to one. Null: nobody asks it yet.
 */
export function takenAlready(
  concepts: readonly ConceptRecord[],
  forms: readonly Pick<FormVersion, 'code' | 'zh' | 'en'>[],
  wish: Wish,
): ConceptFound | null {
  let nearest: ConceptFound | null = null;
  for (const concept of concepts) {
    if (concept.known_from === null && (concept.form_code === null || concept.form_code === wish.form)) continue;
    const itself = wish.concept !== '' && wish.concept === concept.key;
    const names = [concept.zh, concept.en, ...concept.aliases];
    let best = { score: 0, name: '' };
    for (const name of names)
      for (const asked of [wish.zh, wish.en]) {
        const score = alike(name, asked);
        if (score > best.score) best = { score, name };
      }
    const score = itself ? 1 : best.score;
    if (score < nearEnough || (nearest && nearest.alike >= score)) continue;
    const known = concept.known_from !== null;
    nearest = {
      why: score === 1 ? (known ? 'known' : 'asked') : known ? 'similar_known' : 'similar_asked',
      concept: { key: concept.key, zh: concept.zh, en: concept.en },
      knownFrom: concept.known_from,
      form: forms.find((form) => form.code === concept.form_code) ?? null,
      itemKey: concept.item_key,
      alike: Math.round(score * 100) / 100,
      name: itself ? concept.zh : best.name,
    };
  }
  return nearest && { ...nearest, form: nearest.form && pick(nearest.form) };
}

const pick = ({ code, zh, en }: Pick<FormVersion, 'code' | 'zh' | 'en'>) => ({ code, zh, en });

/** A concept of its own for an item that nobody asked before: named after its form and key. */
export const ownConcept = (form: string, itemKey: string): string => `${form}.${itemKey}`.slice(0, 41);

/** Two items of one form that ask the same in other words. */
export function askedTwice(items: readonly Pick<ReportItem, 'key' | 'zh' | 'en'>[]): [number, number] | null {
  for (let i = 0; i < items.length; i++)
    for (let j = 0; j < i; j++) {
      if (items[i]!.key === items[j]!.key || plain(items[i]!.zh) === plain(items[j]!.zh)) return [j, i];
    }
  return null;
}
