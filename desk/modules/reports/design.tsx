import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { reportEndpoints as api, filedFor, itemKinds, rhythms } from '../../../contract/reports.ts';
import { useAct } from '../../app/act.ts';
import { call, ProblemError } from '../../app/api.ts';
import { randomId } from '../../app/identifier.ts';
import { useProblemText } from '../../app/problems.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { notify } from '../../kit/notify.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { type DraftItem, type FormDraft, inputOf, newItem } from './draft.ts';
import { useT } from './words.ts';

/** Says while one types that the group knows or asks this already, and where. */
function Nearness({ form, item }: { form: string; item: DraftItem }) {
  const t = useT();
  const language = useLocale();
  const zh = useDeferredValue(item.zh.trim());
  const en = useDeferredValue(item.en.trim());
  const { data } = useQuery({
    queryKey: ['reports', 'nearness', form, item.key, item.concept, zh, en],
    queryFn: () => call(api.nearness, { form, itemKey: item.key, concept: item.concept, zh, en }),
    enabled: zh.length > 1 || en.length > 3,
    staleTime: 10_000,
  });
  const found = data?.found;
  if (!found) return null;
  return (
    <p className="rp-near" role="alert">
      {found.form
        ? t('near_asked', {
            form: nameIn(found.form, language),
            name: nameIn(found.concept, language),
            percent: Math.round(found.alike * 100),
          })
        : t('near_known', { name: nameIn(found.concept, language) })}
    </p>
  );
}

function ItemEditor({
  form,
  item,
  fault,
  onChange,
  onDrop,
  onUp,
}: {
  form: string;
  item: DraftItem;
  fault: string | undefined;
  onChange: (part: Partial<DraftItem>) => void;
  onDrop: () => void;
  onUp: (() => void) | undefined;
}) {
  const t = useT();
  const numeric = ['whole', 'decimal', 'money', 'crews', 'parts'].includes(item.kind);
  const listed = item.kind === 'choice' || item.kind === 'parts';
  return (
    <div className="rp-item">
      <div className="rp-item-line">
        <TextField
          label={t('itemZh')}
          value={item.zh}
          maxLength={60}
          fault={fault}
          onChange={(zh) => onChange({ zh })}
        />
        <TextField label={t('itemEn')} value={item.en} maxLength={60} onChange={(en) => onChange({ en })} />
        <SelectField
          label={t('kind')}
          value={item.kind}
          options={itemKinds}
          word={(kind) => t(`k_${kind}`)}
          onChange={(kind) => onChange({ kind })}
        />
        {numeric && (
          <TextField label={t('unitWord')} value={item.unit} maxLength={12} onChange={(unit) => onChange({ unit })} />
        )}
        {numeric && (
          <TextField
            label={t('least')}
            value={item.least}
            line={{ inputMode: 'decimal' }}
            onChange={(least) => onChange({ least })}
          />
        )}
        {numeric && (
          <TextField
            label={t('most')}
            value={item.most}
            line={{ inputMode: 'decimal' }}
            onChange={(most) => onChange({ most })}
          />
        )}
      </div>
      {listed && (
        <TextField
          label={t('options')}
          value={item.options}
          maxLength={800}
          onChange={(options) => onChange({ options })}
        />
      )}
      <Nearness form={form} item={item} />
      <div className="rp-item-foot">
        <label>
          <input
            type="checkbox"
            checked={item.required}
            onChange={(event) => onChange({ required: event.target.checked })}
          />
          {t('required')}
        </label>
        <label>
          <input
            type="checkbox"
            checked={item.carried}
            onChange={(event) => onChange({ carried: event.target.checked })}
          />
          {t('carried')}
        </label>
        <Button small disabled={!onUp} aria-label={t('up', { name: item.zh })} onClick={onUp}>
          ↑
        </Button>
        <Button small aria-label={t('removeItem', { name: item.zh })} onClick={onDrop}>
          ✕
        </Button>
      </div>
    </div>
  );
}

