import assert from "node:assert/strict";
import official from "../../../results/official.json" with { type: "json" };
import type { Asked } from "../../compare/asked_rows.ts";
import { exampleRuns } from "../../testing/example_runs.ts";
import { methodOf } from "../../results/method.ts";
import type { StoredRun } from "../../results/store.ts";
import { type Displayable, jupyterDisplay } from "../../show/bundle.ts";
import { officialBesideInWords, officialBesideTable } from "./official_table.ts";

const [theirs] = official.runs.filter(({ method }) => method === "ComiRec-SA");

/** ComiRec-SA as three seeds that lie so many points beside the official code's, 0.1 apart. */
function beside(points: number): Asked {
  const run = exampleRuns[0]! as unknown as StoredRun;
  const at = (N: "20" | "50", shift: number) => ({
    ...run.test[20]!,
    recall: theirs!.test[N].recall + shift / 100,
    hr: theirs!.test[N].hr + shift / 100,
  });
  const runs = [-0.1, 0, 0.1].map((apart, i) => ({
    ...run,
    seed: i + 1,
    test: { 20: at("20", points + apart), 50: at("50", points + apart) },
  }));
  const { config } = run;
  const method = methodOf(config);
  return { data: official.data, config, method, name: "ComiRec-SA", declared: 3, runs };
}

/** The first of its seeds alone. */
function single(row: Asked): Asked {
  return { ...row, runs: row.runs.slice(0, 1) };
}

function said(points: number): Promise<string> {
  return inMarkdown(officialBesideInWords([], [beside(points)]));
}

async function inMarkdown(shown: Displayable): Promise<string> {
  return String((await shown[jupyterDisplay]())["text/markdown"]);
}

Deno.test("official code beside ours: twice our sd or a point, and which is said", async () => {
  assert.match(await said(0.1), /for 1 of 1 methods: ComiRec-SA\.\*\* Not trained/);
  assert.match(
    await said(0.5),
    /for 1 of 1 .* Of the 4 numbers 4 are so by the one point alone.*: R@20 of ComiRec-SA, HR/,
  );
  assert.match(await said(1.5), /for 0 of 1 methods\.\*\* Beyond it in some metric: ComiRec-SA\./);
  const table = await inMarkdown(officialBesideTable([], [beside(0.5)]));
  assert.equal(table.match(/\| \+0\.5 \| 1\.0 \| yes \|/g)?.length, 4, table);
});

Deno.test("a single seed is not farther apart than twice an sd that it does not have", async () => {
  const alone = await inMarkdown(officialBesideInWords([], [single(beside(0.5))]));
  assert.match(
    alone,
    /for 1 of 1 methods: ComiRec-SA\.\*\* Of a single seed, without an sd, .*: ComiRec-SA\. Not/,
  );
});
