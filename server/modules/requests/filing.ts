import { randomBytes } from 'node:crypto';
import { makeQueryCode } from '../../../contract/query-code.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { prepareCreation, type Received, storeCreation } from './intake.ts';

/** What another system files for somebody it does not name. */
export interface Filed {
  /** Chosen by the caller, so that what is sent twice is one request. */
  id: string;
  categoryId: number;
  siteId: number;
  text: string;
  callback: string | null;
}

/**
 * A need filed by a program, through the same intake as every other: anonymous, channel `program`. Its query code is made
 * and forgotten, so that whoever filed it can never say "solved" in the person's place (rules 3).
 * @throws sealed_category; bad_input naming categoryId or siteId; forbidden for a token of another site
 */
export async function fileForProgram(tx: Tx, keys: Keys, actor: Actor, filed: Filed, now: Date): Promise<Received> {
  const { callback, ...asked } = filed;
  const creation = await prepareCreation(
    tx,
    await directory(tx),
    keys,
    actor,
    {
      ...asked,
      ...(callback ? { callback } : {}),
      queryCode: makeQueryCode(randomBytes(9)),
      confidentiality: 'anonymous',
      fileIds: [],
    },
    {
      channel: 'program',
      requesterId: null,
      requesterLabel: null,
      registrar: null,
      callerKey: callback ? keys.hmac('caller', callback.replace(/\D/g, '')) : null,
    },
    now,
    null,
  );
  return storeCreation(tx, actor, creation);
}
