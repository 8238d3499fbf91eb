import type { Permission } from '../../../contract/permissions.ts';
import { roleFor } from '../../platform/actor.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';

export interface Noted {
  kind: 'lesson' | 'lesson_review';
  id: string;
  unitId: number | null;
  lineId?: number | null;
  action: string;
  permission: Permission | null;
  from?: string | null;
  to?: string | null;
  figures?: Record<string, string | number | boolean | null>;
}

export const note = ({ tx, actor, now }: Context, noted: Noted): Promise<void> =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, noted.permission),
    action: `lessons.${noted.action}`,
    recordKind: noted.kind,
    recordId: noted.id,
    class: 'normal',
    unitId: noted.unitId,
    lineId: noted.lineId ?? null,
    from: noted.from ?? null,
    to: noted.to ?? null,
    figures: noted.figures ?? {},
  });
