/** `deno task model`: loads a saved model, evaluates it again, and compares with its record. */
import { BadInput } from "../base/bad_input.ts";
import { exists } from "../base/files.ts";
import { loadModel } from "../train/load_model.ts";
import { methodInWords } from "../results/method.ts";
import { percent } from "../show/theme.ts";
import { callerPath } from "./caller_path.ts";
import { ownTable, TABLE_HELP, tableOptions } from "./chosen_data.ts";
import { parseArgs, runCommand } from "./main.ts";

const usage = `deno task model <run key or file>

Loads the model that a training has saved (results/checkpoints/<run key>.safetensors), evaluates it
again on the valid and test users of its data set, and says whether it gives what was recorded.
Other libraries read the file as well, e.g. safetensors.numpy.load_file in Python.

Of a model that was trained on your own data, say which:
${TABLE_HELP}`;

await runCommand(async () => {
  const { values, positionals: [source] } = parseArgs({
    options: { ...tableOptions, help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  }, { names: 1 });
  if (values.help) return console.log(usage);
  if (source === undefined) {
    const remedy = "Name a file, or the key of a run that was trained on this machine.";
    throw new BadInput("no model is named", "deno task model", undefined, remedy);
  }
  const file = callerPath(source);
  const own = await ownTable(values);
  const model = await loadModel(await exists(file) ? file : source, own?.dataset);
  const { run, config, engine } = model;
  console.log(
    `run ${run.key}: ${methodInWords(config)}, K = ${config.K}, seed ${config.seed}, ` +
      `step ${run.bestStep} of ${run.steps}, on ${run.data.name}; computed by ${engine.backend}`,
  );
  for (const split of ["valid", "test"] as const) {
    const metrics = await model.metrics(split);
    const shown = Object.entries(metrics).map(([N, { recall, hr, ndcg }]) =>
      `R@${N} ${percent(recall)}  HR@${N} ${percent(hr)}  NDCG@${N} ${percent(ndcg)}`
    );
    const same = JSON.stringify(metrics) === JSON.stringify(run[split]);
    const verdict = same ? "as recorded, to the bit" : `not as recorded by ${run.backend}`;
    console.log(`${split} users, %:  ${shown.join("   ")}   (${verdict})`);
  }
  engine.dispose();
});
