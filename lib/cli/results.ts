/** `deno task results`: what is recorded, and bringing folders of results together. */
import { isDeepStrictEqual } from "node:util";
import { parquetMetadata } from "hyparquet";
import { counted } from "../base/counted.ts";
import { BadInput } from "../base/bad_input.ts";
import { exists, resultsPath, shownPath } from "../base/files.ts";
import { padded } from "../base/shown_name.ts";
import { byArithmetic } from "../results/arithmetic.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { flatRuns } from "../compare/flat_runs.ts";
import { whyLeftOut } from "../results/left_out.ts";
import { type Conflict, mergeResults } from "../results/merge.ts";
import { latestOfKeys, latestOfNames, readRuns } from "../results/store.ts";
import { writeFlatFile } from "../show/flat_file.ts";
import { callerPath } from "./caller_path.ts";
import { parseArgs, resultsOption, resultsUsage, runCommand, useResults } from "./main.ts";

const usage = `deno task results [options]
deno task results --csv <file> [options]
deno task results merge <folders…> [options]

Lists how many runs are recorded on each data set, or adds what other folders of results have: runs
with their curves and users' hits, and snapshots. Records that are the same are kept once. Of two
that have one key but are not the same both are kept, and the one that finished last counts.

  --csv <file>       write a row a run to that file instead, CSV or Parquet by its ending (.csv,
                     .parquet): settings, test metrics in %, what the lists are like, and under
                     "left out" why a run enters no published figure or table
  ${resultsUsage}`;

/** Runs that are named on one line. */
const MOST_KEYS = 8;

/** The first columns of a table of runs. */
const FIRST = ["run", "data", "method"];

const HELP = "Write deno task results merge <folder>; see --help.";

async function list(): Promise<void> {
  const { runs } = await readRuns();
  if (runs.length === 0) {
    return console.log(`no runs are recorded in ${shownPath(resultsPath())}`);
  }
  console.log(`recorded in ${shownPath(resultsPath())}:`);
  for (const [name, ofData] of Map.groupBy(runs, ({ data }) => data.name)) {
    const latest = latestOfKeys(ofData);
    const count = latest.length;
    const older = ofData.length - count;
    const superseded = older > 0 ? `, and ${older} that newer ones of their key stand for` : "";
    console.log(`  ${padded(name, 24)} ${String(count).padStart(5)} runs${superseded}`);
    const { other } = await byArithmetic(latest);
    if (other.length === 0) continue;
    const keys = other.slice(0, MOST_KEYS).map(({ key }) => key).join(", ");
    const more = other.length > MOST_KEYS ? ` and ${other.length - MOST_KEYS} more` : "";
    console.log(`    of which code that computes something else made ${keys}${more}`);
  }
}

async function write(path: string): Promise<void> {
  const runs = latestOfNames((await readRuns()).runs);
  if (runs.length === 0) {
    const remedy = "Record some with deno task train.";
    throw new BadInput("no runs to write", "results --csv", shownPath(resultsPath()), remedy);
  }
  const rows = flatRuns(runs).map((row, i) => ({
    ...row,
    stop: runs[i]!.stop,
    finished: runs[i]!.finished,
    "left out": whyLeftOut(runs[i]!) ?? "",
  }));
  await refuseOther(path);
  await writeFlatFile(path, rows);
  console.log(`${counted(rows.length, "run")} written to ${shownPath(path)}`);
}

/** Refuses to replace a file that is no earlier table of runs: it may be anybody's. */
async function refuseOther(path: string): Promise<void> {
  if (!await exists(path)) return;
  const bytes = await Deno.readFile(path);
  const head = path.endsWith(".parquet")
    ? namesIn(bytes)
    : new TextDecoder().decode(bytes.subarray(0, 64)).split(",");
  if (isDeepStrictEqual(head.slice(0, FIRST.length), FIRST)) return;
  const remedy = "Name another file; or remove it, if nobody needs it.";
  throw new BadInput("already there, and no table of runs", path, undefined, remedy);
}

/** Names of the columns of a Parquet file; none of what is no such file. */
function namesIn({ buffer }: Uint8Array<ArrayBuffer>): string[] {
  try {
    return parquetMetadata(buffer).schema.slice(1).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Brings in every folder that it can: one that is refused, such as an empty one, stops none. */
async function mergeAll(folders: readonly string[]): Promise<void> {
  let refused = 0;
  for (const folder of folders) {
    try {
      await merge(folder);
    } catch (error) {
      if (!(error instanceof BadInput) || folders.length === 1) throw error;
      console.error(`${folder}: nothing of it is brought in. ${error.message}`);
      refused++;
    }
  }
  if (refused === 0) return;
  console.error(`${refused} of ${counted(folders.length, "folder")} not brought in`);
  Deno.exitCode = 1;
}

async function merge(folder: string): Promise<void> {
  const { added, same, conflicts, snapshotsLeft } = await mergeResults(folder);
  console.log(`${folder}: runs added: ${added}, here already: ${same}`);
  for (const conflict of conflicts) console.log(`  ${inWords(conflict)}`);
  for (const name of snapshotsLeft) {
    console.log(`  snapshots/${name} was not taken: the run that counts here has its own, or none`);
  }
}

function inWords(
  { run: { key, data, finished }, equalNumbers, sameTraining, counts }: Conflict,
): string {
  if (sameTraining && counts !== "another") {
    const which = counts === "this" ? "the new line" : "the one that was here";
    return `run ${key} on ${data.name}: one training in two lines. What counts is ${which}, ` +
      "which says no less.";
  }
  const differs = equalNumbers
    ? "trained twice, to equal numbers"
    : "trained twice, to numbers that differ";
  const which = {
    this: `the new one, finished ${finished}`,
    another: "another new one, finished later",
    here: "the one that was here, finished later",
  }[counts];
  return `run ${key} on ${data.name}: ${differs}. Both are kept; what counts is ${which}.`;
}

await runCommand(async () => {
  const { values, positionals: [action, ...folders] } = parseArgs({
    allowPositionals: true,
    options: {
      csv: { type: "string" },
      ...resultsOption,
      help: { type: "boolean", default: false, short: "h" },
    },
  }, { excludes: { csv: ["names"] } });
  if (values.help) return console.log(usage);
  useResults(values);
  if (values.csv !== undefined) return await write(callerPath(values.csv));
  if (action === undefined) return await list();
  if (action !== "merge") {
    throw new BadInput(
      `not a thing to do${didYouMean(action, ["merge"])}`,
      "results",
      action,
      HELP,
    );
  }
  if (folders.length === 0) {
    throw new BadInput("no folder is named", "results merge", undefined, HELP);
  }
  await mergeAll(folders.map(callerPath));
});
