import type { ToFile } from '../../../contract/reports.ts';
import { trueTime } from '../../app/device-clock.ts';
import { online } from '../../app/online.ts';
import { type Item, standing } from '../../app/outbox.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { moment } from '../../kit/clock.tsx';
import { Icon } from '../../kit/icon.tsx';
import type { Filed } from './kept.ts';
import { useReportWords } from './words.ts';

/** How far this day's report has come: on the phone, received, checked; with the time that counts. */
export function Standing({ one, queued, filed }: { one: ToFile; queued: Item | undefined; filed: Filed | null }) {
  const words = useWords();
  const said = useReportWords();
  const connected = useStored(online);
  if (queued) {
    const state = standing(queued, connected);
    const title =
      { sending: said.sending, signIn: said.signIn, refused: said.refused }[state as 'sending'] ?? said.waiting;
    return (
      <section class="card strong" role="status">
        <p class="state">
          <Icon name={state === 'refused' ? 'warn' : 'phoneOnly'} />
          {title}
        </p>
        <p class="small">
          {state === 'refused'
            ? (queued.problem?.fields?.map((field) => field.message).join(words.listComma) ?? queued.problem?.title)
            : said.waitingWhy(moment(trueTime(queued.madeAt), words))}
        </p>
      </section>
    );
  }
  if (one.state === 'open' && !filed) return null;
  const receivedAt = filed?.answer.receivedAt ?? one.receivedAt;
  const late = one.late ?? filed?.answer.late ?? false;
  const offline =
    filed && Date.parse(filed.answer.receivedAt) - Date.parse(filed.answer.madeAt) > 5 * 60_000
      ? filed.answer.madeAt
      : null;
  return (
    <section class={`card ${one.state === 'returned' ? 'strong' : ''}`} role="status">
      <p class="state ink">
        <Icon
          name={
            one.state === 'returned'
              ? 'bracket'
              : one.state === 'checked' || one.state === 'approved'
                ? 'threeQuarters'
                : 'half'
          }
        />
        {one.state === 'returned'
          ? said.returned
          : one.state === 'approved'
            ? said.approved
            : one.state === 'checked'
              ? said.checked
              : said.sent}
      </p>
      {one.state === 'returned' && one.returned && <p>{one.returned}</p>}
      <p class="small dim">
        {receivedAt && said.sentWhy(moment(receivedAt, words), one.by ?? words.you)}
        {late && ` · ${said.sentLate}`}
        {offline && ` · ${said.offlineMade(moment(offline, words))}`}
        {one.state === 'checked' && ` · ${said.checkedWhy}`}
      </p>
      {filed && !filed.answer.stands && <p class="small">{said.otherStands}</p>}
    </section>
  );
}
