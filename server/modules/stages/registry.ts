import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';

/** The program's own words in both languages. */
export interface Wording {
  zh: string;
  en: string;
}

/**
 * What a switch at a place reaches: active units and sites under it, without those that have a stage by an order of their
 * own. Of a site's order: the site, and no unit, as nothing of the unit's changes.
 */
export interface StageScope {
  nodeId: number;
  unitIds: number[];
  siteIds: number[];
}

/** How ready one unit stands for one check. `ready` decides; `have` of `need` is what the table shows. */
export interface UnitReadiness {
  unitId: number;
  have: number;
  need: number;
  ready: boolean;
  missing: {
    label: Wording;
    /** Page of the desk where it is mended. */
    route?: string;
    /** Who can mend it: they are chased. */
    accountIds: string[];
  }[];
}

/** One column of the readiness table. */
export interface ReadinessCheck {
  key: string;
  words: Wording;
  order: number;
  /**
   * One answer per unit of `scope.unitIds`; a unit left out counts as ready. For a site's order the scope names the site and
   * its unit, which answers for that site alone. Set-based: asked every ten minutes for the whole group.
   * @param asked.at the hour at which the stage would begin: an order's own, without an order now
   */
  check(tx: Tx, asked: { scope: StageScope; toStage: string; at: Date }): Promise<UnitReadiness[]>;
}

/** One row of "what changes": before, after, and what follows from it. */
export interface EffectRow {
  item: Wording;
  before: Wording;
  after: Wording;
  consequence: Wording;
  changed: boolean;
}

/** What a switch changes in one part of the work. */
export interface StageEffect {
  key: string;
  words: Wording;
  order: number;
  preview(tx: Tx, asked: { scope: StageScope; fromStage: string; toStage: string; at: Date }): Promise<EffectRow[]>;
  /** Runs once per order, in the signing transaction, or at its later hour in the timer's. Set-based. */
  apply?(
    context: Context,
    switched: { periodId: string; orderId: string; scope: StageScope; fromStage: string; toStage: string; at: Date },
  ): Promise<void>;
}

const checks = new Map<string, ReadinessCheck>();
const effects = new Map<string, StageEffect>();

/** A module says here what must be ready before a stage; by its key, so that mounting twice provides it once. */
export function provideReadinessCheck(check: ReadinessCheck): void {
  checks.set(check.key, check);
}

/** A module says here what a switch changes of its own. */
export function provideStageEffect(effect: StageEffect): void {
  effects.set(effect.key, effect);
}

const inOrder = <T extends { order: number; key: string }>(all: Map<string, T>): T[] =>
  [...all.values()].sort((a, b) => a.order - b.order || a.key.localeCompare(b.key));

export const readinessChecks = (): ReadinessCheck[] => inOrder(checks);
export const stageEffects = (): StageEffect[] => inOrder(effects);
