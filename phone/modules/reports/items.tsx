import {
  type Counts,
  type Fault,
  type Outlier,
  partsOf,
  type ReportItem,
  type Value,
  type Values,
} from '../../../contract/report-checks.ts';
import type { ToFile } from '../../../contract/reports.ts';
import { Icon } from '../../kit/icon.tsx';
import { dayWord, type ReportWords, useReportWords } from './words.ts';

interface RowsProps {
  item: ReportItem;
  one: ToFile;
  values: Values;
  faults: Fault[];
  unusual: Outlier[];
  confirmed: Record<string, string>;
  onValue(value: Value): void;
  /** `null`: not confirmed any more. */
  onConfirm(key: string, why: string | null): void;
}

/** What was typed as a number; null where it is blank, NaN where it is none. */
const read = (typed: string): number | null => {
  const plain = typed.normalize('NFKC').trim().replace(',', '.');
  return plain === '' ? null : Number(plain);
};
const shown = (value: Value | undefined): string =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : '';

function faultWord(fault: Fault, said: ReportWords): string {
  switch (fault.code) {
    case 'heads':
      return '';
    case 'too_small':
      return said.fault.too_small(fault.least);
    case 'too_big':
      return said.fault.too_big(fault.most);
    default:
      return said.fault[fault.code];
  }
}

/** − n +, and the number itself can be typed. */
function Stepper({
  name,
  value,
  changed,
  onValue,
}: {
  name: string;
  value: number | undefined;
  changed: boolean;
  onValue(value: number | null): void;
}) {
  const said = useReportWords();
  return (
    <span class={`stepper ${changed ? 'changed' : ''}`}>
      <button type="button" aria-label={said.minus(name)} onClick={() => onValue(Math.max(0, (value ?? 0) - 1))}>
        −
      </button>
      <input
        inputMode="numeric"
        aria-label={name}
        value={shown(value)}
        onInput={(event) => onValue(read(event.currentTarget.value))}
      />
      <button type="button" aria-label={said.plus(name)} onClick={() => onValue((value ?? 0) + 1)}>
        +
      </button>
    </span>
  );
}

/** "改 昨天 92", or that it is as yesterday. */
function Compared({
  now,
  before,
  last,
  lead,
}: {
  now: Value | undefined;
  before: Value | undefined;
  /** "昨天", or the day of the report before. */
  last: string;
  lead?: string;
}) {
  const said = useReportWords();
  const changed = before !== undefined && before !== null && now !== before;
  return (
    <small>
      {lead}
      {lead && ' · '}
      {changed ? (
        <>
          <b class="mark">{said.changed}</b> <del>{said.was(last, String(before))}</del>
        </>
      ) : before === undefined || before === null ? null : (
        said.same(last)
      )}
    </small>
  );
}

