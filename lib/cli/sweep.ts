/** `deno task sweep <plan>`: trains what a declared plan lacks. */
import { BadInput } from "../base/bad_input.ts";
import { commandLine } from "../base/command_line.ts";
import { onEnding } from "../base/interrupt.ts";
import { positiveInteger } from "../base/number_text.ts";
import { duration } from "../show/training_figure.ts";
import { planOf, plans } from "../sweep/plans.ts";
import { runPoints } from "../sweep/run_points.ts";
import { progressOf, shardOf, type Todo } from "../sweep/todo.ts";
import { ownTable, TABLE_HELP, tableOptions } from "./chosen_data.ts";
import {
  parseArgs,
  resultsArguments,
  resultsOption,
  resultsUsage,
  runCommand,
  useResults,
} from "./main.ts";

const usage = `deno task sweep [plans…] [options]

Trains what the runs recorded in results/runs lack of a plan, one process a core, the first seed of
everything first. Each training is recorded when it ends; Ctrl-C or SIGTERM stops all of them at
their next step, and the same command goes on from there.

  --list             only say what is missing and what it may cost, also of data that is not at
                     hand
  --shard <i>/<n>    only every n-th training of the plans, from the i-th, whether recorded or
                     not: to share the same plans among machines
  --processes <n>    trainings at the same time (default: one a core)
  --first <n>        only the first n of what is missing
  --validation-users <n>
                     validate all of them on that many users, as deno task train has it: these are
                     other trainings than those of the plans
  --uncommitted      also what is recorded of code that was never committed, once more
  --unchecked        trainings without WebAssembly's bounds checks, as deno task train has them
  ${resultsUsage}

Your own data, instead of the plan's:
${TABLE_HELP}

Plans:
${Object.entries(plans).map(([name, { about }]) => `  ${name.padEnd(24)} ${about}`).join("\n")}`;

const options = {
  list: { type: "boolean", default: false },
  shard: { type: "string", default: "1/1" },
  processes: { type: "string", default: String(navigator.hardwareConcurrency) },
  first: { type: "string" },
  "validation-users": { type: "string" },
  uncommitted: { type: "boolean", default: false },
  unchecked: { type: "boolean", default: false },
  ...resultsOption,
  ...tableOptions,
  help: { type: "boolean", default: false, short: "h" },
} as const;

await runCommand(async () => {
  const { values, positionals: names } = parseArgs({
    allowPositionals: true,
    options,
  }, { excludes: { list: ["processes", "unchecked"] } });
  if (values.help || Deno.args.length === 0) return console.log(usage);
  if (names.length === 0) {
    const remedy = `Name one or more of ${Object.keys(plans).join(", ")}.`;
    throw new BadInput("no plan is named", "deno task sweep", undefined, remedy);
  }
  useResults(values);
  const commandOf = ({ options }: Todo) =>
    commandLine("train", [...options, ...resultsArguments(values)]);
  const processes = positiveInteger(values.processes, "--processes");
  const users = values["validation-users"];
  const validation = users === undefined
    ? {}
    : { validationUsers: positiveInteger(users, "--validation-users") };
  const points = names.flatMap((name) => planOf(name).points)
    .map(({ data, config }) => ({ data, config: { ...config, ...validation } }));
  const own = await ownTable(values);
  const { list: onlyListed, uncommitted } = values;
  const progress = await progressOf(points, { own, uncommitted, onlyListed });
  if (progress.absent.length > 0) {
    console.log(`not at hand, so planned by their sizes: ${progress.absent.join(", ")}`);
  }
  for (const { options, why } of progress.impossible) {
    console.log(`left out  ${commandLine("train", options)}\n          ${why.message}`);
  }
  const first = values.first === undefined ? Infinity : positiveInteger(values.first, "--first");
  const todo = shardOf(progress.todo, values.shard).slice(0, first);
  const seconds = todo.reduce((sum, { seconds }) => sum + seconds, 0);
  const most = Math.max(...todo.map(({ bytes }) => bytes)) / 2 ** 30;
  console.log(
    `${progress.total - progress.todo.length} of ${progress.total} trainings are recorded; ` +
      `${todo.length} to do here, about ${(seconds / 3600).toFixed(1)} core-hours` +
      (todo.length > 0 ? `, at most ${most.toFixed(1)} GiB each` : ""),
  );
  if (values.list) {
    for (const one of todo) console.log(`${duration(one.seconds).padStart(12)}  ${commandOf(one)}`);
    return;
  }
  const stop = new AbortController();
  let exitCode = 0;
  onEnding((ending) => {
    exitCode = ending.exitCode;
    stop.abort(ending.signal);
  });
  let left = seconds;
  const failed: Todo[] = [];
  await runPoints(todo, {
    processes,
    unchecked: values.unchecked,
    signal: stop.signal,
    onStart: (one) => console.log(`begun     ${commandOf(one)}`),
    onEnd: ({ todo: one, success, seconds, said }) => {
      if (success || !stop.signal.aborted) left -= one.seconds; // what was stopped goes on later
      if (!success) failed.push(one);
      console.log(
        `${success ? "finished " : "NOT DONE "} ${commandOf(one)}\n` +
          `          after ${duration(seconds)}: ${said}; ` +
          `about ${duration(left / processes)} to go`,
      );
    },
  });
  if (stop.signal.aborted) console.log("Stopped. The same command goes on from here.");
  else if (failed.length > 0) {
    console.log(
      `${failed.length} of ${todo.length} trainings are not done, for the reasons above:`,
    );
    for (const one of failed) console.log(`  ${commandOf(one)}`);
  }
  if (stop.signal.aborted || failed.length > 0) Deno.exit(stop.signal.aborted ? exitCode : 1);
});
