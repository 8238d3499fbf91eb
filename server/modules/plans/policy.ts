import type { Role } from '../../../contract/permissions.ts';
import type { PlanKind, PlanStep } from '../../../contract/plans.ts';
import { type Actor, type Area, sameHand } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';

/** What the rules of hands ask of a plan. */
export interface PlanPlace {
  kind: string;
  unit_id: number | null;
  site_id: number | null;
}
export interface Hand {
  step: string;
  account_id: string;
  role: string;
  at: Date;
}

type Steps = Partial<Record<PlanStep, readonly Role[]>>;

/** Which roles may do which step of which plan (domain 3.4); over which place is decided by their grants. */
const hands: Record<PlanKind, Steps> = {
  strategy: {
    written: ['support_group'],
    reviewed: ['support_group'],
    approved: ['group_leader'],
    still_fits: ['support_group'],
    begun: ['group_leader'],
  },
  unit_plan: {
    written: ['unit_liaison'],
    feasible: ['site_officer'],
    reviewed: ['support_group'],
    approved: ['unit_leader'],
    still_fits: ['site_officer', 'unit_liaison', 'support_group'],
    begun: ['unit_leader', 'unit_liaison'],
  },
  site_set: {
    written: ['unit_liaison', 'site_officer'],
    // The liaison answers for the ground only where the set was written by the one who works on it.
    feasible: ['site_officer', 'unit_liaison'],
    reviewed: ['unit_liaison', 'support_group'],
    approved: ['unit_leader'],
    still_fits: ['site_officer', 'unit_liaison', 'support_group'],
    begun: ['unit_leader', 'unit_liaison'],
  },
};

const reaches = (dir: Directory, area: Area, plan: PlanPlace): boolean =>
  area.everywhere ||
  (plan.unit_id !== null && area.unitIds.includes(plan.unit_id)) ||
  (plan.site_id !== null && area.siteIds.includes(plan.site_id)) ||
  // The plan of a unit is that of each of its sites, too.
  (plan.kind === 'unit_plan' && area.siteIds.some((site) => dir.unitOf(site) === plan.unit_id));

/** Strategies are read by all who read plans; the others where they lie. */
export const mayRead = (dir: Directory, actor: Actor, plan: PlanPlace): boolean =>
  actor.permissions.has('plans.read') &&
  (plan.kind === 'strategy' || actor.areas.some((area) => area.role !== 'worker' && reaches(dir, area, plan)));

const areasIn = (dir: Directory, actor: Actor, plan: PlanPlace, step: PlanStep): Area[] => {
  const allowed = hands[plan.kind as PlanKind][step] ?? [];
  return actor.areas.filter((one) => allowed.includes(one.role) && reaches(dir, one, plan));
};

/** The role in which this person may do this step here; null: in none. */
export const roleIn = (dir: Directory, actor: Actor, plan: PlanPlace, step: PlanStep): Role | null =>
  areasIn(dir, actor, plan, step)[0]?.role ?? null;

/** Roles whose holders may do a step of a plan of this kind. */
export const rolesFor = (kind: string, step: PlanStep): readonly Role[] => hands[kind as PlanKind][step] ?? [];

/** The steps that lead from a state, and where to. Round two is taken from `approved`. */
export function stepsFrom(kind: string, state: string, signed: readonly string[]): PlanStep[] {
  if (state === 'draft') return kind === 'strategy' ? ['reviewed'] : ['feasible'];
  if (state === 'site_feasible') return ['reviewed'];
  if (state === 'reviewed') return ['approved'];
  if (state === 'approved') return signed.includes('still_fits') ? ['begun'] : ['still_fits'];
  return [];
}

const roundOf = (step: string): number => (step === 'still_fits' || step === 'begun' ? 2 : 1);

export type SignRefusal = 'wrong_step' | 'not_your_step' | 'signed_already' | 'own_plan' | 'not_its_stage';

type Person = Pick<Actor, 'accountId' | 'joined'>;

/**
 * What keeps somebody from taking a step in this role; null: nothing. Nobody signs twice in a round, and whoever wrote on a
 * plan signs nothing that makes it one.
 * @param signed the signatures of the present turn
 * @param writers everybody whose words stand in it
 */
export function mayTake(
  person: Person,
  plan: PlanPlace,
  step: PlanStep,
  role: Role,
  signed: readonly Hand[],
  writers: readonly string[],
): Extract<SignRefusal, 'own_plan' | 'signed_already' | 'not_your_step'> | null {
  const own = signed.filter((one) => roundOf(one.step) === roundOf(step) && sameHand(person, one.account_id, one.at));
  if (own.length > 0) return own.some((one) => one.step === 'written') ? 'own_plan' : 'signed_already';
  if (roundOf(step) === 1 && writers.some((one) => sameHand(person, one))) return 'own_plan';
  const writtenOnSite = signed.some((one) => one.step === 'written' && one.role === 'site_officer');
  if (plan.kind === 'site_set' && step === 'feasible' && role === 'unit_liaison' && !writtenOnSite)
    return 'not_your_step';
  return null;
}

/** The role in which this person signs this step, or why in none. */
export function handFor(
  dir: Directory,
  actor: Actor,
  plan: PlanPlace & { state: string; stage_code: string },
  step: PlanStep,
  signed: readonly Hand[],
  writers: readonly string[],
  stageNow: string | null,
): { role: Role; refusal: null } | { role: null; refusal: SignRefusal } {
  const refused = (refusal: SignRefusal) => ({ role: null, refusal });
  const done = signed.map((one) => one.step);
  if (!stepsFrom(plan.kind, plan.state, done).includes(step)) return refused('wrong_step');
  const roles = areasIn(dir, actor, plan, step).map((area) => area.role);
  if (roles.length === 0 || actor.accountId === null) return refused('not_your_step');
  if (roundOf(step) === 2 && plan.stage_code !== stageNow) return refused('not_its_stage');
  const refusals = roles.map((role) => mayTake(actor, plan, step, role, signed, writers));
  const free = refusals.indexOf(null);
  return free >= 0 ? { role: roles[free]!, refusal: null } : refused(refusals[0]!);
}

const effectSteps = ['feasible', 'reviewed', 'approved'] as const;

/** Whether the change did what it aimed at is said by somebody of the hands that made it a plan who did not write it. */
export const mayReviewEffect = (
  dir: Directory,
  actor: Actor,
  plan: PlanPlace & { effect_due: Date | null; effect_at: Date | null; written_by: string },
  writers: readonly string[],
  now: Date,
): boolean =>
  plan.effect_due !== null &&
  plan.effect_at === null &&
  plan.effect_due <= now &&
  actor.accountId !== null &&
  !sameHand(actor, plan.written_by) &&
  !writers.some((one) => sameHand(actor, one)) &&
  effectSteps.some((step) => roleIn(dir, actor, plan, step) !== null);

/** Those who could take the next step, and those who write it. */
export const maySendBack = (
  dir: Directory,
  actor: Actor,
  plan: PlanPlace & { state: string },
  signed: readonly Hand[],
): boolean =>
  ['site_feasible', 'reviewed', 'approved'].includes(plan.state) &&
  [
    ...stepsFrom(
      plan.kind,
      plan.state,
      signed.map((one) => one.step),
    ),
    'written' as const,
  ].some((step) => roleIn(dir, actor, plan, step) !== null);

/** Written on by those whose work it is, as long as it is a draft. */
export const mayWrite = (dir: Directory, actor: Actor, plan: PlanPlace & { state: string }): boolean =>
  plan.state === 'draft' && actor.permissions.has('plans.write') && roleIn(dir, actor, plan, 'written') !== null;
