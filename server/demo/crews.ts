import { uuidv7 } from 'uuidv7';
import { directory } from '../modules/organization/index.ts';
import { insertCrews, saveOffices } from '../modules/reports/index.ts';
import type { Tx } from '../platform/transaction.ts';
import { seeded } from './random.ts';

const trades = {
  construction: ['路基一班', '桥涵班', '钢筋班', '后勤食堂', '项目部', '路基二班', '拌和站', '木工班'],
  plant: ['运行甲班', '运行乙班', '检修班', '后勤食堂', '厂部', '运行丙班', '化验班', '外协班'],
};
/** People to a crew, about. */
const crewOf = 34;

/** Crews and office numbers of every site: so many crews as its people make, the last one taking what is left. */
export async function loadCrews(tx: Tx, now: Date): Promise<void> {
  const dir = await directory(tx);
  const random = seeded(1204);
  const sites = [...dir.nodes.values()].filter((node) => node.kind === 'site');
  await insertCrews(
    tx,
    sites.flatMap((site) => {
      const names = trades[site.siteKind ?? 'plant'];
      const people = site.heads ?? 20;
      const n = Math.min(names.length, Math.max(3, Math.round(people / crewOf)));
      const weights = names.slice(0, n).map(() => 0.5 + random());
      const all = weights.reduce((a, b) => a + b, 0);
      let left = people;
      return names.slice(0, n).map((zh, ordinal) => {
        const planned = ordinal === n - 1 ? left : Math.round((people * weights[ordinal]!) / all);
        left -= planned;
        return {
          id: uuidv7(),
          site_id: site.id,
          zh,
          planned: Math.max(0, planned),
          ordinal,
          ended_at: null,
          changed_by: null,
          changed_at: now,
        };
      });
    }),
  );
  await saveOffices(
    tx,
    sites.map((site, i) => ({ site_id: site.id, phone: `8${300 + i}`, changed_by: null, changed_at: now })),
  );
}
