import assert from "node:assert/strict";
import { exists, projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { plotlyJson } from "../show/plotly_json.ts";
import { answersTo } from "../results/answers.ts";
import { questions } from "../results/questions.ts";
import { readRuns } from "../results/store.ts";
import { strangeness, study } from "../results/study.ts";
import { inFolder } from "../testing/in_folder.ts";
import { planOf, plans } from "../sweep/plans.ts";
import { resolveConfig } from "../train/config.ts";
import type { Run } from "../train/run.ts";
import { runKey } from "../train/run_key.ts";
import { renderedFigures, renderedTables } from "./render_all.ts";
import * as costs from "./render_costs.ts";
import * as mainResults from "./render_main_results.ts";
import * as oneVector from "./render_one_vector.ts";
import * as sensitivity from "./render_sensitivity.ts";
import { testPublished } from "../testing/test_published.ts";
import { withEnv } from "../testing/with_env.ts";
import { captioned } from "../show/theme.ts";

/** What shows answers to the declared questions, by name: each of their runs may change it. */
const ofQuestions = new Set(
  [costs, mainResults, oneVector, sensitivity].flatMap(({ figures, tables }) => [
    ...Object.keys(figures).map((name) => `figure ${name}`),
    ...Object.keys(tables).map((name) => `table ${name}`),
  ]),
);

/** Everything that is rendered from runs, by name, as text; pictures are drawn from the same. */
async function rendered(): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [name, make] of Object.entries(renderedFigures)) {
    const made = await make();
    const { alt, runs } = made;
    const json = { ...plotlyJson(captioned(made)), alt, ...(runs ? { runs } : {}) };
    texts[`figure ${name}`] = JSON.stringify(json);
  }
  for (const [name, make] of Object.entries(renderedTables)) {
    const made = await make();
    texts[`table ${name}`] = `${made.toHtml()}\n${made.toMarkdown()}\n${made.toCsv()}`;
  }
  return texts;
}

/** The same of a published figure or table, from its files. */
async function published(what: string): Promise<string> {
  const [kind, name] = what.split(" ") as [string, string];
  const read = (ending: string) =>
    Deno.readTextFile(projectPath("results", `${kind}s`, `${name}.${ending}`));
  if (kind === "figure") return JSON.stringify(JSON.parse(await read("json")));
  return (await Promise.all(["html", "md", "csv"].map(read))).join("");
}

