/** LanceDB: a store in a folder, inside this process. */
import { exists } from "../../base/files.ts";
import { join } from "../../base/paths.ts";
import { storePackages } from "./packages.ts";
import { answerOfStore } from "./store_failure.ts";
import { mergedByMaximum, type OpenStore } from "./vector_store.ts";

/** Foreign boundary: what is used of @lancedb/lancedb. */
interface LanceDb {
  connect(folder: string): Promise<{
    createTable(name: string, rows: unknown): Promise<Table>;
    close(): void;
  }>;
}

interface Table {
  query(): { nearestTo(vector: Float32Array): Query };
}

interface Query {
  addQueryVector(vector: Float32Array): Query;
  distanceType(type: "dot"): Query;
  bypassVectorIndex(): Query;
  select(columns: readonly string[]): Query;
  where(condition: string): Query;
  limit(n: number): Query;
  toArray(): Promise<{ readonly id: number; readonly _distance: number }[]>;
}

/** Foreign boundary: what is used of apache-arrow. */
interface Arrow {
  readonly Schema: new (fields: unknown[]) => unknown;
  readonly Field: new (name: string, type: unknown) => unknown;
  readonly Int32: new () => unknown;
  readonly Utf8: new () => unknown;
  readonly Float32: new () => unknown;
  readonly FixedSizeList: new (size: number, field: unknown) => unknown;
}

/** Its distance "dot" is 1 - v . e, in float32. */
const OFFSET = 1;

/** The table, made anew; no other table of the database is touched. */
export const LANCE_TABLE = "remi_items";

/**
 * A table in the folder `lancedb` of the export, searched without an index, so exactly. A user's K
 * interests go in one call, which answers with K lists.
 */
export const openLanceDb: OpenStore = async ({ items, manifest: { d } }, folder) => {
  Deno.env.set("LANCEDB_LOG", "error"); // it tells of each new table as a warning
  const lancedb = await storePackages.require<LanceDb>("@lancedb/lancedb");
  const arrow = await storePackages.require<Arrow>("apache-arrow");
  const { makeArrowTable } = await storePackages.require<{
    makeArrowTable(rows: unknown, options: { schema: unknown }): unknown;
  }>("@lancedb/lancedb");
  const vector = new arrow.FixedSizeList(d, new arrow.Field("item", new arrow.Float32()));
  const schema = new arrow.Schema([
    new arrow.Field("id", new arrow.Int32()),
    new arrow.Field("label", new arrow.Utf8()),
    new arrow.Field("vector", vector),
  ]);
  const rows = items.map(({ id, label, vector }) => ({ id, label, vector: Array.from(vector) }));
  const where = join(folder, "lancedb");
  const place = {
    store: "LanceDB",
    where,
    remedy: `Make ${folder} writable, or delete ${where}, and run it again.`,
  };
  const { database, table } = await answerOfStore(place, async () => {
    await Deno.mkdir(where, { recursive: true });
    // LanceDB keeps old versions when it overwrites, and reads them first: one may be cut
    await removeIfThere(join(where, `${LANCE_TABLE}.lance`));
    const database = await lancedb.connect(where);
    const table = await database.createTable(LANCE_TABLE, makeArrowTable(rows, { schema }));
    return { database, table };
  });
  return {
    name: "LanceDB",
    async top({ interests: [first, ...others], seen }, { n, withSeen }) {
      const query = others.reduce(
        (query, interest) => query.addQueryVector(interest),
        table.query().nearestTo(first!),
      ).distanceType("dot").bypassVectorIndex().select(["id", "_distance"]).limit(n);
      const asked = withSeen ? query : query.where(`id NOT IN (${seen.join(", ")})`);
      const rows = await answerOfStore(place, () => asked.toArray());
      return mergedByMaximum(
        rows.map(({ id, _distance }) => ({ id, score: OFFSET - _distance })),
        n,
      );
    },
    close() {
      database.close();
      return Promise.resolve();
    },
  };
};

async function removeIfThere(path: string): Promise<void> {
  if (await exists(path)) await Deno.remove(path, { recursive: true });
}
