import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { Random } from "../../base/random.ts";
import { withLibraryExport } from "../../testing/library_model.ts";
import { type Exported, readExport } from "../exported.ts";
import { openLanceDb } from "./lancedb.ts";
import { agreementOf, openOwnRetrieval } from "./own_retrieval.ts";
import { storePackages } from "./packages.ts";
import { openPglite, openPostgres, POSTGRES, serverUrl } from "./pgvector.ts";
import { mergedByMaximum, type OpenStore, storeQuery } from "./vector_store.ts";
import { askStores, storesAtHand, type StoresQuestion } from "./ask_stores.ts";

const installed = await storePackages.installed();
const missing = installed ? "" : " (skipped: deno task stores --install)";
const server = installed && Deno.env.has(POSTGRES);

const stores: readonly [string, OpenStore, boolean, string][] = [
  ["LanceDB", openLanceDb, installed, missing],
  ["pgvector in PGlite", openPglite, installed, missing],
  ["pgvector on a server", openPostgres, server, server ? "" : ` (skipped: no ${POSTGRES})`],
];

for (const [name, open, here, skipped] of stores) {
  Deno.test({
    name: `${name} gives our own lists, with and without what users had${skipped}`,
    ignore: !here,
    sanitizeOps: false, // foreign: the packages keep threads and timers of their own
    sanitizeResources: false,
    fn: () =>
      withLibraryExport(async (folder) => {
        const exported = withTwins(await readExport(folder));
        const [own, store] = [await openOwnRetrieval(exported), await open(exported, folder)];
        for (const user of [...exported.users.values()].filter((_, u) => u % 40 === 0)) {
          for (const query of [{ n: 50, withSeen: false }, { n: 400, withSeen: true }]) {
            const lists = [await own.top(user, query), await store.top(user, query)] as const;
            assert.notEqual(agreementOf(...lists), "different", user.user);
            const had = lists[1].filter(({ id }) => user.seen.includes(id));
            assert.equal(had.length > 0, query.withSeen);
          }
        }
        await store.close();
        await own.close();
      }),
  });
}

/** Some items get the vector of another, so that there are ties to the bit. */
function withTwins({ items, ...others }: Exported): Exported {
  const twin = (id: number) => items[id % 9 === 0 ? id - 2 : id - 1]!.vector;
  return { ...others, items: items.map((item) => ({ ...item, vector: twin(item.id) })) };
}

Deno.test("our own retrieval over an export is the model's", () =>
  withLibraryExport(async (folder, model) => {
    const exported = await readExport(folder);
    const own = await openOwnRetrieval(exported);
    const user = exported.users.get(model.dataset.userIds!.test[5]!)!;
    const exclude = user.seen;
    const expected = await model.nearest(user.interests, 50, { exclude });
    const list = await own.top(user, { n: 50, withSeen: false });
    assert.deepEqual(list.map(({ id }) => id), expected.map(({ item }) => item));
    await own.close();
  }));

Deno.test("merging by the maximum is no sum: the sum of scores is another list", () => {
  const random = new Random(3);
  const scores = Array.from({ length: 3 }, () => Array.from({ length: 60 }, () => random.normal()));
  const found = scores.flatMap((row) => row.map((score, id) => ({ id: id + 1, score })));
  const merged = mergedByMaximum(found, 10);
  const most = scores[0]!.map((_, i) => Math.max(...scores.map((row) => row[i]!)));
  const byMaximum = most.map((score, i) => ({ id: i + 1, score }))
    .sort((a, b) => b.score - a.score).slice(0, 10);
  assert.deepEqual(merged, byMaximum);
  const bySum = scores[0]!.map((_, i) => ({
    id: i + 1,
    sum: scores.reduce((s, row) => s + row[i]!, 0),
  }))
    .sort((a, b) => b.sum - a.sum).slice(0, 10);
  assert.notDeepEqual(bySum.map(({ id }) => id), merged.map(({ id }) => id));
  assert.deepEqual(mergedByMaximum([{ id: 9, score: 1 }, { id: 2, score: 1 }], 5), [
    { id: 2, score: 1 },
    { id: 9, score: 1 },
  ]);
});

Deno.test("lists agree where they differ by ties only", () => {
  const list = [{ id: 1, score: 3 }, { id: 2, score: 2 }, { id: 3, score: 2 }];
  const of = (...ids: readonly number[]) =>
    ids.map((id, at) => ({ id, score: list[at]!.score + 1e-7 }));
  assert.equal(agreementOf(list, of(1, 2, 3)), "same");
  assert.equal(agreementOf(list, of(1, 3, 2)), "same but for ties");
  assert.equal(agreementOf(list, of(1, 2, 4)), "same but for ties"); // 4 ties with the last
  assert.equal(agreementOf(list, of(2, 1, 3)), "different");
  assert.equal(agreementOf(list, of(1, 2)), "different");
  assert.equal(
    agreementOf(list, [{ id: 1, score: 3 }, { id: 2, score: 2 }, { id: 3, score: 1 }]),
    "same",
  );
});

Deno.test("a server that is named otherwise than by a URL is told in a sentence", async () => {
  const before = Deno.env.get(POSTGRES);
  const wrong = [
    "host=localhost dbname=remi",
    "localhost/remi",
    "http://localhost/remi",
    "postgres://u:50%@h/db",
    "postgres://h:port/db",
  ];
  try {
    for (const url of wrong) {
      Deno.env.set(POSTGRES, url);
      const isTold = (error: Error) => {
        assert.ok(error instanceof BadInput, `${url}: ${error}`);
        assert.match(error.message, /^REMI_POSTGRES: .*postgres:\/\/user:password@host\/database/);
        return true;
      };
      assert.throws(serverUrl, isTold);
      await assert.rejects(storesAtHand, isTold); // before a store is filled
    }
    for (
      const url of ["postgres://u:p%25@h:5432/db", "postgresql://localhost/db?sslmode=require"]
    ) {
      Deno.env.set(POSTGRES, url);
      assert.equal(serverUrl(), url);
    }
  } finally {
    if (before === undefined) Deno.env.delete(POSTGRES);
    else Deno.env.set(POSTGRES, before);
  }
});

Deno.test("without stores a question is answered by the SQL", () =>
  withLibraryExport(async (folder) => {
    const nobody = { user: null } as unknown as StoresQuestion;
    await assert.rejects(askStores(folder, nobody), /^BadInput: user: no name: null/);
    await assert.rejects(askStores(folder, { user: 7 }), /no such user.*: "7"/);
    await assert.rejects(askStores(folder, { user: "Ada Abel", n: 0 }), /n: not a size: 0/);
    const exported = await readExport(folder);
    assert.equal(storeQuery(exported, 1e11, false).n, exported.items.length);
    const { rows, how } = await askStores(folder, { user: "Ada Abel", n: 3 });
    assert.match(how, /CREATE TABLE remi\.items .*vector\(16\)/);
    if (!installed) return assert.equal(rows, null);
    assert.deepEqual(rows!.map(({ rank }) => rank), [1, 2, 3]);
    await assert.rejects(askStores(folder, { user: "Ada Abe" }), /did you mean Ada Abel/);
  }));
