import { pending } from '../../app/pending.ts';
import { me } from '../../app/session.ts';
import { timeLeft } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { useNow } from '../../kit/clock.tsx';
import { Icon } from '../../kit/icon.tsx';
import { forms } from './kept.ts';
import { prepareForms, queuedOf, StrandedReports, useForms } from './page.tsx';
import { useReportWords } from './words.ts';

export const prepare = prepareForms;

/** On the home of whoever files: each report due, its state and the time that is left. */
export default function ReportTile() {
  const words = useWords();
  const said = useReportWords();
  const now = useNow();
  const account = useStored(me)?.id;
  const items = useStored(pending);
  const asOf = useStored(forms)?.asOf;
  const all = useForms();
  if (!all || !account) return null;
  return (
    <>
      <StrandedReports all={all} />
      {all
        .filter((one) => !asOf || Date.parse(one.locksAt) > Date.parse(asOf))
        .map((one) => {
          const queued = queuedOf(items, account, one);
          const left = timeLeft(one.opensAt, one.dueAt, now, words);
          const open = one.state === 'open' && !queued;
          const back = one.state === 'returned' && !queued;
          const state = queued
            ? said.waiting
            : open
              ? left.tone === 'over'
                ? said.tileLate
                : said.tileOpen(left.text)
              : back
                ? said.returned
                : one.state === 'checked'
                  ? said.checked
                  : one.state === 'approved'
                    ? said.approved
                    : said.sent;
          return (
            <a
              key={`${one.form.code}/${one.nodeId}`}
              class={`card ${open || back ? 'strong' : ''}`}
              href={`#/report/${one.form.code}/${one.nodeId}`}
            >
              <div class="head">
                <span class={`state ${open || back ? '' : 'ink'}`}>
                  <Icon name={queued ? 'phoneOnly' : open || back ? 'pen' : 'half'} />
                  {said.pick(one.form)}
                </span>
                <small>{said.pick(one.node)}</small>
              </div>
              <p class={`clock ${open ? left.tone : ''}`}>{state}</p>
            </a>
          );
        })}
    </>
  );
}
