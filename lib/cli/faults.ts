/** `deno task faults`: what goes wrong on other people's machines, done on purpose. */
import { BadInput } from "../base/bad_input.ts";
import { integer } from "../base/number_text.ts";
import type { Findings } from "../testing/faults/bench.ts";
import { findingsText, parts, runPart, wrongCount, wrongs } from "../testing/faults/parts.ts";
import { parseArgs, runCommand } from "./main.ts";

const usage = `deno task faults [parts…] [options]

Kills processes at random moments, fills a small disk, damages files and gives bad commands, all in
temporary folders, never on the project's own results. Says what was lost, was left running or
lying about, and which messages were not plain. All parts take some twenty minutes.

  --quick       a few trials of each, in a minute or so
  --seed <n>    of the random moments, damages and commands (default 1)

Parts:
${
  Object.entries(parts).map(([name, { about, count }]) => `  ${name.padEnd(12)} ${count} ${about}`)
    .join("\n")
}`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      seed: { type: "string", default: "1" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  for (const name of positionals) {
    if (Object.hasOwn(parts, name)) continue;
    const remedy = `There are: ${Object.keys(parts).join(", ")}.`;
    throw new BadInput("no such part", "deno task faults", name, remedy);
  }
  const seed = integer(values.seed, "--seed");
  const all: Findings[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
    const findings = await runPart(name, seed, parts[name]![values.quick ? "quick" : "count"]);
    console.log(findingsText(findings));
    all.push(findings);
  }
  const trials = all.reduce((sum, findings) => sum + findings.trials, 0);
  console.log(`\n${trials} trials`);
  for (const [kind, words] of Object.entries(wrongs)) {
    const count = all.reduce((sum, findings) => sum + findings[kind as "lost"].length, 0);
    console.log(`${words}: ${count}`);
  }
  if (all.some((findings) => wrongCount(findings) > 0)) Deno.exitCode = 1;
});
