/** `deno task sweep <plan>`: trains what a declared plan lacks. */
import { parseArgs } from "node:util";
import { BadInput } from "../base/bad_input.ts";
import { duration } from "../report/training_figure.ts";
import { planOf, plans } from "../sweep/plans.ts";
import { runPoints } from "../sweep/run_points.ts";
import { progressOf, type Todo } from "../sweep/todo.ts";
import { runCommand } from "./main.ts";

const usage = `deno task sweep [plans…] [options]

Trains what the runs recorded in results/runs lack of a plan, one process a core, the first seed of
everything first. Each training is recorded when it ends; Ctrl-C stops all of them at their next
step, and the same command goes on from there.

  --list             only say what is missing and what it may cost
  --shard <i>/<n>    only every n-th of them, from the i-th: to share a plan among machines
  --processes <n>    trainings at the same time (default: one a core)
  --first <n>        only the first n of what is missing

Plans:
${Object.entries(plans).map(([name, { about }]) => `  ${name.padEnd(24)} ${about}`).join("\n")}`;

const options = {
  list: { type: "boolean", default: false },
  shard: { type: "string", default: "1/1" },
  processes: { type: "string", default: String(navigator.hardwareConcurrency) },
  first: { type: "string" },
  help: { type: "boolean", default: false, short: "h" },
} as const;

function wholeNumber(text: string, option: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new BadInput("not a whole number above 0", option, text, "Try 2.");
}

/** "2/3" as every third from the second. */
function shardOf(todo: readonly Todo[], text: string): Todo[] {
  const [, part, parts] = text.match(/^(\d+)\/(\d+)$/)?.map(Number) ?? [];
  if (part === undefined || parts === undefined || part < 1 || part > parts) {
    throw new BadInput("not a part of a whole", "--shard", text, "Write for example 1/3.");
  }
  return todo.filter((_, i) => i % parts === part - 1);
}

function commandOf({ options }: Todo): string {
  return `deno task train ${options.join(" ")}`;
}

await runCommand(async () => {
  const { values, positionals: names } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options,
  });
  if (values.help || names.length === 0) return console.log(usage);
  const processes = wholeNumber(values.processes, "--processes");
  const progress = await progressOf(names.flatMap((name) => planOf(name).points));
  const first = values.first === undefined ? Infinity : wholeNumber(values.first, "--first");
  const todo = shardOf(progress.todo, values.shard).slice(0, first);
  const seconds = todo.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(
    `${progress.total - progress.todo.length} of ${progress.total} trainings are recorded; ` +
      `${todo.length} to do here, about ${duration(seconds)} of one core`,
  );
  if (values.list) {
    for (const one of todo) console.log(`${duration(one.seconds).padStart(12)}  ${commandOf(one)}`);
    return;
  }
  const stop = new AbortController();
  Deno.addSignalListener("SIGINT", () => stop.abort());
  let [left, failed] = [seconds, 0];
  await runPoints(todo, {
    processes,
    signal: stop.signal,
    onStart: (one) => console.log(`begun     ${commandOf(one)}`),
    onEnd: ({ todo: one, success, seconds, said }) => {
      left -= one.seconds;
      if (!success) failed++;
      console.log(
        `${success ? "finished " : "NOT DONE "} ${commandOf(one)}\n` +
          `          after ${duration(seconds)}: ${said}; ` +
          `about ${duration(left / processes)} to go`,
      );
    },
  });
  if (stop.signal.aborted) console.log("Stopped. The same command goes on from here.");
  if (stop.signal.aborted || failed > 0) Deno.exit(stop.signal.aborted ? 130 : 1);
});
