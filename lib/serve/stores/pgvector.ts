/** PostgreSQL with pgvector: a server, or PGlite, which is PostgreSQL inside this process. */
import { BadInput } from "../../base/bad_input.ts";
import { environment } from "../../base/environment.ts";
import type { Exported } from "../exported.ts";
import { storePackages } from "./packages.ts";
import { answerOfStore, type StorePlace } from "./store_failure.ts";
import type { OpenStore, VectorStore } from "./vector_store.ts";

/** The environment variable that names a server. */
export const POSTGRES = "REMI_POSTGRES";

const FORM = "postgres://user:password@host/database";

/** The tables that an export becomes; d is the size of a vector. */
export function tablesSql(d: number): string {
  return `CREATE EXTENSION IF NOT EXISTS vector;
CREATE SCHEMA IF NOT EXISTS remi;
DROP TABLE IF EXISTS remi.items, remi.interests, remi.seen;
CREATE TABLE remi.items (id int PRIMARY KEY, label text NOT NULL, vector vector(${d}) NOT NULL);
CREATE TABLE remi.interests (
  reader text, interest int, vector vector(${d}) NOT NULL, PRIMARY KEY (reader, interest)
);
CREATE TABLE remi.seen (reader text NOT NULL, id int NOT NULL);
CREATE INDEX ON remi.seen (reader, id);`;
}

/**
 * A user's list: each interest finds its n best among what the user has not seen, and an item
 * counts with the largest of its scores. $1 is the user, $2 is n, $3 is whether seen items may come
 * again. `<#>` is pgvector's inner product, negated; without an index on vector it is exact.
 */
export const LIST_SQL = `SELECT found.id, items.label, max(found.score) AS score
FROM remi.interests AS mine
CROSS JOIN LATERAL (
  SELECT candidate.id, -(candidate.vector <#> mine.vector) AS score
  FROM remi.items AS candidate
  WHERE $3 OR NOT EXISTS (
    SELECT FROM remi.seen WHERE seen.reader = $1 AND seen.id = candidate.id
  )
  ORDER BY candidate.vector <#> mine.vector, candidate.id
  LIMIT $2
) AS found
JOIN remi.items AS items USING (id)
WHERE mine.reader = $1
GROUP BY found.id, items.label
ORDER BY score DESC, found.id
LIMIT $2`;

/** Rows that go into a table at a time. */
const ROWS = 2000;

const FILL = {
  items: "INSERT INTO remi.items SELECT id, label, vector::vector " +
    "FROM unnest($1::int[], $2::text[], $3::text[]) AS row (id, label, vector)",
  interests: "INSERT INTO remi.interests SELECT reader, interest, vector::vector " +
    "FROM unnest($1::text[], $2::int[], $3::text[]) AS row (reader, interest, vector)",
  seen: "INSERT INTO remi.seen SELECT * FROM unnest($1::text[], $2::int[]) AS row (reader, id)",
} as const;

