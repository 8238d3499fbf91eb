import type { Tx } from '../../platform/transaction.ts';
import { accountsGranted } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { provideReadinessCheck, provideStageEffect } from '../stages/index.ts';
import { dayMs } from './gaps.ts';
import { type PostRecord, postsAt } from './queries.ts';
import { clockText, coverageOf } from './roster.ts';

/** So many gaps of a unit are named; the rest is in the number. */
const mostNamed = 5;

/**
 * Before a stage: each unit has somebody for every hour its posts must be manned in that stage, for the first seven days; and
 * where head office keeps a watch in that stage, each unit has at least one post that does.
 */
export function provideReadiness(): void {
  provideReadinessCheck({
    key: 'duty',
    words: { zh: '值班', en: 'Duty' },
    order: 40,
    async check(tx, { scope, toStage, at }) {
      const dir = await directory(tx);
      const to = new Date(at.getTime() + 7 * dayMs);
      const posts = await postsAt(tx, [dir.groupNode.id, ...scope.unitIds, ...scope.siteIds], at);
      const watched = posts.some((post) => post.node_id === dir.groupNode.id && post.stages.includes(toStage));
      const planners = await accountsGranted(tx, {
        roles: ['unit_liaison', 'unit_leader'],
        nodeIds: scope.unitIds,
        lineId: undefined,
      });
      const answers = [];
      for (const unitId of scope.unitIds) {
        const own = posts.filter((post) => dir.unitOf(post.node_id) === unitId);
        const accountIds = planners.filter((one) => one.node_id === unitId).map((one) => one.id);
        if (watched && !own.some((post) => post.stages.includes(toStage))) {
          const label = { zh: '这一阶段没有设值班岗位', en: 'No duty post is set up for that stage' };
          const missing = [{ label, route: `/duty?node=${unitId}`, accountIds }];
          answers.push({ unitId, have: 0, need: 1, ready: false, missing });
          continue;
        }
        const { gaps, asked, named } = await coverageOf(tx, dir, own, { from: at, to }, toStage);
        answers.push({
          unitId,
          have: named,
          need: asked,
          ready: gaps.length === 0,
          missing: gaps.slice(0, mostNamed).map((gap) => {
            const hours = `${clockText(dir.group.timezone, new Date(gap.from))}–${clockText(dir.group.timezone, new Date(gap.to))}`;
            return {
              label: { zh: `${gap.zh} ${hours} 没有人`, en: `${gap.en} ${hours}: nobody` },
              route: `/duty?node=${gap.nodeId}`,
              accountIds,
            };
          }),
        });
      }
      return answers;
    },
  });
  provideStageEffect({
    key: 'duty',
    words: { zh: '值班', en: 'Duty' },
    order: 40,
    async preview(tx, { scope, fromStage, toStage, at }) {
      const dir = await directory(tx);
      const whole = dir.nodes.get(scope.nodeId)?.kind === 'group' ? [dir.groupNode.id] : [];
      const posts = await postsAt(tx, [...whole, ...scope.unitIds, ...scope.siteIds], at);
      return effects(tx, dir, posts, fromStage, toStage, at);
    },
  });
}

/** Which posts begin and end being manned, and how many hours of the first week would name nobody. */
async function effects(tx: Tx, dir: Directory, posts: PostRecord[], fromStage: string, toStage: string, at: Date) {
  const to = new Date(at.getTime() + 7 * dayMs);
  const names = [...new Set(posts.map((post) => post.zh))];
  const rows = [];
  for (const zh of names) {
    const alike = posts.filter((post) => post.zh === zh);
    const before = alike.filter((post) => post.stages.includes(fromStage));
    const after = alike.filter((post) => post.stages.includes(toStage));
    if (before.length === 0 && after.length === 0) continue;
    const { gaps, asked, named } = await coverageOf(tx, dir, after, { from: at, to }, toStage);
    const manned = (n: number) => ({
      zh: n === 0 ? '不设' : `${n} 处有人值守`,
      en: n === 0 ? 'not manned' : `manned at ${n} ${n === 1 ? 'place' : 'places'}`,
    });
    const places = [...new Set(gaps.map((gap) => dir.nodes.get(gap.nodeId)!))];
    rows.push({
      item: { zh, en: alike[0]!.en },
      before: manned(before.length),
      after: manned(after.length),
      consequence:
        after.length === 0
          ? { zh: '停止要求，已排的班可以撤下', en: 'No longer asked for; planned shifts may be taken off' }
          : gaps.length === 0
            ? { zh: '头七天每个小时都有人', en: 'Somebody is named for every hour of the first seven days' }
            : {
                zh: `头七天还有 ${asked - named} 小时没有人：${places.map((node) => node.zh).join('、')}`,
                en: `${asked - named} hours of the first seven days name nobody: ${places.map((node) => node.en).join(', ')}`,
              },
      changed: before.length !== after.length || gaps.length > 0,
    });
  }
  return rows;
}
