import { Link } from '@tanstack/react-router';
import type { DrillRow } from '../../../contract/drills.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { useT } from './words.ts';

const tones = { planned: '', running: 'info', held: 'near', assessed: 'info', closed: 'good', cancelled: '' } as const;

export function DrillRows({ drills }: { drills: readonly DrillRow[] }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  return (
    <ul className="rd-rows">
      {drills.map((drill) => (
        <li key={drill.id}>
          <Link className="rd-row" to="/readiness/drills/$id" params={{ id: drill.id } as never}>
            <span>
              <span className={`tag ${tones[drill.state]}`}>{t(`s_${drill.state}`)}</span>
            </span>
            <span>
              <b>{nameIn(drill, language)}</b> <span className="small softer">{drill.number}</span>
            </span>
            <span className="small soft">{directory.nameOf(drill.siteId ?? drill.unitId)}</span>
            <span className="small soft">
              {format.moment(drill.plannedFor)} · {t(drill.announced ? 'announced' : 'unannounced')}
            </span>
            <span className="tags small">
              {drill.late && <span className="tag over">{t('lateStart')}</span>}
              {drill.inTime !== null && t('inTimeOf', { n: drill.inTime, of: drill.steps })}
              {drill.inTime === null && drill.leader.label}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
