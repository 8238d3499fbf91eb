import { equalBytes, type Keys } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/transaction.ts';
import { pointById } from './queries.ts';

export interface PlacePoint {
  id: number;
  siteId: number;
  zh: string;
  en: string;
}

const mark = (keys: Keys, pointId: number, round: number): string =>
  keys.hmac('point', `${pointId}.${round}`).toString('base64url').slice(0, 16);

/** Token of a poster: the point, its round, and a mark nobody else can make. Raising the round kills old posters. */
export const pointToken = (keys: Keys, point: { id: number; token_round: number }): string =>
  `${point.id}.${point.token_round}.${mark(keys, point.id, point.token_round)}`;

/** The point of a poster, or null when it was forged or replaced. */
export async function readPointToken(tx: Tx, keys: Keys, token: string): Promise<PlacePoint | null> {
  const [id, round, given] = token.split('.');
  if (!id || !round || !given || !/^\d{1,9}$/.test(id) || !/^\d{1,6}$/.test(round)) return null;
  if (!equalBytes(Buffer.from(given), Buffer.from(mark(keys, Number(id), Number(round))))) return null;
  const point = await pointById(tx, Number(id));
  if (!point || point.token_round !== Number(round)) return null;
  return { id: point.id, siteId: point.site_id, zh: point.zh, en: point.en };
}