/** The form as it stands on a phone. */
function Preview({ draft }: { draft: FormDraft }) {
  const t = useT();
  const language = useLocale();
  return (
    <section className="rp-phone" aria-label={t('preview')}>
      <p className="small soft">{t('preview')}</p>
      <h2>{nameIn({ zh: draft.zh || '…', en: draft.en }, language)}</h2>
      <ul>
        {draft.items.map((item) => (
          <li key={item.id}>
            <span>
              {nameIn({ zh: item.zh || '…', en: item.en }, language)}
              {item.help && <span className="small soft"> {item.help}</span>}
            </span>
            <span className="rp-whom">
              {item.kind === 'yes_no' ? (
                <>
                  <span className="rp-box">{t('yes')}</span>
                  <span className="rp-box">{t('no')}</span>
                </>
              ) : item.kind === 'choice' ? (
                item.options
                  .split(/[、,，]/)
                  .filter(Boolean)
                  .slice(0, 3)
                  .map((name) => (
                    <span key={name} className="rp-box">
                      {name}
                    </span>
                  ))
              ) : item.kind === 'text' ? (
                <span className="rp-box">…</span>
              ) : (
                <>
                  <span className="rp-box">{item.unit}</span>
                  {!item.carried && item.kind !== 'crews' && item.kind !== 'parts' && (
                    <span className="rp-box">{t('none_zero')}</span>
                  )}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Props {
  draft: FormDraft;
  change: (part: Partial<FormDraft>) => void;
  stages: readonly { code: string; zh: string; en: string }[];
  /** The form is filed already: who files it and how often stay. */
  fixed: boolean;
  onDone: () => void;
  onCancel: () => void;
}

/** A form is designed: what is asked, of whom, by when. Nothing typed is lost, whatever the server says. */
export function Design({ draft, change, stages, fixed, onDone, onCancel }: Props) {
  const t = useT();
  const language = useLocale();
  const problemText = useProblemText();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failed, setFailed] = useState('');
  const save = useAct(api.saveForm, {
    refreshes: [['reports']],
    onDone: () => {
      notify.good(t('saved'));
      onDone();
    },
    onFail: (error) => {
      const fields = error instanceof ProblemError ? error.fields : [];
      setFaults(Object.fromEntries(fields.map(({ field, message }) => [field, message])));
      setFailed(problemText(error));
    },
  });
  const setItem = (id: string, part: Partial<DraftItem>) =>
    change({ items: draft.items.map((item) => (item.id === id ? { ...item, ...part } : item)) });
  const faultOf = (index: number): string | undefined =>
    Object.entries(faults).find(([field]) => field.startsWith(`items.${index}.`))?.[1];
  const elsewhere = Object.entries(faults).filter(([field]) => !field.startsWith('items.'));
  return (
    <form
      className="rp-design"
      aria-label={draft.zh || t('newForm')}
      onSubmit={(event) => {
        event.preventDefault();
        setFaults({});
        setFailed('');
        save.mutate(inputOf(draft));
      }}
    >
      <div className="rp-forms">
        <div className="rp-fields">
          <TextField label={t('formName')} value={draft.zh} maxLength={60} onChange={(zh) => change({ zh })} />
          <TextField label={t('formNameEn')} value={draft.en} maxLength={60} onChange={(en) => change({ en })} />
          <TextField
            label={t('formCode')}
            value={draft.code}
            maxLength={31}
            line={{ disabled: fixed || draft.draftNo !== null }}
            fault={faults.code}
            onChange={(code) => change({ code: code.toLowerCase() })}
          />
          <SelectField
            label={t('filedFor')}
            disabled={fixed}
            value={draft.filedFor}
            options={filedFor}
            word={(each) => t(`for_${each}`)}
            onChange={(each) => change({ filedFor: each })}
          />
          <SelectField
            label={t('rhythm')}
            disabled={fixed}
            value={draft.rhythm}
            options={rhythms}
            word={(each) => t(each)}
            onChange={(rhythm) => change({ rhythm })}
          />
          {draft.rhythm === 'weekly' && (
            <SelectField
              label={t('weekday')}
              value={draft.weekday}
              options={[1, 2, 3, 4, 5, 6, 7] as const}
              word={(each) => t.or(`wd_${each}`, String(each))}
              onChange={(weekday) => change({ weekday })}
            />
          )}
          {draft.rhythm === 'monthly' && (
            <TextField
              label={t('monthDay')}
              value={draft.monthDay}
              maxLength={2}
              line={{ inputMode: 'numeric' }}
              onChange={(monthDay) => change({ monthDay })}
            />
          )}
          {draft.rhythm === 'once' && (
            <TextField
              label={t('onceDate')}
              value={draft.date}
              line={{ type: 'date' }}
              onChange={(date) => change({ date })}
            />
          )}
        </div>
        <fieldset className="rp-times" aria-label={t('times')}>
          {stages.map((stage) => (
            <TextField
              key={stage.code}
              label={nameIn(stage, language)}
              value={draft.times[stage.code] ?? ''}
              line={{ type: 'time' }}
              onChange={(time) => change({ times: { ...draft.times, [stage.code]: time } })}
            />
          ))}
        </fieldset>
        <p className="small soft">{t('times')}</p>
        <h2>{t('items')}</h2>
        {draft.items.map((item, i) => (
          <ItemEditor
            key={item.id}
            form={draft.code}
            item={item}
            fault={faultOf(i)}
            onChange={(part) => setItem(item.id, part)}
            onDrop={() => change({ items: draft.items.filter((each) => each.id !== item.id) })}
            onUp={
              i === 0
                ? undefined
                : () => {
                    const items = [...draft.items];
                    [items[i - 1], items[i]] = [items[i]!, items[i - 1]!];
                    change({ items });
                  }
            }
          />
        ))}
        <div className="rp-acts">
          <Button onClick={() => change({ items: [...draft.items, newItem(randomId())] })}>{t('addItem')}</Button>
          <Button kind="main" submit busy={save.isPending}>
            {t('save')}
          </Button>
          <Button kind="plain" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </div>
        {failed && (
          <p className="rp-near" role="alert">
            {failed} {elsewhere.map(([, message]) => message).join(' ')}
          </p>
        )}
      </div>
      <Preview draft={draft} />
    </form>
  );
}
