import { enoughWords } from '../../../../contract/cases.ts';
import type { StoredFile } from '../../../app/api.ts';
import { TextField } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { Evidence } from './evidence.tsx';
import { written } from './form-act.tsx';

/** Characters of one account of what was done. */
export const longest = 2000;

/** What was done, in words, and what shows it. */
export interface Account {
  text: string;
  files: readonly StoredFile[];
}

/** Named while there are words, and neither a file nor enough of them. */
export function useMissingProof({ text, files }: Account): string | false {
  const t = useActWords();
  const short = written(text) && files.length === 0 && [...text.trim()].length < enoughWords;
  return short && t('evidenceOrWords', { n: enoughWords });
}

interface Props {
  label: string;
  hint?: string;
  draft: Account;
  change: (part: Partial<Account>) => void;
  /** Whether the person was spoken to; asked while the work goes on. */
  contacted?: { yes: boolean; onChange: (yes: boolean) => void };
}

/** The words and the files of an account. */
export function AccountFields({ label, hint, draft, change, contacted }: Props) {
  const t = useActWords();
  return (
    <>
      <TextField
        label={label}
        hint={hint}
        rows={3}
        maxLength={longest}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
      {contacted && (
        <label className="check">
          <input
            type="checkbox"
            checked={contacted.yes}
            onChange={(event) => contacted.onChange(event.target.checked)}
          />
          <span>
            {t('contacted')} <span className="small softer">{t('contactedHint')}</span>
          </span>
        </label>
      )}
      <Evidence files={draft.files} onChange={(files) => change({ files })} />
    </>
  );
}
