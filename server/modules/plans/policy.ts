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

/** The role in which this person may do this step here; null: in none. */
export function roleIn(dir: Directory, actor: Actor, plan: PlanPlace, step: PlanStep): Role | null {
  const allowed = hands[plan.kind as PlanKind][step] ?? [];
  const area = actor.areas.find((one) => allowed.includes(one.role) && reaches(dir, one, plan));
  return area?.role ?? null;
}

/** The steps that lead from a state, and where to. Round two is taken from `approved`. */
export function stepsFrom(kind: string, state: string, signed: readonly string[]): PlanStep[] {
  if (state === 'draft') return kind === 'strategy' ? ['reviewed'] : ['feasible'];
  if (state === 'site_feasible') return ['reviewed'];
  if (state === 'reviewed') return ['approved'];
  if (state === 'approved') return signed.includes('still_fits') ? ['begun'] : ['still_fits'];
  return [];
}

const roundOf = (step: string): number => (step === 'still_fits' || step === 'begun' ? 2 : 1);

/**
 * Why this person may not sign this step; null: they may. Nobody signs twice in a round, and whoever wrote on a plan
 * signs nothing that makes it one.
 * @param signed the signatures of the present turn
 * @param writers everybody whose words stand in it
 */
export function refusalOf(
  dir: Directory,
  actor: Actor,
  plan: PlanPlace & { state: string; stage_code: string },
  step: PlanStep,
  signed: readonly Hand[],
  writers: readonly string[],
  stageNow: string | null,
): 'wrong_step' | 'not_your_step' | 'signed_already' | 'own_plan' | 'not_its_stage' | null {
  if (
    !stepsFrom(
      plan.kind,
      plan.state,
      signed.map((one) => one.step),
    ).includes(step)
  )
    return 'wrong_step';
  const role = roleIn(dir, actor, plan, step);
  if (!role || actor.accountId === null) return 'not_your_step';
  if (roundOf(step) === 2 && plan.stage_code !== stageNow) return 'not_its_stage';
  const own = signed.filter((one) => roundOf(one.step) === roundOf(step) && sameHand(actor, one.account_id, one.at));
  if (own.length > 0) return own.some((one) => one.step === 'written') ? 'own_plan' : 'signed_already';
  if (roundOf(step) === 1 && writers.some((one) => sameHand(actor, one))) return 'own_plan';
  if (
    plan.kind === 'site_set' &&
    step === 'feasible' &&
    role === 'unit_liaison' &&
    !signed.some((one) => one.step === 'written' && one.role === 'site_officer')
  )
    return 'not_your_step';
  return null;
}

/** Written on by those whose work it is, as long as it is a draft. */
export const mayWrite = (dir: Directory, actor: Actor, plan: PlanPlace & { state: string }): boolean =>
  plan.state === 'draft' && actor.permissions.has('plans.write') && roleIn(dir, actor, plan, 'written') !== null;
