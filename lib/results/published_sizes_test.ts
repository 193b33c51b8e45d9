/** What is committed stays small, also when there are three times as many runs. */
import assert from "node:assert/strict";
import { exists, projectPath } from "../base/files.ts";
import { fileHash } from "../base/file_hash.ts";
import { join } from "../base/paths.ts";
import { testPublished } from "../testing/test_published.ts";
import { readRunFile, runFilePath } from "./run_files.ts";
import { latestOfKeys, readRuns } from "./store.ts";
import { readHits } from "./user_hits.ts";

const MB = 1e6;
const results = projectPath("results");

/** Bytes of the files of a folder, but for those that are never committed. */
async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  if (!await exists(folder)) return bytes;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (["checkpoints", "html"].includes(name)) continue;
    if (isDirectory) bytes += await bytesOf(path);
    else if (!name.endsWith(".png")) bytes += (await Deno.stat(path)).size;
  }
  return bytes;
}

await testPublished(
  "runs, curves and all that is recorded and drawn stay small",
  ["results"],
  async () => {
    const { runs } = await readRuns(results);
    const recorded = await bytesOf(join(results, "runs")) + await bytesOf(join(results, "curves"));
    const hits = await bytesOf(join(results, "users"));
    const all = await bytesOf(results);
    assert.ok(runs.length >= 283);
    assert.ok(recorded < 6 * MB || runs.length > 450, `runs and curves: ${recorded} bytes`);
    assert.ok(all < 20 * MB || runs.length > 450, `results: ${all} bytes`);
    assert.ok(hits < 8 * MB, `hits of users: ${hits} bytes`);
    const many = recorded / runs.length * 850;
    assert.ok(many < 12 * MB, `runs and curves of 850 runs: ${many} bytes`);
    assert.ok(
      all - recorded + many < 30 * MB,
      `results of 850 runs: ${all - recorded + many} bytes`,
    );
  },
);

Deno.test("every file of users' hits is the one of its run, and gives its metrics", async () => {
  const { runs } = await readRuns(results);
  const having = runs.filter(({ users }) => users !== undefined);
  for (const run of having) await readHits(run, results);
  const named = new Set(having.flatMap(({ key, users }) => [key, `${key}-${users!.slice(0, 8)}`]));
  const folder = join(results, "users");
  const files = await exists(folder)
    ? Array.from(Deno.readDirSync(folder), ({ name }) => name)
    : [];
  assert.deepEqual(files.filter((name) => !named.has(name.replace(/\.parquet$/, ""))), []);
});

Deno.test("every curve is the one of its run, and no other file is among them", async () => {
  const { runs, damaged } = await readRuns(results);
  assert.deepEqual(damaged, []);
  for (const { key, curve } of runs) await readRunFile("curves", key, curve as string, results);
  for (const { key, curve } of latestOfKeys(runs)) {
    assert.equal(await fileHash(runFilePath("curves", key, results)), curve, key);
  }
  const named = new Set(runs.flatMap(({ key, curve }) => [key, `${key}-${curve.slice(0, 8)}`]));
  const files = Array.from(Deno.readDirSync(join(results, "curves")), ({ name }) => name);
  assert.deepEqual(files.filter((name) => !named.has(name.replace(/\.parquet$/, ""))), []);
});
