import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { exists } from "../../base/files.ts";
import { join } from "../../base/paths.ts";
import { inFolder } from "../../testing/in_folder.ts";
import type { Exported, ExportedUser } from "../exported.ts";
import { LANCE_TABLE, openLanceDb } from "./lancedb.ts";
import { storePackages } from "./packages.ts";
import { openPglite } from "./pgvector.ts";

const vector = Float32Array.of(1, 0);
const user: ExportedUser = { user: "a", interests: [vector], seen: [1] };
const exported = {
  manifest: { d: 2 },
  items: [{ id: 1, label: "one", vector }, { id: 2, label: "two", vector }],
  users: new Map([["a", user]]),
} as unknown as Exported;

const query = { n: 2, withSeen: false };
const foreign =
  "lance error: LanceError(IO): no bytes, /usr/cargo/src/lance-io/utils.rs:129:20\n\n" +
  "Caused by: no bytes, /usr/cargo/src/lance-io/utils.rs:129:20";

/** Runs a test with modules in the place of the stores' packages. */
async function withStubs(modules: Readonly<Record<string, unknown>>, test: () => Promise<void>) {
  const { require: required, import: imported } = storePackages;
  const stub = (name: string) => Promise.resolve(modules[name]);
  Object.assign(storePackages, { require: stub, import: stub });
  try {
    await test();
  } finally {
    Object.assign(storePackages, { require: required, import: imported });
  }
}

/** LanceDB as it writes a table, and what it is told to fail at. */
function lanceDb(fails: "connect" | "createTable" | "toArray" | "" = "") {
  const at = (name: typeof fails) => {
    if (fails === name) throw new Error(foreign);
  };
  const query = {
    nearestTo: () => query,
    distanceType: () => query,
    bypassVectorIndex: () => query,
    select: () => query,
    limit: () => query,
    where: () => query,
    toArray: async () => await (at("toArray"), [{ id: 2, _distance: 0.5 }]),
  };
  const lancedb = {
    makeArrowTable: (rows: unknown) => rows,
    connect: async (folder: string) => {
      await (at("connect"), Deno.mkdir(folder, { recursive: true }));
      return {
        async createTable(name: string) {
          at("createTable");
          await Deno.mkdir(join(folder, `${name}.lance`)); // and fails if one is there
          return { query: () => query };
        },
        close: () => {},
      };
    },
  };
  const type = class {};
  const arrow = {
    Schema: type,
    Field: type,
    Int32: type,
    Utf8: type,
    Float32: type,
    FixedSizeList: type,
  };
  return { "@lancedb/lancedb": lancedb, "apache-arrow": arrow };
}

async function refused(asking: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(asking, (error: Error) => {
    assert.ok(error instanceof BadInput, String(error));
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /\n|\.rs:/);
    return true;
  });
}

for (const fails of ["connect", "createTable", "toArray"] as const) {
  Deno.test(`what LanceDB fails at is told in a sentence with its folder: ${fails}`, () =>
    inFolder((folder) =>
      withStubs(lanceDb(fails), async () => {
        const asking = openLanceDb(exported, folder).then((store) => store.top(user, query));
        await refused(asking, /lancedb: LanceDB fails: .*no bytes\. Make .* writable, or delete /);
      })
    ));
}

Deno.test("a file in the place of LanceDB's folder is told in a sentence", () =>
  inFolder((folder) =>
    withStubs(lanceDb(), async () => {
      await Deno.writeTextFile(join(folder, "lancedb"), "");
      await refused(
        openLanceDb(exported, folder),
        /lancedb: LanceDB fails: .*a file is in the place of a folder\. .*delete .*lancedb/,
      );
    })
  ));

Deno.test("LanceDB's table is made anew, whatever an interruption left, and no other table", () =>
  inFolder((folder) =>
    withStubs(lanceDb(), async () => {
      const table = join(folder, "lancedb", `${LANCE_TABLE}.lance`);
      const [left, other] = [join(table, "cut.manifest"), join(folder, "lancedb", "mine.lance")];
      const beginnings = [
        () => Deno.mkdir(join(folder, "lancedb", "mine.lance"), { recursive: true }),
        () => Deno.writeTextFile(left, "lance"), // beside what the one before wrote
        () => Deno.remove(table, { recursive: true }).then(() => Deno.writeTextFile(table, "")),
      ];
      for (const begin of beginnings) {
        await begin();
        const store = await openLanceDb(exported, folder);
        assert.deepEqual(await store.top(user, query), [{ id: 2, score: 0.5 }]);
        await store.close();
        assert.deepEqual([await exists(left), await exists(other)], [false, true]);
      }
    })
  ));

for (const fails of ["create", "exec", "query"] as const) {
  Deno.test(`what PGlite fails at is told in a sentence: ${fails}`, () => {
    let closed = 0;
    const does = (name: typeof fails, value: unknown) =>
      name === fails
        ? Promise.reject(new RangeError("out of memory\n at x"))
        : Promise.resolve(value);
    const database = {
      exec: () => does("exec", []),
      query: () => does("query", { rows: [] }),
      close: () => Promise.resolve(void closed++),
    };
    const modules = {
      "@electric-sql/pglite": { PGlite: { create: () => does("create", database) } },
      "@electric-sql/pglite-pgvector": { vector: {} },
    };
    return withStubs(modules, async () => {
      await refused(openPglite(exported, "nowhere"), /pgvector in PGlite fails: .*memory\. It has/);
      assert.equal(closed, fails === "create" ? 0 : 1);
    });
  });
}
