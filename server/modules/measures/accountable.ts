import { roles } from '../../../contract/permissions.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsInRoles, handlerPosts } from '../access/index.ts';
import { provideOrphans } from '../duty/index.ts';
import { directory } from '../organization/index.ts';
import { linesOfNobody } from './queries.ts';

/**
 * Measures in force that nobody answers for: whoever their plan names has left, or it names nobody and nobody holds the post
 * that does them (docs/measures.md).
 */
export function provideMeasuresOfNobody(): void {
  provideOrphans({
    key: 'measures',
    words: { zh: '措施没有责任人', en: 'Measures nobody answers for' },
    async find(tx: Tx, { nodeId }) {
      const dir = await directory(tx);
      const under = [...dir.nodes.values()].filter((node) => dir.ancestors(node.id).includes(nodeId));
      const people = await accountsInRoles(tx, roles);
      const at = (role: string): number[] => people.filter((one) => one.role === role).map((one) => one.node_id);
      const handlers = await handlerPosts(tx);
      const lines = await linesOfNobody(tx, [
        [...new Set(people.map((one) => one.id))],
        at('site_officer'),
        at('unit_liaison'),
        at('support_group').length > 0,
        handlers.map((one) => one.nodeId),
        handlers.map((one) => one.lineId),
        under.filter((node) => node.kind === 'site').map((node) => node.id),
        under.filter((node) => node.kind === 'unit').map((node) => node.id),
        nodeId === dir.groupNode.id ? nodeId : null,
      ]);
      return lines.map((line) => {
        const place = dir.nodes.get(line.site_id ?? line.unit_id ?? nodeId)!;
        return {
          kind: 'measure',
          label: { zh: `${place.zh}：${line.zh}`, en: `${place.en}: ${line.en}` },
          route: `/plans/${line.plan_id}`,
        };
      });
    },
  });
}
