import { useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import type { hotlineEndpoints } from '../../../contract/hotline.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { StateGlyph } from '../../kit/state-glyph.tsx';
import { TextField } from './fields.tsx';
import { useT } from './words.ts';

export type Earlier = OutputOf<typeof hotlineEndpoints.caller>['earlier'][number];
const urgeable = ['received', 'in_work', 'reopened'];

/** What this number asked before, beside the form; one press urges it and ends the call. */
export function EarlierRequests({
  earlier,
  busy,
  onNudge,
  onNudgeSaid,
}: {
  earlier: readonly Earlier[];
  busy: boolean;
  onNudge: (one: Earlier) => void;
  /** By the number the caller says. */
  onNudgeSaid: (number: string) => void;
}) {
  const t = useT();
  const [said, setSaid] = useState('');
  const format = useFormat();
  const directory = useDirectory();
  return (
    <section className="hl-earlier" aria-label={t('earlier')}>
      <h2>
        {t('earlier')} {earlier.length > 0 && <span className="soft small">{earlier.length}</span>}
      </h2>
      {earlier.length === 0 && <p className="soft small">{t('earlierNoneHow')}</p>}
      <ul>
        {earlier.map((one) => (
          <li key={one.id}>
            <div className="hl-earlierhead">
              <b>{one.number}</b>
              <StateGlyph state={one.state} />
              <span className="soft small">{format.moment(one.submittedAt)}</span>
            </div>
            <p className="soft small cut">
              {[directory.categoryName(one.categoryId), directory.nameOf(one.siteId)].filter(Boolean).join(' · ')}
            </p>
            {one.text && <p className="hl-said">{one.text}</p>}
            {urgeable.includes(one.state) && (
              <Button small disabled={busy} onClick={() => onNudge(one)}>
                {t('nudge')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form
        className="hl-saidnumber"
        onSubmit={(event) => {
          event.preventDefault();
          if (said.trim()) onNudgeSaid(said.trim());
        }}
      >
        <TextField id="hl-said-number" label={t('saidNumber')} most={40} value={said} onChange={setSaid} />
        <Button small submit disabled={busy || !said.trim()}>
          {t('nudge')}
        </Button>
        <p className="soft small">{t('saidNumberHow')}</p>
      </form>
    </section>
  );
}
