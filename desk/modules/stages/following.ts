import { useQuery } from '@tanstack/react-query';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { stageEndpoints as api, type StageNamed } from '../../../contract/stages.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';

export type Overview = OutputOf<typeof api.overview>;

export const useOverview = () =>
  useQuery({ queryKey: ['stages', 'overview'], queryFn: () => call(api.overview, {}), refetchInterval: 60_000 });

/** The stage in force at a place, by the nearest place with one of its own, and those that may follow it. */
export function useStageAt(nodeId: number | null): {
  overview: Overview | undefined;
  here: Overview['current'][number] | undefined;
  following: StageNamed[];
} {
  const { data: overview } = useOverview();
  const directory = useDirectory();
  let here: Overview['current'][number] | undefined;
  for (let node = directory.node(nodeId); node && !here; node = directory.node(node.parentId))
    here = overview?.current.find((one) => one.nodeId === node?.id);
  const codes = (overview?.transitions ?? []).filter(({ from }) => from === here?.code).map(({ to }) => to);
  return { overview, here, following: (overview?.stages ?? []).filter(({ code }) => codes.includes(code)) };
}
