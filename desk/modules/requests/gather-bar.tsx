import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { caseEndpoints } from '../../../contract/cases.ts';
import type { RequestRow } from '../../../contract/requests.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { Button, notify, useKey } from '../../kit/index.ts';
import { useActWords } from './act-words.ts';
import { gather, gatheringOf } from './gather.ts';
import { useT } from './words.ts';

/** What may be done with several requests at once: joining their work, never their verdicts. */
export function GatherBar({ picked, onDone }: { picked: readonly RequestRow[]; onDone: () => void }) {
  const t = useT();
  const words = useActWords();
  const directory = useDirectory();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const plan = gatheringOf(picked);
  const first = plan.into ?? plan.joining[0];
  const lineId = plan.into ? null : (directory.category(first?.categoryId)?.lineId ?? null);
  const joining = plan.into ? plan.joining : plan.joining.slice(1);
  const possible = first !== undefined && joining.length > 0 && (plan.into !== null || lineId !== null);
  const run = async () => {
    if (!possible || busy) return;
    setBusy(true);
    try {
      if (!plan.into)
        await call(caseEndpoints.dispatch, { id: first.id, version: first.version, lineId: lineId!, unitId: null });
      const { joined, failed } = await gather(first.id, joining);
      if (failed) notify.problem(failed.error);
      if (joined > 0)
        notify.good(
          words('done_join', {
            number: joining
              .slice(0, joined)
              .map((row) => row.number)
              .join(words('comma')),
          }),
        );
      onDone();
    } catch (error) {
      notify.problem(error);
    }
    setBusy(false);
    await Promise.all([
      cache.invalidateQueries({ queryKey: ['requests'] }),
      cache.invalidateQueries({ queryKey: ['request'] }),
    ]);
  };
  useKey('m', () => void run(), { enabled: possible, hint: t('gather') });
  return (
    <div className="gather">
      <b role="status">{t('selected', { n: picked.length })}</b>
      <Button small kind="main" keys={['M']} busy={busy} disabled={!possible} onClick={() => void run()}>
        {plan.into
          ? `${t('gather')} ${plan.into.number}`
          : lineId
            ? `${words('dispatchTo', { line: directory.lineName(lineId) })} · ${t('gather')}`
            : t('gather')}
      </Button>
      <Button small onClick={onDone} keys={['Esc']}>
        {t('unselect')}
      </Button>
      <span className="small soft">{t('gatherHow')}</span>
    </div>
  );
}
