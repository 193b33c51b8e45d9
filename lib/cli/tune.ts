/** `deno task tune`: chooses lambda, beta and learning rate on the valid users. */
import { BadInput } from "../base/bad_input.ts";
import { commandLine } from "../base/command_line.ts";
import { onEnding } from "../base/interrupt.ts";
import { decimal, positiveInteger } from "../base/number_text.ts";
import { methodInWords } from "../results/method.ts";
import { percent } from "../show/theme.ts";
import { duration } from "../show/training_figure.ts";
import { withMinus } from "../show/words.ts";
import { Tuning } from "../sweep/recorded_tuning.ts";
import { runPoints } from "../sweep/run_points.ts";
import { progressOf } from "../sweep/todo.ts";
import { type Candidate, type Choice, choiceOf, type Trial, wholeTuning } from "../sweep/tuning.ts";
import { configFromOptions, configOptions, optionsOf } from "../train/arguments.ts";
import type { ResolvedConfig } from "../train/config.ts";
import { requireTrainable } from "../train/training_memory.ts";
import { chosenData, DATA_HELP, tableOptions } from "./chosen_data.ts";
import {
  idleInTraining,
  parseArgs,
  resultsArguments,
  resultsOption,
  resultsUsage,
  runCommand,
  useResults,
} from "./main.ts";

const usage = `deno task tune [--data <name>] [options]

Chooses lambda of RR, beta of IHN and the learning rate by recall@50 of the valid users: lambda of
0, 10, 100, 1000; beside the best, beta of 0, 0.1, 1, 10; beside both, 0.3 and 3 times the usual
learning rate; then the two best again with two other seeds, which decide between them. That is
${wholeTuning()} trainings to early stopping; fewer where the model has no routing for RR, or the
full softmax no negatives for IHN. Each is recorded as any run (results/runs), and what is recorded
already is not trained again. Ctrl-C or SIGTERM stops at the next step, and the same command goes on
from there.

  --data <name>          a data set of deno task data --list (default synthetic)
  --trainings <n>        at most so many, with those recorded already (default all)
  --minutes <m>          no training begins once those of this tuning took so long in all
  --processes <n>        trainings at the same time (default: one a core)
  --seed <n>             of the first trainings; the next two decide (default 1)
  --patience, --max-steps, --evaluate-every, --validation-users, --model, --options, --selection,
  --repel, --softmax, --B, --L, --K, --S, --d, --backend   for every training, as in deno task train
  ${resultsUsage}

Your own data, instead of --data:
${DATA_HELP}`;

const { ihn: _, rr: _rr, "rr-scaling": _scaling, "learning-rate": _rate, ...fixed } = configOptions;

const options = {
  data: { type: "string" },
  trainings: { type: "string", default: String(wholeTuning()) },
  minutes: { type: "string" },
  processes: { type: "string", default: String(navigator.hardwareConcurrency) },
  ...tableOptions,
  ...fixed,
  ...resultsOption,
  help: { type: "boolean", default: false, short: "h" },
} as const;

await runCommand(async () => {
  const effects = { excludes: { table: ["data"], ...idleInTraining() } };
  const { values } = parseArgs({ options }, effects);
  if (values.help) return console.log(usage);
  useResults(values);
  const processes = positiveInteger(values.processes, "--processes");
  const trainings = positiveInteger(values.trainings, "--trainings");
  const seconds = values.minutes === undefined ? Infinity : 60 * minutesOf(values.minutes);
  const chosen = await chosenData(values);
  const tuning = new Tuning(chosen, configFromOptions(values, chosen.historyLength));
  await tuning.readRecorded();
  for (const trial of tuning.trials.slice(0, trainings)) {
    if (!tuning.runOf(trial)) requireTrainable(chosen.dataset, tuning.resolved(trial));
  }
  const stop = new AbortController();
  const { signal } = stop;
  let exitCode = 0;
  const endings = onEnding((ending) => {
    exitCode = ending.exitCode;
    stop.abort(ending.signal);
  });
  const most = Math.min(trainings, tuning.whole);
  console.log(`at most ${most} trainings, ${processes} at a time, chosen by valid recall@50`);
  for (const [name, why] of Object.entries(tuning.refusals)) {
    console.log(`${name} is not tuned: ${why}`);
  }
  await tuning.run(
    { trainings, seconds, processes, signal },
    (trials) => trainSome(tuning, trials, { processes, signal }),
  );
  endings.release();
  const known = tuning.trials.slice(0, trainings);
  const chose = tell(tuning, known, resultsArguments(values));
  if (signal.aborted) {
    console.log("\nStopped. The same command goes on from here.");
    Deno.exit(exitCode);
  }
  if (tuning.trials.some((trial) => tuning.valid(trial) === undefined)) {
    const left = tuning.whole - known.filter((trial) => tuning.valid(trial) !== undefined).length;
    console.log(`\nThe budget is used up: ${left} of ${tuning.whole} are left out.`);
  }
  if (!chose) Deno.exitCode = 1;
});

