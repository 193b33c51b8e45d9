/** `deno task test`: the tests, then a plain line "N passed, N failed" for scripts to read. */
import { parseArgs } from "node:util";
import { projectRoot } from "../base/files.ts";

const usage = `deno task test [folders or files] [--filter text] [options of deno test]

Runs the tests of lib, or those named, and closes with a line "N passed, N failed". Values of
further options are written with "=", as in --fail-fast=3.`;

/** The arguments for `deno test`: lib in front of them if no folder or file is among them. */
export function testArguments(args: readonly string[]): string[] {
  const { positionals } = parseArgs({
    args: [...args],
    strict: false, // all options of `deno test` may be given
    options: { filter: { type: "string" } },
  });
  return positionals.length > 0 ? [...args] : ["lib", ...args];
}

/**
 * The caller's environment without REMI_RESULTS and REMI_MIRROR, for the tests, because they are
 * of the project's own results and of files that they serve themselves. Tests of public files look
 * where REMI_DATA says.
 */
export function testEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const { REMI_RESULTS: _results, REMI_MIRROR: _mirror, ...rest } = env;
  return { ...rest, NO_COLOR: "1" };
}

async function main(): Promise<void> {
  if (["--help", "-h"].some((option) => Deno.args.includes(option))) return console.log(usage);
  const tests = new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", ...testArguments(Deno.args)],
    cwd: projectRoot,
    clearEnv: true,
    env: testEnvironment(Deno.env.toObject()),
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
}

if (import.meta.main) await main();
