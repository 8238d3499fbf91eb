import { partsOf, type ReportItem, sum, type Value, type Values } from '../../../contract/report-checks.ts';
import type { ToFile } from '../../../contract/reports.ts';
import { dayWord, useReportWords } from './words.ts';

/** What this form begins with and where each figure is from: one press, for whoever signs with their name for it. */
export function Origin({ one, asked }: { one: ToFile; asked: readonly ReportItem[] }) {
  const said = useReportWords();
  const last = one.last?.values as Values | undefined;
  const shown = (item: ReportItem, value: Value | undefined): string => {
    if (value === undefined || value === null) return '—';
    if (typeof value === 'boolean') return value ? said.yes : said.no;
    if (item.kind === 'choice') {
      const option = item.options.find((each) => each.key === value);
      return option ? said.field(option) : String(value);
    }
    if (item.kind === 'parts')
      return item.options.map((each) => `${said.field(each)} ${sum(value, [each.key])}`).join(said.listComma);
    return String(typeof value === 'object' ? sum(value, partsOf(item, one.crews) ?? []) : value);
  };
  const unit = (of: { unitZh: string; unitEn: string }) => said.pick({ zh: of.unitZh, en: of.unitEn });
  const carried = last ? asked.filter((item) => item.carried) : [];
  const fresh = asked.filter((item) => !carried.includes(item));
  return (
    <details class="card origin">
      <summary>{said.origin}</summary>
      {carried.length > 0 && (
        <>
          <h3>{said.originLast(dayWord(one.last!.day, one.day, said))}</h3>
          <ul>
            {carried.map((item) => (
              <li key={item.key}>
                <span>{said.field(item)}</span>
                <b>
                  {shown(item, last![item.key])} {unit(item)}
                </b>
              </li>
            ))}
          </ul>
        </>
      )}
      {one.known.length > 0 && (
        <>
          <h3>{said.originKnown}</h3>
          <ul>
            {one.known.map((known) => (
              <li key={known.zh}>
                <span>{said.pick(known)}</span>
                <b>
                  {known.value} {unit(known)}
                </b>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{said.originFresh}</h3>
      <p class="small dim">{fresh.map((item) => said.field(item)).join(said.listComma)}</p>
    </details>
  );
}
