import { uuidv7 } from 'uuidv7';
import type { Permission } from '../../../contract/permissions.ts';
import type { SupervisionEntry } from '../../../contract/tasks.ts';
import { roleFor } from '../../platform/actor.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { insertEntries, type TaskRecord } from './queries.ts';

/** What every act leaves behind: a line in the thread of its record, and an entry in the journal without any words. */
export interface Noted {
  recordKind: 'task' | 'problem' | 'directive';
  record: {
    id: string;
    class: string;
    unitId: number | null;
    siteId: number | null;
    lineId: number | null;
  };
  kind: SupervisionEntry['kind'];
  action: string;
  permission: Permission | null;
  text?: string | null;
  data?: Record<string, string | number | boolean | null>;
  fileIds?: string[];
  from?: string;
  to?: string;
  reason?: string;
  figures?: Record<string, string | number | boolean | null>;
  /** When it happened, where that is not now. */
  at?: Date;
}

/** A task as the journal knows it. */
export const recordOf = (task: TaskRecord): Noted['record'] => ({
  id: task.id,
  class: task.class,
  unitId: task.unit_id,
  siteId: task.site_id,
  lineId: task.owner_line_id,
});

export async function note(context: Context, noted: Noted): Promise<void> {
  const { tx, actor, now } = context;
  const { record } = noted;
  await insertEntries(tx, [
    {
      id: uuidv7(),
      record_id: record.id,
      at: noted.at ?? now,
      kind: noted.kind,
      actor_id: actor.accountId,
      who: actor.kind === 'account' ? actor.label : null,
      text: noted.text ?? null,
      data: JSON.stringify(noted.data ?? {}),
      file_ids: noted.fileIds ?? [],
    },
  ]);
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, noted.permission),
    action: noted.action,
    recordKind: noted.recordKind,
    recordId: record.id,
    class: record.class,
    unitId: record.unitId,
    siteId: record.siteId,
    lineId: record.lineId,
    from: noted.from ?? null,
    to: noted.to ?? null,
    reason: noted.reason ?? null,
    figures: { ...noted.figures, files: noted.fileIds?.length ?? 0 },
  });
}
