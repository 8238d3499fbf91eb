import { uuidv7 } from 'uuidv7';
import type { drillEndpoints as api, ContingencyPlan } from '../../../contract/drills.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { labelsOf } from '../access/index.ts';
import { dateOf } from '../clocks/index.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { holdsAt, mayRead } from './policy.ts';
import {
  type ContingencyRecord,
  contingenciesOf,
  insertContingencies,
  insertRisks,
  lockRisk,
  patchContingency,
  patchRisk,
  type RiskRecord,
  supersede,
} from './queries.ts';
import { note, numbered, today } from './record.ts';

/** @throws bad_input naming the field */
export async function nameOf(context: Context, field: string, accountId: string): Promise<string> {
  const [account] = await labelsOf(context.tx, [accountId]);
  if (!account) throw badField(field, 'bad_choice');
  return account.label;
}

/** A day that has not passed. @throws bad_input naming the field */
export function notPast(dir: Directory, now: Date, field: string, day: string | null): void {
  if (day !== null && day < dateOf(today(dir, now))) throw badField(field, 'in_the_past');
}

/** The locked risk, on the register and this person's to work on. @throws not_found, risk_retired, forbidden */
export async function atHand(context: Context, id: string): Promise<{ risk: RiskRecord; dir: Directory }> {
  const dir = await directory(context.tx);
  const risk = await lockRisk(context.tx, id);
  if (!risk || !mayRead(context.actor, risk.node_id, dir)) throw notFound();
  if (risk.retired_at) throw conflict('risk_retired');
  return { risk, dir };
}

async function asWorker(context: Context, id: string): Promise<{ risk: RiskRecord; dir: Directory }> {
  const found = await atHand(context, id);
  if (!holdsAt(context.actor, 'drills.work', found.risk.node_id, found.dir)) throw forbidden();
  return found;
}

const sameVersion = (risk: RiskRecord, version: number): void => {
  if (risk.version !== version) throw conflict('stale', { version: risk.version });
};

export async function openRisk(
  context: Context,
  input: ParsedOf<typeof api.openRisk>,
): Promise<{ id: string; number: string }> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const kind = dir.nodes.get(input.nodeId)?.kind;
  if (kind !== 'group' && kind !== 'unit' && kind !== 'site') throw badField('nodeId', 'bad_choice');
  if (!holdsAt(actor, 'drills.work', input.nodeId, dir)) throw forbidden();
  notPast(dir, now, 'nextDrillOn', input.nextDrillOn);
  const owner = await nameOf(context, 'ownerId', input.ownerId);
  const id = uuidv7();
  const number = await numbered(tx, dir, 'risk', now);
  await insertRisks(tx, [
    {
      id,
      number,
      node_id: input.nodeId,
      zh: input.zh,
      en: input.en,
      severity: input.severity,
      owner_id: input.ownerId,
      owner_label: owner,
      next_drill_on: input.nextDrillOn,
      opened_by: actor.accountId,
      opened_label: actor.label,
      opened_at: now,
    },
  ]);
  await note(context, {
    kind: 'risk',
    id,
    nodeId: input.nodeId,
    action: 'risk_opened',
    permission: 'drills.work',
    to: input.severity,
  });
  return { id, number };
}

/** @throws stale, why_softer where a red risk is made amber without a reason */
export async function changeRisk(context: Context, input: ParsedOf<typeof api.changeRisk>): Promise<void> {
  const { risk, dir } = await asWorker(context, input.id);
  sameVersion(risk, input.version);
  if (input.nextDrillOn !== risk.next_drill_on) notPast(dir, context.now, 'nextDrillOn', input.nextDrillOn);
  if (risk.severity === 'red' && input.severity === 'amber' && input.why.length < 2) throw badField('why', 'required');
  const owner = input.ownerId === risk.owner_id ? risk.owner_label : await nameOf(context, 'ownerId', input.ownerId);
  await patchRisk(context.tx, risk.id, {
    zh: input.zh,
    en: input.en,
    severity: input.severity,
    owner_id: input.ownerId,
    owner_label: owner,
    next_drill_on: input.nextDrillOn,
  });
  await note(context, {
    kind: 'risk',
    id: risk.id,
    nodeId: risk.node_id,
    action: 'risk_changed',
    permission: 'drills.work',
    from: risk.severity,
    to: input.severity,
    figures: { nextDrillOn: input.nextDrillOn },
  });
}

export async function retireRisk(context: Context, input: ParsedOf<typeof api.retireRisk>): Promise<void> {
  const { risk } = await asWorker(context, input.id);
  sameVersion(risk, input.version);
  await patchRisk(context.tx, risk.id, {
    retired_at: context.now,
    retired_by: context.actor.accountId,
    retired_why: input.why,
  });
  await note(context, {
    kind: 'risk',
    id: risk.id,
    nodeId: risk.node_id,
    action: 'risk_retired',
    permission: 'drills.work',
    from: risk.severity,
    to: 'retired',
  });
}

