import type { Tx } from '../../platform/transaction.ts';
import type { Level } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';

export interface LevelAsked {
  categoryId: number;
  /** Site, unit or group where it was asked. */
  nodeId: number;
  priority: string;
  /** When the request counts as submitted. */
  at: Date;
}

type Levels = (tx: Tx, dir: Directory, asked: LevelAsked, usual: Level) => Promise<Level>;
let levels: Levels = async (_tx, _dir, _asked, usual) => usual;

/** `catalogue` says here what it sets beside the usual level of each priority; `requests` stays below it. */
export function provideServiceLevels(read: Levels): void {
  levels = read;
}

/** The level that holds for this category at this place: the usual one of the priority, or what the catalogue sets. */
export const serviceLevel: Levels = (tx, dir, asked, usual) => levels(tx, dir, asked, usual);
