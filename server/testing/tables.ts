import type { House } from './program.ts';

const everyTable = `select table_schema as schema, table_name as name from information_schema.tables
  where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`;

/** Rows of every table of the database. */
export async function rowCounts(house: House): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { schema, name } of await house.sql<{ schema: string; name: string }>(everyTable)) {
    counts[`${schema}.${name}`] = Number(
      (await house.sql<{ n: string }>(`select count(*) as n from "${schema}"."${name}"`))[0]!.n,
    );
  }
  return counts;
}

/** Every table and column that holds these words anywhere, binary columns included. */
export async function placesOf(house: House, words: string): Promise<string[]> {
  const places: string[] = [];
  for (const { schema, name } of await house.sql<{ schema: string; name: string }>(everyTable)) {
    const columns = await house.sql<{ column: string; type: string }>(
      'select column_name as column, data_type as type from information_schema.columns where table_schema = $1 and table_name = $2',
      [schema, name],
    );
    for (const { column, type } of columns) {
      const text =
        type === 'bytea'
          ? `position(convert_to($1, 'UTF8') in "${column}") > 0`
          : `position($1 in "${column}"::text) > 0`;
      const [row] = await house.sql<{ n: string }>(`select count(*) as n from "${schema}"."${name}" where ${text}`, [
        words,
      ]);
      if (Number(row!.n) > 0) places.push(`${schema}.${name}.${column}`);
    }
  }
  return places;
}
