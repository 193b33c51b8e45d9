import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { mean } from "../base/statistics.ts";
import { meanMetrics, metricsOfHits, type UserHits } from "../evaluate/metrics.ts";
import type { Served } from "../evaluate/served.ts";
import { appendRun, readRuns, type StoredRun } from "../results/store.ts";
import { exampleRun, recordable } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { madeUpHits, madeUpLists } from "../testing/made_up_hits.ts";
import { entryInWords, entryOf, type RunGroup, runGroups } from "./entries.ts";
import { pairedTests, testInWords } from "./paired_tests.ts";
import { holm, signedRank } from "./significance.ts";
import { pairedVerdict } from "./verdict.ts";

type Two = [RunGroup<StoredRun>, RunGroup<StoredRun>];

const U = 400;

/** Hits of users whose one target is found with this chance. */
function hits(seed: number, chance: number): UserHits {
  return madeUpHits(new Random(seed, "hits"), chance, U);
}

/** Three seeds of ComiRec-SA and of RR alone that find more, recorded with their users. */
async function record(folder: string, gain: number): Promise<readonly StoredRun[]> {
  const rr = { lambda: 100, scaling: "code" } as const;
  for (const [objective, chance] of [[{}, 0.3], [{ rr }, 0.3 + gain]] as const) {
    for (const seed of [1, 2, 3]) {
      const found = hits(seed, chance);
      const served: Served = {
        hits: found,
        lists: { 20: madeUpLists, 50: { ...madeUpLists, coverage: seed / 10 } },
        unseen: meanMetrics(metricsOfHits(found)),
      };
      const { config } = exampleRun(0.2, seed, objective);
      const test = meanMetrics(metricsOfHits(found));
      const key = `${gain} ${chance} ${seed}`;
      await appendRun(recordable({ key, config, test }), folder, served);
    }
  }
  return (await readRuns(folder)).runs;
}

Deno.test("paired tests are what one computes from the users' hits by hand", () =>
  inFolder(async (folder) => {
    const runs = await record(folder, 0.3);
    const [plain, rr] = runGroups(runs) as Two;
    const pairs = [{ from: plain.runs, to: rr.runs }, { from: rr.runs, to: plain.runs }];
    const [up, down] = await pairedTests(pairs, "R@50", { folder });
    assert.deepEqual([up!.verdict, down!.verdict], ["higher", "lower"]);
    assert.deepEqual(up!.seeds, [1, 2, 3]);
    up!.gains.forEach((gain, i) => {
      const [before, after] = [plain, rr].map(({ runs }) => runs[i]!.test[50]!.recall);
      assert.ok(Math.abs(gain - 100 * (after! - before!)) < 1e-9);
    });
    // one target a user: the recall is whether it is found
    const found = (seed: number, chance: number) =>
      hits(seed, chance).ranks.map((ranks) => ranks.length);
    const gains = found(1, 0.6).map((_, u) =>
      mean([1, 2, 3].map((seed) => 100 * (found(seed, 0.6)[u]! - found(seed, 0.3)[u]!)))
    ).map((gain) => Math.round(gain * 1e6) / 1e6);
    const { p, z } = signedRank(gains);
    const { overUsers } = up!;
    assert.equal(overUsers!.users, U);
    assert.equal(overUsers!.differing, gains.filter((gain) => gain !== 0).length);
    assert.ok(Math.abs(overUsers!.p / p - 1) < 1e-9 && Math.abs(overUsers!.z / z - 1) < 1e-9);
    assert.equal(overUsers!.holm, holm([overUsers!.p, down!.overUsers!.p])[0]);
    assert.ok(Math.abs(overUsers!.mean - mean(gains)) < 1e-5);
    assert.ok(overUsers!.low > 0 && overUsers!.low < overUsers!.mean);
    for (const test of [up!, down!]) assert.equal(test.verdict, pairedVerdict(test));
    assert.equal(up!.runs.length, 6);
    assert.match(
      testInWords(up!),
      /^\+\d+\.\d points of R@50, 95 % over seeds \+.* to \+.*, over users .*: higher \(3 seeds\)$/,
    );
    assert.deepEqual(await pairedTests(pairs, "R@50", { folder }), [up, down]);
  }));

Deno.test("without hits the seeds decide, without a common seed nothing does", () =>
  inFolder(async (folder) => {
    const runs = await record(folder, 0.3);
    const without = runs.map(({ users: _, ...run }) => run);
    const [plain, rr] = runGroups(without) as Two;
    const [test, none, empty] = await pairedTests(
      [
        { from: plain.runs, to: rr.runs },
        { from: plain.runs.slice(0, 1), to: rr.runs.slice(1) },
        { from: [], to: rr.runs },
      ],
      "NDCG@20",
      { folder },
    );
    assert.equal(test!.overUsers, null);
    assert.equal(test!.verdict, pairedVerdict(test!));
    assert.deepEqual([none, empty], [null, null]);
    await assert.rejects(pairedTests([], "recall", { folder }), /users have no such metric/);
    const mixed = [{ from: without, to: rr.runs }];
    await assert.rejects(pairedTests(mixed, "R@20", { folder }), /must not be averaged/);
  }));

Deno.test("an entry says mean, deviation, seeds and runs; what is missing is no entry", () =>
  inFolder(async (folder) => {
    const [plain] = runGroups(await record(folder, 0.3));
    assert.deepEqual([plain!.data, plain!.method.name], ["made-up data", "ComiRec-SA"]);
    const coverage = entryOf(plain!.runs, "coverage@50")!;
    assert.ok(Math.abs(coverage.mean - 0.2) < 1e-12 && Math.abs(coverage.sd - 0.1) < 1e-12);
    assert.deepEqual(coverage.seeds, [1, 2, 3]);
    assert.deepEqual(coverage.runs, plain!.runs.map(({ key }) => key));
    assert.equal(entryInWords(coverage, 2), "0.20 ± 0.10 (3)");
    const [first, ...others] = plain!.runs;
    const { lists: _, ...without } = first!;
    assert.deepEqual(entryOf([without, ...others], "coverage@50")!.seeds, [2, 3]);
    assert.equal(entryInWords(entryOf([without], "coverage@50")), "–");
    assert.equal(
      entryInWords(entryOf([first!], "R@50 unseen")),
      `${(100 * first!.test[50]!.recall).toFixed(1)} (1)`,
    );
    for (const name of ["R@5", "constructor", "__proto__"]) {
      assert.throws(() => entryOf([first!], name), /no such quantity/);
    }
  }));
