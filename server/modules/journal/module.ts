import { uuidv7 } from 'uuidv7';
import { journalEndpoints as api } from '../../../contract/journal.ts';
import type { Keys } from '../../platform/crypto.ts';
import { badField } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { verifyJournal } from '../../platform/seal.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { actorsOf } from './actors.ts';
import { entriesBefore, sealsBefore, unsealed } from './queries.ts';

export function mountJournal(desk: Desk, deps: { keys: Keys; anchorsFile: string }): void {
  serve(desk, api.entries, async ({ tx }, { before, action, recordId, limit }) => {
    if (recordId && !/^[0-9a-f-]{36}$/i.test(recordId)) throw badField('recordId', 'bad_format');
    const wanted = {
      before: before ?? null,
      action: action?.replace(/[%_\\]/g, '\\$&') ?? null,
      recordId: recordId ?? null,
    };
    const rows = await entriesBefore(tx, wanted, limit + 1);
    const page = rows.slice(0, limit);
    const shown = await actorsOf(tx, page);
    return {
      entries: page.map((row) => {
        const { digest, ...figures } = row.figures as { digest?: string };
        return {
          position: row.position,
          at: row.at.toISOString(),
          ...shown(row),
          action: row.action,
          recordKind: row.record_kind,
          recordId: row.record_id,
          recordClass: row.class,
          nodeId: row.site_id ?? row.unit_id,
          lineId: row.line_id,
          from: row.state_from,
          to: row.state_to,
          reason: row.reason,
          figures,
          digest: digest ?? null,
        };
      }),
      next: rows.length > limit ? page.at(-1)!.position : null,
    };
  });

  serve(desk, api.seals, async ({ tx }, { before }) => ({
    seals: (await sealsBefore(tx, [before ?? null])).map((row) => ({
      no: row.no,
      from: row.from_position,
      to: row.to_position,
      root: row.root.toString('hex'),
      sealedAt: row.sealed_at.toISOString(),
      signedBy: row.key_id,
    })),
    unsealed: (await unsealed(tx, []))[0]!.n,
  }));

  serve(desk, api.verify, async ({ tx, actor, now }) => {
    const result = await verifyJournal(desk.pool, deps.keys, deps.anchorsFile);
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: 'auditor',
      action: 'journal.verified',
      recordKind: 'journal',
      recordId: uuidv7(),
      class: 'audit',
      figures: { valid: result.valid, entries: result.entries, seals: result.seals, faults: result.faults.length },
    });
    return result;
  });
}
