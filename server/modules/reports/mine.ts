import type { ToFile } from '../../../contract/reports.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { dayOf, dueDayFrom, instantOf, nextDay, opensOn } from './calendar.ts';
import { contentOf, openingOf, ordinaryOf, pastOf } from './filing.ts';
import { formsInUse, placesOf } from './forms.ts';
import { crewsOf, type FilingRecord, filingsAt, officesOf, versionsByIds } from './queries.ts';
import { filesFor } from './record.ts';

/** What the system knows of a place by itself: shown beside the form and never asked. */
const knownOf = (dir: Directory, nodeId: number): ToFile['known'] => {
  const heads = dir.nodes.get(nodeId)?.heads;
  return heads ? [{ zh: '登记在册', en: 'on the register', value: heads, unitZh: '人', unitEn: '' }] : [];
};

/** What a person files now, whole: a phone that has this needs no network until its day is over. */
export async function toFile(tx: Tx, actor: Actor, now: Date): Promise<ToFile[]> {
  const dir = await directory(tx);
  const nodeIds = filesFor(dir, actor);
  const today = dayOf(dir, now);
  const wanted: { nodeId: number; form: ToFile['form']; day: string }[] = [];
  for (const { version: form } of await formsInUse(tx)) {
    const places = new Set(placesOf(dir, form.filedFor));
    const day = dueDayFrom(form.rhythm, form.due, today);
    const mine = nodeIds.filter((id) => places.has(id));
    if (day !== null) wanted.push(...mine.map((nodeId) => ({ nodeId, form, day })));
    // The day before can still be amended, with a reason: today starts from its count.
    if (form.rhythm === 'daily') wanted.push(...mine.map((nodeId) => ({ nodeId, form, day: nextDay(today, -1) })));
  }
  if (wanted.length === 0) return [];
  const filings = await filingsAt(tx, nodeIds, [...new Set(wanted.map((one) => one.day))]);
  const past = await pastOf(
    tx,
    wanted.map((one) => ({ nodeId: one.nodeId, form: one.form.code, day: one.day })),
  );
  const standing = new Map(
    (
      await versionsByIds(
        tx,
        filings.flatMap((one) => (one.current_id ? [one.current_id] : [])),
      )
    ).map((one) => [one.id, one]),
  );
  const crews = await crewsOf(tx, nodeIds);
  const offices = new Map((await officesOf(tx, nodeIds)).map((one) => [one.site_id, one.phone]));
  const found: ToFile[] = [];
  for (const [i, { nodeId, form, day }] of wanted.entries()) {
    const filing: FilingRecord | null =
      filings.find((one) => one.node_id === nodeId && one.form_code === form.code && one.day === day) ??
      (day < today ? null : await openingOf(tx, dir, form, nodeId, day));
    if (!filing || (day < today && filing.current_id === null)) continue;
    const [last] = past[i]!;
    const current = filing.current_id ? standing.get(filing.current_id) : undefined;
    const node = dir.nodes.get(nodeId)!;
    found.push({
      form,
      nodeId,
      node: { zh: node.zh, en: node.en },
      day,
      stage: filing.stage_code,
      opensAt: instantOf(dir, opensOn(form.rhythm, day)).toISOString(),
      dueAt: filing.due_at.toISOString(),
      locksAt: instantOf(dir, nextDay(day)).toISOString(),
      state: filing.state as ToFile['state'],
      late: filing.late,
      receivedAt: filing.first_received_at?.toISOString() ?? null,
      by: filing.filed_label,
      returned: filing.returned_words,
      versions: filing.versions,
      office: offices.get(nodeId) ?? null,
      crews: crews.filter((one) => one.site_id === nodeId).map(({ id, zh, planned }) => ({ id, zh, planned })),
      base: last && last.heads !== null ? { day: last.day, heads: last.heads } : null,
      last: last ? { day: last.day, values: last.values } : null,
      current: current ? contentOf(current).values : null,
      usual: ordinaryOf(form.items, past[i]!),
      known: knownOf(dir, nodeId),
    });
  }
  return found;
}
