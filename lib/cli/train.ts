/** `deno task train`: trains one model and records the run. */
import { analysisProbe } from "../analyze/probes.ts";
import { SnapshotRecorder } from "../analyze/snapshot_recorder.ts";
import { exists, requireWritable, resultsPath, shownPath } from "../base/files.ts";
import { onEnding } from "../base/interrupt.ts";
import { asParent, endWithParent } from "../base/parent.ts";
import { fromFileUrl } from "../base/paths.ts";
import { backendNames } from "../engine/backend_names.ts";
import { modelNames } from "../model/registry.ts";
import { percent } from "../show/theme.ts";
import { trainingView } from "../show/training_view.ts";
import {
  appendRun,
  findRun,
  latestOfNames,
  readRuns,
  requireRecordable,
  saysAsMuch,
  type StoredRun,
} from "../results/store.ts";
import { methodInWords } from "../results/method.ts";
import { endingOf, type Run } from "../train/run.ts";
import { snapshotsPath, writeSnapshots } from "../results/snapshots.ts";
import { configFromOptions, configOptions } from "../train/arguments.ts";
import { engineConfig, resolveConfig } from "../train/config.ts";
import { rememberData } from "../train/remembered_data.ts";
import { runKey } from "../train/run_key.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { train } from "../train/trainer.ts";
import { requireTrainable } from "../train/training_memory.ts";
import { isUnchecked, requireEqualBits, treating } from "../train/unchecked.ts";
import { callerPath } from "./caller_path.ts";
import { chosenData, DATA_HELP, tableOptions } from "./chosen_data.ts";
import {
  idleInTraining,
  parseArgs,
  resultsOption,
  resultsUsage,
  runCommand,
  useResults,
} from "./main.ts";

const usage = `deno task train [--data <name>] [options]

Trains one model to early stopping and appends the run to results/runs, with the measures of easy
negatives and routing collapse at each validation, and what it serves to the test users. A run that
is already recorded is not trained again; one that was stopped (Ctrl-C, SIGTERM) or killed goes on.

  --data <name>          a data set of deno task data --list (default synthetic)
  --model <name>         ${modelNames.join(", or ")} (default ${modelNames[0]})
  --options <a=x,b=y>    the model's own options, such as stopGradient=false,relu=true
  --ihn <beta>           interest-aware hard negatives
  --rr <lambda>          routing regularization, in the reference code's scaling
  --rr-scaling <which>   code, or batch-mean
  --selection <which>    the interest that is trained: hard, bam, or per-item
  --repel <lambda>       a penalty on the cosines between a user's interests
  --softmax <which>      sampled, or full (every item of the catalogue)
  --seed <n>             default 1
  --B, --L, --K, --S, --d <n>   batch, history, interests, negatives, embedding size
                         (default 128, the data set's, 4, 1280, 64)
  --learning-rate <x>    default 0.001, or what the model's authors need
  --evaluate-every <n>   steps between validations (default 200)
  --validation-users <n> validate on that many of the valid users (default all); the seed draws
                         them, the same for every method; the test users are always all
  --patience <n>         validations without a better recall@50 (default 50)
  --max-steps <n>        default 1,000,000
  --backend <name>       ${backendNames.join(", ")}
  --snapshots            also keep what twelve users look like at some steps, in
                         results/snapshots; a run recorded without them is trained again, and one
                         that has them keeps them anew with --again
  --restart              forget a checkpoint of an earlier, unfinished training
  --accept-code          go on with a checkpoint of code that computes something else; the run
                         then says so
  --unchecked            in a V8 that leaves out WebAssembly's bounds checks, which takes 0.6 to
                         0.85 of the time with the same bits: 50 steps are compared first, and
                         the run says it
  --again                train even if the run is recorded already
  ${resultsUsage}

Your own data, instead of --data:
${DATA_HELP}

REMI is ComiRec-SA with both: --ihn 1 --rr 100.`;

const flag = { type: "boolean", default: false } as const;
const options = {
  data: { type: "string" },
  ...tableOptions,
  ...configOptions,
  snapshots: flag,
  restart: flag,
  "accept-code": flag,
  unchecked: flag,
  again: flag,
  ...resultsOption,
  help: { ...flag, short: "h" },
} as const;

function summary(
  { stop, steps, bestStep, test, wallSeconds, backend }: Omit<Run, "curve">,
): string {
  const at = (N: number) =>
    `R@${N} ${percent(test[N]!.recall)}  HR@${N} ${percent(test[N]!.hr)}  ` +
    `NDCG@${N} ${percent(test[N]!.ndcg)}`;
  return `${endingOf({ stop, steps })}, best at ${bestStep}; ${Math.round(wallSeconds)} s ` +
    `(${backend})\ntest users, %:  ${at(20)}   ${at(50)}`;
}

