import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { outreachEndpoints as api, type TouchKind, touchKinds } from '../../../contract/outreach.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { notify } from '../../kit/notify.tsx';
import { Picker } from '../../kit/picker.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

interface Draft {
  nodeId: number | null;
  kind: TouchKind;
  everyDays: string;
}

/** How often places are touched; who may, sets it for the part of the group they lead. */
export function Rhythms() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  const found = useQuery({ queryKey: ['outreach', 'rhythms'], queryFn: () => call(api.rhythms, {}) });
  const can = found.data?.can;
  const empty = useMemo<Draft>(
    () => ({ nodeId: can?.unitIds?.[0] ?? null, kind: 'round', everyDays: '' }),
    [can?.unitIds],
  );
  const [draft, change, drop] = useDraft<Draft>('outreach.rhythm', empty);
  const [complained, setComplained] = useState(false);
  const set = useAct(api.setRhythm, {
    refreshes: [['outreach']],
    onDone: () => {
      drop();
      setComplained(false);
      notify.good(t('saved'));
    },
    onFail: notify.problem,
  });
  const choices = useMemo(
    () =>
      directory.nodes
        .filter((node) => {
          const unit = directory.unitOf(node.id);
          return can?.unitIds === null || (unit !== undefined && can?.unitIds?.includes(unit.id));
        })
        .map((node) => ({
          id: node.id,
          code: node.code,
          name: node.kind === 'group' ? t('group') : nameIn(node, language),
          also: `${node.zh} ${node.en}`,
          initials: node.initials,
        })),
    [directory, can, language, t],
  );
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return null;
  const groupNode = directory.nodes.find((node) => node.kind === 'group');
  const right =
    draft.everyDays === '' ||
    (/^\d{1,2}$/.test(draft.everyDays) && Number(draft.everyDays) >= 1 && Number(draft.everyDays) <= 90);
  const nameOf = (nodeId: number | null): string => (nodeId === null ? t('group') : directory.nameOf(nodeId));
  return (
    <div className="or-rhythms">
      <p className="small soft">{t('rhythmLead')}</p>
      <ul className="or-rows">
        {found.data.rhythms.map((one) => (
          <li key={`${one.nodeId}/${one.kind}`} className="or-row">
            <b>{nameOf(one.nodeId)}</b>
            <span>
              {t(one.kind)} · {one.everyDays === null ? t('leftOut') : t('every', { n: one.everyDays })}
            </span>
            <span className="small soft cut">
              {one.setBy ? t('setBy', { who: one.setBy, at: format.day(one.setAt) }) : t('setFirst')}
            </span>
            {one.can.change && one.nodeId !== null && (
              <Button
                small
                busy={set.isPending}
                onClick={() => set.mutate({ nodeId: one.nodeId, kind: one.kind, everyDays: null, drop: true })}
              >
                {t('drop')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {found.data.can.set && (
        <form
          className="or-form"
          aria-label={t('setTitle')}
          onSubmit={(event) => {
            event.preventDefault();
            setComplained(true);
            if (!right || set.isPending) return;
            const nodeId = draft.nodeId === groupNode?.id ? null : draft.nodeId;
            set.mutate({
              nodeId,
              kind: draft.kind,
              everyDays: draft.everyDays === '' ? null : Number(draft.everyDays),
            });
          }}
        >
          <h2>{t('setTitle')}</h2>
          <div className="field">
            <span className="label">{t('scope')}</span>
            <Picker
              label={t('scope')}
              choices={choices}
              value={draft.nodeId ?? groupNode?.id ?? null}
              onChange={(nodeId) => change({ nodeId })}
            />
          </div>
          <fieldset className="choices" aria-label={t('kind')}>
            {touchKinds.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="or-rhythm"
                  checked={draft.kind === one}
                  onChange={() => change({ kind: one })}
                />
                {t(one)}
              </label>
            ))}
          </fieldset>
          <TextField
            label={t('everyDays')}
            value={draft.everyDays}
            maxLength={2}
            line={{ inputMode: 'numeric' }}
            fault={complained && !right ? t('everyFault') : undefined}
            onChange={(everyDays) => change({ everyDays })}
          />
          <Button kind="main" submit busy={set.isPending}>
            {t('set')}
          </Button>
        </form>
      )}
    </div>
  );
}
