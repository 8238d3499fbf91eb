import { join } from 'node:path';
import { reckonAll } from '../modules/watch/index.ts';
import { system } from '../platform/actor.ts';
import { openKeys } from '../platform/crypto.ts';
import type { Pool } from '../platform/database.ts';
import { writeSetting } from '../platform/setting.ts';
import { inTransaction } from '../platform/transaction.ts';
import { loadCatalogue, loadChoices } from './catalogue.ts';
import { loadReadiness } from './drills.ts';
import { loadDuty } from './duty.ts';
import { loadHistory } from './history/index.ts';
import { loadLessons } from './lessons.ts';
import { drawEvidence, loadMeasures } from './measures.ts';
import { tellOfLately } from './messages.ts';
import { loadOrganization } from './organization.ts';
import { loadPlans } from './plans.ts';
import { loadReports } from './reports.ts';
import { loadStageOrders } from './stages.ts';
import { playSupervision } from './supervision.ts';
import { demoSetting, readWorld } from './world.ts';

export interface DemoLoading {
  /** Connections to an empty, migrated database. */
  pool: Pool;
  rootFolder: string;
  /** Keys, files, anchors and the truth file lie here. */
  dataFolder: string;
  /** Of every account. */
  password: string;
  /** False: the group and its catalogue alone, without the 135 days. */
  history: boolean;
  /** Told of requests written, and of how many there are. */
  progress?: (done: number, all: number) => void;
}

/** Loads the fictional group, each part upon the one before, up to this moment. */
export async function loadDemo(loading: DemoLoading): Promise<void> {
  const { pool, dataFolder } = loading;
  const world = await readWorld(loading.rootFolder);
  const now = new Date();
  await inTransaction(pool, async (tx) => {
    // With the group itself, so that a start which finds `loading` has found a load that was cut off.
    if (loading.history) await writeSetting(tx, demoSetting, 'loading');
    await loadOrganization(tx, world, now, loading.password);
    await loadCatalogue(tx, now);
  });
  if (!loading.history) return;
  const keys = await openKeys(join(dataFolder, 'keys'));
  const told = await loadHistory({ pool, keys, world, now, dataFolder, progress: loading.progress });
  await inTransaction(pool, (tx) => loadChoices(tx, told, now));
  await inTransaction(pool, (tx) => loadStageOrders(tx, world, now));
  await inTransaction(pool, (tx) => loadPlans(tx, world, now));
  await inTransaction(pool, (tx) => loadReports(tx, world, now));
  await playSupervision(pool, now);
  // Upon the plans in force.
  const folder = join(dataFolder, 'files');
  const drawn = await drawEvidence(folder);
  await inTransaction(pool, (tx) => loadMeasures(tx, now, { folder, drawn }));
  await inTransaction(pool, (tx) => loadDuty(tx, now));
  await inTransaction(pool, (tx) => loadReadiness(tx, now));
  // Resting on the drills and near-misses.
  await inTransaction(pool, (tx) => loadLessons(tx, now));
  await tellOfLately(pool, told, now);
  await inTransaction(pool, (tx) => reckonAll({ tx, actor: system, now }));
  await inTransaction(pool, (tx) => writeSetting(tx, demoSetting, 'loaded'));
}
