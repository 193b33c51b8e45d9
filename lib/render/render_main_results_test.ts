import assert from "node:assert/strict";
import { resultsPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { ablation, generality, TESTED, type TestedContrast } from "../compare/contrasts.ts";
import { holm } from "../compare/significance.ts";
import { tunedContrasts, tunedMethods } from "../compare/tuned.ts";
import { BadInput } from "../base/bad_input.ts";
import { questions } from "../results/questions.ts";
import { contrastsFigure } from "../figures/main_results/contrasts_figure.ts";
import { contrastsTable } from "../figures/main_results/contrasts_table.ts";
import { mainResults } from "../figures/main_results/main_results.ts";
import { inFolder } from "../testing/in_folder.ts";
import { recordMadeUp } from "../testing/made_up_store.ts";
import * as mainResultsFiles from "./render_main_results.ts";
import * as sensitivityFiles from "./render_sensitivity.ts";
import { withEnv } from "../testing/with_env.ts";

const tables = { ...mainResultsFiles.tables, ...sensitivityFiles.tables };
const figures = { ...mainResultsFiles.figures, ...sensitivityFiles.figures };

/** Everything from another results folder: Markdown of tables, alternative texts of figures. */
async function rendered(folder: string): Promise<Record<string, string>> {
  return await withEnv({ REMI_RESULTS: folder }, async () => {
    const made: Record<string, string> = {};
    for (const [name, table] of Object.entries(tables)) {
      made[`tables/${name}`] = await told(async () => (await table()).toMarkdown());
    }
    for (const [name, figure] of Object.entries(figures)) {
      made[`figures/${name}`] = await told(async () => (await figure()).alt);
    }
    return made;
  });
}

async function told(make: () => Promise<string>): Promise<string> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof BadInput) return `left out: ${error.message}`;
    throw error;
  }
}

/** The rule of lib/compare/verdict.ts, written anew: Student's quantiles for 3, 4 and 5 seeds. */
function verdictByHand(gains: readonly number[], users: TestedContrast["tests"]["R@50"]): string {
  const n = gains.length;
  if (n < 3) return "";
  const mean = gains.reduce((a, b) => a + b) / n;
  const sd = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (n - 1));
  const half = { 3: 4.3027, 4: 3.1824, 5: 2.7764 }[n]! * sd / Math.sqrt(n);
  const over = users!.overUsers;
  const isAbove = (sign: number) =>
    gains.every((gain) => sign * gain > 0) && sign * mean - half > 0 &&
    (!over ||
      (sign * (sign > 0 ? over.low : over.high) > 0 && sign * over.z > 0 && over.holm < 0.05));
  return isAbove(1) ? " ▲" : isAbove(-1) ? " ▼" : " ○";
}

/** Every mark of a table of contrasts is the rule's, every gain that of the recorded lines. */
function assertByHand(contrasts: readonly TestedContrast[]): number {
  const lines = contrastsTable(contrasts, "main").toMarkdown().split("\n").slice(4);
  let checked = 0;
  let line = 0;
  contrasts.forEach(({ from, to, tests }) => {
    if (!to.runs.some(({ seed }) => from.runs.some((run) => run.seed === seed))) {
      return TESTED.forEach((quantity) => assert.equal(tests[quantity], null));
    }
    const cells = lines[line++]!.split("|").slice(4).map((cell) => cell.trim());
    TESTED.forEach((quantity, q) => {
      const metric = ({ R: "recall", HR: "hr", NDCG: "ndcg" } as const)[
        quantity.split("@")[0] as "R"
      ];
      const N = Number(quantity.split("@")[1]);
      const gains = from.runs.flatMap((run) => {
        const other = to.runs.find(({ seed }) => seed === run.seed);
        return other ? [100 * (other.test[N]![metric] - run.test[N]![metric])] : [];
      });
      const test = tests[quantity];
      const mean = gains.reduce((a, b) => a + b) / gains.length;
      const [, said, mark] = cells[q]!.match(/^([−+]?[\d.]+)(.*)$/)!;
      assert.ok(Math.abs(Number(said!.replace("−", "-")) - mean) < 0.0501, cells[q]!);
      assert.equal(mark, verdictByHand(gains, test));
      checked++;
    });
  });
  for (const quantity of TESTED) {
    const users = contrasts.flatMap(({ tests }) => tests[quantity]?.overUsers ?? []);
    assert.deepEqual(users.map((test) => test.holm), holm(users.map(({ p }) => p)));
  }
  return checked;
}

