import type { WarmthAlarm } from '../../../contract/watch.ts';
import { useDirectory } from '../../app/directory.ts';
import { isTime, useFigures } from './figures.ts';
import { useT } from './words.ts';

/** Where it has grown colder: what stands now, and what has come back to normal. */
export function Alarms({
  alarms,
  onGo,
}: {
  alarms: readonly WarmthAlarm[];
  onGo: (nodeId: number, lineId: number | undefined) => void;
}) {
  const t = useT();
  const directory = useDirectory();
  const figures = useFigures();
  const group = directory.nodes.find((node) => node.kind === 'group');
  const placeOf = ({ nodeId, lineId }: WarmthAlarm) =>
    [nodeId === group?.id && lineId !== null ? '' : directory.nameOf(nodeId), directory.lineName(lineId)]
      .filter(Boolean)
      .join(' · ');
  const row = (one: WarmthAlarm) => (
    <li key={`${one.nodeId}/${one.lineId}/${one.measure}/${one.fromWeek}`}>
      <button type="button" className="linkish" onClick={() => onGo(one.nodeId, one.lineId ?? undefined)}>
        {placeOf(one)}
      </button>
      <span>{t(`m_${one.measure}`)}</span>
      <span className="nowrap">
        {t('fromTo', {
          base: figures.short(one.measure, one.baseValue),
          value: figures.short(one.measure, one.value),
        })}
        {isTime(one.measure) && <span className="softer small"> {t('ofClockUnit')}</span>}
      </span>
      <span className="soft nowrap">
        {t(one.fromWeek === one.toWeek ? 'alarmWeek' : 'alarmWeeks', { from: one.fromWeek, to: one.toWeek })}
      </span>
      <span className="row wa-tags">
        {one.outside && <span className={one.standing && !one.grey ? 'tag near' : 'tag'}>{t('ground_outside')}</span>}
        {one.byFifth && <span className="tag">{t('ground_fifth')}</span>}
        {!one.outside && <span className="softer small">{t('mayBeChance')}</span>}
        {one.grey && <span className="softer small">{t('greyTag')}</span>}
      </span>
    </li>
  );
  const standing = alarms.filter((one) => one.standing);
  const past = alarms.filter((one) => !one.standing);
  return (
    <section className="wa-alarms" aria-label={t('alarms')}>
      <h2>{t('alarmsStanding')}</h2>
      {standing.length === 0 ? <p className="soft">{t('noAlarms')}</p> : <ul>{standing.map(row)}</ul>}
      {past.length > 0 && (
        <details>
          <summary className="soft">
            {t('alarmsPast')} {past.length}
          </summary>
          <ul>{past.map(row)}</ul>
        </details>
      )}
    </section>
  );
}
