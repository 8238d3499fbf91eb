import type { Permission } from '../../../contract/permissions.ts';
import { type Actor, roleFor } from '../../platform/actor.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { dateOf, localDay } from '../clocks/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { nextNumber } from './queries.ts';

const prefixes = { risk: '风险', drill: '演练', near_miss: '未遂' } as const;

/** 风险〔2026〕3号, without gaps in the year of the group's zone. */
export async function numbered(tx: Tx, dir: Directory, kind: keyof typeof prefixes, at: Date): Promise<string> {
  const year = Number(dateOf(localDay(dir.group.timezone, at)).slice(0, 4));
  return `${prefixes[kind]}〔${year}〕${await nextNumber(tx, kind, year)}号`;
}

export const today = (dir: Directory, at: Date): number => localDay(dir.group.timezone, at);

export interface Noted {
  kind: keyof typeof prefixes | 'readiness';
  id: string;
  nodeId: number;
  action: string;
  permission: Permission | null;
  from?: string | null;
  to?: string | null;
  reason?: string | null;
  figures?: Record<string, string | number | boolean | null>;
  /** Instead of who acts: a near-miss is told without blame, and no door leads from it to its reporter. */
  as?: Pick<Actor, 'accountId'>;
}

export async function note(context: Context, noted: Noted): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  await append(tx, {
    at: now,
    actorId: noted.as ? noted.as.accountId : actor.accountId,
    role: noted.as ? null : roleFor(actor, noted.permission),
    action: `drills.${noted.action}`,
    recordKind: noted.kind,
    recordId: noted.id,
    class: 'normal',
    unitId: dir.unitOf(noted.nodeId),
    siteId: dir.nodes.get(noted.nodeId)?.kind === 'site' ? noted.nodeId : null,
    from: noted.from ?? null,
    to: noted.to ?? null,
    reason: noted.reason ?? null,
    figures: noted.figures ?? {},
  });
}
