import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { reportEndpoints } from '../../../contract/reports.ts';
import { roleFor, sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { allStages } from '../stages/index.ts';
import { askedTwice, ownConcept, takenAlready, versionView } from './forms.ts';
import {
  allConcepts,
  allFormVersions,
  freeConcepts,
  insertConcepts,
  insertForm,
  insertFormVersion,
  lockForm,
  patchForm,
  patchFormVersion,
  takeConcept,
  versionsOfForm,
  withdrawOpen,
} from './queries.ts';
import { recordIdOf } from './record.ts';

type Input<K extends keyof typeof reportEndpoints> = ParsedOf<(typeof reportEndpoints)[K]>;

const note = (
  { tx, actor, now }: Context,
  code: string,
  action: string,
  figures: Record<string, string | number | boolean | null>,
) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, 'reports.design'),
    action: `reports.${action}`,
    recordKind: 'report_form',
    recordId: recordIdOf('report_form', code),
    class: 'normal',
    figures: { form: code, ...figures },
  });

/** @throws bad_input naming the item and what is wrong with it */
function checkShape(input: Input<'saveForm'>, stages: ReadonlySet<string>): void {
  const { due, items, rhythm } = input;
  if (rhythm === 'weekly' && due.weekday === null) throw badField('due.weekday', 'required');
  if (rhythm === 'monthly' && due.monthDay === null) throw badField('due.monthDay', 'required');
  if (rhythm === 'once' && due.date === null) throw badField('due.date', 'required');
  if (Object.keys(due.times).some((stage) => !stages.has(stage))) throw badField('due.times', 'unknown_stage');
  if (Object.values(due.times).every((time) => time === null)) throw badField('due.times', 'required');
  const twice = askedTwice(items);
  if (twice) throw badField(`items.${twice[1]}.zh`, 'item_twice', { other: items[twice[0]]!.zh });
  for (const [i, item] of items.entries()) {
    const at = (field: string): string => `items.${i}.${field}`;
    if ((item.kind === 'choice' || item.kind === 'parts') && item.options.length < (item.kind === 'choice' ? 2 : 1))
      throw badField(at('options'), 'required');
    if (new Set(item.options.map((option) => option.key)).size < item.options.length)
      throw badField(at('options'), 'key_twice');
    if (item.least !== null && item.most !== null && item.least > item.most) throw badField(at('most'), 'below_least');
    if (item.kind === 'crews' && input.filedFor === 'unit') throw badField(at('kind'), 'crews_of_sites_only');
    if (item.heads !== null && (item.heads === 'here') !== (item.kind === 'crews'))
      throw badField(at('heads'), 'bad_choice');
    if (item.stages.some((stage) => !stages.has(stage))) throw badField(at('stages'), 'unknown_stage');
  }
}

/**
 * Saves the draft of a form: new, or the next version of one in use. An item that the system knows or another form asks is
 * refused with where, so that nobody on site is asked twice.
 * @throws bad_input naming the item; item_known or item_asked with what was found; stale; forbidden
 */
