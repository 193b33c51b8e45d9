import assert from "node:assert/strict";
import { type MainResults, ranksTable } from "./main_results.ts";
import { methodOf } from "../../results/method.ts";
import { exampleMain } from "../../testing/example_results.ts";
import { mainFigure } from "./main_figure.ts";

/** The example with other models in its rows, in this order. */
function ofModels(configs: readonly { model: string; options?: { relu: boolean } }[]): MainResults {
  const [example] = exampleMain;
  const rows = configs.map((config, i) => {
    const row = example!.rows[i % example!.rows.length]!;
    const method = methodOf(config);
    const objective = { softmax: "sampled" } as const;
    return { ...row, config: { ...row.config, ...config, objective }, method, name: method.name };
  });
  return { ...example!, rows };
}

Deno.test("a method of one data set alone stands beside its model's, not behind all others", () => {
  const [mind, relu] = [{ model: "mind" }, { model: "mind", options: { relu: true } }];
  const others = [{ model: "popularity" }, { model: "umi-hn" }];
  const results = [ofModels([mind, ...others]), ofModels([mind, relu, ...others])];
  const { ticktext } = mainFigure(results).layout["yaxis"] as { ticktext: string[] };
  assert.deepEqual(ticktext, ["MIND", "MIND, ReLU layer", "UMI_HN", "Popularity"]);
  assert.equal(methodOf(relu!).symbol, methodOf(mind!).symbol);
});

Deno.test("what is missing is recorded by the plan of the question that was asked", () => {
  const profiles = exampleMain.map((result): MainResults => ({
    ...result,
    question: "profiles",
    rows: result.rows.map((row) => ({ ...row, declared: row.runs.length + 1 })),
  }));
  const markdown = ranksTable(profiles).toMarkdown();
  assert.match(markdown, /trainings are recorded.*: deno task sweep profiles --list$/);
  const none = profiles.map((of) => ({
    ...of,
    rows: of.rows.map((row) => ({ ...row, runs: [] })),
  }));
  assert.throws(() => mainFigure(none), /deno task sweep profiles\./);
});
