/** `deno task example`: the made-up table of data/examples. */
import { projectPath, shownPath, writeAtomically } from "../base/files.ts";
import { exampleTable } from "../data/example_table.ts";
import { runPlainCommand } from "./main.ts";

const usage = `deno task example

Writes data/examples/town-library.csv, a made-up table to try own data with. It is in the repository
already, and always has the same bytes.`;

await runPlainCommand(usage, async () => {
  const path = projectPath("data", "examples", "town-library.csv");
  const text = exampleTable();
  await writeAtomically(path, text);
  console.log(`wrote ${shownPath(path)}: ${text.split("\n").length - 2} loans`);
});