export async function saveForm(context: Context, input: Input<'saveForm'>): Promise<{ code: string; no: number }> {
  const { tx, actor, now } = context;
  checkShape(input, new Set((await allStages(tx)).map((stage) => stage.code)));

  const formVersions = await allFormVersions(tx);
  const current = formVersions.filter((one) => one.state !== 'former');
  const concepts = await allConcepts(tx);
  for (const [i, item] of input.items.entries()) {
    const found = takenAlready(
      concepts,
      current.map((one) => ({ code: one.form_code, zh: one.zh, en: one.en })),
      { form: input.code, itemKey: item.key, concept: item.concept, zh: item.zh, en: item.en },
    );
    if (!found) continue;
    const known = found.knownFrom !== null;
    const nameIn = (one: { zh: string; en: string }): string => (actor.locale === 'en' ? one.en : one.zh);
    throw new Refusal(422, known ? 'item_known' : 'item_asked', {
      fields: [
        {
          field: `items.${i}.zh`,
          code: known ? 'item_known' : 'item_asked',
          values: {
            name: found.name,
            where: nameIn(known ? found.concept : (found.form ?? found.concept)),
            percent: Math.round(found.alike * 100),
          },
        },
      ],
      current: found,
      values: { name: found.name },
    });
  }
  const before = await lockForm(tx, input.code);
  if (!before) {
    if (input.draftNo !== null) throw notFound();
    await insertForm(tx, {
      code: input.code,
      filed_for: input.filedFor,
      rhythm: input.rhythm,
      state: 'draft',
      created_at: now,
      retired_at: null,
      retired_label: null,
      retired_words: null,
    });
  } else {
    if (before.state === 'retired') throw conflict('form_retired');
    if (before.state === 'in_use' && (before.filed_for !== input.filedFor || before.rhythm !== input.rhythm))
      throw badField(before.rhythm === input.rhythm ? 'filedFor' : 'rhythm', 'fixed_once_in_use');
    if (before.state === 'draft') await patchForm(tx, input.code, { filed_for: input.filedFor, rhythm: input.rhythm });
  }
  const versions = await versionsOfForm(tx, input.code);
  const draft = versions.find((one) => one.state === 'draft');
  // Somebody else's draft is never written over unseen.
  if ((draft?.no ?? null) !== input.draftNo) throw conflict('stale', draft && before && versionView(before, draft));
  const items = input.items.map((item) => ({ ...item, concept: item.concept || ownConcept(input.code, item.key) }));
  const row = {
    zh: input.zh,
    en: input.en,
    due: JSON.stringify(input.due),
    content: JSON.stringify({ items }),
    designed_by: actor.accountId,
    designed_label: actor.label,
    designed_at: now,
  };
  const no = draft?.no ?? (versions.at(-1)?.no ?? 0) + 1;
  if (draft) await patchFormVersion(tx, input.code, no, row);
  else
    await insertFormVersion(tx, {
      form_code: input.code,
      no,
      state: 'draft',
      started_by: null,
      started_label: null,
      started_at: null,
      ...row,
    });
  const inUse = versions.find((one) => one.state === 'in_use');
  await takeConcepts(context, input.code, [...(inUse && before ? versionView(before, inUse).items : []), ...items]);
  await note(context, input.code, 'form_drafted', { no, items: items.length });
  return { code: input.code, no };
}

/** What a form asks is its own from now on, and what it asks no more is free. */
async function takeConcepts(
  { tx }: Context,
  code: string,
  items: readonly { key: string; concept: string; zh: string; en: string }[],
): Promise<void> {
  await freeConcepts(tx, code);
  await insertConcepts(
    tx,
    items.map((item) => ({
      key: item.concept,
      zh: item.zh,
      en: item.en,
      aliases: [],
      known_from: null,
      form_code: null,
      item_key: null,
    })),
  );
  // Two forms saved at once: the other came first.
  for (const item of items) if (!(await takeConcept(tx, item.concept, code, item.key))) throw conflict('stale');
}

/** By somebody who did not design it (nobody takes two steps of one record). Phones hear of it at once. */
export async function startForm(context: Context, { code, no }: Input<'startForm'>): Promise<void> {
  const { tx, actor, now } = context;
  const form = await lockForm(tx, code);
  const versions = await versionsOfForm(tx, code);
  const draft = versions.find((one) => one.no === no);
  if (!form || !draft) throw notFound();
  if (form.state === 'retired') throw conflict('form_retired');
  if (draft.state !== 'draft') throw conflict('stale', versionView(form, draft));
  if (sameHand(actor, draft.designed_by, draft.designed_at)) throw forbidden('designed_it');
  const before = versions.find((one) => one.state === 'in_use');
  if (before) await patchFormVersion(tx, code, before.no, { state: 'former' });
  await patchFormVersion(tx, code, no, {
    state: 'in_use',
    started_by: actor.accountId,
    started_label: actor.label,
    started_at: now,
  });
  await patchForm(tx, code, { state: 'in_use' });
  await takeConcepts(context, code, versionView(form, draft).items);
  await note(context, code, 'form_started', { no, former: before?.no ?? null });
}

/** It is asked no more: what is not due yet and has no answer is nobody's duty any longer; what was silent stays silent. */
export async function retireForm(context: Context, { code, reason }: Input<'retireForm'>): Promise<void> {
  const { tx, actor, now } = context;
  const form = await lockForm(tx, code);
  if (!form) throw notFound();
  if (form.state === 'retired') throw conflict('form_retired');
  await patchForm(tx, code, {
    state: 'retired',
    retired_at: now,
    retired_label: actor.label,
    retired_words: reason,
  });
  await freeConcepts(tx, code);
  const unasked = await withdrawOpen(tx, code, now);
  await note(context, code, 'form_retired', { unasked });
}
