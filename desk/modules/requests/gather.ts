import { caseEndpoints } from '../../../contract/cases.ts';
import type { RequestRow } from '../../../contract/requests.ts';
import { call } from '../../app/api.ts';

export interface Gathering {
  /** Whose case the others join; it must have been dispatched. */
  into: RequestRow | null;
  joining: readonly RequestRow[];
}

/** Of the rows picked: the one that has a case takes the others; where none has, the first must be dispatched before. */
export function gatheringOf(picked: readonly RequestRow[]): Gathering {
  const into = picked.find((row) => row.caseId !== null && row.work !== 'handled') ?? null;
  return {
    into,
    joining: picked.filter(
      (row) => row.id !== into?.id && row.caseId === null && (row.work === 'new' || row.work === 'returned'),
    ),
  };
}

/** Joins one after the other, so that a refusal names the one it is about. */
export async function gather(
  intoId: string,
  joining: readonly RequestRow[],
): Promise<{ joined: number; failed: { number: string; error: unknown } | null }> {
  let joined = 0;
  for (const row of joining) {
    try {
      await call(caseEndpoints.join, { id: row.id, version: row.version, intoRequestId: intoId });
      joined += 1;
    } catch (error) {
      return { joined, failed: { number: row.number, error } };
    }
  }
  return { joined, failed: null };
}
