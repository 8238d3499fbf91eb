import { useLocation, useNavigate } from '@tanstack/react-router';
import type { OutputOf } from '../../../contract/endpoint.ts';
import type { watchEndpoints } from '../../../contract/watch.ts';
import { useDirectory } from '../../app/directory.ts';
import { useT } from './words.ts';

type Reach = OutputOf<typeof watchEndpoints.warmth>['reach'];

/** Which place is looked at, in the address bar. */
export function usePlace(route: '/watch' | '/watch/equity') {
  const search = useLocation().search as Record<string, unknown>;
  const navigate = useNavigate();
  const number = (name: string) => Number(search[name]) || undefined;
  return {
    nodeId: number('node'),
    lineId: number('line'),
    go: (nodeId: number | undefined, lineId?: number) =>
      void navigate({ to: route, search: { node: nodeId, line: lineId } as never }),
  };
}

/** Units and lines this person may look at. */
export function PlaceChoice({
  reach,
  nodeId,
  lineId,
  lines = true,
  onGo,
}: {
  reach: Reach;
  nodeId: number;
  lineId: number | null;
  lines?: boolean;
  onGo: (nodeId: number, lineId: number | undefined) => void;
}) {
  const t = useT();
  const directory = useDirectory();
  const group = directory.nodes.find((node) => node.kind === 'group');
  const units = directory.units.filter((unit) => reach.everywhere || reach.unitIds.includes(unit.id));
  const offered = directory.lines.filter((line) => reach.lineIds === null || reach.lineIds.includes(line.id));
  return (
    <div className="row wa-place">
      <label className="row">
        <span className="small soft">{t('place')}</span>
        <select
          className="input"
          value={nodeId}
          onChange={(event) => onGo(Number(event.target.value), lineId ?? undefined)}
        >
          {reach.everywhere && group && <option value={group.id}>{t('wholeGroup')}</option>}
          {units.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {directory.nameOf(unit.id)}
            </option>
          ))}
        </select>
      </label>
      {lines && (
        <label className="row">
          <span className="small soft">{t('line')}</span>
          <select
            className="input"
            value={lineId ?? ''}
            onChange={(event) => onGo(nodeId, Number(event.target.value) || undefined)}
          >
            {reach.lineIds === null && <option value="">{t('allLines')}</option>}
            {offered.map((line) => (
              <option key={line.id} value={line.id}>
                {directory.lineName(line.id)}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
