/** `deno task tune`: chooses lambda, beta and learning rate on the valid users. */
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { onEnding } from "../base/interrupt.ts";
import { decimal, positiveInteger } from "../base/number_text.ts";
import { methodInWords } from "../results/method.ts";
import { latestOfKeys, readRuns, type StoredRun } from "../results/store.ts";
import { percent } from "../show/theme.ts";
import { duration } from "../show/training_figure.ts";
import { runPoints } from "../sweep/run_points.ts";
import { progressOf } from "../sweep/todo.ts";
import {
  type Candidate,
  type Choice,
  choiceOf,
  type Stage,
  type Trial,
  tuningStages,
  WHOLE_TUNING,
} from "../sweep/tuning.ts";
import { configFromOptions, configOptions, optionsOf } from "../train/arguments.ts";
import { resolveConfig, type ResolvedConfig, type TrainConfig } from "../train/config.ts";
import { forData } from "../train/for_data.ts";
import { runKey } from "../train/run_key.ts";
import { type ChosenData, chosenData, TABLE_HELP, tableOptions } from "./chosen_data.ts";
import { parseArgs, resultsOption, resultsUsage, runCommand, useResults } from "./main.ts";

const usage = `deno task tune [--data <name>] [options]

Chooses lambda of RR, beta of IHN and the learning rate by recall@50 of the valid users: lambda of
0, 10, 100, 1000; beside the best, beta of 0, 0.1, 1, 10; beside both, 0.3 and 3 times the usual
learning rate; then the two best again with two other seeds, which decide between them. That is
${WHOLE_TUNING} trainings to early stopping. Each is recorded as any run (results/runs), and what is
recorded already is not trained again. Ctrl-C or SIGTERM stops at the next step, and the same
command goes on from there.

  --data <name>          a data set of deno task data --list (default synthetic)
  --trainings <n>        at most so many, with those recorded already (default ${WHOLE_TUNING})
  --minutes <m>          no training begins once those of this tuning took so long in all
  --processes <n>        trainings at the same time (default: one a core)
  --seed <n>             of the first trainings; the next two decide (default 1)
  --patience, --max-steps, --evaluate-every, --validation-users, --model, --options, --selection,
  --repel, --softmax, --B, --L, --K, --S, --d, --backend   for every training, as in deno task train
  ${resultsUsage}

Your own data, instead of --data:
${TABLE_HELP}`;

const { ihn: _, rr: _rr, "rr-scaling": _scaling, "learning-rate": _rate, ...fixed } = configOptions;

const options = {
  data: { type: "string" },
  trainings: { type: "string", default: String(WHOLE_TUNING) },
  minutes: { type: "string" },
  processes: { type: "string", default: String(navigator.hardwareConcurrency) },
  ...tableOptions,
  ...fixed,
  ...resultsOption,
  help: { type: "boolean", default: false, short: "h" },
} as const;

/** What is tuned, and what is known. */
class Tuning {
  readonly #failed = new Set<string>();
  #runs = new Map<string, StoredRun>();

  constructor(
    readonly chosen: ChosenData,
    readonly base: TrainConfig,
    readonly seed: number,
    readonly learningRate: number,
  ) {}

  async readRecorded(): Promise<void> {
    const { runs } = await readRuns(resultsPath(), this.chosen.dataset.name);
    this.#runs = new Map(latestOfKeys(runs).map((run) => [run.key, run]));
  }

  get stages(): Stage[] {
    return tuningStages(this.valid, this.seed, this.learningRate);
  }

  /** All trainings known so far, in their order. */
  get trials(): Trial[] {
    return this.stages.flatMap(({ trials }) => trials);
  }