/** What is needed of a connection. */
interface Connection {
  script(sql: string): Promise<unknown>;
  query(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** PGlite in memory. */
export const openPglite: OpenStore = async (exported) => {
  const { PGlite } = await storePackages.import<PGliteModule>(
    "@electric-sql/pglite",
    "dist/index.js",
  );
  const { vector } = await storePackages.import<{ vector: unknown }>(
    "@electric-sql/pglite-pgvector",
    "dist/index.js",
  );
  const name = "pgvector in PGlite";
  const place = {
    store: name,
    where: "PostgreSQL inside this process",
    remedy: "It has the whole export in memory: close other programs, and run it again.",
  };
  const database = await answerOfStore(place, () => PGlite.create({ extensions: { vector } }));
  return await filled(name, exported, place, {
    script: (sql) => database.exec(sql),
    query: async (sql, values) => (await database.query(sql, values)).rows,
    close: () => database.close(),
  });
};

/**
 * The server that REMI_POSTGRES names.
 *
 * @throws {BadInput} if none is named, or it does not answer or has no pgvector
 */
export const openPostgres: OpenStore = async (exported) => {
  const url = serverUrl();
  const { default: postgres } = await storePackages.import<PostgresModule>(
    "postgres",
    "src/index.js",
  );
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  const place = {
    store: "the server",
    where: POSTGRES,
    remedy: "It needs a database with pgvector in which tables may be created.",
  };
  return await filled("pgvector on a server", exported, place, {
    script: (text) => sql.unsafe(text),
    query: (text, values) => sql.unsafe(text, values),
    close: () => sql.end({ timeout: 1 }),
  });
};

/**
 * The URL of the server.
 *
 * @throws {BadInput} if none is named, or it is no such URL; the password is not shown
 */
export function serverUrl(): string {
  const url = environment(POSTGRES);
  const refused = (what: string, remedy: string) =>
    new BadInput(what, POSTGRES, undefined, `${remedy} ${POSTGRES}=${FORM}.`);
  if (url === undefined) throw refused("no server is named", "Set it:");
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw refused("no URL of a server", "Write it so:");
  }
  try {
    decodeURIComponent(url);
  } catch {
    throw refused("a % that begins no character", "Write % of a password as %25 in");
  }
  return url;
}

/** All tables at once, or what was there before, and no connection. */
async function filled(
  name: string,
  exported: Exported,
  place: StorePlace,
  connection: Connection,
): Promise<VectorStore> {
  const script = (sql: string) => answerOfStore(place, () => connection.script(sql));
  const query = (sql: string, values: readonly unknown[]) =>
    answerOfStore(place, () => connection.query(sql, values));
  try {
    await script("BEGIN");
    await script(tablesSql(exported.manifest.d));
    for (const [sql, columns] of rowsOf(exported)) {
      for (let at = 0; at < columns[0]!.length; at += ROWS) {
        await query(sql, columns.map((column) => column.slice(at, at + ROWS)));
      }
    }
    await script("COMMIT");
  } catch (error) {
    await connection.close().catch(() => {}); // what it failed of before is what counts
    throw error;
  }
  return {
    name,
    async top({ user }, { n, withSeen }) {
      const rows = await query(LIST_SQL, [user, n, withSeen]);
      return rows.map(({ id, score }) => ({ id: Number(id), score: Number(score) }));
    },
    close: () => connection.close(),
  };
}

/** What goes into the tables, by column. */
function rowsOf({ items, users }: Exported): [string, unknown[][]][] {
  const text = (vector: Float32Array) => `[${vector.join(",")}]`;
  const people = [...users.values()];
  const mine = people.flatMap(({ user, interests }) =>
    interests.map((vector, k) => ({ user, interest: k + 1, vector: text(vector) }))
  );
  const had = people.flatMap(({ user, seen }) => seen.map((id) => ({ user, id })));
  return [
    [FILL.items, [
      items.map(({ id }) => id),
      items.map(({ label }) => label),
      items.map(({ vector }) => text(vector)),
    ]],
    [FILL.interests, [
      mine.map(({ user }) => user),
      mine.map(({ interest }) => interest),
      mine.map(({ vector }) => vector),
    ]],
    [FILL.seen, [had.map(({ user }) => user), had.map(({ id }) => id)]],
  ];
}

/** Foreign boundary: what is used of @electric-sql/pglite. */
interface PGliteModule {
  readonly PGlite: {
    create(options: { readonly extensions: object }): Promise<{
      exec(sql: string): Promise<unknown>;
      query(
        sql: string,
        values: readonly unknown[],
      ): Promise<{ readonly rows: Record<string, unknown>[] }>;
      close(): Promise<void>;
    }>;
  };
}

/** Foreign boundary: what is used of postgres. */
interface PostgresModule {
  default(url: string, options: object): {
    unsafe(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
    end(options: { readonly timeout: number }): Promise<void>;
  };
}
