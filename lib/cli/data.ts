/** `deno task data`: what data sets there are, getting and preparing one, exporting it. */
import { BadInput } from "../base/bad_input.ts";
import { exportComirec } from "../data/comirec_format.ts";
import { besidesInWords, type Dataset, userCount } from "../data/interactions.ts";
import { data } from "../data/load.ts";
import { countsOf, countsText, manifest } from "../data/manifest.ts";
import { obtain } from "../data/obtain.ts";
import { reportText } from "../data/report.ts";
import { whereabouts, whereaboutsText } from "../data/whereabouts.ts";
import { leakageText } from "../evaluate/leakage.ts";
import { callerPath } from "./caller_path.ts";
import { DATA_HELP, ownTable, tableOptions } from "./chosen_data.ts";
import { downloadProgress } from "./download_progress.ts";
import { parseArgs, runCommand } from "./main.ts";

const HELP = `Data sets: list, get, prepare, export.

  deno task data --list                     every registered data set, and whether it is at hand
                                            and has times
  deno task data <name> [--split <which>]   get it: from cache, a file at hand, or a download
  deno task data <name> --from <path>       prepare it from this file (plain or gzip), or from a
                                            folder in ComiRec's text format
  deno task data --from <file> --user <column> --item <column> …
                                            read your own table and say what is in it
  deno task data export <name> --to <folder>
  deno task data export --from <file> --user … --to <folder>
                                            write the split in ComiRec's text format

Options
  --to <folder>          where the export goes
  --list                 the table of data sets
  --help                 this text
${DATA_HELP}

What is downloaded has to have the registered sha256, and for books and gowalla, where none is, the
registered counts; the environment variable REMI_MIRROR names another server that has the same
paths, e.g. http://localhost:8000. Files are looked for in data/downloads, in the folders that the
environment variable REMI_DATA names (separated as in PATH), and in ../shared/data. data/README.md
describes splits, formats and licences.`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...tableOptions,
      to: { type: "string" },
      list: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  }, {
    needs: { renumber: "from" },
    excludes: { list: ["names", "to", ...Object.keys(tableOptions)] },
  });
  if (values.help) return console.log(HELP);
  if (values.list) return await list();
  const exporting = positionals[0] === "export";
  const names = exporting ? positionals.slice(1) : positionals;
  const own = await ownTable(values, names.length > 0 ? ["from", "split", "renumber"] : []);
  const needed = own === undefined ? 1 : 0;
  if (names.length !== needed || exporting !== (values.to !== undefined)) {
    throw new BadInput(
      own !== undefined && names.length > 0
        ? "a registered data set and an own table (--name names your own)"
        : exporting
        ? "export needs one name and --to"
        : "one data set is needed (--to is for export)",
      "deno task data",
      Deno.args.join(" "),
      "See deno task data --help.",
    );
  }
  const dataset = own?.dataset ?? await chosen(names[0]!, values);
  describe(dataset);
  if (values.to === undefined) return;
  for (const path of await exportComirec(dataset, callerPath(values.to))) {
    console.log(`wrote ${path}`);
  }
});

/** Loads a data set; downloads it first if it is not at hand and can be downloaded. */
async function chosen(
  name: string,
  { from, renumber, split }: { from?: string; renumber: boolean; split?: string },
): Promise<Dataset> {
  if (from !== undefined) {
    return await data(name, { from: callerPath(from), renumber, split });
  }
  const progress = downloadProgress();
  return await obtain(name, {
    split,
    progress: progress.tell,
    begins: (url) => console.log(`downloading ${url}`),
    say: (message) => {
      progress.end();
      console.warn(message);
    },
  }).finally(progress.end);
}

function describe(dataset: Dataset): void {
  console.log(`${dataset.name}: ${countsText(countsOf(dataset))}`);
  for (const split of ["train", "valid", "test"] as const) {
    const { items } = dataset[split];
    const users = userCount(dataset[split]).toLocaleString("en");
    console.log(
      `  ${split.padEnd(5)} ${users} users, ${items.length.toLocaleString("en")} behaviours`,
    );
  }
  console.log(`  ${besidesInWords(dataset)}`);
  if (dataset.timesHash !== undefined) console.log(`  ${leakageText(dataset)}`);
  if (dataset.report !== undefined) console.log(reportText(dataset.report));
  const { hash, timesHash, profilesHash } = dataset;
  console.log(`hash ${hash}`);
  if (timesHash !== undefined) console.log(`hash of the times ${timesHash}`);
  if (profilesHash !== undefined) console.log(`hash of the profiles ${profilesHash}`);
}

async function list(): Promise<void> {
  const rows = [["name", "users", "items", "behaviours", "at hand", "licence"]];
  for (const entry of await manifest()) {
    const { users, items, behaviours } = entry.counts;
    const counts = [users, items, behaviours].map((n) => n.toLocaleString("en"));
    rows.push([entry.name, ...counts, whereaboutsText(await whereabouts(entry)), entry.licence]);
  }
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  for (const row of rows) {
    const cells = row.map((cell, c) =>
      c >= 1 && c <= 3 ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)
    );
    console.log(cells.join("  ").trimEnd());
  }
}
