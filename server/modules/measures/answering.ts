import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { measureEndpoints } from '../../../contract/measures.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { raiseTask } from '../tasks/index.ts';
import { stateAfter } from './lifecycle.ts';
import { answererOf, checkerOf, mayRead } from './policy.ts';
import { type DueRecord, lockDue, marksOf, patchOccurrence } from './queries.ts';
import { say } from './record.ts';

type Input<K extends keyof typeof measureEndpoints> = ParsedOf<(typeof measureEndpoints)[K]>;
const hour = 3_600_000;

/** @throws not_found, stale with the measure as it stands */
async function locked({ tx, actor }: Context, id: string, version: number): Promise<DueRecord> {
  const due = await lockDue(tx, id);
  if (!due || !mayRead(actor, due)) throw notFound();
  if (due.version !== version) throw conflict('stale', { state: due.state, version: due.version });
  return due;
}

/** What is said from outside is told to who did it, or said it cannot be done. */
async function tellDoer(
  context: Context,
  due: DueRecord,
  accountId: string | null,
  kind: 'measure.answered' | 'measure.refused',
  markId: string,
): Promise<void> {
  if (accountId === null) return;
  const dir = await directory(context.tx);
  const place = due.site_id ?? due.unit_id ?? dir.groupNode.id;
  await tell(context, {
    kind,
    to: { accountIds: [accountId] },
    about: { kind: 'measure', id: due.id, label: dir.nodes.get(place)?.code ?? '', route: `/measures/${due.id}` },
    level: 'important',
    once: `${kind}:${markId}`,
  });
}

/**
 * Answers who says it cannot be done: help is sent as a supervised task, or it is excused with the reason. Whoever said it
 * does not answer it.
 * @throws not_found, stale, measure_not_outside, nothing_to_answer
 */
export async function answer(context: Context, input: Input<'answer'>): Promise<void> {
  const { tx, now } = context;
  const due = await locked(context, input.id, input.version);
  const role = answererOf(context.actor, due);
  if (role === null) throw forbidden('measure_not_outside');
  if (due.state !== 'cannot' || due.answered_at !== null) throw new Refusal(409, 'nothing_to_answer');
  const { line } = due;
  let task: { id: string; number: string } | null = null;
  if (input.how === 'help') {
    const dir = await directory(tx);
    const place = dir.nodes.get(due.site_id ?? due.unit_id ?? dir.groupNode.id);
    const lineId = input.lineId ?? line.work_line_id;
    if (lineId === null && due.unit_id === null) throw badField('lineId', 'required');
    task = await raiseTask(context, {
      source: { kind: 'measure', id: due.id, label: `${place?.code ?? ''} ${line.zh}` },
      title: {
        zh: `${place?.zh ?? ''}：${line.zh}，现场说做不了，需要支援`,
        en: `${place?.en ?? ''}: "${line.en}" cannot be done without help`,
      },
      criterion: {
        zh: '现场能照这条措施做，下一次按时打卡并附凭据 1 份',
        en: 'The place can do this measure: its next one is done in time with 1 piece of evidence',
      },
      owner: { lineId, unitId: due.unit_id },
      dueAt: new Date(now.getTime() + (due.red ? 4 : 24) * hour),
      priority: due.red ? 'urgent' : 'high',
      unitId: due.unit_id,
      siteId: due.site_id,
      class: 'normal',
      once: `measure.${due.id}.${due.version}`,
      ...(due.unit_id === null ? {} : { issuerNodeId: due.unit_id }),
    });
  }
  const markId = uuidv7();
  await say(
    context,
    due,
    role,
    { id: markId, kind: input.how, words: input.words },
    {
      action: input.how === 'help' ? 'helped' : 'excused',
      to: due.state,
      figures: { waited: Math.round((now.getTime() - due.cannot_at!.getTime()) / 60_000), task: task?.number ?? null },
    },
  );
  await patchOccurrence(tx, due.id, {
    answer: input.how,
    answered_at: now,
    task_id: task?.id ?? null,
    task_number: task?.number ?? null,
  });
  await tellDoer(context, due, due.cannot_by, 'measure.answered', markId);
}

/**
 * Somebody outside looked at the evidence. Not agreed opens it again while its window runs, and afterwards it stands as
 * lapsed.
 * @throws not_found, stale, measure_not_outside, nothing_to_check, bad_input naming words
 */
export async function check(context: Context, input: Input<'check'>): Promise<void> {
  const { tx, now } = context;
  const due = await locked(context, input.id, input.version);
  const ticks = (await marksOf(tx, [due.id])).filter((one) => one.kind === 'done' || one.kind === 'more');
  const role = checkerOf(
    context.actor,
    due,
    ticks.map((one) => one.by_id),
  );
  if (role === null) throw forbidden('measure_not_outside');
  if (due.state !== 'done' || due.verdict !== null) throw new Refusal(409, 'nothing_to_check');
  const refused = input.verdict === 'refused';
  if (refused && !input.words) throw badField('words', 'required');
  const move = now < due.due_at ? ('refuse_in_time' as const) : ('refuse_late' as const);
  const to = refused ? stateAfter(move) : due.state;
  const markId = uuidv7();
  await say(
    context,
    due,
    role,
    { id: markId, kind: input.verdict, words: input.words || null },
    { action: refused ? 'refused' : 'agreed', to, figures: { late: due.late } },
  );
  await patchOccurrence(
    tx,
    due.id,
    refused
      ? {
          state: to,
          verdict: 'refused',
          done_at: null,
          done_by: null,
          done_label: null,
          late: false,
          made_offline: false,
          lapsed_at: to === 'lapsed' ? (due.lapsed_at ?? now) : due.lapsed_at,
        }
      : { verdict: 'agreed' },
  );
  if (refused) await tellDoer(context, due, due.done_by, 'measure.refused', markId);
}
