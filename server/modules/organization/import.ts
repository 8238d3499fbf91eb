import { uuidv7 } from 'uuidv7';
import { type Actor, admits } from '../../platform/actor.ts';
import { forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Desk } from '../../platform/serve.ts';
import { type Mark, markWorkbook, writeSheets } from '../../platform/sheets.ts';
import { sentTable } from '../../platform/table-upload.ts';
import { inStatement, inTransaction } from '../../platform/transaction.ts';
import { asWorkbook } from '../../platform/workbook-answer.ts';
import { directory, forgetDirectory } from './directory.ts';
import { applyPlan, type NewPassword, preparePasswords } from './importApply.ts';
import { type Accounts, type Plan, planOrganization } from './importPlan.ts';
import {
  inLocale,
  keyOf,
  type Locale,
  notes,
  notesName,
  readOrganization,
  type SheetKey,
  shapes,
  sheetKeys,
  titleOf,
  wordsOf,
} from './importSheets.ts';
import { lockOrganization } from './queries.ts';

const mostBytes = 20 * 1024 * 1024;
/** Each costs 20 ms of computing; with more, nobody would wait for the answer. */
const mostNewAccounts = 5_000;
/** Problems told in the answer; all of them are in the marked file. */
const mostTold = 1_000;
const keptMs = 3_600_000;
const mostKept = 20;

export interface ImportAnswer {
  id: string;
  summary: { sheet: string; rows: number; adds: number; changes: number; same: number; bad: number }[];
  problems: { sheet: string; row: number; column: string; message: string }[];
  rejectedFileUrl: string | null;
  passwordsFileUrl: string | null;
}

/** What may be fetched within the hour by whoever uploaded, from the memory of this program: passwords touch no disk. */
interface Kept {
  at: number;
  accountId: string;
  key: string | null;
  answer: ImportAnswer;
  rejected: Buffer | null;
  passwords: Buffer | null;
}

/** The file the person uploaded with its bad cells marked, sheet by sheet. */
async function marked(
  file: Buffer,
  plan: Plan,
  sheets: Awaited<ReturnType<typeof readOrganization>>['sheets'],
  locale: Locale,
): Promise<Buffer> {
  let bytes = file;
  for (const sheet of sheetKeys) {
    const marks: Mark[] = plan.problems
      .filter((problem) => problem.sheet === sheet)
      .map((problem) => ({
        row: problem.row,
        column: titleOf(sheet, problem.column, locale),
        message: wordsOf(problem, locale),
      }));
    const read = sheets[sheet];
    // The cells are found by the title in the reader's language, whichever the file has.
    const titled = (title: string): string => titleOf(sheet, keyOf(sheet)(title), locale);
    if (read && marks.length > 0) bytes = await markWorkbook(bytes, marks, { sheet: read.index, keyOf: titled });
  }
  return bytes;
}

const passwordFile = (rows: NewPassword[], locale: Locale): Promise<Buffer> =>
  writeSheets([
    {
      name: locale === 'en' ? 'One-time passwords' : '一次性密码',
      columns: [
        { key: 'login', title: locale === 'en' ? 'Login' : '登录名', width: 18 },
        { key: 'label', title: locale === 'en' ? 'Label' : '显示名', width: 18 },
        { key: 'password', title: locale === 'en' ? 'One-time password' : '一次性密码', width: 22 },
      ],
      rows: rows.map((row) => ({ ...row })),
    },
  ]);

const template = (locale: Locale): Promise<Buffer> =>
  writeSheets([
    ...sheetKeys.map((key) => ({
      name: inLocale(shapes[key].name, locale),
      columns: Object.entries(shapes[key].columns).map(([column, { title, width }]) => ({
        key: column,
        title: inLocale(title, locale),
        width,
      })),
      rows: [],
    })),
    {
      name: inLocale(notesName, locale),
      columns: [{ key: 'note', title: inLocale(notesName, locale), width: 100 }],
      rows: notes.map((note) => ({ note: inLocale(note, locale) })),
    },
  ]);

