/** Back to the desk with a reason and its evidence; two returns at most, then the arbiter assigns (rules 4). */
import { type caseEndpoints, enoughWords } from '../../../contract/cases.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { Actor } from '../../platform/actor.ts';
import { badField, conflict, Refusal } from '../../platform/errors.ts';
import { claimFiles } from '../../platform/files.ts';
import type { Context } from '../../platform/serve.ts';
import { type Directory, directory } from '../organization/index.ts';
import { inHand, type RequestRecord, readerAt, requestByNumber } from '../requests/index.ts';
import { backToDesk, leaveLine } from './dispatching.ts';
import { isShown } from './evidence.ts';
import { move } from './lifecycle.ts';
import { type CaseRecord, endAssignment, insertHand, lapseAsk, patchCase } from './queries.ts';

type Returned = ParsedOf<typeof caseEndpoints.return>;

/** What the thread keeps of it: codes, so that the desk reads the proposal and need not guess it from the words. */
type Evidence = Record<string, string | number | null>;

/** @throws bad_input naming what the reason asks for; evidence_needed where neither words nor a file say why */
async function evidenceOf(
  context: Context,
  dir: Directory,
  file: CaseRecord,
  requests: RequestRecord[],
  input: Returned,
): Promise<Evidence> {
  if (!isShown(input))
    throw new Refusal(422, 'return_evidence', {
      fields: [{ field: 'text', code: 'too_short', values: { least: enoughWords } }],
    });
  switch (input.reason) {
    case 'not_our_line': {
      if (!input.lineId) throw badField('lineId', 'required');
      const line = dir.lines.get(input.lineId);
      if (!line) throw badField('lineId', 'unknown_line');
      if (line.id === file.line_id) throw badField('lineId', 'own_line');
      return { proposedLine: line.code };
    }
    case 'not_our_unit': {
      if (input.unitId === undefined) throw badField('unitId', 'required');
      if (input.unitId === file.lead_unit_id) throw badField('unitId', 'own_unit');
      if (input.unitId === null) return { proposedUnit: null };
      const unit = dir.nodes.get(input.unitId);
      if (unit?.kind !== 'unit') throw badField('unitId', 'unknown_unit');
      return { proposedUnit: unit.code };
    }
    case 'needs_facts':
      if (input.missing.length === 0) throw badField('missing', 'required');
      return { missing: [...new Set(input.missing)].join(' ') };
    case 'duplicate': {
      if (!input.duplicateOf) throw badField('duplicateOf', 'required');
      const other = await requestByNumber(context.tx, input.duplicateOf);
      if (!other || !mayName(dir, context.actor, other)) throw badField('duplicateOf', 'unknown_request');
      if (requests.some((one) => one.id === other.id)) throw badField('duplicateOf', 'same_case');
      return { duplicateOf: other.number };
    }
    case 'other':
      return {};
  }
}

/** Only what one may read can be named: a refusal must not tell that a number exists. */
const mayName = (dir: Directory, actor: Actor, r: RequestRecord): boolean => readerAt(dir, actor, r) !== null;

/** @throws arbitrated, returned_enough, and what its reason lacks */
export async function returnCase(
  context: Context,
  file: CaseRecord,
  requests: RequestRecord[],
  input: Returned,
): Promise<void> {
  const { tx, actor, now } = context;
  if (file.arbitrated) throw conflict('arbitrated');
  if (file.returns >= 2) throw conflict('returned_enough');
  const state = move('return', file.state as 'dispatched');
  const dir = await directory(tx);
  const evidence = await evidenceOf(context, dir, file, requests, input);
  const first = requests.find(inHand);
  await claimFiles(tx, input.fileIds, 'request', first?.id ?? file.id, actor);
  const returns = file.returns + 1;
  await patchCase(tx, file.id, { state, returns, handler_id: null, handler_label: null, accepted_at: null });
  await endAssignment(tx, file.id, now, input.reason);
  await lapseAsk(tx, file.id, now);
  await insertHand(tx, {
    case_id: file.id,
    account_id: actor.accountId!,
    did: 'returned',
    line_id: file.line_id,
    home_node_id: actor.homeNodeId,
    at: now,
  });
  await leaveLine(context, file.id, requests, 'returned');
  await backToDesk(context, requests, {
    kind: 'returned',
    action: 'cases.returned',
    text: input.text,
    reason: input.reason,
    permission: 'cases.handle',
    returns,
    fileIds: input.fileIds,
    evidence: {
      ...evidence,
      byLine: dir.lines.get(file.line_id)?.code ?? null,
      byUnit: file.lead_unit_id === null ? null : (dir.nodes.get(file.lead_unit_id)?.code ?? null),
    },
  });
}