// ---- what is done then

const isOpen = (one: Pick<ContingencyRecord, 'state'>): boolean => one.state === 'draft' || one.state === 'in_review';

/** Everybody who wrote what a new version begins from: refused versions since the last approved are not forgotten. */
function writersBefore(versions: readonly ContingencyRecord[]): string[] {
  const decided = versions.findIndex((one) => one.state !== 'refused');
  return versions.slice(0, decided === -1 ? versions.length : decided).flatMap((one) => one.writers);
}

/** @throws stale when somebody saved it since it was read; bad_input where the steps do not go forward in time */
export async function writeContingency(
  context: Context,
  { id, saves, plan }: { id: string; saves: number | null; plan: ContingencyPlan },
): Promise<{ no: number; saves: number }> {
  const { tx, actor, now } = context;
  const { risk } = await asWorker(context, id);
  for (const [i, step] of plan.steps.entries())
    if (i > 0 && step.within < plan.steps[i - 1]!.within) throw badField(`plan.steps.${i}.within`, 'not_forward');
  const versions = await contingenciesOf(tx, risk.id);
  const open = versions.find(isOpen);
  if ((open?.saves ?? null) !== saves) throw conflict('stale', { saves: open?.saves ?? null });
  const by = { author_id: actor.accountId!, author_label: actor.label, written_at: now, plan: JSON.stringify(plan) };
  if (open) {
    const writers = [...new Set([...open.writers, actor.accountId!])];
    // What waits for approval and is written on is a draft again: nobody approves words they have not read.
    await patchContingency(tx, open.id, { ...by, writers, state: 'draft', saves: open.saves + 1 });
  } else
    await insertContingencies(tx, [
      {
        id: uuidv7(),
        risk_id: risk.id,
        no: (versions[0]?.no ?? 0) + 1,
        state: 'draft',
        ...by,
        writers: [...new Set([...writersBefore(versions), actor.accountId!])],
      },
    ]);
  const no = open?.no ?? (versions[0]?.no ?? 0) + 1;
  await note(context, {
    kind: 'risk',
    id: risk.id,
    nodeId: risk.node_id,
    action: 'contingency_written',
    permission: 'drills.work',
    from: open?.state ?? null,
    to: 'draft',
    figures: { version: no, steps: plan.steps.length },
  });
  return { no, saves: (open?.saves ?? 0) + 1 };
}

/** @throws no_draft */
export async function submitContingency(context: Context, id: string): Promise<void> {
  const { risk } = await asWorker(context, id);
  const draft = (await contingenciesOf(context.tx, risk.id)).find((one) => one.state === 'draft');
  if (!draft) throw conflict('no_draft');
  await patchContingency(context.tx, draft.id, { state: 'in_review' });
  await note(context, {
    kind: 'risk',
    id: risk.id,
    nodeId: risk.node_id,
    action: 'contingency_submitted',
    permission: 'drills.work',
    from: 'draft',
    to: 'in_review',
    figures: { version: draft.no },
  });
  await tell(context, {
    kind: 'drill.contingency',
    to: { permission: 'drills.approve', nodeId: risk.node_id },
    about: { kind: 'drill', id: risk.id, label: risk.number, route: `/readiness/risks/${risk.id}` },
    level: 'info',
  });
}

/** @throws no_draft, stale, own_words */
export async function decideContingency(
  context: Context,
  input: ParsedOf<typeof api.decideContingency>,
): Promise<void> {
  const { tx, actor, now } = context;
  const { risk, dir } = await atHand(context, input.id);
  if (!holdsAt(actor, 'drills.approve', risk.node_id, dir)) throw forbidden();
  const waiting = (await contingenciesOf(tx, risk.id)).find((one) => one.state === 'in_review');
  if (!waiting) throw conflict('no_draft');
  if (waiting.no !== input.no || waiting.saves !== input.saves) throw conflict('stale', { saves: waiting.saves });
  if (waiting.writers.some((one) => sameHand(actor, one, waiting.written_at))) throw new Refusal(403, 'own_words');
  if (!input.approve && input.words.length < 2) throw badField('words', 'required');
  if (input.approve) await supersede(tx, risk.id);
  const state = input.approve ? 'approved' : 'refused';
  await patchContingency(tx, waiting.id, {
    state,
    decided_by: actor.accountId,
    decided_label: actor.label,
    decided_at: now,
    decision: input.words || null,
  });
  await note(context, {
    kind: 'risk',
    id: risk.id,
    nodeId: risk.node_id,
    action: `contingency_${state}`,
    permission: 'drills.approve',
    from: 'in_review',
    to: state,
    figures: { version: waiting.no },
  });
}