function Unusual({
  flag,
  confirmed,
  onConfirm,
}: {
  flag: Outlier;
  confirmed: string | undefined;
  onConfirm(why: string | null): void;
}) {
  const said = useReportWords();
  return (
    <div class={`unusual ${confirmed === undefined ? 'open' : ''}`}>
      <p class="small">
        <Icon name="warn" /> <b>{said.unusualTitle(String(flag.value))}</b>{' '}
        {said.unusual(String(flag.usual.low), String(flag.usual.high), flag.usual.n)}
      </p>
      <button
        type="button"
        class="chip"
        aria-pressed={confirmed !== undefined}
        onClick={() => onConfirm(confirmed === undefined ? '' : null)}
      >
        {said.right}
      </button>
      {confirmed !== undefined && (
        <input
          class="input"
          maxLength={200}
          aria-label={said.rightWhy}
          placeholder={said.rightWhy}
          value={confirmed}
          onInput={(event) => onConfirm(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

/** One row for an item, or one for each of its crews and parts. */
export function ItemRows(props: RowsProps) {
  const { item, one, values, faults, unusual, confirmed, onValue, onConfirm } = props;
  const said = useReportWords();
  const value = values[item.key];
  const before = item.carried ? (one.last?.values[item.key] as Value | undefined) : undefined;
  const last = one.last ? dayWord(one.last.day, one.day, said) : '';
  const flags = (key: string) =>
    unusual
      .filter((flag) => flag.key === key)
      .map((flag) => (
        <Unusual
          key={flag.key}
          flag={flag}
          confirmed={confirmed[flag.key]}
          onConfirm={(why) => onConfirm(flag.key, why)}
        />
      ));

  const parts = partsOf(item, one.crews);
  if (parts) {
    const counts = (typeof value === 'object' && value ? value : {}) as Counts;
    const old = (typeof before === 'object' && before ? before : {}) as Counts;
    const setPart = (part: string, next: number | null): void => {
      const all: Record<string, number | null> = { ...counts, [part]: next };
      if (next === null) delete all[part];
      onValue(all as Counts);
    };
    return (
      <>
        {flags(item.key)}
        {parts.map((part) => {
          const crew = one.crews.find((each) => each.id === part);
          const option = item.options.find((each) => each.key === part);
          const name = crew ? crew.zh : said.field(option!);
          const fault = faults.find((each) => 'part' in each && each.part === part);
          const changed = old[part] !== undefined && counts[part] !== old[part];
          return (
            <div class={`line ${fault ? 'bad' : ''}`} key={part}>
              <div>
                <b>{name}</b>
                {fault ? (
                  <small class="blank">{faultWord(fault, said)}</small>
                ) : (
                  <Compared
                    now={counts[part]}
                    before={old[part]}
                    last={last}
                    lead={crew ? said.planned(crew.planned) : undefined}
                  />
                )}
              </div>
              {crew ? (
                <Stepper name={name} value={counts[part]} changed={changed} onValue={(next) => setPart(part, next)} />
              ) : (
                <span class="quantity">
                  <input
                    class={`input ${changed ? 'changed' : ''}`}
                    inputMode="decimal"
                    aria-label={name}
                    value={shown(counts[part])}
                    onInput={(event) => setPart(part, read(event.currentTarget.value))}
                  />
                  <span>{said.pick({ zh: option!.unitZh, en: option!.unitEn })}</span>
                </span>
              )}
              {flags(`${item.key}/${part}`)}
            </div>
          );
        })}
      </>
    );
  }

  const name = said.field(item);
  const help = said.pick({ zh: item.helpZh, en: item.helpEn });
  const [fault] = faults.filter((each) => each.code !== 'heads');
  const unit = said.pick({ zh: item.unitZh, en: item.unitEn });
  const numeric = item.kind === 'whole' || item.kind === 'decimal' || item.kind === 'money';
  const changed = before !== undefined && before !== null && value !== before;
  const note = fault ? (
    <small class="blank">{faultWord(fault, said)}</small>
  ) : item.carried ? (
    <Compared now={value} before={before} last={last} lead={help || undefined} />
  ) : numeric && typeof value === 'number' ? (
    <small>{said.saidIt(`${value} ${unit}`)}</small>
  ) : (
    help && <small>{help}</small>
  );

  return (
    <div class={`line ${fault ? 'bad' : ''} ${item.kind === 'text' ? 'wide-line' : ''}`}>
      <div>
        <b>{name}</b>
        {note}
      </div>
      {numeric && !item.carried && (
        <span class="zero">
          <input
            class="input"
            inputMode={item.kind === 'whole' ? 'numeric' : 'decimal'}
            aria-label={name}
            value={shown(value)}
            onInput={(event) => onValue(read(event.currentTarget.value))}
          />
          <button
            type="button"
            class="button"
            aria-pressed={value === 0}
            onClick={() => onValue(value === 0 ? null : 0)}
          >
            {value === 0 && <Icon name="tick" />}
            {said.none}
          </button>
        </span>
      )}
      {numeric && item.carried && (
        <span class="quantity">
          <input
            class={`input ${changed ? 'changed' : ''}`}
            inputMode={item.kind === 'whole' ? 'numeric' : 'decimal'}
            aria-label={name}
            value={shown(value)}
            onInput={(event) => onValue(read(event.currentTarget.value))}
          />
          <span>{unit}</span>
        </span>
      )}
      {(item.kind === 'choice' || item.kind === 'yes_no') && (
        <fieldset class="chips" aria-label={name}>
          {(item.kind === 'yes_no'
            ? [
                { key: true as const, words: said.yes },
                { key: false as const, words: said.no },
              ]
            : item.options.map((option) => ({ key: option.key, words: said.field(option) }))
          ).map((option) => (
            <button
              key={String(option.key)}
              type="button"
              class="chip"
              aria-pressed={value === option.key}
              onClick={() => onValue(option.key)}
            >
              {option.words}
            </button>
          ))}
        </fieldset>
      )}
      {item.kind === 'text' && (
        <textarea
          class="input"
          rows={2}
          maxLength={500}
          aria-label={name}
          value={typeof value === 'string' ? value : ''}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
      {flags(item.key)}
    </div>
  );
}
