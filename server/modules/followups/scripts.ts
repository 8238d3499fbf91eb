import {
  followupScriptEndpoints as api,
  type ScriptPurpose,
  scriptLines,
  scriptPurposes,
} from '../../../contract/followup-scripts.ts';
import { roleFor } from '../../platform/actor.ts';
import { badField, conflict, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { dayRecord } from './days/draw.ts';
import {
  allScripts,
  answersByScript,
  type CallRecord,
  insertScript,
  newestScript,
  type ScriptRecord,
  scriptExists,
} from './queries.ts';

type Lines = Record<string, [zh: string, en: string]>;

export const purposeOf = (call: Pick<CallRecord, 'kind' | 'reason'>): ScriptPurpose =>
  call.kind === 'visit'
    ? 'visit'
    : call.kind === 'again'
      ? 'again'
      : call.reason === 'withdrawn'
        ? 'withdrawn'
        : 'closure';

const label = (version: number): string => `V${version}`;
const linesOf = (row: ScriptRecord): Lines => row.lines as unknown as Lines;

/** What a caller who opens this call now reads out. */
export async function scriptFor(tx: Tx, call: Pick<CallRecord, 'kind' | 'reason'>) {
  const purpose = purposeOf(call);
  const row = await newestScript(tx, purpose);
  return { purpose, version: label(row.version), lines: linesOf(row) };
}

/** The version that was read out: what the page showed when it was opened, also where a newer one has come since. */
export async function scriptRead(
  tx: Tx,
  call: Pick<CallRecord, 'kind' | 'reason'>,
  read: string | undefined,
): Promise<string> {
  const purpose = purposeOf(call);
  if (read === undefined) return label((await newestScript(tx, purpose)).version);
  if (!(await scriptExists(tx, purpose, Number(read.slice(1))))) throw badField('scriptVersion', 'bad_choice');
  return read;
}

/** Words that ask for a good mark instead of asking a question (domain 4.2, satisfaction index). */
const coaching =
  /[五5]\s*(?:分|星)|满分|好评|高分|(?:打|给)[^。？，]{0,6}(?:很满意|非常满意)|five stars|full marks|5 stars|(?:give|rate)[^.?]{0,20}\b(?:5|five|top)\b|good rating/iu;

/** @returns the first phrase that coaches, in whichever language; null where there is none. Pure. */
export function coaches(text: string): string | null {
  return coaching.exec(text)?.[0] ?? null;
}

export function mountScripts(desk: Desk): void {
  serve(desk, api.scripts, async ({ tx }) => {
    const used = new Map((await answersByScript(tx, [])).map((row) => [`${row.purpose} ${row.version}`, row.n]));
    return {
      scripts: (await allScripts(tx)).map((row) => ({
        purpose: row.purpose as ScriptPurpose,
        version: label(row.version),
        lines: linesOf(row),
        madeBy: row.made_by_label,
        madeAt: row.made_at.toISOString(),
        answers: used.get(`${row.purpose} ${label(row.version)}`) ?? 0,
      })),
    };
  });

  serve(desk, api.setScript, async ({ tx, actor, now }, { purpose, lines }) => {
    const wanted: readonly string[] = scriptLines[purpose];
    const missing = wanted.filter((name) => !lines[name]);
    if (missing.length > 0)
      throw new Refusal(422, 'bad_input', {
        fields: missing.map((name) => ({ field: `lines.${name}`, code: 'required' })),
      });
    const kept: Lines = {};
    for (const name of wanted) {
      kept[name] = lines[name]!;
      lines[name]!.forEach((text, i) => {
        const word = coaches(text);
        if (word) throw badField(`lines.${name}.${i}`, 'script_coaches', { word });
      });
    }
    const before = await newestScript(tx, purpose);
    const present = linesOf(before);
    if (wanted.every((name) => String(present[name]) === String(kept[name]))) throw conflict('script_same');
    const version = before.version + 1;
    if (!(await insertScript(tx, { purpose, version, lines: kept, made_by_label: actor.label, made_at: now })))
      throw conflict('stale');
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: roleFor(actor, 'followups.plan'),
      action: 'followups.script_set',
      recordKind: 'followup_script',
      recordId: dayRecord(`script ${scriptPurposes.indexOf(purpose)}`),
      class: 'audit',
      figures: { purpose, version: label(version) },
    });
    return { version: label(version) };
  });
}
