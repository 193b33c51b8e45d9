import assert from "node:assert/strict";
import type { Run } from "../../train/run.ts";
import { easyNegativesClaims } from "./claims_table.ts";
import { exampleRun } from "../../testing/example_runs.ts";
import { exampleInterests, exampleSampled } from "../../testing/example_negatives.ts";

/** The table's rows as [claim, smaller, greater, verdict]. */
function rowsOf(interests: readonly Run[], negatives: readonly Run[]): string[][] {
  const markdown = easyNegativesClaims([{ interests, negatives }]).toMarkdown();
  return markdown.split("\n").filter((line) => line.startsWith("|")).slice(2).map((line) => {
    const [, claim, , smaller, greater, verdict] = line.split("|").map((cell) => cell.trim());
    return [claim!, smaller!, greater!, verdict!];
  });
}

/** With a third seed, which is the first again. */
function three(runs: readonly Run[]): Run[] {
  const third = runs.filter(({ seed }) => seed === 1);
  return [...runs, ...third.map((run): Run => ({ ...run, key: `${run.key}3`, seed: 3 }))];
}

const verdicts = (rows: string[][]) => rows.map((row) => row.at(-1));
const unknown = "not recorded yet";

Deno.test("a claim holds where the paired rule says so, seed by seed", () => {
  const rows = rowsOf(three(exampleInterests), three(exampleSampled));
  assert.deepEqual(verdicts(rows), [
    "yes", // K = 4 has a quarter of the effective negatives
    "yes", // and the same curves of recall
    "yes", // 33 % are less than 38 %
    unknown,
    "yes", // 19.9 to 29.6 %
    unknown,
    unknown,
  ]);
  assert.deepEqual(rows[0]!.slice(0, 3), [
    "Selected interests have fewer effective negatives, at equal steps (step 6,000)",
    "K = 4: 106 (106 to 107; 3 seeds)",
    "K = 1: 421 (421 to 422; 3 seeds)",
  ]);
  assert.equal(rows[2]![2], "independent interests: 38.0");
});

Deno.test("the reverse is said, and few seeds or equal ones support nothing", () => {
  const swapped = exampleInterests.map((run): Run => ({
    ...run,
    config: { ...run.config, K: run.config.K === 1 ? 4 : run.config.K === 4 ? 1 : 2 },
  }));
  assert.equal(verdicts(rowsOf(three(swapped), []))[0], "no, the reverse");
  assert.equal(verdicts(rowsOf(exampleInterests, []))[0], "too few seeds");
  const alike = exampleInterests.map((run): Run => ({
    ...run,
    curve: run.curve.map((point) => ({
      ...point,
      measures: { ...point.measures, "effective-negatives-selected": 100 + run.seed },
    })),
  }));
  assert.equal(verdicts(rowsOf(three(alike), []))[0], "not told apart");
});

Deno.test("gains are those of the same seed, between the ends that both methods have", () => {
  const dnn = (recall: number, seed: number, S: number): Run => {
    const run = exampleRun(recall, seed, {});
    return { ...run, config: { ...run.config, model: "youtube-dnn", K: 1, S } };
  };
  const single = [1, 2].flatMap((seed) => [dnn(0.3, seed, 10), dnn(0.3, seed, 1280)]);
  const rows = rowsOf([], three([...exampleSampled, ...single, dnn(0.3, 1, 5)]));
  assert.deepEqual(rows[5]!.slice(1), [
    "YouTube DNN, S = 10 to 1,280: 0.0 (0.0 to 0.0; 3 seeds)",
    "ComiRec-SA, S = 10 to 1,280: 9.7 (9.7 to 9.7; 3 seeds)",
    "yes",
  ]);
});

Deno.test("ends of S with too few seeds for the rule do not take the place of others", () => {
  const fewer = exampleSampled.filter(({ config }) => config.S === 10).map((run): Run => ({
    ...run,
    key: `${run.key}5`,
    config: { ...run.config, S: 5 },
  }));
  const rows = rowsOf([], [...three(exampleSampled), ...fewer]);
  assert.deepEqual([rows[4]![1]!.slice(0, 19), rows[4]![3]], ["ComiRec-SA, S = 10:", "yes"]);
});

Deno.test("without runs nothing is claimed", () => {
  assert.deepEqual(new Set(verdicts(rowsOf([], exampleSampled)).slice(0, 4)), new Set([unknown]));
});