Deno.test("tables of the recorded runs: numbers, marks, and what is missing", async () => {
  const made = await rendered(resultsPath());
  for (const [name, text] of Object.entries(made)) {
    if (name.startsWith("tables/")) assert.match(text, /\n\| /, name);
  }
  const checked = assertByHand(await ablation()) + assertByHand(await generality()) +
    assertByHand(await tunedContrasts(await tunedMethods()));
  assert.ok(checked >= 100);
  assert.deepEqual(await rendered(resultsPath()), made);
});

/** How many comparisons a title counts. */
function comparisonsIn(alt: string): number {
  const title = alt.split(". ")[0]!;
  return [...title.matchAll(/ in \d+ of (\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0);
}

Deno.test("an almost empty store: one seed has no sd and no verdict, the rest is named", () =>
  inFolder(async (folder) => {
    await recordMadeUp(questions["main"]!.points.slice(7, 9), folder); // seed 1 of two methods
    const at = { 50: { recall: 12.3 } };
    const paper = { source: "made-up table", rows: [{ data: "retailrocket", method: "REMI", at }] };
    await Deno.writeTextFile(join(folder, "paper.json"), JSON.stringify(paper));
    const made = await rendered(folder);
    const main = made["tables/retailrocket-main"]!;
    assert.match(
      main,
      /paper: made-up table, on its own larger data.*paper R@50.*\| REMI .*12\.3/s,
    );
    assert.doesNotMatch(made["tables/gowalla-main"]!, /paper/);
    const lines = main.split("\n");
    assert.match(
      lines.at(-1)!,
      /^2 of 33 trainings are recorded\. No run yet: .*Re4; .*: deno task sweep main --list$/,
    );
    assert.equal(lines.filter((line) => line.includes("| 1 of 3 |")).length, 2);
    assert.equal(lines.filter((line) => line.includes("| 0 of 3 |")).length, 1); // of the paper
    assert.match(made["tables/gowalla-main"]!, /\| none recorded \|\n\n0 of 30 trainings/);
    for (const [name, text] of Object.entries(made)) {
      const rows = text.split("\n").slice(1).join("\n");
      assert.doesNotMatch(rows, /[▲▼○●±]/, name);
      assert.doesNotMatch(text, /NaN|undefined|Infinity|notebook's own run/, name);
    }
    assert.match(made["figures/ablation"]!, /^left out: .*no two recorded runs of one seed/);
    assert.match(made["figures/main"]!, /told apart on 0/);
  }));

Deno.test("a complete store: nothing is missing, and best marks are the rule's", () =>
  inFolder(async (folder) => {
    await recordMadeUp(Object.values(questions).flatMap(({ points }) => points), folder);
    const made = await rendered(folder);
    for (const name of Object.keys(mainResultsFiles.tables)) {
      if (name === "ablation" || name === "official-beside-ours") continue; // more than questions
      assert.doesNotMatch(made[`tables/${name}`]!, /deno task|seeds alone|0 of [35]/, name);
    }
    assert.ok(Object.values(made).every((text) => !/NaN|undefined/.test(text)));
    assert.match(made["tables/retailrocket-main"]!, /3 of 3/);
    const [title] = made["figures/main"]!.split(". ");
    const first = [...title!.matchAll(/ on (\d)/g)].reduce((sum, [, n]) => sum + Number(n), 0);
    assert.equal(first, 3, "every data set has a first");
    assert.equal(comparisonsIn(made["figures/generality"]!), 36);
    const drawn = JSON.stringify(contrastsFigure(await generality(folder)).layout);
    assert.match(drawn, /"IHN and RR to ComiRec-DR, trained routing"/);
    assert.doesNotMatch(drawn, /…/);
    assert.ok(assertByHand(await generality(folder)) === 36 * TESTED.length);
    for (const { standings } of await mainResults("main", folder)) {
      for (const quantity of TESTED) {
        const [first, second] = standings[quantity].toSorted((a, b) => a.rank! - b.rank!);
        assert.ok(standings[quantity].filter(({ best }) => best).length <= 1);
        if (first!.best) assert.ok(first!.entry!.mean > second!.entry!.mean);
        for (const { rank, open: [least, most] } of standings[quantity]) {
          assert.ok(least <= rank! && rank! <= most);
        }
      }
    }
  }));
