/** Results folders in which declared trainings are recorded with made-up numbers. */
import { sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { meanMetrics, metricsOfHits, type UserHits } from "../evaluate/metrics.ts";
import { answersOf } from "../results/answers.ts";
import type { Point } from "../results/points.ts";
import { runFilePath } from "../results/run_files.ts";
import { study } from "../results/study.ts";
import { encodeHits } from "../results/user_hits.ts";
import { recordable } from "./example_runs.ts";
import { madeUpHits, madeUpLists } from "./made_up_hits.ts";

const USERS = 80;

/** Users with one target each, found with a chance that the configuration decides. */
function hits(of: string, seed: number): UserHits {
  const chance = 0.1 + 0.8 * new Random(1, of).uniform() + 0.01 * seed;
  return madeUpHits(new Random(seed, of), chance, USERS);
}

/**
 * Records these trainings in a folder, as if all of them had run: hits of users, lists, metrics.
 * Equal points give equal files.
 */
export async function recordMadeUp(points: readonly Point[], folder: string): Promise<void> {
  const lines = new Map<string, string[]>();
  await Deno.mkdir(join(folder, "runs"), { recursive: true });
  await Deno.mkdir(join(folder, "users"), { recursive: true });
  for (const { key, data, config } of await answersOf(points, folder)) {
    const { seed, ...rest } = config;
    const found = hits(JSON.stringify([data, rest]), seed);
    const metrics = meanMetrics(metricsOfHits(found));
    const users = encodeHits(found);
    await Deno.writeFile(runFilePath("users", key, folder), users);
    const { hash, profilesHash } = study(data);
    const run = {
      ...recordable({
        key,
        config,
        data: { name: data, hash, ...profilesHash && { profilesHash } },
      }),
      stop: "early-stopping",
      test: metrics,
      valid: metrics,
      unseen: metrics,
      lists: { 20: madeUpLists, 50: madeUpLists },
      users: sha256(users),
    };
    const file = `${data}.jsonl`;
    lines.set(file, [...lines.get(file) ?? [], JSON.stringify(run)]);
  }
  for (const [file, its] of lines) {
    await Deno.writeTextFile(join(folder, "runs", file), its.map((line) => `${line}\n`).join(""));
  }
}
