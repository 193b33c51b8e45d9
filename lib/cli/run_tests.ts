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

const STEPS = "(?: \\([^)]*\\))?";

/** What `deno test` closes with: how it went, and how many passed, failed and were ignored. */
const SUMMARY = new RegExp(
  `^(ok|FAILED) \\| (\\d+) passed${STEPS} \\| (\\d+) failed${STEPS}(?: \\| (\\d+) ignored)?`,
  "m",
);

/** Exit codes from here on are those of processes that a signal has ended. */
const SIGNALS = 128;

/**
 * What the tests came to: the counts in words, and the exit code. A process that a signal ends
 * after its summary, while the runtime frees its memory, has run all of them.
 *
 * @param output of `deno test`
 * @param code it ended with
 */
export function outcomeOf(output: string, code: number): { counts: string; code: number } {
  const [, how, ...numbers] = SUMMARY.exec(output) ?? ["", "FAILED", 0, 1, 0];
  const [passed, failed, skipped] = numbers.map((n) => Number(n ?? 0));
  const counts = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
  return { counts, code: how === "ok" && code > SIGNALS ? 0 : code };
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
  const outcome = outcomeOf(output, code);
  if (outcome.code !== code) {
    console.log(
      `The runtime ended with code ${code} after the last test, which counts for nothing.`,
    );
  }
  console.log(outcome.counts);
  Deno.exit(outcome.code);
}

if (import.meta.main) await main();
