import { database } from '../../app/database.ts';
import type { Mine } from '../../app/records.ts';
import { onOutboxChange, tellChange } from '../../app/sending.ts';
import { stored } from '../../app/stored.ts';

export const mine = stored<Mine[]>([]);

export async function startMine(): Promise<void> {
  const look = async () => {
    const all = await (await database()).getAll('mine');
    mine.set(all.sort((a, b) => b.submittedAt.localeCompare(a.submittedAt)));
  };
  onOutboxChange(() => void look());
  await look();
}

export async function remember(one: Mine): Promise<void> {
  await (await database()).put('mine', one);
  tellChange();
}

export async function forget(id: string): Promise<void> {
  await (await database()).delete('mine', id);
  tellChange();
}
