import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { TESTED } from "../compare/contrasts.ts";
import { repairedByRr, severalForOne } from "../compare/one_vector.ts";
import { contrastsFigure } from "../figures/main_results/contrasts_figure.ts";
import { adviceTable } from "../figures/one_vector/advice_table.ts";
import { questions } from "../results/questions.ts";
import { inFolder } from "../testing/in_folder.ts";
import { recordMadeUp } from "../testing/made_up_store.ts";
import * as costs from "./render_costs.ts";
import * as oneVector from "./render_one_vector.ts";
import { withEnv } from "../testing/with_env.ts";

/** Everything from a results folder; what is left out as its reason. */
async function rendered(folder: string): Promise<Record<string, string>> {
  const told = async (make: () => Promise<string>) => {
    try {
      return await make();
    } catch (error) {
      if (error instanceof BadInput) return `left out: ${error.message}`;
      throw error;
    }
  };
  return await withEnv({ REMI_RESULTS: folder }, async () => {
    const made: Record<string, string> = {};
    for (const [name, table] of Object.entries({ ...oneVector.tables, ...costs.tables })) {
      made[`tables/${name}`] = await told(async () => (await table()).toMarkdown());
    }
    for (const [name, figure] of Object.entries({ ...oneVector.figures, ...costs.figures })) {
      made[`figures/${name}`] = await told(async () => (await figure()).alt);
    }
    return made;
  });
}

const points = ["one-vector", "remedies"].flatMap((name) => questions[name]!.points);

Deno.test("one vector and costs, from the recorded runs: twice the same, with rows", async () => {
  const made = await rendered(resultsPath());
  for (const [name, text] of Object.entries(made)) {
    if (name.startsWith("tables/")) assert.match(text, /\n\| /, name);
    assert.doesNotMatch(text, /NaN|undefined/, name);
  }
  assert.deepEqual(await rendered(resultsPath()), made);
  for (const { from, to } of await severalForOne()) {
    assert.equal(from.config.K, 1);
    assert.equal(to.config.K, 4);
    assert.equal(from.method.name, to.method.name);
    assert.equal(from.config.S, to.config.S);
  }
  for (const { from, to } of await repairedByRr()) {
    assert.deepEqual([from.config.K, to.config.K], [1, 1]);
    assert.equal(from.method.variant, "plain");
  }
});

Deno.test("one vector, from an almost empty store: what is missing is said", () =>
  inFolder(async (folder) => {
    await recordMadeUp(points.slice(0, 2), folder);
    const made = await rendered(folder);
    assert.match(
      made["tables/vectors"]!,
      /\n2 of 168 trainings are recorded\. No run yet: .*: deno task sweep one-vector --list$/,
    );
    assert.doesNotMatch(made["tables/vectors"]!, /0 of/);
    assert.doesNotMatch(made["tables/one-or-several"]!, /\| (several|one|either) /);
    assert.match(
      made["tables/one-or-several"]!,
      /16 of 16 comparisons lack planned seeds\. Without any yet: K = 4 for 1, ComiRec-SA; K = 4/,
    );
    assert.match(made["figures/several-for-one"]!, /^left out: .*no two recorded runs/);
    for (const text of Object.values(made)) assert.doesNotMatch(text, /NaN|undefined|Infinity/);
  }));

Deno.test("one vector, from a complete store: answers are those of the rule", () =>
  inFolder(async (folder) => {
    const ablation = (await severalForOne()).map(({ to }) => to);
    const several = ablation.flatMap(({ data, config, declared }) =>
      Array.from({ length: declared }, (_, i) => ({ data, config: { ...config, seed: i + 1 } }))
    );
    await recordMadeUp([...points, ...several], folder);
    const made = await rendered(folder);
    for (const name of ["vectors", "several-for-one", "one-or-several", "remedies"]) {
      assert.doesNotMatch(made[`tables/${name}`]!, /deno task|not known|0 of [35]|NaN/, name);
    }
    assert.match(
      made["figures/one-vector-repaired"]!,
      /: RR in . of 4, attention with RR in . of 8/,
    );
    assert.match(made["figures/remedies"]!, /: RR in . of 2, BaM in . of 2, repel in . of 4/);
    for (const contrasts of [await repairedByRr(folder), await severalForOne(folder)]) {
      const { data } = contrastsFigure(contrasts);
      const inLegend = data.filter(({ name, showlegend }) => name && showlegend !== false);
      const looks = inLegend.map(({ marker }) => JSON.stringify(marker));
      assert.equal(new Set(looks).size, inLegend.length);
    }
    const contrasts = await severalForOne(folder);
    const [head, , ...lines] = adviceTable(contrasts).toMarkdown().split("\n").slice(2);
    const columns = head!.split("|").map((cell) => cell.trim());
    const words = { "higher": "several", "lower": "one", "not told apart": "either" };
    contrasts.forEach(({ tests }, i) => {
      const cells = lines[i]!.split("|").map((cell) => cell.trim());
      for (const name of TESTED) {
        const verdict = tests[name]!.verdict as keyof typeof words;
        assert.equal(cells[columns.indexOf(name)], words[verdict], `${name}: ${lines[i]}`);
      }
    });
  }));
