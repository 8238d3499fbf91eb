import type { OutputOf } from '../../../contract/endpoint.ts';
import type { hotlineEndpoints } from '../../../contract/hotline.ts';
import type { Context } from '../../platform/serve.ts';
import { requestsOfCaller, wholeTextsOf } from '../requests/index.ts';

type Earlier = OutputOf<typeof hotlineEndpoints.caller>['earlier'];

/**
 * What this number asked before, openly. A number that is typed in proves nothing: of what was asked in confidence or without
 * a name, is personal or of health, it tells neither words nor that there is any (rules 6), also to who wrote it down.
 */
export async function earlierOf({ tx }: Pick<Context, 'tx'>, key: Buffer | null): Promise<Earlier> {
  const open = (key ? await requestsOfCaller(tx, key) : []).filter(
    (r) => r.confidentiality === 'open' && r.class === 'normal',
  );
  const texts = await wholeTextsOf(
    tx,
    open.map((r) => r.id),
  );
  return open.map((r) => ({
    id: r.id,
    number: r.number,
    state: r.state as 'received',
    submittedAt: r.submitted_at.toISOString(),
    categoryId: r.category_id,
    siteId: r.site_id,
    // An operator helps the caller with what the caller said.
    text: texts.get(r.id)?.text ?? null,
  }));
}
