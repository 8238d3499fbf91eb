import Select from 'antd/es/select';
import { useId, useMemo, useState } from 'react';
import { defineWords, useLocale, useWords } from '../app/words.ts';
import { type Initials, initialsOf, loadInitials } from './initials.ts';

const words = defineWords({ none: ['没有对得上的', 'No match'] });

export interface Choice {
  id: number;
  code: string;
  name: string;
  /** Both names, so that a search finds either. */
  also: string;
  /** Pinyin initials where the record carries them; otherwise they are worked out when the list first opens. */
  initials?: string;
  /** What it belongs to, said beside it. */
  beside?: string;
}

interface Props {
  value: number | null;
  onChange: (id: number | null) => void;
  choices: readonly Choice[];
  label: string;
  placeholder?: string;
  id?: string;
  clearable?: boolean;
  disabled?: boolean;
  /** Opens at once, for a picker that stands in a popover or appears by a key. */
  open?: boolean;
  onClose?: () => void;
}

interface PickerOption {
  value: number;
  label: string;
  code: string;
  beside?: string;
}

function matches(typed: string, choice: Choice, initials: Initials | null): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return true;
  if (choice.code.toLowerCase().startsWith(wanted)) return true;
  if (choice.also.toLowerCase().includes(wanted)) return true;
  return (choice.initials ?? (initials ? initialsOf(initials, choice.also) : '')).toLowerCase().includes(wanted);
}

/** One of many by code, name in either language, or pinyin initials. */
export function Picker({
  value,
  onChange,
  choices,
  label,
  placeholder,
  id,
  clearable,
  disabled,
  open,
  onClose,
}: Props) {
  const t = useWords(words);
  const language = useLocale();
  const ownId = useId();
  const fieldId = id ?? ownId;
  const [initials, setInitials] = useState<Initials | null>(null);
  const byId = useMemo(() => new Map(choices.map((choice) => [choice.id, choice])), [choices]);
  const options = useMemo(
    () => choices.map((choice) => ({ value: choice.id, label: choice.name, code: choice.code, beside: choice.beside })),
    [choices],
  );
  const wantInitials = () => {
    if (!initials && language === 'zh-CN' && choices.some((choice) => choice.initials === undefined))
      void loadInitials().then((loaded) => setInitials(() => loaded));
  };
  return (
    <Select<number, PickerOption>
      id={fieldId}
      className="picker"
      aria-label={label}
      placeholder={placeholder ?? label}
      value={value ?? undefined}
      onChange={(next) => onChange(next ?? null)}
      onFocus={wantInitials}
      options={options}
      showSearch={{
        filterOption: (typed, option) => {
          const choice = option && byId.get(option.value);
          return choice ? matches(typed, choice, initials) : false;
        },
      }}
      optionRender={({ label: name, data }) => (
        <span className="option">
          <span className="code">{data.code}</span>
          <span className="cut">{name}</span>
          {data.beside && <span className="beside">{data.beside}</span>}
        </span>
      )}
      notFoundContent={
        // Ant Design names this element as the active one when nothing matches, and makes none of it.
        <div id={`${fieldId}_list_-1`} role="option" aria-selected="false" aria-disabled="true" tabIndex={-1}>
          {t('none')}
        </div>
      }
      allowClear={clearable}
      disabled={disabled}
      autoFocus={open}
      defaultOpen={open}
      onOpenChange={(opened) => !opened && onClose?.()}
      popupMatchSelectWidth={340}
      getPopupContainer={(trigger) => trigger.closest('dialog') ?? document.body}
    />
  );
}