/** Units, sites, people and accounts from one workbook: checked first, applied whole or not at all, and repeatable. */
export function mountOrganizationImport(desk: Desk, accounts: Accounts): void {
  const kept = new Map<string, Kept>();
  const keep = (one: Kept): void => {
    for (const [id, { at }] of kept) if (kept.size >= mostKept || Date.now() - at > keptMs) kept.delete(id);
    kept.set(one.answer.id, one);
  };
  const mine = (id: string, actor: Actor): Kept => {
    const one = kept.get(id);
    if (!one || one.accountId !== actor.accountId || Date.now() - one.at > keptMs) throw notFound();
    return one;
  };
  const manager = (actor: Actor): Actor & { accountId: string } => {
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, 'organization.manage', null) || actor.accountId === null) throw forbidden();
    return { ...actor, accountId: actor.accountId };
  };

  desk.app.get('/api/import/organization/template.xlsx', { schema: { hide: true } }, async (request, reply) => {
    const actor = manager(await desk.identify(request));
    return asWorkbook(reply, actor.locale === 'en' ? 'organisation' : '组织导入模板').send(
      await template(actor.locale),
    );
  });

  desk.app.post<{ Querystring: { mode?: string } }>(
    '/api/import/organization',
    { schema: { hide: true }, bodyLimit: mostBytes + 65_536 },
    async (request, reply): Promise<ImportAnswer> => {
      const actor = manager(await desk.identify(request));
      const { mode, file } = await sentTable(request, mostBytes);
      const sent = request.headers['idempotency-key'];
      const key = mode === 'apply' && typeof sent === 'string' ? sent : null;
      const before =
        key === null
          ? undefined
          : [...kept.values()].find((one) => one.key === key && one.accountId === actor.accountId);
      void reply.type('application/json; charset=utf-8');
      // The answer got lost on the way: what was done is told again, not done again.
      if (before) return before.answer;

      const { sheets, problems } = await readOrganization(file);
      if (Object.keys(sheets).length === 0 && problems.length === 0)
        throw new Refusal(422, 'table_no_titles', { values: { row: 1 } });
      // The directory may have been read seconds ago by another program's change; an import compares with what is there now.
      const look = () => {
        forgetDirectory();
        return inStatement(desk.pool, async (tx) =>
          planOrganization(tx, await directory(tx), accounts, sheets, problems),
        );
      };
      let plan = await look();
      let passwords: NewPassword[] = [];
      if (mode === 'apply' && plan.problems.length === 0) {
        const news = plan.accounts.filter((row) => row.kind === 'add').length;
        if (news > mostNewAccounts) throw new Refusal(422, 'table_too_long', { values: { most: mostNewAccounts } });
        const hashes = await preparePasswords(plan, accounts);
        const now = desk.now();
        ({ plan, passwords } = await inTransaction(desk.pool, async (tx) => {
          await lockOrganization(tx);
          forgetDirectory();
          const dir = await directory(tx);
          const certain = await planOrganization(tx, dir, accounts, sheets, problems);
          // Somebody was faster with other accounts of the same names: look again rather than half apply.
          if (certain.problems.length > 0) return { plan: certain, passwords: [] };
          return { plan: certain, passwords: await applyPlan({ tx, actor, now }, dir, certain, accounts, hashes) };
        }));
        forgetDirectory();
        desk.committed();
      }
      const id = uuidv7();
      const name = (sheet: SheetKey | null, other = ''): string =>
        sheet ? inLocale(shapes[sheet].name, actor.locale) : other;
      const bad = plan.problems.length > 0;
      const answer: ImportAnswer = {
        id,
        summary: [
          ...plan.summary.map((sum) => ({ ...sum, sheet: name(sum.sheet) })),
          // A sheet that is not ours blocks the file as a bad row would.
          ...plan.problems
            .filter((problem) => problem.sheet === null)
            .map((problem) => ({ sheet: problem.sheetName ?? '', rows: 0, adds: 0, changes: 0, same: 0, bad: 1 })),
        ],
        problems: plan.problems.slice(0, mostTold).map((problem) => ({
          sheet: name(problem.sheet, problem.sheetName),
          row: problem.row,
          column: titleOf(problem.sheet, problem.column, actor.locale),
          message: wordsOf(problem, actor.locale),
        })),
        rejectedFileUrl: bad ? `/api/import/organization/${id}/rejected.xlsx` : null,
        passwordsFileUrl: passwords.length > 0 ? `/api/import/organization/${id}/passwords.xlsx` : null,
      };
      keep({
        at: Date.now(),
        accountId: actor.accountId,
        key: bad ? null : key,
        answer,
        rejected: bad ? await marked(file, plan, sheets, actor.locale) : null,
        passwords: passwords.length > 0 ? await passwordFile(passwords, actor.locale) : null,
      });
      return answer;
    },
  );

  desk.app.get<{ Params: { id: string } }>(
    '/api/import/organization/:id/rejected.xlsx',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = manager(await desk.identify(request));
      const { rejected } = mine(request.params.id, actor);
      if (!rejected) throw notFound();
      return asWorkbook(reply, actor.locale === 'en' ? 'to-mend' : '待改').send(rejected);
    },
  );

  desk.app.get<{ Params: { id: string } }>(
    '/api/import/organization/:id/passwords.xlsx',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = manager(await desk.identify(request));
      const one = mine(request.params.id, actor);
      const { passwords } = one;
      if (!passwords) throw notFound();
      // Once: afterwards a lost password is given anew, which is journalled.
      one.passwords = null;
      one.answer = { ...one.answer, passwordsFileUrl: null };
      return asWorkbook(reply, actor.locale === 'en' ? 'one-time-passwords' : '一次性密码').send(passwords);
    },
  );
}