  readonly valid = (trial: Trial): number | undefined => {
    if (this.#failed.has(this.keyOf(trial))) return -Infinity;
    return this.runOf(trial)?.valid[50]?.recall;
  };

  runOf(trial: Trial): StoredRun | undefined {
    return this.#runs.get(this.keyOf(trial));
  }

  keyOf(trial: Trial): string {
    const { dataset } = this.chosen;
    return runKey(forData(this.resolved(trial), dataset), dataset);
  }

  config({ candidate: { lambda, beta, learningRate }, seed }: Trial): TrainConfig {
    const objective = {
      ...this.base.objective,
      ...(beta > 0 && { ihn: { beta } }),
      ...(lambda > 0 && { rr: { lambda } }),
    };
    return { ...this.base, objective, learningRate, seed };
  }

  resolved(trial: Trial): ResolvedConfig {
    return resolveConfig(this.config(trial));
  }

  fail(key: string): void {
    this.#failed.add(key);
  }

  /** Seconds that the recorded trainings among some took. */
  seconds(trials: readonly Trial[]): number {
    return trials.reduce((sum, trial) => sum + (this.runOf(trial)?.wallSeconds ?? 0), 0);
  }
}

await runCommand(async () => {
  const { values } = parseArgs({ options }, { excludes: { table: ["data"] } });
  if (values.help) return console.log(usage);
  useResults(values);
  const processes = positiveInteger(values.processes, "--processes");
  const most = positiveInteger(values.trainings, "--trainings");
  const limit = values.minutes === undefined ? Infinity : 60 * minutesOf(values.minutes);
  const chosen = await chosenData(values);
  const base = configFromOptions(values, chosen.historyLength);
  const { seed, learningRate } = resolveConfig(base);
  const tuning = new Tuning(chosen, base, seed, learningRate);
  await tuning.readRecorded();
  const stop = new AbortController();
  let exitCode = 0;
  const endings = onEnding((ending) => {
    exitCode = ending.exitCode;
    stop.abort(ending.signal);
  });
  console.log(`at most ${most} trainings, ${processes} at a time, chosen by valid recall@50`);
  for (;;) {
    const known = tuning.trials.slice(0, most);
    const missing = known.filter((trial) => tuning.valid(trial) === undefined);
    if (missing.length === 0 || stop.signal.aborted || tuning.seconds(known) >= limit) break;
    await trainSome(tuning, missing.slice(0, processes), { processes, signal: stop.signal });
    await tuning.readRecorded();
  }
  endings.release();
  const known = tuning.trials.slice(0, most);
  tell(tuning, known);
  if (stop.signal.aborted) {
    console.log("\nStopped. The same command goes on from here.");
    Deno.exit(exitCode);
  }
  const left = WHOLE_TUNING - known.filter((trial) => tuning.valid(trial) !== undefined).length;
  if (left > 0) console.log(`\nThe budget is used up: ${left} of ${WHOLE_TUNING} are left out.`);
});

function minutesOf(text: string): number {
  const minutes = decimal(text, "--minutes");
  if (minutes > 0) return minutes;
  throw new BadInput("not more than nothing", "--minutes", text, "Write for example 30.");
}

/** Trains, and remembers what failed. */
async function trainSome(
  tuning: Tuning,
  trials: readonly Trial[],
  { processes, signal }: { readonly processes: number; readonly signal: AbortSignal },
): Promise<void> {
  const { chosen } = tuning;
  const points = trials.map((trial) => ({
    data: chosen.dataset.name,
    config: tuning.config(trial),
  }));
  const { todo } = await progressOf(points, { own: chosen });
  await runPoints(todo, {
    processes,
    signal,
    onStart: ({ config, seconds }) =>
      console.log(`begun     ${inWords(config)}, about ${duration(seconds)}`),
    onEnd: ({ todo: { config, key }, success, seconds, said }) => {
      if (!success && !signal.aborted) tuning.fail(key);
      const ending = success ? "finished " : "NOT DONE ";
      console.log(
        `${ending} ${inWords(config)}, ${duration(seconds)}${success ? "" : `: ${said}`}`,
      );
    },
  });
}

/** "RR alone (lambda 100), learning rate 0.001, seed 1" */
function inWords(config: ResolvedConfig): string {
  return `${methodInWords(config)}, learning rate ${config.learningRate}, seed ${config.seed}`;
}

/** The table, and what follows from it. */
function tell(tuning: Tuning, trials: readonly Trial[]): void {
  console.log("\nlambda  beta  rate     seed  valid R@50  best step  seconds  run");
  for (const trial of trials) {
    const { candidate: { lambda, beta, learningRate }, seed } = trial;
    const run = tuning.runOf(trial);
    const told = run
      ? `${percent(run.valid[50]!.recall).padStart(10)}  ${String(run.bestStep).padStart(9)}  ` +
        `${run.wallSeconds.toFixed(0).padStart(7)}  ${run.key}`
      : tuning.valid(trial) === undefined
      ? "not trained"
      : "failed";
    console.log(
      `${String(lambda).padStart(6)}  ${String(beta).padStart(4)}  ` +
        `${String(learningRate).padEnd(7)}  ${String(seed).padStart(4)}  ${told}`,
    );
  }
  const trained = trials.filter((trial) => tuning.valid(trial) !== undefined);
  if (trained.length === 0) return;
  const choice = choiceOf([{ about: "", trials }], tuning.valid);
  if (choice !== null) tellChoice(tuning, choice);
}

function tellChoice(tuning: Tuning, { chosen, runnerUp, ahead, fresh }: Choice): void {
  const { chosen: { options, historyLength }, seed } = tuning;
  const name = (candidate: Candidate) => {
    const config = tuning.resolved({ candidate, seed });
    return `${methodInWords(config)}, learning rate ${config.learningRate}`;
  };
  console.log(`\nchosen: ${name(chosen)}`);
  if (runnerUp) {
    const points = ahead.map(({ seed, by }) => `${(100 * by).toFixed(1)} (seed ${seed})`);
    const agree = ahead.every(({ by }) => by > 0);
    console.log(
      `runner-up: ${name(runnerUp)}; points of valid recall@50 behind: ${points.join(", ")}`,
    );
    console.log(
      !fresh
        ? "One seed, which chose both: that says little about which of the two is better."
        : agree
        ? "These seeds did not choose the two, and both agree."
        : "The seeds do not agree: either will do.",
    );
  }
  console.log(
    "The valid users chose, so their recall flatters what was chosen. The test users had no say: " +
      "their metrics\nare in the run for whoever looks once.",
  );
  const trial = { candidate: chosen, seed };
  const typed = [...options, ...optionsOf(tuning.resolved(trial), historyLength)];
  console.log(`\n  deno task train ${typed.map(quoted).join(" ")}`);
  const run = tuning.runOf(trial);
  if (run) console.log(`\nwhich is run ${run.key}, trained already`);
}

/** An argument as a shell takes it. */
function quoted(text: string): string {
  return /^[\w./:=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
