/** What is committed stays small, and no file of it is without its run. */
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
const files = ["runs", "curves", "users"].map((part) => `results/${part}`);

/** Bytes of the files of a folder, but for those that are never committed. */
async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  if (!await exists(folder)) return bytes;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (["checkpoints", "html", "exports", "alone"].includes(name)) continue;
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
    assert.ok(recorded < 12 * MB, `${runs.length} runs and curves: ${recorded} bytes`);
    assert.ok(all < 30 * MB, `results: ${all} bytes`);
    assert.ok(hits < 8 * MB, `hits of users: ${hits} bytes`);
  },
);

await testPublished(
  "every file of users' hits is that of its run, and gives its metrics",
  files,
  async () => {
    const { runs } = await readRuns(results);
    const having = runs.filter(({ users }) => users !== undefined);
    for (const run of having) await readHits(run, results);
    const named = new Set(
      having.flatMap(({ key, users }) => [key, `${key}-${users!.slice(0, 8)}`]),
    );
    const folder = join(results, "users");
    const files = await exists(folder)
      ? Array.from(Deno.readDirSync(folder), ({ name }) => name)
      : [];
    assert.deepEqual(files.filter((name) => !named.has(name.replace(/\.parquet$/, ""))), []);
  },
);

await testPublished(
  "every curve is that of its run, and no other file is among them",
  files,
  async () => {
    const { runs, damaged } = await readRuns(results);
    assert.deepEqual(damaged, []);
    for (const { key, curve } of runs) await readRunFile("curves", key, curve as string, results);
    for (const { key, curve } of latestOfKeys(runs)) {
      assert.equal(await fileHash(runFilePath("curves", key, results)), curve, key);
    }
    const named = new Set(runs.flatMap(({ key, curve }) => [key, `${key}-${curve.slice(0, 8)}`]));
    const files = Array.from(Deno.readDirSync(join(results, "curves")), ({ name }) => name);
    assert.deepEqual(files.filter((name) => !named.has(name.replace(/\.parquet$/, ""))), []);
  },
);
