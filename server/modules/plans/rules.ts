import { frequencyPattern, planPhases } from '../../../contract/plans.ts';
import type { FieldFault } from '../../platform/errors.ts';

/** A plan longer than this is a book nobody carries out. */
export const mostLines = 200;

/** What of a line the rules look at. */
export interface CheckedLine {
  key: string;
  zh: string;
  who: string;
  place: string;
  how: string;
  frequency: string;
  evidence: string;
  clause: string;
  phase: string;
  own: boolean;
}

/**
 * What keeps a plan from being signed (domain rows 35, 38, 47, 48): every line says who, when, where, how, by what
 * evidence and which clause it answers; none of the three phases is empty; a measure set is tailored to its site, or
 * somebody wrote why the template suffices. Pure; each fault names the line or the phase.
 */
export function faultsOf(
  plan: { kind: string; tailoring_reason: string | null },
  lines: readonly CheckedLine[],
): FieldFault[] {
  const faults: FieldFault[] = [];
  for (const line of lines) {
    const lacks = (field: string, code: string): void =>
      void faults.push({ field: `lines.${line.key}.${field}`, code, values: { line: line.zh } });
    if (line.who.trim() === '') lacks('who', 'line_without_who');
    if (!frequencyPattern.test(line.frequency)) lacks('frequency', 'line_without_when');
    if (line.place.trim() === '') lacks('place', 'line_without_where');
    if (line.how.trim() === '') lacks('how', 'line_without_how');
    if (line.evidence === '') lacks('evidence', 'line_without_evidence');
    if (line.clause.trim() === '') lacks('clause', 'line_without_clause');
  }
  for (const phase of planPhases)
    if (!lines.some((line) => line.phase === phase)) faults.push({ field: 'phase', code: `phase_empty_${phase}` });
  if (plan.kind === 'site_set' && !lines.some((line) => line.own) && !plan.tailoring_reason)
    faults.push({ field: 'tailoringReason', code: 'not_tailored' });
  return faults;
}

/** A red line (红线) that came from the template or from the plan above is not this place's to leave out. */
export const redStays = (line: { red: boolean; template_code: string | null; parent_key: string | null }): boolean =>
  line.red && (line.template_code !== null || line.parent_key !== null);
