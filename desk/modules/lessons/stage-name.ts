import { useQuery } from '@tanstack/react-query';
import { stageEndpoints } from '../../../contract/stages.ts';
import { call } from '../../app/api.ts';
import { nameIn, useLocale } from '../../app/words.ts';

export function useStages() {
  return (
    useQuery({
      queryKey: ['stages', 'overview'],
      queryFn: () => call(stageEndpoints.overview, {}),
      staleTime: 60_000,
    }).data?.stages ?? []
  );
}

/** 常态化防控 S4; the code alone until the names are here. */
export function useStageName(): (code: string) => string {
  const stages = useStages();
  const language = useLocale();
  return (code) => {
    const stage = stages.find((one) => one.code === code);
    return stage ? `${nameIn(stage, language)} ${code}` : code;
  };
}
