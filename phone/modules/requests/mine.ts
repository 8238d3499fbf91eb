import { database } from '../../app/database.ts';
import type { Mine } from '../../app/records.ts';
import { tellChange } from '../../app/sending.ts';

export async function remember(one: Mine): Promise<void> {
  await (await database()).put('mine', one);
  tellChange();
}

export async function forget(id: string): Promise<void> {
  await (await database()).delete('mine', id);
  tellChange();
}
