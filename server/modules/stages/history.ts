/** Orders that were signed before there was a program to sign them in: for whoever loads a history. */
import { uuidv7 } from 'uuidv7';
import type { StageLook } from '../../../contract/stages.ts';
import { append, type JournalEntry } from '../../platform/journal.ts';
import type { Tx } from '../../platform/transaction.ts';
import { leadDays } from './lead.ts';
import { givePeriodItsOrder, insertEntries, insertOrder, nextNumber } from './queries.ts';
import { flipEntry } from './readiness.ts';
import type { Wording } from './registry.ts';

interface Signer {
  id: string;
  label: string;
  role: string;
  at: Date;
}

export interface PastOrder {
  periodId: string;
  nodeId: number;
  from: string;
  to: string;
  effectiveAt: Date;
  /** When the stage was left; null while it is in force. */
  leftAt: Date | null;
  /** When the look back upon it was over. */
  closedAt: Date | null;
  basis: { number: string; title: string; at: Date };
  trigger: string;
  year: number;
  drafted: Signer;
  reviewed: Signer;
  signed: Signer;
  /** What the signer was shown it would change. */
  effects: StageLook['effects'];
  /** What was asked of each unit; one that was ready had all of it. */
  checks: { key: string; words: Wording; need(unitId: number): number }[];
  /** When units became ready for it, and when not. */
  flips: { unitId: number; at: Date; ready: boolean }[];
}

/** Writes one order with its thread, its flips and what the journal says of them, and gives its period to it. */
export async function writePastOrder(tx: Tx, past: PastOrder): Promise<void> {
  const id = uuidv7();
  const state = past.leftAt === null ? 'in_force' : past.closedAt === null ? 'closing_review' : 'closed';
  const units = [...new Set(past.flips.map(({ unitId }) => unitId))].map((unitId) => {
    const flips = past.flips.filter((flip) => flip.unitId === unitId);
    const since = flips.filter(({ at, ready }) => ready && at <= past.signed.at).at(-1)?.at ?? null;
    return {
      unitId,
      ready: since !== null,
      cells: past.checks.map(({ key, need }) => ({
        key,
        have: since ? need(unitId) : 0,
        need: need(unitId),
        ready: since !== null,
      })),
      missing: [],
      readySince: since?.toISOString() ?? null,
      leadDays: leadDays(flips, past.effectiveAt),
    };
  });
  await insertOrder(tx, {
    id,
    number: `阶段令〔${past.year}〕${await nextNumber(tx, past.year)}号`,
    node_id: past.nodeId,
    from_code: past.from,
    to_code: past.to,
    basis_number: past.basis.number,
    basis_title: past.basis.title,
    basis_at: past.basis.at,
    effective_at: past.effectiveAt,
    trigger: past.trigger,
    state,
    drafted_by: past.drafted.id,
    drafted_label: past.drafted.label,
    drafted_at: past.drafted.at,
    reviewed_by: past.reviewed.id,
    reviewed_label: past.reviewed.label,
    reviewed_at: past.reviewed.at,
    signed_by: past.signed.id,
    signed_label: past.signed.label,
    signed_at: past.signed.at,
    readiness_seen: JSON.stringify({
      asOf: past.signed.at.toISOString(),
      checks: past.checks.map(({ key, words }) => ({ key, words })),
      units,
    }),
    effects_seen: JSON.stringify({ effects: past.effects }),
    seen_unready: true,
    seen_consequences: true,
    in_force_at: past.effectiveAt,
    closing_at: past.leftAt,
    closed_at: past.closedAt,
  });
  await givePeriodItsOrder(tx, past.periodId, id, past.basis.number, past.basis.at, past.effectiveAt);
  const acts: { kind: string; by: Signer | null; at: Date; to: string }[] = [
    { kind: 'drafted', by: past.drafted, at: past.drafted.at, to: 'draft' },
    { kind: 'reviewed', by: past.reviewed, at: past.reviewed.at, to: 'reviewed' },
    { kind: 'signed', by: past.signed, at: past.signed.at, to: 'signed' },
    { kind: 'activated', by: null, at: past.effectiveAt, to: 'in_force' },
    ...(past.leftAt ? [{ kind: 'closing', by: null, at: past.leftAt, to: 'closing_review' }] : []),
    ...(past.closedAt ? [{ kind: 'closed', by: null, at: past.closedAt, to: 'closed' }] : []),
  ];
  await insertEntries(
    tx,
    acts.map(({ kind, by, at }) => ({
      id: uuidv7(),
      order_id: id,
      at,
      actor_id: by?.id ?? null,
      actor_label: by?.label ?? '',
      kind,
    })),
  );
  await append(
    tx,
    ...[
      ...past.flips.map((flip) => flipEntry({ ...flip, toStage: past.to })),
      ...acts.map(
        ({ kind, by, at, to }, i): JournalEntry => ({
          at,
          actorId: by?.id ?? null,
          role: by?.role ?? 'system',
          action: `stages.${kind}`,
          recordKind: 'stage_order',
          recordId: id,
          class: 'normal',
          from: acts[i - 1]?.to ?? null,
          to,
          figures: { stage_from: past.from, stage_to: past.to },
        }),
      ),
    ].sort((a, b) => a.at.getTime() - b.at.getTime()),
  );
}
