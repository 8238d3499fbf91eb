import { uuidv7 } from 'uuidv7';
import type { AboutKind, MessageKind, MessageLevel } from '../../../contract/messages.ts';
import { type Permission, type Role, rolePermissions, roles } from '../../../contract/permissions.ts';
import { roleFor } from '../../platform/actor.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsActing, accountsGranted } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { insertCopies, insertMessage, wasTold } from './queries.ts';

/**
 * Whom to tell: these accounts, or whoever holds a role or a permission at a place and for a line: those granted at
 * `nodeId` itself or, where there is nobody, at the nearest place above it that has somebody. Without `nodeId`, wherever
 * they are granted. `lineId` leaves out grants bound to another line.
 */
export type Addressees =
  | { accountIds: string[] }
  | { role: Role; nodeId?: number | null; lineId?: number | null }
  | { permission: Permission; nodeId?: number | null; lineId?: number | null };

export interface Telling {
  kind: MessageKind;
  to: Addressees;
  about: {
    kind: AboutKind;
    id: string;
    /** The record's number. */
    label: string;
    /** Page of the desk; a request opens its own. */
    route?: string;
    /** Neither confidential, personal, health nor sealed: only then may a group chat name it (rules 6). */
    mayBeNamed?: boolean;
  };
  /** Codes and figures for the sentence; never a name, never what somebody wrote. */
  values?: Record<string, string | number>;
  level: MessageLevel;
  /** Told once under this key, however often the reason comes up. */
  once?: string;
  /** Minutes within which each addressee is asked to confirm; half of it later the silent are asked again. */
  confirmWithin?: number;
}

/** Whoever holds that role or permission there, in an order that does not change; nobody where nobody does. */
export async function holdersOf(
  tx: Tx,
  dir: Directory,
  to: Exclude<Addressees, { accountIds: string[] }>,
): Promise<string[]> {
  const { wanted, places } = whoHolds(dir, to);
  const found = await accountsGranted(tx, wanted);
  return nearest(places, found);
}

/** The same, and whoever acts for one of them at that moment: what waits for a role waits for both. */
export async function reachedAs(
  tx: Tx,
  dir: Directory,
  to: Exclude<Addressees, { accountIds: string[] }>,
  at: Date,
): Promise<string[]> {
  const { wanted, places } = whoHolds(dir, to);
  return nearest(places, [...(await accountsGranted(tx, wanted)), ...(await accountsActing(tx, wanted, at))]);
}

function whoHolds(dir: Directory, to: Exclude<Addressees, { accountIds: string[] }>) {
  const held = 'role' in to ? [to.role] : roles.filter((role) => rolePermissions[role].includes(to.permission));
  const places = to.nodeId == null ? null : dir.ancestors(to.nodeId);
  return { places, wanted: { roles: held, nodeIds: places, lineId: to.lineId } };
}

function nearest(places: readonly number[] | null, found: readonly { id: string; node_id: number }[]): string[] {
  const place = places?.find((one) => found.some(({ node_id }) => node_id === one));
  return found.filter(({ node_id }) => place === undefined || node_id === place).map(({ id }) => id);
}

/** Of these accounts, whoever is not to be called to duty at that moment. */
type Away = (tx: Tx, accountIds: readonly string[], at: Date) => Promise<ReadonlySet<string>>;
let away: Away = async () => new Set();

/** `duty` says here who is at home: what calls people to duty passes them over (domain row 68). */
export function provideAway(find: Away): void {
  away = find;
}

/** Calls to duty; what somebody at home still has to know of themselves is none. */
const callsToDuty = (kind: MessageKind): boolean =>
  kind === 'hotline.surge' || kind === 'duty.planned' || kind === 'duty.untaken' || kind === 'duty.unhanded';

const minute = 60_000;

/**
 * Tells people in the caller's transaction: who is told is decided by what stands in it, and nobody is told of what was
 * rolled back. On the desk at once; the courier takes it further. Whoever acts is not told of their own act by role.
 * @returns how many are told; 0 also where `once` was told before
 */
export async function tell(context: Context, telling: Telling): Promise<number> {
  const { tx, actor, now } = context;
  const { to, about } = telling;
  if (telling.once && (await wasTold(tx, telling.once))) return 0;
  const found =
    'accountIds' in to
      ? to.accountIds
      : (await reachedAs(tx, await directory(tx), to, now)).filter((id) => id !== actor.accountId);
  const all = [...new Set(found)];
  const atHome = callsToDuty(telling.kind) ? await away(tx, all, now) : new Set<string>();
  const accountIds = all.filter((one) => !atHome.has(one));
  if (accountIds.length === 0) return 0;
  const id = uuidv7();
  const confirmBy = telling.confirmWithin ? new Date(now.getTime() + telling.confirmWithin * minute) : null;
  const place: { nodeId?: number | null; lineId?: number | null } = 'accountIds' in to ? {} : to;
  const fresh = await insertMessage(tx, {
    id,
    kind: telling.kind,
    level: telling.level,
    about_kind: about.kind,
    about_id: about.id,
    about_label: about.label,
    about_route: about.route ?? (about.kind === 'request' ? `/requests/${about.id}` : null),
    figures: JSON.stringify(telling.values ?? {}),
    once: telling.once ?? null,
    sender_id: actor.accountId,
    node_id: place.nodeId ?? null,
    line_id: place.lineId ?? null,
    may_be_named: about.mayBeNamed ?? false,
    sent_at: now,
    confirm_by: confirmBy,
  });
  // Another told it at this moment.
  if (!fresh) return 0;
  await insertCopies(tx, id, accountIds, now, confirmBy !== null);
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, null),
    action: 'messages.told',
    recordKind: 'message',
    recordId: id,
    class: 'normal',
    lineId: place.lineId ?? null,
    figures: { kind: telling.kind, level: telling.level, people: accountIds.length, confirm: confirmBy !== null },
  });
  return accountIds.length;
}
