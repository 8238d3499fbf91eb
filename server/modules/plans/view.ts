import { type PlanFile, type PlanRow, signedSteps } from '../../../contract/plans.ts';
import type { Actor } from '../../platform/actor.ts';
import { faultWords, say } from '../../platform/words.ts';
import type { Directory } from '../organization/index.ts';
import { type Hand, mayWrite, refusalOf, roleIn } from './policy.ts';
import type { ChangeRecord, LineRecord, PlanRecord, SignatureRecord } from './queries.ts';
import { faultsOf } from './rules.ts';
import { mayReviewEffect, maySendBack } from './signing.ts';
import { differing, lineView, pickColumns } from './writing.ts';

export interface Seen {
  signed: readonly Hand[];
  writers: readonly string[];
  stageNow: string | null;
}

/** The steps this person may sign now: by the same rule that the command asks. */
export const stepsFor = (dir: Directory, actor: Actor, plan: PlanRecord, seen: Seen) =>
  signedSteps.filter((step) => refusalOf(dir, actor, plan, step, seen.signed, seen.writers, seen.stageNow) === null);

export function rowView(
  dir: Directory,
  actor: Actor,
  plan: PlanRecord,
  counts: { lines: number; own: number },
  seen: Seen,
): PlanRow {
  return {
    id: plan.id,
    kind: plan.kind as PlanRow['kind'],
    nodeId: plan.node_id,
    unitId: plan.unit_id,
    siteId: plan.site_id,
    stage: plan.stage_code,
    versionNo: plan.version_no,
    state: plan.state as PlanRow['state'],
    writtenBy: plan.written_label,
    approvedAt: plan.approved_at?.toISOString() ?? null,
    inForceFrom: plan.in_force_from?.toISOString() ?? null,
    ...counts,
    copied: plan.copied,
    effectDue: plan.effect_due?.toISOString() ?? null,
    effectAt: plan.effect_at?.toISOString() ?? null,
    next: stepsFor(dir, actor, plan, seen)[0] ?? null,
    version: plan.version,
  };
}

export function fileView(
  dir: Directory,
  actor: Actor,
  plan: PlanRecord,
  parts: {
    lines: LineRecord[];
    signatures: SignatureRecord[];
    changes: ChangeRecord[];
    versions: PlanRecord[];
    writers: string[];
    likeSite: number | null;
    stageNow: string | null;
  },
  now: Date,
): PlanFile {
  const seen = {
    signed: parts.signatures.filter((one) => one.turn === plan.turn),
    writers: parts.writers,
    stageNow: parts.stageNow,
  };
  const last = new Map<string, ChangeRecord>();
  for (const change of parts.changes)
    if (change.line_key && !last.has(change.line_key)) last.set(change.line_key, change);
  const own = parts.lines.filter((line) => line.own).length;
  return {
    ...rowView(dir, actor, plan, { lines: parts.lines.length, own }, seen),
    trigger: plan.trigger_kind as PlanFile['trigger'],
    triggerWords: plan.trigger_words,
    tailoringReason: plan.tailoring_reason,
    aim: plan.aim === null ? null : { words: plan.aim, before: plan.aim_before!, target: plan.aim_target! },
    effect:
      plan.effect_at === null
        ? null
        : {
            value: plan.effect_value!,
            words: plan.effect_words ?? '',
            by: plan.effect_label ?? '',
            at: plan.effect_at.toISOString(),
          },
    createdAt: plan.created_at.toISOString(),
    endedAt: plan.ended_at?.toISOString() ?? null,
    table: parts.lines.map((line) => lineView(line, last.get(line.key) ?? null)),
    faults: faultsOf(plan, parts.lines).map(({ field, code, values }) => ({
      field,
      code,
      message: say(faultWords, code, actor.locale, values),
    })),
    signatures: parts.signatures.map((one) => ({
      step: one.step as 'written',
      turn: one.turn,
      who: one.label,
      role: one.role,
      at: one.at.toISOString(),
      words: one.words,
    })),
    turn: plan.turn,
    versions: parts.versions.map((one) => ({
      id: one.id,
      versionNo: one.version_no,
      state: one.state as PlanFile['state'],
      createdAt: one.created_at.toISOString(),
    })),
    supersedes: plan.supersedes,
    changes: parts.changes.map((one) => ({
      id: one.id,
      lineKey: one.line_key,
      at: one.at.toISOString(),
      by: one.by_label,
      kind: one.kind as 'added',
      before: one.before,
      after: one.after,
    })),
    like:
      plan.like_plan_id === null
        ? null
        : { planId: plan.like_plan_id, siteId: parts.likeSite, whole: plan.like_whole!, own: plan.like_own! },
    can: {
      edit: mayWrite(dir, actor, plan),
      sendBack: maySendBack(dir, actor, plan),
      withdraw:
        ['draft', 'site_feasible', 'reviewed', 'approved'].includes(plan.state) &&
        roleIn(dir, actor, plan, 'written') !== null,
      renew:
        !['draft', 'site_feasible', 'reviewed'].includes(plan.state) &&
        !parts.versions.some((one) => ['draft', 'site_feasible', 'reviewed'].includes(one.state)) &&
        roleIn(dir, actor, plan, 'written') !== null,
      reviewEffect: mayReviewEffect(dir, actor, plan, parts.writers, now),
      steps: stepsFor(dir, actor, plan, seen),
    },
  };
}

/**
 * What differs between two plans. Versions of one plan are matched by key; sets of two sites by template, the rest by
 * their words.
 */
export function differencesOf(before: readonly LineRecord[], after: readonly LineRecord[], sameSite: boolean) {
  const nameOf = (line: LineRecord): string => (sameSite ? line.key : (line.template_code ?? `own ${line.zh}`));
  const old = new Map(before.map((line) => [nameOf(line), line]));
  const kept = new Set<string>();
  const lines: {
    key: string;
    kind: 'added' | 'changed' | 'removed';
    zh: string;
    en: string;
    fields: { field: string; before: string; after: string }[];
    by: null;
  }[] = [];
  let same = 0;
  for (const line of after) {
    const name = nameOf(line);
    const was = old.get(name);
    kept.add(name);
    if (!was) {
      lines.push({ key: line.key, kind: 'added', zh: line.zh, en: line.en, fields: [], by: null });
      continue;
    }
    const differs = differing(was, pickColumns(line));
    const fields = Object.keys(differs.after)
      .filter((field) => field !== 'owner_id')
      .map((field) => ({
        field,
        before: String(differs.before[field] ?? ''),
        after: String(differs.after[field] ?? ''),
      }));
    if (fields.length === 0) same++;
    else lines.push({ key: line.key, kind: 'changed', zh: line.zh, en: line.en, fields, by: null });
  }
  for (const line of before)
    if (!kept.has(nameOf(line)))
      lines.push({ key: line.key, kind: 'removed', zh: line.zh, en: line.en, fields: [], by: null });
  return { same, lines };
}
