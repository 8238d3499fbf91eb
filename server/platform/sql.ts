import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import { type Connection, connectionOf, type Tx } from './transaction.ts';

/** Sees every SQL text with the schema of the module that sent it; tests set it to catch a foreign schema. */
let inspector: ((schema: string, text: string) => void) | null = null;
export function inspectSql(inspect: typeof inspector): void {
  inspector = inspect;
}

/** What is asked this often is asked for ever: PostgreSQL then parses and plans it once per connection. */
const hotFrom = 20;
/** So many per connection, by the memory each takes there; the texts that vary with the length of a list are soon more. */
const mostHot = 150;
const mostKnown = 4_000;
const asked = new Map<string, { times: number; name: string | undefined }>();
let hot = 0;

/** A name under which the text is prepared; undefined as long as it is rare. */
function nameOf(text: string): string | undefined {
  let known = asked.get(text);
  if (!known) {
    if (asked.size >= mostKnown) for (const [rare, { name }] of asked) if (!name) asked.delete(rare);
    known = { times: 0, name: undefined };
    asked.set(text, known);
  }
  if (!known.name && ++known.times >= hotFrom && hot < mostHot) known.name = `hot.${++hot}`;
  return known.name;
}

function dialect(connection: Connection, schema: string): Dialect {
  const one: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      inspector?.(schema, query.sql);
      const result = await connection.query({
        name: nameOf(query.sql),
        text: query.sql,
        values: query.parameters as unknown[],
      });
      return {
        rows: result.rows as R[],
        numAffectedRows: result.rowCount === null ? undefined : BigInt(result.rowCount),
      };
    },
    streamQuery() {
      throw new Error('Streams go by cursor: read page after page.');
    },
  };
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => one,
    beginTransaction: async () => {
      throw new Error('Transactions are opened by serve and jobs only.');
    },
    commitTransaction: async () => {},
    rollbackTransaction: async () => {},
    releaseConnection: async () => {},
    destroy: async () => {},
  };
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/**
 * The door of one module to its own tables: `const db = moduleTables<DB>('requests')`, then `db(tx).selectFrom(…)`.
 * Imported by `queries.ts` files only (a boundary rule says so).
 */
export function moduleTables<Tables>(schema: string): (tx: Tx) => Kysely<Tables> {
  const open = new WeakMap<Tx, Kysely<Tables>>();
  return (tx) => {
    let db = open.get(tx);
    if (!db) {
      db = new Kysely<Tables>({ dialect: dialect(connectionOf(tx), schema) }).withSchema(schema);
      open.set(tx, db);
    }
    return db;
  };
}

/**
 * A statement that PostgreSQL parses and plans once per connection: for the hot paths.
 * @returns the rows
 */
export function preparedStatement<Row>(schema: string, name: string, text: string) {
  return async (tx: Tx, values: readonly unknown[]): Promise<Row[]> => {
    inspector?.(schema, text);
    return (await connectionOf(tx).query({ name: `${schema}.${name}`, text, values })).rows as Row[];
  };
}

export { sql } from 'kysely';