function minutesOf(text: string): number {
  const minutes = decimal(text, "--minutes");
  if (minutes > 0) return minutes;
  throw new BadInput("not more than nothing", "--minutes", text, "Write for example 30.");
}

/** Trains each in a process of its own, and says how it ended. */
async function trainSome(
  tuning: Tuning,
  trials: readonly Trial[],
  { processes, signal }: { readonly processes: number; readonly signal: AbortSignal },
): Promise<void> {
  const { data, data: { dataset: { name } } } = tuning;
  const points = trials.map((trial) => ({ data: name, config: tuning.config(trial) }));
  const { todo, impossible: [impossible] } = await progressOf(points, { own: data });
  if (impossible) throw impossible.why;
  await runPoints(todo, {
    processes,
    signal,
    onStart: ({ config, seconds }) =>
      console.log(`begun     ${inWords(config)}, about ${duration(seconds)}`),
    onEnd: ({ todo: { config }, success, seconds, said }) => {
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

/** Says what the trainings came to and what follows from it; whether anything does. */
function tell(tuning: Tuning, trials: readonly Trial[], results: readonly string[]): boolean {
  console.log("\nlambda  beta  rate     seed  valid R@50  best step  seconds  run");
  for (const trial of trials) {
    const { candidate: { lambda, beta, learningRate }, seed } = trial;
    const run = tuning.runOf(trial);
    const told = run
      ? `${percent(run.valid[50]!.recall).padStart(10)}  ${String(run.bestStep).padStart(9)}  ` +
        `${run.wallSeconds.toFixed(0).padStart(7)}  ${run.key}`
      : tuning.valid(trial) === undefined
      ? "not trained"
      : "not recorded, see above";
    console.log(
      `${String(lambda).padStart(6)}  ${String(beta).padStart(4)}  ` +
        `${String(learningRate).padEnd(7)}  ${String(seed).padStart(4)}  ${told}`,
    );
  }
  const choice = choiceOf([{ about: "", trials }], tuning.valid);
  if (choice !== null) tellChoice(tuning, choice, results);
  else if (trials.some((trial) => tuning.valid(trial) !== undefined)) {
    console.log("\nEvery training failed, for the reasons above: nothing is chosen.");
  }
  return choice !== null;
}

function tellChoice(
  tuning: Tuning,
  { chosen, runnerUp, ahead, fresh, failed }: Choice,
  results: readonly string[],
): void {
  const { data: { options, historyLength }, seed } = tuning;
  const name = (candidate: Candidate) => {
    const config = tuning.resolved({ candidate, seed });
    return `${methodInWords(config)}, learning rate ${config.learningRate}`;
  };
  console.log(`\nchosen: ${name(chosen)}`);
  if (runnerUp) {
    const points = ahead.map(({ seed, by }) =>
      withMinus(`${(100 * by).toFixed(1)} (seed ${seed})`)
    );
    const agree = ahead.every(({ by }) => by > 0);
    console.log(
      `runner-up: ${name(runnerUp)}; points of valid recall@50 behind: ${points.join(", ")}`,
    );
    for (const seed of failed) {
      console.log(`Seed ${seed} does not count: one of the two has no run there, see above.`);
    }
    console.log(
      !fresh
        ? "One seed, which chose both: that says little about which of the two is better."
        : ahead.length === 1
        ? "That is one seed, though not the one that chose the two."
        : agree
        ? "These seeds did not choose the two, and they agree."
        : "The seeds do not agree: either will do.",
    );
  }
  console.log(
    "The valid users chose, so their recall flatters what was chosen. The test users had no say: " +
      "their metrics\nare in the run for whoever looks once.",
  );
  const trial = { candidate: chosen, seed };
  const typed = [...options, ...optionsOf(tuning.resolved(trial), historyLength), ...results];
  console.log(`\n  ${commandLine("train", typed)}`);
  const run = tuning.runOf(trial);
  if (run) console.log(`\nwhich is run ${run.key}, trained already`);
}
