/** What every command does with its arguments, and with errors: a mistake is one plain message. */
import { parseArgs as parseNodeArgs } from "node:util";
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { Stopped } from "../base/interrupt.ts";

/** `parseArgs` of node:util, which for an unknown option also says which may have been meant. */
export const parseArgs: typeof parseNodeArgs = (config) => {
  try {
    return parseNodeArgs(config);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const option = error instanceof Error ? /'--([^']+)'/.exec(error.message)?.[1] : undefined;
    if (code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION" || option === undefined) throw error;
    const meant = didYouMean(option, Object.keys(config?.options ?? {}));
    throw Object.assign(
      new Error(`unknown option: --${option}${meant.replace(/(\S+)$/, "--$1")}`),
      {
        code,
      },
    );
  }
};

/**
 * Runs a command. A BadInput, or an option that `parseArgs` does not know, is printed as one
 * message to the error stream and ends the process with exit code 1 (2 for options, as shells do);
 * what was stopped by hand ends it with 130; any other error is a bug and keeps its stack.
 */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof BadInput) {
      console.error(`error: ${error.message}`);
      Deno.exit(1);
    }
    if (error instanceof Stopped) {
      console.error(error.message);
      Deno.exit(130);
    }
    if (error instanceof Error && "code" in error && /^ERR_PARSE_ARGS/.test(String(error.code))) {
      console.error(`error: ${error.message}\nSee --help.`);
      Deno.exit(2);
    }
    throw error;
  }
}

/**
 * Runs a command that takes no arguments, as {@linkcode runCommand} does: --help prints its usage,
 * and anything else is an option that it does not know.
 */
export async function runPlainCommand(usage: string, main: () => Promise<void>): Promise<void> {
  await runCommand(async () => {
    const options = { help: { type: "boolean", short: "h" } } as const;
    if (parseArgs({ args: Deno.args, options }).values.help) console.log(usage);
    else await main();
  });
}

/** The option of every command that reads or writes recorded runs. */
export const resultsOption = { results: { type: "string" } } as const;

/** What the usage of such a command says of it. */
export const resultsUsage =
  `--results <folder>     another results folder than the project's: the same as setting
                         the environment variable REMI_RESULTS`;

/** Makes this process, and those that it starts, use the results folder that was given. */
export function useResults({ results }: { readonly results?: string }): void {
  if (results !== undefined) Deno.env.set("REMI_RESULTS", results);
}

/**
 * The number that was given for an option.
 *
 * @throws {BadInput} if it is not a whole number above 0
 */
export function positiveInteger(text: string, option: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new BadInput("not a whole number above 0", option, text, "Try 2.");
}
