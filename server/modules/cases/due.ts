import type { RequestRecord } from '../requests/index.ts';

/** What is due next once the work lies with a line: first human contact, then the resolve due. */
export const dueInWork = (r: RequestRecord): Date =>
  r.contacted_at || r.state === 'reopened' || r.contact_due > r.resolve_now ? r.resolve_now : r.contact_due;
