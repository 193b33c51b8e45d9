/**
 * `deno task test [folders or files] [--filter text]`: runs the tests and closes with a plain line
 * "N passed, N failed", which scripts can read.
 */
import { projectRoot } from "../base/files.ts";

const asked = Deno.args.some((argument) => !argument.startsWith("-")) ? [] : ["lib"];
const tests = new Deno.Command(Deno.execPath(), {
  args: ["test", "-A", ...Deno.args, ...asked],
  cwd: projectRoot,
  env: { NO_COLOR: "1" },
  stdout: "piped",
  stderr: "inherit",
}).spawn();

let output = "";
for await (const text of tests.stdout.pipeThrough(new TextDecoderStream())) {
  await Deno.stdout.write(new TextEncoder().encode(text));
  output += text;
}
const { code } = await tests.status;

const summary = output.match(
  /\| (\d+) passed(?: \([^)]*\))? \| (\d+) failed(?: \([^)]*\))?(?: \| (\d+) ignored)?/,
);
const [passed, failed, skipped] = (summary ?? ["", 0, 1, 0]).slice(1).map((n) => Number(n ?? 0));
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
Deno.exit(code);
