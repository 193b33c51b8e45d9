/** Commands that mean nothing, made from the commands' own options. */
import { join } from "../../base/paths.ts";
import type { Random } from "../../base/random.ts";
import type { FaultBench } from "./bench.ts";

/** What an option takes. */
type Kind = "flag" | "count" | "seed" | "real" | "choice" | "file" | "folder" | "text";

/** A command with its options, and arguments with which it would work. */
interface Grammar {
  readonly task: string;
  readonly works: readonly string[];
  readonly options: Readonly<Record<string, Kind>>;
  /** what a name among the arguments stands for; null where there are none */
  readonly names: string | null;
}

const grammars: readonly Grammar[] = [
  {
    task: "train",
    works: ["--max-steps", "1", "--d", "8"],
    options: {
      "data": "choice",
      "model": "choice",
      "options": "text",
      "ihn": "real",
      "rr": "real",
      "selection": "choice",
      "repel": "real",
      "softmax": "choice",
      "seed": "seed",
      "B": "count",
      "L": "count",
      "K": "count",
      "S": "count",
      "learning-rate": "real",
      "evaluate-every": "count",
      "validation-users": "count",
      "patience": "count",
      "backend": "choice",
      "table": "file",
      "snapshots": "flag",
      "again": "flag",
      "results": "folder",
    },
    names: null,
  },
  {
    task: "data",
    works: [],
    options: { from: "file", table: "file", list: "flag", renumber: "flag" },
    names: "synthetic",
  },
  { task: "data", works: ["--user=1", "--item=2"], options: { from: "file" }, names: null },
  { task: "data", works: [], options: { from: "file" }, names: "books-maerec" },
  { task: "model", works: [], options: { table: "file" }, names: "0123456789abcdef" },
  {
    task: "recommend",
    works: ["--user=test:1"],
    options: { n: "count", table: "file", results: "folder" },
    names: "0123456789abcdef",
  },
  {
    task: "export",
    works: ["--to=nowhere"],
    options: { table: "file", results: "folder" },
    names: "0123456789abcdef",
  },
  {
    task: "tune",
    works: ["--trainings=1", "--max-steps=1"],
    options: { "data": "choice", "minutes": "real", "processes": "count", "table": "file" },
    names: null,
  },
  { task: "stores", works: [], options: { n: "count", users: "count" }, names: "none" },
  {
    task: "sweep",
    works: ["--list"],
    options: { shard: "choice", first: "count", table: "file", results: "folder" },
    names: "synthetic",
  },
  { task: "results", works: [], options: { results: "folder" }, names: "merge" },
  {
    task: "figures",
    works: [],
    options: { png: "flag", plain: "flag", size: "choice" },
    names: "framework",
  },
  {
    task: "notebooks",
    works: [],
    options: { "parameter": "text", "at-once": "count", "cell-seconds": "count", "check": "flag" },
    names: "00",
  },
  { task: "bench", works: ["--quick"], options: { record: "flag" }, names: "steps" },
  { task: "wasm", works: ["--check"], options: {}, names: "fused" },
  { task: "tensorflow", works: [], options: { gpu: "flag" }, names: null },
  { task: "kernel", works: [], options: {}, names: null },
  { task: "parity", works: [], options: {}, names: null },
  { task: "check", works: [], options: {}, names: null },
  { task: "reproduce", works: [], options: {}, names: null },
  { task: "slides", works: [], options: {}, names: null },
  { task: "playground", works: [], options: {}, names: null },
  { task: "doctor", works: [], options: {}, names: null },
  { task: "example", works: [], options: {}, names: null },
  { task: "faults", works: ["--quick"], options: { seed: "seed" }, names: "merges" },
];

/** The tasks that bad commands are given to. */
export const triedTasks: ReadonlySet<string> = new Set(grammars.map(({ task }) => task));

/** Options that do nothing, by what is beside them or lacks. */
const idle: readonly string[] = [
  "train --rr-scaling code",
  "train --softmax full --S 10",
  "train --data synthetic --table none.json",
  "train --name mine",
  "data --list synthetic",
  "data --list --to nowhere",
  "data synthetic --renumber",
  "data synthetic --to nowhere",
  "data synthetic --name mine",
  "data export synthetic",
  "model 0123456789abcdef --from words",
  "sweep synthetic --list --processes 2",
  "sweep --list",
  "notebooks --check --html",
  "notebooks --html --parameter seed=1",
  "notebooks --format --at-once 2",
  "notebooks --parameter seed=1 --parameter seed=2",
  "figures synthetic-results --png",
  "figures --plain",
  "figures framework --plain --png",
  "figures framework effects --size 16:9",
  "bench steps --quick --record",
  "results list",
  "recommend 0123456789abcdef --user a --history b",
  "stores none --install",
  "stores --sql --user a",
  "model",
];

const strange = ["constructor", "__proto__", "toString", "../../etc/passwd", "nonsense", "-", "\n"];
const noNumber = [
  "",
  " ",
  " 5",
  "5 ",
  "0x10",
  "NaN",
  "Infinity",
  "-0",
  "1e999",
  "five",
  "1,5",
  "५",
];
const noCount = [...noNumber, "1e3", "0", "-1", "1.5", "9007199254740993", "007", "1_000"];
const variables: Readonly<Record<string, readonly string[]>> = {
  train: ["REMI_RESULTS"],
  results: ["REMI_RESULTS"],
  sweep: ["REMI_RESULTS"],
  parity: ["REMI_FIXTURES"],
};

