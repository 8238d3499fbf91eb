import { connectionOf, type Tx } from './transaction.ts';

/** Settings of this database: the group, whether it is a demo, what was loaded. */
export async function readSetting<T>(tx: Tx, key: string): Promise<T | null> {
  const { rows } = await connectionOf(tx).query('select value from platform.setting where key = $1', [key]);
  return (rows[0]?.value as T | undefined) ?? null;
}

export async function writeSetting(tx: Tx, key: string, value: unknown): Promise<void> {
  await connectionOf(tx).query(
    'insert into platform.setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    [key, JSON.stringify(value)],
  );
}
