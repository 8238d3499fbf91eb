import type { StageLook, UnitRow } from '../../../contract/stages.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Glyph } from '../../kit/index.ts';
import { useT } from './words.ts';

type Cell = UnitRow['cells'][number];

function CellMark({ cell }: { cell: Cell | undefined }) {
  const t = useT();
  if (!cell) return <span className="softer">–</span>;
  const figure = cell.need > 1 || !cell.ready ? `${cell.have}/${cell.need}` : '';
  if (!cell.ready)
    return (
      <span className="mark near">
        <Glyph name="diamond" />
        {figure}
        <span className="sr-only">{t('unready')}</span>
      </span>
    );
  return (
    <span className={figure ? 'mark' : 'mark good'}>
      {figure || <Glyph name="tick" />}
      <span className="sr-only">{t('cellReady')}</span>
    </span>
  );
}

interface Props {
  look: StageLook;
  chosen: number | null;
  onChoose?: (unitId: number) => void;
}

/** Those that are not ready first, the others as the group is ordered. */
export const inReading = (units: readonly UnitRow[]): UnitRow[] =>
  [...units].sort((a, b) => Number(a.ready) - Number(b.ready));

/** Who is ready, by unit and check, and since how many days. */
export function Readiness({ look, chosen, onChoose }: Props) {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  const directory = useDirectory();
  const ready = look.units.filter((unit) => unit.ready).length;
  return (
    <section className="panel" aria-labelledby="sg-readiness">
      <div className="sg-head">
        <h2 id="sg-readiness">{t('readiness')}</h2>
        <span className="soft">{t('readyCount', { ready, all: look.units.length, at: format.moment(look.asOf) })}</span>
        <span className="end small softer">
          {look.seenBySigner ? t('asSigned', { at: format.full(look.asOf) }) : t('leadWhy')}
        </span>
      </div>
      <div className="sg-scroll">
        <table className="sg-ready">
          <thead>
            <tr>
              <th scope="col">{t('unit')}</th>
              <th scope="col">{t('verdict')}</th>
              {look.checks.map((check) => (
                <th key={check.key} scope="col">
                  {nameIn(check.words, language)}
                </th>
              ))}
              <th scope="col">{t('leadTime')}</th>
            </tr>
          </thead>
          <tbody>
            {inReading(look.units).map((unit) => (
              <tr
                key={unit.unitId}
                data-ready={unit.ready ? 'yes' : 'no'}
                aria-current={chosen === unit.unitId ? 'true' : undefined}
              >
                <td title={directory.nameOf(unit.unitId)}>
                  {onChoose ? (
                    <button type="button" onClick={() => onChoose(unit.unitId)}>
                      {directory.nameOf(unit.unitId)}
                    </button>
                  ) : (
                    directory.nameOf(unit.unitId)
                  )}
                </td>
                <td>
                  <span className={unit.ready ? 'mark good' : 'mark near'}>
                    <Glyph name={unit.ready ? 'done' : 'diamond'} />
                    {t(unit.ready ? 'ready' : 'unready')}
                  </span>
                </td>
                {look.checks.map((check) => (
                  <td key={check.key}>
                    <CellMark cell={unit.cells.find((cell) => cell.key === check.key)} />
                  </td>
                ))}
                <td title={unit.readySince ? format.full(unit.readySince) : undefined}>
                  {t('days', { n: unit.leadDays })}
                </td>
              </tr>
            ))}
          </tbody>
          {ready < look.units.length && (
            <tfoot>
              <tr>
                <th scope="row">{t('lackSum')}</th>
                <td />
                {look.checks.map((check) => {
                  const lacking = look.units
                    .flatMap(({ cells }) => cells)
                    .filter(({ key }) => key === check.key)
                    .reduce((sum, { have, need }) => sum + Math.max(0, need - have), 0);
                  return (
                    <td key={check.key} className={lacking > 0 ? 'near' : 'softer'}>
                      {lacking > 0 ? lacking : '–'}
                    </td>
                  );
                })}
                <td />
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </section>
  );
}

/** What a unit lacks, each with where it is mended. */
export function Lacks({ unit }: { unit: UnitRow }) {
  const t = useT();
  const language = useLocale();
  return (
    <>
      {unit.missing.map((one) => (
        <li key={`${one.key} ${one.label.zh}`}>
          <span />
          <b>{t('lacks')}</b>
          {one.route ? (
            <a className="link" href={`/desk${one.route}`}>
              {nameIn(one.label, language)}
            </a>
          ) : (
            <span>{nameIn(one.label, language)}</span>
          )}
        </li>
      ))}
    </>
  );
}
