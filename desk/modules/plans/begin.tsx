import { useMemo, useState } from 'react';
import { planEndpoints as api, type PlanKind, planTriggers } from '../../../contract/plans.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { randomId } from '../../app/identifier.ts';
import { faultsIn } from '../../app/problems.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, Notice, notify, TextField, useDraft } from '../../kit/index.ts';
import { Picker } from '../../kit/picker.tsx';
import { usePlanWords } from './words.ts';

interface Beginning {
  nodeId: number | null;
  trigger: (typeof planTriggers)[number];
  words: string;
  aim: string;
  before: string;
  target: string;
}

interface Props {
  stage: string;
  places: readonly { kind: PlanKind; nodeId: number }[];
  /** A place already chosen: its next version. */
  chosen?: number;
  onClose: () => void;
  onBegun: (id: string) => void;
}

const number = (text: string): number | null => {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
};

/** Begins a plan of a stage, or the next version of one: for where, what made it necessary, and which number it aims at. */
export function BeginPlan({ stage, places, chosen, onClose, onBegun }: Props) {
  const t = usePlanWords();
  const directory = useDirectory();
  const language = useLocale();
  const empty = useMemo<Beginning>(
    () => ({
      nodeId: chosen ?? (places.length === 1 ? places[0]!.nodeId : null),
      trigger: 'stage',
      words: '',
      aim: '',
      before: '',
      target: '',
    }),
    [chosen, places],
  );
  const [typed, change, drop] = useDraft<Beginning>(`plan.begin.${stage}.${chosen ?? ''}`, empty);
  const [complained, setComplained] = useState(false);
  const write = useAct(api.write, {
    refreshes: [['plans']],
    onDone: ({ id }) => {
      drop();
      onBegun(id);
    },
    onFail: notify.problem,
  });
  const faults = faultsIn(write.error);
  const choices = places.map((place) => {
    const node = directory.node(place.nodeId)!;
    return {
      id: node.id,
      code: node.code,
      name: nameIn(node, language),
      also: `${node.zh} ${node.en}`,
      initials: node.initials,
      beside: t(place.kind),
    };
  });
  const [before, target] = [number(typed.before), number(typed.target)];
  const anyAim = [typed.aim, typed.before, typed.target].some((one) => one.trim() !== '');
  const wholeAim = typed.aim.trim() !== '' && before !== null && target !== null;
  const submit = (): void => {
    setComplained(true);
    const place = places.find((one) => one.nodeId === typed.nodeId);
    if (!place || typed.words.trim() === '' || (anyAim && !wholeAim) || write.isPending) return;
    write.mutate({
      id: randomId(),
      kind: place.kind,
      nodeId: place.nodeId,
      stage,
      trigger: typed.trigger,
      triggerWords: typed.words.trim(),
      aim: wholeAim ? { words: typed.aim.trim(), before: before!, target: target! } : null,
    });
  };
  return (
    <Dialog open title={t(chosen === undefined ? 'begin' : 'renew')} onClose={onClose}>
      <form
        className="pl-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Notice>{t('beginHow')}</Notice>
        <div className="field">
          <span className="label">{t('beginFor')}</span>
          <Picker
            label={t('beginFor')}
            choices={choices}
            value={typed.nodeId}
            onChange={(nodeId) => change({ nodeId })}
          />
          {complained && typed.nodeId === null && <p className="fault">{t('beginFor')}</p>}
        </div>
        <fieldset className="field">
          <legend className="label">{t('trigger')}</legend>
          <div className="choices">
            {planTriggers.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="pl-trigger"
                  checked={typed.trigger === one}
                  onChange={() => change({ trigger: one })}
                />
                {t(`t_${one}`)}
              </label>
            ))}
          </div>
        </fieldset>
        <TextField
          label={t('triggerWords')}
          rows={2}
          maxLength={300}
          value={typed.words}
          fault={complained && typed.words.trim() === '' ? t('triggerWords') : faults.triggerWords}
          onChange={(words) => change({ words })}
        />
        <TextField
          label={t('aim')}
          hint={t('aimHow')}
          maxLength={120}
          value={typed.aim}
          fault={complained && anyAim && !wholeAim ? t('aimFault') : undefined}
          onChange={(aim) => change({ aim })}
        />
        <div className="pl-two">
          <TextField
            label={t('aimBefore')}
            maxLength={12}
            line={{ inputMode: 'decimal' }}
            value={typed.before}
            onChange={(value) => change({ before: value })}
          />
          <TextField
            label={t('aimTarget')}
            maxLength={12}
            line={{ inputMode: 'decimal' }}
            value={typed.target}
            onChange={(value) => change({ target: value })}
          />
        </div>
        <Button kind="main" submit busy={write.isPending}>
          {t(chosen === undefined ? 'begin' : 'renew')}
        </Button>
      </form>
    </Dialog>
  );
}
