import { uuidv7 } from 'uuidv7';
import { hotlineEndpoints as api } from '../../../contract/hotline.ts';
import type { Keys } from '../../platform/crypto.ts';
import { badField, notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import {
  contentOf,
  insertContact,
  lockRequest,
  nudge,
  requestsOfCaller,
  setContactOutcome,
  sightOf,
} from '../requests/index.ts';

/**
 * Calls. Each is a contact, whether it makes a request or not, so that contacts = with a request + information +
 * nudges + dropped (rules 1). A number is kept only as a keyed hash.
 */
export function mountHotline(desk: Desk, deps: { keys: Keys }): void {
  serve(
    desk,
    api.caller,
    async ({ tx, actor, now }, { number }) => {
      const digits = number?.replace(/\D/g, '') ?? '';
      const key = digits.length >= 3 ? deps.keys.hmac('caller', digits) : null;
      const contactId = uuidv7();
      await insertContact(tx, {
        id: contactId,
        at: now,
        channel: 'hotline',
        operator_id: actor.accountId,
        caller_key: key,
        outcome: null,
      });
      const earlier = [];
      for (const r of key ? await requestsOfCaller(tx, key) : []) {
        // An operator helps the caller with what the caller said; health stays with who took it.
        const sight = sightOf(r.registrar_id === actor.accountId ? 'registrar' : 'dispatcher', r);
        earlier.push({
          id: r.id,
          number: r.number,
          state: r.state as 'received',
          submittedAt: r.submitted_at.toISOString(),
          categoryId: sight.detail ? r.category_id : r.first_category_id,
          siteId: r.site_id,
          text: sight.original ? ((await contentOf(tx, [r.id]))[0]?.text ?? null) : null,
        });
      }
      return { contactId, at: now.toISOString(), earlier };
    },
    { privateAnswer: true },
  );

  serve(desk, api.close, async (context, { id, outcome, requestId }) => {
    const { tx, actor, now } = context;
    const closed = await setContactOutcome(tx, id, actor.accountId!, outcome);
    if (closed.length === 0) throw notFound();
    if (outcome === 'nudge') {
      if (!requestId) throw badField('requestId', 'required');
      const r = await lockRequest(tx, requestId);
      if (!r) throw notFound();
      await nudge(context, r, null);
    }
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: 'operator',
      action: 'hotline.call_ended',
      recordKind: 'contact',
      recordId: id,
      class: 'normal',
      reason: outcome,
    });
    return { done: true as const };
  });
}
