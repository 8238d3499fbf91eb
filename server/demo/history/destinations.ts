/** Where a need is dispatched to, first rightly or wrongly, and which open case a complaint may be merged away into. */
import { dispatchesOutside } from '../../modules/requests/index.ts';
import { pick } from '../random.ts';
import { returnReasons } from '../sentences/staff.ts';
import { chance } from './chance.ts';
import { type Destination, mayJoin } from './dispatching.ts';
import type { Need } from './ledger.ts';
import type { Facing } from './telling.ts';

/** The line of the category, in the unit where it has a handler, else at head office; outside whom the need complains about. */
export function destinationFor(f: Facing): Destination {
  const { need, asking, t } = f;
  const { dir, cast } = t.ledger;
  const category = dir.categories.get(need.row.category_id)!;
  const lines = [category.lineId!, ...category.coLineIds];
  const lineId = lines.find((id) => id !== need.row.about_line_id)!;
  const unitId = need.row.unit_id!;
  const inUnit = cast.handlersOf(lineId, unitId).length > 0 && need.row.about_unit_id !== unitId;
  const wantsUnit = asking.to ? asking.to === 'unit' : chance(0.74, need.random);
  return { lineId, unitId: inUnit && wantsUnit ? unitId : null };
}

export interface ReturnPlan {
  first: Destination;
  right: Destination;
  reason: string;
  text: string;
  /** Codes of what is proposed instead, as the thread keeps them. */
  evidence: Record<string, string | null>;
}

/** A first dispatch that comes back, with a reason that fits: the wrong line, the wrong unit, or facts that are missing. */
export function planReturn(f: Facing, right: Destination, again = false): ReturnPlan {
  const { need, t } = f;
  const { dir, cast } = t.ledger;
  const rightLine = dir.lines.get(right.lineId)!.code;
  const outside = (to: Destination): boolean =>
    dispatchesOutside(need.row, to) && cast.handlersOf(to.lineId, to.unitId).length > 0;
  const wrongLines = ['L10', 'L07', 'L11', 'L05', 'L08']
    .map((code) => ({ lineId: dir.linesByCode.get(code)!.id, unitId: right.unitId }))
    .filter((to) => to.lineId !== right.lineId && outside(to));
  const wrongUnits = [...dir.nodes.values()]
    .filter((node) => node.kind === 'unit' && node.id !== need.row.unit_id)
    .map((node) => ({ lineId: right.lineId, unitId: node.id }))
    .filter(outside);
  const fitting = returnReasons.filter((one) => {
    if (again) return one.reason === 'needs_facts' || one.reason === 'other';
    if (one.reason === 'not_our_line') return one.rightLine === rightLine && wrongLines.length > 0;
    if (one.reason === 'not_our_unit') return right.unitId !== null && wrongUnits.length > 0;
    return true;
  });
  const chosen = pick(fitting, need.random);
  const first =
    chosen.reason === 'not_our_line'
      ? pick(wrongLines, need.random)
      : chosen.reason === 'not_our_unit'
        ? pick(wrongUnits, need.random)
        : right;
  const unit = right.unitId === null ? null : dir.nodes.get(right.unitId)!.code;
  const evidence: Record<string, ReturnPlan['evidence']> = {
    not_our_line: { proposedLine: rightLine },
    not_our_unit: { proposedUnit: unit },
    needs_facts: { missing: 'kind person' },
  };
  return { first, right, reason: chosen.reason, text: chosen.text, evidence: evidence[chosen.reason] ?? {} };
}

/** An open case of the same unit, of the same line if there is one, into which a complaint disappears (the habit of U10). */
export function backlogTarget(f: Facing): Need | null {
  const { need, t } = f;
  const lineId = t.ledger.dir.categories.get(need.row.category_id)!.lineId;
  const open = t.ledger.needs
    .slice(-400)
    .reverse()
    .filter(
      (one) => one !== need && one.row.unit_id === need.row.unit_id && !one.key.startsWith('now') && mayJoin(need, one),
    );
  return open.find((one) => one.row.line_id === lineId) ?? open[0] ?? null;
}
