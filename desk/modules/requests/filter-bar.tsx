import { type ReactNode, useState } from 'react';
import { priorities } from '../../../contract/organization.ts';
import { requestEndpoints } from '../../../contract/requests.ts';
import { addressOf } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useMay } from '../../app/session.tsx';
import { CategoryPicker, Glyph, LinePicker, OrgPicker } from '../../kit/index.ts';
import { Menu } from '../../kit/menu.tsx';
import { type Filters, narrowed, sinces, sorts } from './filters.ts';
import { running } from './views.ts';
import { useT } from './words.ts';

interface ChipProps {
  label: string;
  value: string;
  onClear: () => void;
  /** The picker that takes the chip's place while one chooses. */
  picker: (close: () => void) => ReactNode;
}

function PickChip({ label, value, onClear, picker }: ChipProps) {
  const t = useT();
  const [choosing, setChoosing] = useState(false);
  if (choosing) {
    return <span className="chip-picker">{picker(() => setChoosing(false))}</span>;
  }
  return (
    <span className={value ? 'chip-group on' : 'chip-group'}>
      <button type="button" className={value ? 'chip on' : 'chip'} onClick={() => setChoosing(true)}>
        {label} <b className="cut">{value || t('any')}</b>
        {!value && <Glyph name="down" />}
      </button>
      {value && <ClearChip label={label} onClear={onClear} />}
    </span>
  );
}

function ClearChip({ label, onClear }: { label: string; onClear: () => void }) {
  const t = useT();
  return (
    <button type="button" className="chip on clear" aria-label={t('clear', { what: label })} onClick={onClear}>
      <Glyph name="cross" />
    </button>
  );
}

interface MenuChipProps<T extends string> {
  label: string;
  value: T | undefined;
  options: readonly T[];
  word: (option: T) => string;
  onChange: (next: T | undefined) => void;
}

function MenuChip<T extends string>({ label, value, options, word, onChange }: MenuChipProps<T>) {
  const t = useT();
  return (
    <span className={value ? 'chip-group on' : 'chip-group'}>
      <Menu
        className={value ? 'chip on' : 'chip'}
        align="left"
        label={`${label} ${value ? word(value) : t('any')}`}
        items={options.map((option) => ({ key: option, label: word(option), onChoose: () => onChange(option) }))}
      >
        {label} <b>{value ? word(value) : t('any')}</b>
        {!value && <Glyph name="down" />}
      </Menu>
      {value && <ClearChip label={label} onClear={() => onChange(undefined)} />}
    </span>
  );
}

interface Props {
  filters: Filters;
  onChange: (part: Partial<Filters>) => void;
  exportQuery: () => Record<string, unknown>;
}

/** Filters, all in the address bar, so that a link shows the same list to whoever may see it. */
export function FilterBar({ filters, onChange, exportQuery }: Props) {
  const t = useT();
  const directory = useDirectory();
  // Where no clock runs the list is by time of arrival, whatever was chosen for the other views.
  const sort = filters.sort === 'due' && !running.includes(filters.view) ? 'newest' : filters.sort;
  const mayExport = useMay()('requests.export');
  const download = () => {
    const { address } = addressOf(
      { method: requestEndpoints.list.method, path: '/api/requests/export.xlsx' },
      exportQuery(),
    );
    window.location.assign(address);
  };
  return (
    <fieldset className="filters" aria-label={t('filters')}>
      <PickChip
        label={t('category')}
        value={directory.categoryName(filters.categoryId)}
        onClear={() => onChange({ categoryId: undefined })}
        picker={(close) => (
          <CategoryPicker
            open
            onClose={close}
            label={t('category')}
            value={filters.categoryId ?? null}
            onChange={(categoryId) => {
              onChange({ categoryId: categoryId ?? undefined });
              close();
            }}
          />
        )}
      />
      <PickChip
        label={t('place')}
        value={directory.nameOf(filters.nodeId)}
        onClear={() => onChange({ nodeId: undefined })}
        picker={(close) => (
          <OrgPicker
            open
            onClose={close}
            label={t('place')}
            value={filters.nodeId ?? null}
            onChange={(nodeId) => {
              onChange({ nodeId: nodeId ?? undefined });
              close();
            }}
          />
        )}
      />
      <PickChip
        label={t('line')}
        value={directory.lineName(filters.lineId)}
        onClear={() => onChange({ lineId: undefined })}
        picker={(close) => (
          <LinePicker
            open
            onClose={close}
            label={t('line')}
            value={filters.lineId ?? null}
            onChange={(lineId) => {
              onChange({ lineId: lineId ?? undefined });
              close();
            }}
          />
        )}
      />
      <MenuChip
        label={t('priority')}
        value={filters.priority}
        options={priorities}
        word={(each) => t(`priority_${each}`)}
        onChange={(priority) => onChange({ priority })}
      />
      <MenuChip
        label={t('since')}
        value={filters.since}
        options={sinces}
        word={(each) => t(`since_${each}`)}
        onChange={(since) => onChange({ since })}
      />
      {filters.search && (
        <span className="chip-group on">
          <span className="chip on">
            {t('sought')} <b className="cut">{filters.search}</b>
          </span>
          <ClearChip label={t('sought')} onClear={() => onChange({ search: undefined })} />
        </span>
      )}
      {narrowed(filters) && (
        <button
          type="button"
          className="linkish small"
          onClick={() =>
            onChange({
              categoryId: undefined,
              nodeId: undefined,
              lineId: undefined,
              priority: undefined,
              since: undefined,
              search: undefined,
            })
          }
        >
          {t('clearAll')}
        </button>
      )}
      <span className="grow" />
      <Menu
        className="chip quiet"
        label={`${t('sort')} ${t(`sort_${sort}`)}`}
        items={sorts.map((each) => ({ key: each, label: t(`sort_${each}`), onChoose: () => onChange({ sort: each }) }))}
      >
        {t(`sort_${sort}`)}
        <Glyph name="down" />
      </Menu>
      {mayExport && (
        <button type="button" className="chip" title={t('exportHow')} onClick={download}>
          {t('export')}
        </button>
      )}
    </fieldset>
  );
}
