/** `deno task model`: loads a saved model, evaluates it again, and compares with its record. */
import { createHash } from "node:crypto";
import { BadInput } from "../base/bad_input.ts";
import { fileHash } from "../base/file_hash.ts";
import { fileName } from "../base/file_name.ts";
import { exists, shownPath, writeAll, writeAtomically } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { trecQrels, trecRun } from "../evaluate/trec.ts";
import type { Dataset } from "../data/interactions.ts";
import { modelPath } from "../train/checkpoint.ts";
import { validationOf } from "../train/config.ts";
import { loadModel } from "../train/load_model.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { methodInWords } from "../results/method.ts";
import { appendServed, latestOfKeys, readRuns } from "../results/store.ts";
import { percent } from "../show/theme.ts";
import { callerPath } from "./caller_path.ts";
import { ownTable, TABLE_HELP, tableOptions } from "./chosen_data.ts";
import { parseArgs, resultsOption, resultsUsage, runCommand, useResults } from "./main.ts";
import { savedModel } from "./saved_model.ts";

const usage = `deno task model <run key or file>
deno task model --record [<run keys>]

Loads the model that a training has saved (results/checkpoints/<run key>.safetensors), evaluates it
again on the valid and test users of its data set, and says whether it gives what was recorded.
Other libraries read the file as well, e.g. safetensors.numpy.load_file in Python.

  --record   add to the run what its model serves to the test users: each user's hits
             (results/users), coverage, popularity and diversity of the lists, the interests'
             shares in them, and the metrics without items of the history. Without a key: of
             every run that lacks it and whose model is saved
  --trec <folder>
             also write what the test users are served, and their targets, in TREC's formats, for
             trec_eval, ir-measures or ranx: <run key>.run and <data set>.qrels. Their NDCG and
             success are our NDCG and HR; their recall has distinct targets in its denominator. A
             file of these names that holds something else stays
  ${resultsUsage}

A model that deno task train has trained on your own table finds it again. Of another, say which:
${TABLE_HELP}`;

await runCommand(async () => {
  const { values, positionals: sources } = parseArgs({
    options: {
      ...tableOptions,
      record: { type: "boolean", default: false },
      trec: { type: "string" },
      ...resultsOption,
      help: { type: "boolean", short: "h" },
    },
    allowPositionals: true,
  }, {
    excludes: { record: ["trec"] },
    ...(Deno.args.includes("--record") ? {} : { names: 1 }),
  });
  if (values.help) return console.log(usage);
  useResults(values);
  if (values.record) return await record(sources, (await ownTable(values))?.dataset);
  const model = await savedModel(sources[0], "deno task model", values);
  await evaluate(model);
  if (values.trec !== undefined) await writeTrec(model, callerPath(values.trec));
  model.engine.dispose();
});

/** Evaluates a model again and compares with its record. */
async function evaluate(model: TrainedModel): Promise<void> {
  const { run, config, engine } = model;
  console.log(
    `run ${run.key}: ${methodInWords(config)}, K = ${config.K}, seed ${config.seed}, ` +
      `step ${run.bestStep} of ${run.steps}, on ${run.data.name}; computed by ${engine.backend}`,
  );
  const again = await metricsAgain(model);
  for (const split of ["valid", "test"] as const) {
    const metrics = again[split];
    const shown = Object.entries(metrics).map(([N, { recall, hr, ndcg }]) =>
      `R@${N} ${percent(recall)}  HR@${N} ${percent(hr)}  NDCG@${N} ${percent(ndcg)}`
    );
    const same = JSON.stringify(metrics) === JSON.stringify(run[split]);
    const verdict = same ? "as recorded, to the bit" : `not as recorded by ${run.backend}`;
    const whose = split === "valid" && config.validationUsers !== undefined
      ? `a sample of ${config.validationUsers.toLocaleString("en-US")} valid users`
      : `${split} users`;
    console.log(`${whose}, %:  ${shown.join("   ")}   (${verdict})`);
  }
}

/** The metrics on the valid users that the training's validations looked at, and the test users. */
async function metricsAgain({ dataset, config, engine, parameters }: TrainedModel) {
  const validation = validationOf(config);
  const evaluator = await Evaluator.create(dataset, config.L, { validation });
  try {
    const valid = await evaluator.metrics(engine, parameters, "valid");
    return { valid, test: await evaluator.metrics(engine, parameters, "test") };
  } finally {
    evaluator.dispose();
  }
}

/** Writes what the test users are served and their targets. */
async function writeTrec(
  { run, config, dataset, engine, parameters }: TrainedModel,
  folder: string,
): Promise<void> {
  const evaluator = await Evaluator.create(dataset, config.L);
  const ranked = await evaluator.ranking(engine, parameters, "test");
  const cases = evaluator.cases("test");
  await Deno.mkdir(folder, { recursive: true });
  for (
    const [name, texts] of [
      [`${run.key}.run`, trecRun(ranked, evaluator.depth, cases, run.key)],
      [`${fileName(run.data.name)}.qrels`, trecQrels(cases)],
    ] as const
  ) {
    const path = join(folder, name);
    const hash = createHash("sha256");
    await writeAtomically(path, async (file) => {
      for (const text of texts) {
        hash.update(text);
        await writeAll(file, new TextEncoder().encode(text));
      }
    }, () => refuseOther(path, hash.digest("hex")));
    console.log(`written: ${shownPath(path)}`);
  }
  evaluator.dispose();
}

/** Refuses to replace a file that holds something else: it may be anybody's. */
async function refuseOther(path: string, hash: string): Promise<void> {
  if (!await exists(path) || await fileHash(path) === hash) return;
  const remedy = "Name another folder; or remove the file, if nobody needs it.";
  throw new BadInput("already there, with another content", path, undefined, remedy);
}

/** Adds what models serve to their runs. */
async function record(keys: readonly string[], dataset?: Dataset): Promise<void> {
  const chosen = keys.length > 0 ? keys : await lacking();
  if (chosen.length === 0) {
    return console.log("Every run whose model is saved has what it serves.");
  }
  const failed: string[] = [];
  for (const [i, key] of chosen.entries()) {
    const which = `${i + 1} of ${chosen.length}: run ${key}`;
    try {
      console.log(`${which} ${await recordOne(key, dataset)}`);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      console.error(`${which}: not recorded. ${error.message}`);
      failed.push(key);
    }
  }
  if (failed.length === 0) return;
  console.error(`${failed.length} of ${chosen.length} are not recorded: ${failed.join(", ")}`);
  Deno.exitCode = 1;
}

/** Adds what one model serves; says of which data, and whether it was there already. */
async function recordOne(key: string, dataset?: Dataset): Promise<string> {
  const started = performance.now();
  const model = await loadModel(key, dataset);
  try {
    const added = await appendServed(model.run, await model.served());
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    return `on ${model.run.data.name}: ${added ? `recorded (${seconds} s)` : "recorded already"}`;
  } finally {
    model.engine.dispose();
  }
}

/** The keys of the runs that lack what they serve and whose models are saved. */
async function lacking(): Promise<string[]> {
  const runs = latestOfKeys((await readRuns()).runs).filter(({ users }) => users === undefined);
  const keys: string[] = [];
  for (const { key } of runs) if (await exists(modelPath(key))) keys.push(key);
  return keys;
}