/** There is nothing to train: this process, or one that it waited for, finds the run recorded. */
class RecordedAlready extends Error {
  /** @param data the name that the data has now */
  constructor(readonly run: StoredRun, readonly data: string) {
    super(run.key);
  }
}

/**
 * The recorded runs of a key: one a name that the data has had, this one first. A key says what the
 * data is, not its name.
 */
async function runsOf(key: string, name: string): Promise<StoredRun[]> {
  const runs = (await readRuns()).runs.filter((run) => run.key === key);
  const isOther = ({ data }: StoredRun) => Number(data.name !== name);
  return latestOfNames(runs).sort((a, b) => isOther(a) - isOther(b));
}

/** Appends a run, unless what is there under the same name of the data says as much. */
async function recordRun(trained: TrainedModel): Promise<void> {
  const { run } = trained;
  const known = await findRun(run.data.name, run.key);
  if (known && saysAsMuch(known, run)) {
    console.log(`the same as the recorded run ${run.key}, which stays`);
    return;
  }
  await appendRun(run, resultsPath(), await trained.served());
  const place = shownPath(resultsPath("runs", `${run.data.name}.jsonl`));
  console.log(`recorded as run ${run.key} in ${place}`);
}

/** The same command in a process that checks no bounds; its exit code. */
async function againUnchecked(): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fromFileUrl(Deno.mainModule), ...Deno.args],
    env: { ...treating("unchecked"), ...asParent() },
  }).spawn();
  const endings = onEnding(({ signal }) => child.kill(signal));
  const { code } = await child.status;
  endings.release();
  return code;
}

async function trainAndRecord(): Promise<void> {
  const { values } = parseArgs({ options }, {
    needs: { "rr-scaling": "rr" },
    excludes: { table: ["data"], ...idleInTraining() },
  });
  if (values.help) return console.log(usage);
  if (values.unchecked && !isUnchecked()) Deno.exit(await againUnchecked());
  useResults(values);
  const { dataset, historyLength, description } = await chosenData(values);
  const { renumber } = values;
  // what --from names and nothing describes is a folder
  const own = description ??
    (values.from && { folder: callerPath(values.from), name: dataset.name, renumber });
  const config = configFromOptions(values, historyLength);
  const resolved = resolveConfig(config);
  const key = runKey(resolved, dataset);
  const refuseIfRecorded = async () => {
    if (values.again) return;
    for (const run of await runsOf(key, dataset.name)) {
      const seen = !values.snapshots || await exists(snapshotsPath(run));
      if (seen) throw new RecordedAlready(run, dataset.name);
    }
  };
  await refuseIfRecorded();
  requireTrainable(dataset, resolved); // before anything is drawn for the measures, too
  if (values.unchecked) await requireEqualBits(engineConfig(resolved, dataset), resolved.backend);
  const kept = await exists(snapshotsPath({ key, data: dataset }));
  const recorder = values.snapshots || kept ? new SnapshotRecorder(dataset, config) : null;
  const trained = await train(dataset, config, {
    restart: values.restart,
    acceptCode: values["accept-code"],
    onProgress: trainingView(),
    probes: [analysisProbe(dataset, config), ...(recorder ? [recorder.probe] : [])],
    record: {
      async ready() {
        await requireRecordable(dataset.name);
        if (recorder) await requireWritable(resultsPath("snapshots"), "snapshots");
        await refuseIfRecorded(); // by a training of the same that this one waited for
        if (own) await rememberData(key, own);
      },
      async record(trained) {
        console.log(summary(trained.run));
        await recordRun(trained);
        if (!recorder) return;
        await writeSnapshots(await recorder.finish(trained));
        await recorder.forget();
        console.log(`snapshots written to ${shownPath(snapshotsPath(trained.run))}`);
      },
    },
  });
  trained.engine.dispose();
  if (trained.run.stop !== "interrupted") return;
  console.log(summary(trained.run));
  console.log(
    trained.unsaved ?? "Everything is saved: the same command goes on from here.",
  );
  Deno.exitCode = 130;
}

await runCommand(async () => {
  endWithParent();
  try {
    await trainAndRecord();
  } catch (error) {
    if (!(error instanceof RecordedAlready)) throw error;
    const { run, data } = error;
    console.log(`${methodInWords(run.config)} on ${run.data.name}, seed ${run.seed}`);
    console.log(`run ${run.key} is recorded already: ${summary(run)}`);
    if (run.data.name === data) return;
    console.log(`The data is the same; --again trains and records it as ${data} too.`);
  }
});
