import type { OutputOf } from '../../../contract/endpoint.ts';
import type { hotlineEndpoints } from '../../../contract/hotline.ts';
import type { Context } from '../../platform/serve.ts';
import { contentOf, requestsOfCaller, sightOf } from '../requests/index.ts';

type Earlier = OutputOf<typeof hotlineEndpoints.caller>['earlier'];

/** What this caller asked before, as far as the one who takes the call may read it. */
export async function earlierOf({ tx, actor }: Pick<Context, 'tx' | 'actor'>, key: Buffer | null): Promise<Earlier> {
  const earlier: Earlier = [];
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
  return earlier;
}
