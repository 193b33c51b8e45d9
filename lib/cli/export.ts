/** `deno task export`: a model's vectors for other systems. */
import { BadInput } from "../base/bad_input.ts";
import { exportVectors } from "../serve/export.ts";
import { methodInWords } from "../results/method.ts";
import { grouped } from "../show/theme.ts";
import { callerPath } from "./caller_path.ts";
import { parseArgs, resultsOption, resultsUsage, runCommand, useResults } from "./main.ts";
import {
  MODEL_DATA_HELP,
  modelData,
  modelDataEffects,
  modelDataOptions,
  savedModel,
} from "./saved_model.ts";

const usage = `deno task export <run key or file> --to <folder> [options]

Writes the vectors of all items and of every user's interests into a folder:

  items.parquet          id, label, vector                items.npy   [items, d]
  users.parquet          user, interest, vector           users.npy   [users, K, d]
  seen.parquet           user, id: what each user had, which is not to be recommended again
  manifest.json          the run's key, the data's hash, d, K, how scores are merged, and the
                         sha256 of each file, by which it is known whether an export is whole

An item's score for a user is the largest inner product with any of the user's interests.

  --to <folder>          where they go; files of an earlier export there are replaced, and no others
${MODEL_DATA_HELP}
  ${resultsUsage}`;

await runCommand(async () => {
  const { values, positionals: [source] } = parseArgs({
    options: {
      to: { type: "string" },
      ...modelDataOptions,
      ...resultsOption,
      help: { type: "boolean", short: "h" },
    },
    allowPositionals: true,
  }, { ...modelDataEffects, names: 1 });
  if (values.help) return console.log(usage);
  useResults(values);
  const { to } = values;
  if (to === undefined) {
    const remedy = "Give --to <folder>.";
    throw new BadInput("no folder is named", "deno task export", undefined, remedy);
  }
  const model = await savedModel(source, "deno task export", await modelData(values));
  const { dataset, config: { K, d }, run, engine } = model;
  console.log(
    `${methodInWords(run.config)}, run ${run.key}, on ${dataset.name}: ` +
      `${grouped(dataset.itemCount)} items, K = ${K}, d = ${d}`,
  );
  const start = performance.now();
  let told = start;
  const paths = await exportVectors(model, callerPath(to), {
    progress(done, of) {
      if (performance.now() - told < 2000) return;
      told = performance.now();
      const left = (told - start) / 1000 * (of - done) / done;
      console.log(`${grouped(done)} of ${grouped(of)} users, ${Math.ceil(left)} s to go`);
    },
  });
  engine.dispose();
  for (const path of paths) console.log(`wrote ${path}`);
});
