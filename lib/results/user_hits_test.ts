import assert from "node:assert/strict";
import { parquetMetadata } from "hyparquet";
import { Random } from "../base/random.ts";
import { hitsOf, meanMetrics, type UserHits, userMetrics } from "../evaluate/metrics.ts";
import type { Served } from "../evaluate/served.ts";
import { recordable } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import type { Run } from "../train/run.ts";
import { mergeResults } from "./merge.ts";
import { runFilePath } from "./run_files.ts";
import { appendRun, appendServed, findRun, readRuns, type StoredRun } from "./store.ts";
import { decodeHits, encodeHits, readHits } from "./user_hits.ts";

const random = new Random(1, "users' hits");
const U = 3000, depth = 50;
const targets = Array.from(
  { length: U },
  () => Array.from({ length: 1 + random.below(9) }, () => 1 + random.below(200)),
);
const ranked = Uint32Array.from(
  { length: U },
  (_, u) => u, // a list each: distinct items, another first one a user
).reduce((all, u) => {
  for (let r = 0; r < depth; r++) all[u * depth + r] = 1 + (u * 7 + r * 3) % 200;
  return all;
}, new Uint32Array(U * depth));
const users = Uint32Array.from({ length: U }, (_, u) => 2 * u);
const hits = hitsOf(ranked, depth, (u) => targets[u]!, users);
const metrics = meanMetrics(userMetrics(ranked, depth, (u) => targets[u]!));

const at = {
  coverage: 0.5,
  popularity: 0.5,
  logPopularity: 2,
  diversity: 0.5,
  leadingShare: 0.5,
  servingInterests: 2,
};
const served: Served = { hits, lists: { 20: at, 50: at }, unseen: metrics };
const run: Run = recordable({ key: "made-up", test: metrics });

function plain({ users, targets, repeated, ranks }: UserHits) {
  return [users, targets, repeated, ...ranks].map((values) => Array.from(values));
}

Deno.test("hits come back exactly, and are small", async () => {
  const bytes = encodeHits(hits);
  assert.deepEqual(plain(await decodeHits(bytes, "it")), plain(hits));
  const found = hits.ranks.reduce((sum, ranks) => sum + ranks.length, 0);
  assert.ok(found > U); // more than one a user
  assert.ok(bytes.length < 1.5 * U + found, `${bytes.length} bytes for ${found} hits`);
  assert.deepEqual(encodeHits(hits), bytes);
  const { schema } = parquetMetadata(bytes.buffer as ArrayBuffer);
  assert.deepEqual(schema.map(({ name }) => name).slice(1), [
    "user",
    "targets",
    "repeated",
    "ranks",
    "list",
    "element",
  ]);
});

Deno.test("no users make a file as well", async () => {
  const none = { users: [], targets: [], repeated: [], ranks: [] };
  assert.deepEqual(plain(await decodeHits(encodeHits(none), "it")), plain(none));
});

Deno.test("what cannot be hits is told with its row", async () => {
  const one = { users: [0], targets: [2], repeated: [0] };
  const wrong = [
    [{ ...one, ranks: [[51]] }, /row 0: rank 51 is not one of 1 to 50/],
    [{ ...one, ranks: [[3, 3]] }, /its ranks do not rise/],
    [{ ...one, ranks: [[1, 2, 3]] }, /more hits than targets/],
    [{ ...one, targets: [0], ranks: [[]] }, /row 0: 0 targets, of which 0 repeat/],
  ] as const;
  for (const [hits, message] of wrong) {
    await assert.rejects(decodeHits(encodeHits(hits), "it"), message);
  }
});

Deno.test("a run is recorded with its users' hits, which are held against hash and metrics", () =>
  inFolder(async (folder) => {
    await appendRun(run, folder, served);
    const [line] = (await readRuns(folder)).runs as [StoredRun];
    assert.deepEqual([line.lists, line.unseen], [served.lists, served.unseen]);
    assert.deepEqual(plain((await readHits(line, folder))!), plain(hits));
    assert.equal(await readHits({ ...line, users: undefined }, folder), null);
    const other = { ...line, test: { ...metrics, 50: { ...metrics[50]!, recall: 0.5 } } };
    await assert.rejects(readHits(other, folder), /these hits give recall@50 .* the run|but run/);
    await Deno.writeTextFile(runFilePath("users", run.key, folder), "damaged");
    await assert.rejects(readHits(line, folder), /not the users' hits of this run/);
  }));

Deno.test("a recorded run gets what its model serves once, and only what gives its metrics", () =>
  inFolder(async (folder) => {
    await appendRun(run, folder);
    assert.equal(await appendServed(run, served, folder), true);
    assert.equal(await appendServed(run, served, folder), false);
    assert.equal((await readRuns(folder)).runs.length, 2);
    const line = await findRun(run.data.name, run.key, folder);
    assert.deepEqual(plain((await readHits(line!, folder))!), plain(hits));
    const fewer = { ...hits, ranks: hits.ranks.map(() => []) };
    await assert.rejects(
      appendServed(run, { ...served, hits: fewer }, folder),
      /these hits give recall@20 0, but run made-up has/,
    );
    await assert.rejects(
      appendServed({ ...run, key: "another" }, served, folder),
      /the run of this model is not recorded/,
    );
  }));

Deno.test("merging brings the hits, and the line that has them counts in any order", () =>
  inFolder(async (folder) => {
    const [without, having, into] = ["without", "having", "into"].map((name) =>
      `${folder}/${name}`
    ) as [string, string, string];
    await appendRun(run, without);
    await appendRun(run, having, served);
    const conflicts = [];
    for (const from of [having, without, having]) {
      conflicts.push(...(await mergeResults(from, into)).conflicts);
    }
    assert.deepEqual(conflicts.map(({ sameTraining, counts }) => [sameTraining, counts]), [
      [true, "here"],
    ]);
    const line = await findRun(run.data.name, run.key, into);
    assert.deepEqual(plain((await readHits(line!, into))!), plain(hits));
    await Deno.writeTextFile(runFilePath("users", run.key, having), "damaged");
    await assert.rejects(mergeResults(having, `${folder}/new`), /not the users' hits/);
    assert.deepEqual((await readRuns(`${folder}/new`)).runs, []);
  }));
