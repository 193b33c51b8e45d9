/** What every command does with its arguments, and with errors: a mistake is one plain message. */
import { parseArgs as parseNodeArgs, type ParseArgsConfig } from "node:util";
import { BadInput } from "../base/bad_input.ts";
import { callerPath } from "./caller_path.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { systemRefusal } from "../base/disk.ts";
import { Stopped } from "../base/interrupt.ts";

/** Options that would change nothing, by what else is given. */
export interface Effects {
  /** by option: the other that it is about */
  readonly needs?: Readonly<Record<string, string>>;
  /** by option: what does nothing beside it; "names" are the arguments that are no options */
  readonly excludes?: Readonly<Record<string, readonly string[]>>;
  /** how many arguments that are no options there may be; any number if it is left out */
  readonly names?: number;
}

/** What may be blank: a separator between columns. */
const mayBeBlank = new Set(["separator"]);

/**
 * `parseArgs` of node:util, and stricter: nothing that is given may be without an effect. For an
 * unknown option it also says which may have been meant.
 *
 * @throws an error with a code of ERR_PARSE_ARGS for an option that is unknown, given twice, given
 *   nothing, or without an effect beside the others
 */
export function parseArgs<T extends ParseArgsConfig>(
  config: T,
  effects: Effects = {},
): ReturnType<typeof parseNodeArgs<T>> {
  const parsed = tokensOf(config);
  const given = new Set<string>();
  const names = new Set<string>();
  for (const token of parsed.tokens) {
    if (token.kind === "positional") {
      if (token.value.trim() === "") throw unclear("an argument is empty");
      if (names.has(token.value)) throw unclear(`given twice: ${token.value}`);
      names.add(token.value);
    } else if (token.kind === "option") {
      const { name, value } = token;
      const option = `--${name}`;
      if (given.has(name) && !config.options?.[name]?.multiple) {
        throw unclear(`given twice: ${option}, of which only the last would count`);
      }
      given.add(name);
      if (value === "" || value?.trim() === "" && !mayBeBlank.has(name)) {
        throw unclear(`${option} is given nothing`);
      }
    }
  }
  if (!given.has("help")) refuseIdle(given, names, effects);
  return parsed as unknown as ReturnType<typeof parseNodeArgs<T>>;
}

function refuseIdle(
  given: ReadonlySet<string>,
  names: ReadonlySet<string>,
  { needs = {}, excludes = {}, names: most = Infinity }: Effects,
): void {
  for (const [option, about] of Object.entries(needs)) {
    if (given.has(option) && !given.has(about)) {
      throw unclear(`--${option} does nothing without --${about}`);
    }
  }
  for (const [option, others] of Object.entries(excludes)) {
    const idle = others.find((other) => other === "names" ? names.size > 0 : given.has(other));
    if (!given.has(option) || idle === undefined) continue;
    const what = idle === "names" ? [...names][0] : `--${idle}`;
    throw unclear(`${what} does nothing beside --${option}`);
  }
  const unexpected = [...names][most];
  if (unexpected !== undefined) throw unclear(`unexpected argument: ${unexpected}`);
}

function tokensOf(config: ParseArgsConfig) {
  try {
    return parseNodeArgs({ args: Deno.args, ...config, tokens: true });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const option = error instanceof Error ? /'--([^']+)'/.exec(error.message)?.[1] : undefined;
    if (code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION" || option === undefined) throw error;
    const meant = didYouMean(option, Object.keys(config?.options ?? {}));
    throw unclear(`unknown option: --${option}${meant.replace(/(\S+)$/, "--$1")}`);
  }
}

function unclear(message: string): Error {
  return Object.assign(new Error(message), { code: "ERR_PARSE_ARGS_UNCLEAR" });
}

/**
 * Runs a command. A BadInput, what the system refuses, or an option that `parseArgs` does not take,
 * is printed as one message to the error stream and ends the process with exit code 1 (2 for
 * options, as shells do); what was stopped by hand ends it with 130; any other error is a bug and
 * keeps its stack.
 */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const plain = error instanceof BadInput
      ? error
      : systemRefusal(error) ?? systemRefusal(error, "a file") ?? tooLarge(error);
    if (plain) {
      console.error(`error: ${plain.message}`);
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

/** The runtime's words for memory that there is not, or that no array can be given. */
function tooLarge(error: unknown): BadInput | null {
  const isIt = error instanceof RangeError &&
    /allocation failed|could not allocate|invalid (typed )?array (buffer )?length|string length/i
      .test(error.message);
  if (!isIt) return null;
  const remedy = "Lower the sizes that are asked for, or give less data.";
  return new BadInput("more memory is needed than there is", "the command", undefined, remedy);
}

/**
 * Runs a command that takes no arguments, as {@linkcode runCommand} does: --help prints its usage,
 * and anything else is an option that it does not know.
 */
export async function runPlainCommand(usage: string, main: () => Promise<void>): Promise<void> {
  await runCommand(async () => {
    const options = { help: { type: "boolean", short: "h" } } as const;
    if (parseArgs({ options }).values.help) console.log(usage);
    else await main();
  });
}

/** What changes nothing in a training beside the other options, for {@linkcode parseArgs}. */
export function idleInTraining(): Record<string, readonly string[]> {
  const full = /--softmax[ =]full\b/.test(Deno.args.join(" "));
  return full ? { softmax: ["S"] } : {}; // which has no sampled negatives
}

/** The option of every command that reads or writes recorded runs. */
export const resultsOption = { results: { type: "string" } } as const;

/** What the usage of such a command says of it. */
export const resultsUsage =
  `--results <folder>     another results folder than the project's, from where you are; the
                         environment variable REMI_RESULTS names one from the project's folder`;

/** Makes this process, and those that it starts, use the results folder that was given. */
export function useResults({ results }: { readonly results?: string }): void {
  if (results !== undefined) Deno.env.set("REMI_RESULTS", callerPath(results));
}

/** The same folder for a command that is printed, wherever it is typed. */
export function resultsArguments({ results }: { readonly results?: string }): string[] {
  return results === undefined ? [] : ["--results", callerPath(results)];
}
