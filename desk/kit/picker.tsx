import Select from 'antd/es/select';
import { useMemo, useState } from 'react';
import { useLocale } from '../app/words.ts';
import { type Initials, initialsOf, loadInitials } from './initials.ts';

export interface Choice {
  id: number;
  code: string;
  name: string;
  /** Both names, so that a search finds either. */
  also: string;
  /** Pinyin initials where the record carries them; otherwise they are worked out when the list first opens. */
  initials?: string;
  group?: string;
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
  const language = useLocale();
  const [initials, setInitials] = useState<Initials | null>(null);
  const byId = useMemo(() => new Map(choices.map((choice) => [choice.id, choice])), [choices]);
  const options = useMemo(() => {
    const option = (choice: Choice) => ({ value: choice.id, label: choice.name, code: choice.code });
    if (!choices.some((choice) => choice.group)) return choices.map(option);
    const groups = new Map<string, ReturnType<typeof option>[]>();
    for (const choice of choices) {
      const group = choice.group ?? '';
      groups.set(group, [...(groups.get(group) ?? []), option(choice)]);
    }
    return [...groups].map(([group, members]) => ({ label: group, title: group, options: members }));
  }, [choices]);
  const wantInitials = () => {
    if (!initials && language === 'zh-CN' && choices.some((choice) => choice.initials === undefined))
      void loadInitials().then((loaded) => setInitials(() => loaded));
  };
  return (
    <Select<number>
      id={id}
      className="picker"
      aria-label={label}
      placeholder={placeholder ?? label}
      value={value ?? undefined}
      onChange={(next) => onChange(next ?? null)}
      onFocus={wantInitials}
      options={options}
      showSearch={{
        filterOption: (typed, option) => {
          const choice = option && 'value' in option ? byId.get(option.value as number) : undefined;
          return choice ? matches(typed, choice, initials) : false;
        },
      }}
      optionRender={(option) => (
        <>
          <span className="code">{(option.data as { code?: string }).code}</span>
          {option.label}
        </>
      )}
      allowClear={clearable}
      disabled={disabled}
      autoFocus={open}
      defaultOpen={open}
      onOpenChange={(opened) => !opened && onClose?.()}
      popupMatchSelectWidth={320}
      getPopupContainer={(trigger) => trigger.closest('dialog') ?? document.body}
    />
  );
}