/** A command line that has to be refused. */
export interface BadCommand {
  readonly task: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A bad command.
 *
 * @param bad files and folders that are none of what is asked for
 */
export function badCommand(random: Random, bad: BadPlaces): BadCommand {
  const pick = <T>(values: readonly T[]): T => values[random.below(values.length)]!;
  const { task, works, options, names } = pick(grammars);
  const taken = names === null ? [] : [names];
  const usual = [...taken, ...works];
  const known = Object.keys(options);
  const option = known.length > 0 ? pick(known) : undefined;
  const ways: (() => BadCommand)[] = [
    () => ({
      task,
      args: [...usual, `--${pick(["colour", "sede", "max_steps", "Help", "no-help"])}`],
    }),
    () => ({ task, args: [...usual, pick(["", " ", "\t"])] }),
    () => ({ task, args: [...usual, "-z"] }),
  ];
  const variable = variables[task];
  if (variable) {
    ways.push(() => ({ task, args: usual, env: { [pick(variable)]: pick(["", " ", bad.file]) } }));
  }
  if (names === null) ways.push(() => ({ task, args: [...usual, pick(["train", "x", "1"])] }));
  else {
    ways.push(() => ({ task, args: [...works, pick(strange)] }));
    ways.push(() => ({ task, args: [names, names, ...works] }));
  }
  if (option !== undefined) {
    const value = valueOf(options[option]!, pick, bad);
    if (value === null) {
      ways.push(() => ({ task, args: [...usual, `--${option}`, `--${option}`] }));
      ways.push(() => ({ task, args: [...usual, `--${option}=yes`] }));
    } else {
      ways.push(() => ({ task, args: [...usual, `--${option}=${value}`] }));
      ways.push(() => ({ task, args: [...usual, `--${option}`] }));
      ways.push(() => ({ task, args: [...usual, `--${option}=`, `--${option}=2`] }));
      if (option !== "parameter") {
        ways.push(() => ({ task, args: [...usual, `--${option}=1`, `--${option}=1`] }));
      }
    }
  }
  const [idleTask, ...idleArgs] = pick(idle).split(" ");
  ways.push(() => ({ task: idleTask!, args: idleArgs }));
  return pick(ways)();
}

/** What is in the place of what is asked for. */
export interface BadPlaces {
  /** a file, where a folder is asked for */
  readonly file: string;
  /** what no data can be read from */
  readonly files: readonly string[];
}

function valueOf(
  kind: Kind,
  pick: <T>(values: readonly T[]) => T,
  bad: BadPlaces,
): string | null {
  switch (kind) {
    case "flag":
      return null;
    case "count":
      return pick(noCount);
    case "seed":
      return pick(noCount.filter((text) => text !== "0" && text !== "-1"));
    case "real":
      return pick([...noNumber, "-1"]);
    case "folder":
      return pick(["", " ", bad.file, join(bad.file, "inside")]);
    case "file":
      return pick(["", ...bad.files]);
    default:
      return pick(strange);
  }
}

/** Makes the places that {@linkcode badCommand} needs. */
export async function badPlaces(folder: string): Promise<BadPlaces> {
  const path = (name: string) => join(folder, name);
  const contents: Readonly<Record<string, string | Uint8Array>> = {
    "empty": "",
    "nul": "1 2 3\n4 \0 5\n",
    "utf-16": new Uint8Array(
      Uint16Array.from("\uFEFFa,b\n1,2\n", (letter) => letter.charCodeAt(0)).buffer,
    ),
    "page.html": "<!doctype html><p>Log in</p>",
    "cut.gz": Uint8Array.of(0x1f, 0x8b, 8, 0, 0),
    "commas": "1 2 3\n4,5,6\n",
    "words": "nothing in particular\n",
  };
  for (const [name, content] of Object.entries(contents)) {
    await Deno.writeFile(
      path(name),
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
  }
  const others = [path("none"), folder, `/${"x".repeat(300)}`];
  if (Deno.build.os !== "windows") {
    await Deno.symlink("loop", path("loop"));
    await Deno.symlink(path("nowhere"), path("dangling"));
    await new Deno.Command("mkfifo", { args: [path("pipe")] }).output();
    others.push(path("loop"), path("dangling"), path("pipe"), "/dev/zero", "/dev/random");
  }
  return { file: path("words"), files: [...Object.keys(contents).map(path), ...others] };
}

/** Gives so many bad commands, each of which must be refused in plain words, and soon. */
export async function badCommands(bench: FaultBench, count: number): Promise<void> {
  const bad = await badPlaces(bench.folder);
  for (let n = 0; n < count; n++) {
    const { task, args, env = {} } = badCommand(bench.random, bad);
    await bench.mustFail(`lib/cli/${task}.ts`, args, { env, limit: 20_000 });
  }
  await bench.noteRunning();
}
