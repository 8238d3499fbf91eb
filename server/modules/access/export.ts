import { roleFor } from '../../platform/actor.ts';
import { forbidden, Refusal } from '../../platform/errors.ts';
import type { Desk } from '../../platform/serve.ts';
import type { Column } from '../../platform/sheets.ts';
import { inStatement } from '../../platform/transaction.ts';
import { type SheetRow, sendExport } from '../../platform/workbook-answer.ts';
import { directory } from '../organization/index.ts';
import { grantsOf, listAccounts } from './queries.ts';

const pageSize = 500;

const titles: [key: string, zh: string, en: string, width?: number][] = [
  ['login', '登录名', 'Login', 16],
  ['label', '显示名', 'Label', 18],
  ['home', '单位或工地', 'Unit or site', 24],
  ['grants', '角色', 'Roles', 40],
  ['secondFactor', '二次验证', 'Second factor'],
  ['disabled', '已停用', 'Disabled'],
  ['lastSeen', '最近登录', 'Last seen', 17],
];

async function* rows(
  desk: Desk,
  english: boolean,
  search: string | undefined,
  tally: { rows: number },
): AsyncGenerator<SheetRow> {
  const yes = (value: boolean): string => (value ? (english ? 'yes' : '是') : '');
  for (let after: string | undefined; ; ) {
    const page = await inStatement(desk.pool, async (tx) => {
      const dir = await directory(tx);
      const accounts = await listAccounts(tx, search, after, pageSize);
      const grants = new Map<string, string[]>();
      for (const grant of await grantsOf(
        tx,
        accounts.map((account) => account.id),
      )) {
        const line = dir.lines.get(grant.line_id ?? 0)?.code;
        grants.set(grant.account_id, [
          ...(grants.get(grant.account_id) ?? []),
          [grant.role, dir.nodes.get(grant.node_id)?.code, line].filter(Boolean).join(' '),
        ]);
      }
      return accounts.map((account) => {
        const home = dir.nodes.get(account.home_node_id);
        return {
          login: account.login,
          label: account.label,
          home: (english ? home?.en : home?.zh) ?? null,
          grants: (grants.get(account.id) ?? []).join('; '),
          secondFactor: yes(account.totp_confirmed),
          disabled: yes(account.disabled),
          lastSeen: account.last_seen_at,
        };
      });
    });
    for (const row of page) {
      tally.rows++;
      yield row;
    }
    if (page.length < pageSize) return;
    after = page.at(-1)!.login;
  }
}

/** Who has an account and what it may do, for the yearly review of rights. */
export function mountAccountExport(desk: Desk): void {
  desk.app.get<{ Querystring: { search?: string } }>(
    '/api/accounts/export.xlsx',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
      const permission = (['accounts.manage', 'grants.manage'] as const).find((one) => actor.permissions.has(one));
      if (actor.kind !== 'account' || !permission) throw forbidden();
      const english = actor.locale === 'en';
      const columns: Column[] = titles.map(([key, zh, en, width]) => ({ key, title: english ? en : zh, width }));
      const tally = { rows: 0 };
      const search = typeof request.query.search === 'string' ? request.query.search.trim().slice(0, 80) : undefined;
      const zone = (await inStatement(desk.pool, directory)).group.timezone;
      const name = `${english ? 'Accounts' : '账号'} ${desk.now().toISOString().slice(0, 10)}`;
      await sendExport(desk, reply, {
        name,
        columns,
        rows: rows(desk, english, search, tally),
        zone,
        tally,
        entry: {
          actorId: actor.accountId,
          role: roleFor(actor, permission),
          action: 'access.exported',
        },
      });
      return reply;
    },
  );
}
