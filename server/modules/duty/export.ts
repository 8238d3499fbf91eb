import { dutyHours, type HoursCode } from '../../../contract/duty.ts';
import { admits, roleFor } from '../../platform/actor.ts';
import { badField, forbidden, Refusal } from '../../platform/errors.ts';
import type { Desk } from '../../platform/serve.ts';
import { inLocale } from '../../platform/table-form.ts';
import { inStatement } from '../../platform/transaction.ts';
import { sendExport } from '../../platform/workbook-answer.ts';
import { loginsOfAccounts } from '../access/index.ts';
import { dayNumber, instantAt, localDay } from '../clocks/index.ts';
import { directory } from '../organization/index.ts';
import { dayMs } from './gaps.ts';
import { postsAt, shiftsBetween } from './queries.ts';
import { cellsWithin } from './roster.ts';
import { rosterForm, rowOf, sheetName } from './rosterTable.ts';

/** The roster of one node for a week as sheet 11 值班表, open hours as rows without a person. */
export function mountDutyExport(desk: Desk): void {
  desk.app.get<{ Querystring: { nodeId?: string; from?: string } }>(
    '/api/duty/roster.xlsx',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
      if (!admits(actor, 'duty.read', null)) throw forbidden();
      const { locale } = actor;
      const { rows, zone } = await inStatement(desk.pool, async (tx) => {
        const dir = await directory(tx);
        const nodeId = Number(request.query.nodeId ?? dir.groupNode.id);
        if (!dir.nodes.has(nodeId)) throw badField('nodeId', 'unknown_site');
        const today = localDay(dir.group.timezone, desk.now());
        const first = request.query.from === undefined ? today - ((today + 3) % 7) : dayNumber(request.query.from);
        if (first === null) throw badField('from', 'bad_format');
        const from = instantAt(dir.group.timezone, first, 0);
        const to = instantAt(dir.group.timezone, first + 7, 0);
        const posts = await postsAt(tx, [nodeId], from);
        const shifts = await shiftsBetween(
          tx,
          posts.map((post) => post.id),
          from,
          new Date(to.getTime() + dayMs),
        );
        const logins = await loginsOfAccounts(
          tx,
          shifts.map((row) => row.account_id),
        );
        const rows: Record<string, string>[] = [];
        for (const post of posts)
          for (const cell of await cellsWithin(tx, dir, post, from, to)) {
            if (cell.from < from) continue;
            const shift =
              shifts.find((row) => row.post_id === post.id && row.from_at < cell.to && row.to_at > cell.from) ?? null;
            if (!shift && !cell.required) continue;
            rows.push(rowOf(dir, post, cell, shift, shift ? logins.get(shift.account_id) : undefined, locale));
          }
        rows.sort((a, b) => `${a.day} ${order(a.hours!)}`.localeCompare(`${b.day} ${order(b.hours!)}`));
        return { rows, zone: dir.group.timezone };
      });
      await sendExport(desk, reply, {
        name: inLocale(sheetName, locale),
        columns: rosterForm.heads(locale),
        rows: (async function* () {
          yield* rows;
        })(),
        zone,
        tally: { rows: rows.length },
        entry: {
          actorId: actor.accountId,
          role: roleFor(actor, 'duty.read'),
          action: 'duty.exported',
        },
      });
    },
  );
}

const order = (hours: string): string => String(dutyHours[hours as HoursCode].from).padStart(4, '0');