/** The same with results from another folder, and what was warned of meanwhile. */
async function renderedFrom(folder: string): Promise<[Record<string, string>, string[]]> {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (line: string) => said.push(line);
  try {
    return [await withEnv({ REMI_RESULTS: folder }, rendered), said];
  } finally {
    console.warn = warn;
  }
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copy(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}

/** Settings that no question asks for, of what is known and of what is not. */
const otherwise = [
  ...["mind", "gru4rec", "pimi", "youtube-dnn", "a-model-to-come"].map((model) => ({ model })),
  ...[{ selection: "per-item" }, { repel: { lambda: 2 } }, { dropout: { rate: 0.1 } }].map((
    added,
  ) => ({
    objective: { softmax: "sampled", ...added },
  })),
  { B: 64 },
  { L: 40 },
  { d: 32 },
  { learningRate: 2e-3 },
  { evaluateEvery: 100 },
  { patience: 5 },
  { maxSteps: 3500 },
  { seed: 9 },
  { options: { hidden: 8 } },
  { layers: [64, 32] },
  { layers: [] },
  { model: "youtube-dnn", K: 1 },
  { S: 40, objective: { softmax: "full" } },
  { S: 10, K: 8 },
  { objective: { softmax: "sampled", ihn: { beta: 10 }, rr: { lambda: 1000, scaling: "code" } } },
] as const;

/** The folders of results that figures are drawn of. */
const parts = ["runs", "curves", "users", "snapshots", "bench"];
const files = [...parts, "paper.json"].map((part) => `results/${part}`);

await testPublished(
  "what is published is what the code draws; runs of no study change nothing",
  files,
  () =>
    inFolder(async (folder) => {
      for (const part of parts) {
        if (!await exists(projectPath("results", part))) continue;
        await copy(projectPath("results", part), join(folder, part));
      }
      const { runs } = await readRuns(folder);
      const recorded = (data: string) =>
        runs.find(({ data: { name }, config: { objective, K } }) =>
          name === data && K === 4 && objective.rr && objective.ihn
        )!;
      const [shop, planted] = [recorded("retailrocket-comirec"), recorded("synthetic")];
      const better = { recall: 0.9, hr: 0.9, ndcg: 0.9, ndcgReference: 0.9 };
      const test = { 20: better, 50: better };
      const rr = { ...shop.config.objective.rr!, scaling: "batch-mean" as const };
      const scaled = { ...shop.config, objective: { ...shop.config.objective, rr } };
      const other = { name: shop.data.name, hash: "0".repeat(64) };
      const otherSeed = { name: "synthetic", hash: "1".repeat(64) };
      const wide = { ...shop.config, K: 16 };
      const strangers = [
        { ...shop, test, data: other }, // under the key of a recorded run
        { ...shop, test, data: other, key: runKey(shop.config, other) },
        { ...shop, test, config: scaled, key: runKey(scaled, shop.data) },
        { ...shop, test, config: wide, key: runKey(wide, shop.data) },
        { ...shop, test, config: { ...shop.config, K: 8 } }, // under a key that is not its own
        { ...planted, test, data: otherSeed, key: runKey(planted.config, otherSeed) },
        ...otherwise.map((settings) => {
          const config = { ...planted.config, ...settings } as Run["config"];
          return { ...planted, test, config, seed: config.seed, key: runKey(config, planted.data) };
        }),
      ];
      const names = Object.keys(plans).filter((name) => !name.startsWith("paper"));
      const shown = new Set(
        names.filter((name) => !Object.hasOwn(questions, name)).flatMap((name) =>
          planOf(name).points.map(({ data, config }) => runKey(resolveConfig(config), study(data)))
        ),
      );
      const asked = Object.keys(questions).flatMap((name) => answersTo(name, folder));
      const answers = (await Promise.all(asked)).flat()
        .map(({ data, key, config }) => {
          const { hash, profilesHash } = study(data);
          const on = { name: data, hash, ...(config.model === "umi" && { profilesHash }) };
          const ended = { steps: 200, bestStep: 200, curve: [] };
          return { ...shop, ...ended, test, data: on, config, seed: config.seed, key };
        })
        .filter(({ key }) => !shown.has(key))
        // one vector is shown on every data set that has it
        .filter((run) => run.config.K > 1 || strangeness(run) !== null);
      assert.ok(answers.length > 400);
      const [expected, nothing] = await renderedFrom(projectPath("results"));
      assert.deepEqual(nothing, []);
      for (const [name, text] of Object.entries(expected)) {
        assert.ok(await published(name) === text, `deno task figures ${name.split(" ")[1]}`);
      }
      const add = async (runs: readonly (typeof strangers[number] | typeof answers[number])[]) => {
        for (const { recorded: _, ...line } of runs) {
          const path = join(folder, "runs", `${line.data.name}.jsonl`);
          const later = { ...line, finished: "2099-01-01T00:00:00Z" };
          await Deno.writeTextFile(path, `${JSON.stringify(later)}\n`, { append: true });
        }
      };
      await add(strangers);
      const [beside, said] = await renderedFrom(folder);
      await add(answers);
      const [among] = await renderedFrom(folder);
      for (const [name, text] of Object.entries(expected)) {
        assert.ok(beside[name] === text, `${name} is not as it was`);
        assert.ok(ofQuestions.has(name) || among[name] === text, `answers change ${name}`);
      }
      assert.equal(said.length, 1, said.join("\n"));
      assert.match(
        said[0]!,
        /^29 recorded runs are left out of the published figures and tables: /,
      );
      assert.match(said[0]!, /other data than the retailrocket-comirec of the study/);
      assert.match(said[0]!, /other data than the synthetic of the study/);
      assert.match(said[0]!, /objective\.rr\.scaling batch-mean/);
      assert.match(said[0]!, /K 16/);
      assert.match(said[0]!, /a key that is not its configuration's/);
    }),
);
