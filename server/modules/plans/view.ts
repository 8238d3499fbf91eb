import { type PlanFile, type PlanRow, signedSteps } from '../../../contract/plans.ts';
import type { Actor } from '../../platform/actor.ts';
import { faultWords, say } from '../../platform/words.ts';
import type { Directory } from '../organization/index.ts';
import { type Hand, handFor, mayReviewEffect, maySendBack, mayWrite, roleIn } from './policy.ts';
import type { ChangeRecord, LineRecord, PlanRecord, SignatureRecord } from './queries.ts';
import { faultsOf } from './rules.ts';
import { differing, lineView, pickColumns } from './writing.ts';

export interface Seen {
  /** Signatures of the present turn. */
  signed: readonly Hand[];
  writers: readonly string[];
  stageNow: string | null;
  /** Nothing keeps it from being signed. */
  complete: boolean;
  now: Date;
}

const opening = ['draft', 'site_feasible', 'reviewed'];

/** The steps this person may sign now: by the same rule that the command asks. */
export const stepsFor = (dir: Directory, actor: Actor, plan: PlanRecord, seen: Seen) =>
  signedSteps.filter(
    (step) => handFor(dir, actor, plan, step, seen.signed, seen.writers, seen.stageNow).refusal === null,
  );

/** What this person may do next about a plan; a draft that lacks something waits for its writers alone. */
export function nextFor(dir: Directory, actor: Actor, plan: PlanRecord, seen: Seen): PlanRow['next'] {
  const [step] = stepsFor(dir, actor, plan, seen);
  if (step && (seen.complete || plan.state === 'approved')) return step;
  return mayReviewEffect(dir, actor, plan, seen.writers, seen.now) ? 'effect' : null;
}

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
    next: nextFor(dir, actor, plan, seen),
    waitsSince: plan.waits_since?.toISOString() ?? null,
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
    /** What it is held to be like, if this person may know of that. */
    like: PlanRecord | null;
    people: { id: string; label: string }[];
    /** Names of those who answer for lines. */
    owners: ReadonlyMap<string, string>;
    stageNow: string | null;
  },
  now: Date,
): PlanFile {
  const faults = faultsOf(plan, parts.lines);
  const seen: Seen = {
    signed: parts.signatures.filter((one) => one.turn === plan.turn),
    writers: parts.writers,
    stageNow: parts.stageNow,
    complete: faults.length === 0,
    now,
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
    table: parts.lines.map((line) =>
      lineView(line, last.get(line.key) ?? null, parts.owners.get(line.owner_id ?? '') ?? null),
    ),
    faults: faults.map(({ field, code, values }) => ({
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
      before: named(one.before, parts.owners),
      after: named(one.after, parts.owners),
    })),
    like:
      parts.like === null
        ? null
        : { planId: parts.like.id, siteId: parts.like.site_id, whole: plan.like_whole!, own: plan.like_own! },
    people: parts.people,
    can: {
      edit: mayWrite(dir, actor, plan),
      sendBack: maySendBack(dir, actor, plan, seen.signed),
      withdraw: [...opening, 'approved'].includes(plan.state) && roleIn(dir, actor, plan, 'written') !== null,
      renew:
        !opening.includes(plan.state) &&
        !parts.versions.some((one) => opening.includes(one.state)) &&
        roleIn(dir, actor, plan, 'written') !== null,
      reviewEffect: mayReviewEffect(dir, actor, plan, parts.writers, now),
      steps: stepsFor(dir, actor, plan, seen),
    },
  };
}

/** What changed of a line, people by their names. */
const named = (fields: Record<string, unknown>, owners: ReadonlyMap<string, string>): Record<string, unknown> =>
  typeof fields.owner_id === 'string' ? { ...fields, owner_id: owners.get(fields.owner_id) ?? '' } : fields;

/**
 * What differs between two plans. Versions of one plan are matched by key; sets of two sites by template, the rest by
 * their words.
 */
export function differencesOf(
  before: readonly LineRecord[],
  after: readonly LineRecord[],
  sameSite: boolean,
  owners: ReadonlyMap<string, string>,
) {
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
    const [then, now] = [named(differs.before, owners), named(differs.after, owners)];
    const fields = Object.keys(differs.after).map((field) => ({
      field,
      before: String(then[field] ?? ''),
      after: String(now[field] ?? ''),
    }));
    if (fields.length === 0) same++;
    else lines.push({ key: line.key, kind: 'changed', zh: line.zh, en: line.en, fields, by: null });
  }
  for (const line of before)
    if (!kept.has(nameOf(line)))
      lines.push({ key: line.key, kind: 'removed', zh: line.zh, en: line.en, fields: [], by: null });
  return { same, lines };
}
