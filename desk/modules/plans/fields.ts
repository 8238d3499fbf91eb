import { useDirectory } from '../../app/directory.ts';
import { frequencyIn } from './frequency.ts';
import { usePlanWords } from './words.ts';

/** Columns of a line and the word each goes by. */
export const fieldWords: Record<string, Parameters<ReturnType<typeof usePlanWords>>[0]> = {
  zh: 'measure',
  en: 'measureEn',
  who: 'who',
  place: 'where',
  how: 'how',
  work_line_id: 'workLine',
  phase: 'phase',
  nature: 'nature',
  frequency: 'when',
  evidence: 'evidence',
  evidence_count: 'evidenceCount',
  red: 'redLine',
  clause: 'clause',
  level: 'level',
  owner_id: 'ownerShort',
};

/** What a field of a line is called, and its value as people read it. */
export function useSayField() {
  const t = usePlanWords();
  const directory = useDirectory();
  const value = (field: string, text: string): string => {
    if (field === 'frequency') return frequencyIn(t, text);
    if (field === 'work_line_id') return directory.lineName(Number(text)) || '—';
    if (field === 'level') return t.or(`l_${text}`, text);
    if (['phase', 'nature', 'evidence'].includes(field)) return t.or(text, text);
    if (field === 'red') return text === 'true' ? '✓' : '—';
    return text === '' ? '—' : text;
  };
  const name = (field: string): string => (fieldWords[field] ? t(fieldWords[field]) : field);
  return { name, value };
}
