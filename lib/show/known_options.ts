/** The options that functions take from cells, so that one that is misspelt or missing is told. */
import { WrongCall } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import type { LoadOptions } from "../data/load.ts";
import type { TrainOptions } from "../train/train_options.ts";
import { isPlain } from "./argument_kinds.ts";
import { kindOf } from "./kinds.ts";
import type { LiveOptions } from "./show.ts";
import type { TableOptions } from "./table.ts";

/** The options of a function. */
interface Options {
  /** which of its arguments they are, from 0 */
  readonly at: number;
  /** those without which it cannot be called; null where all may be left out */
  readonly needed: readonly string[] | null;
  readonly known: readonly string[];
}

function may<K extends string>(at: number, ...known: readonly K[]): Options {
  return { at, needed: null, known };
}

function must(at: number, needed: readonly string[], ...others: readonly string[]): Options {
  return { at, needed, known: [...needed, ...others] };
}

/** By the function as a cell writes it; one that is not here takes none, or checks them itself. */
const optionsOf: Readonly<Record<string, Options>> = {
  "figure.gradientShares": must(0, ["byK", "about"], "runs"),
  "figure.learningCurves": may(1, "reference", "logSteps"),
  "figure.measures": may(2, "logSteps"),
  "figure.penaltyPadding": must(0, ["name", "shares", "sizes", "lambda"]),
  "figure.routingOverTraining": may(1, "user", "labelOf"),
  "figure.routingStages": must(1, ["runs"], "user", "labelOf"),
  "figure.sweep": must(1, ["over", "show"], "folder"),
  "figure.workedNegatives": must(0, ["scores", "positive", "betas", "beta"], "names"),
  "show.live": may<keyof LiveOptions>(1, "draft", "frontend"),
  askStores: must(1, ["user"], "n", "withSeen"),
  data: may<keyof LoadOptions>(1, "split", "from", "renumber", "say", "places", "entry"),
  droppedItems: may(1, "users"),
  exportVectors: may(2, "progress"),
  follow: must(1, ["user"], "N"),
  fromSequences: may(2, "split"),
  fromSplit: may(1, "name", "renumber"),
  gradientShares: may(1, "users", "negatives"),
  hardnessOf: may(1, "users"),
  likedNegatives: may(1, "users", "negatives"),
  matrixTable: must(1, ["rows", "columns"], "caption", "digits"),
  negativesOf: must(1, ["user"], "n"),
  pairedTests: may(2, "folder", "seed"),
  recommend: must(1, [], "user", "history", "n", "withSeen"),
  stepsSideBySide: may(2, "rounds", "steps"),
  stoppedGradients: may(3, "batches", "lambda", "seed"),
  sweepTable: must(1, ["over"], "asked", "folder"),
  table: may<keyof TableOptions>(1, "digits", "caption", "below", "folded", "runs"),
  train: may<keyof TrainOptions>(
    2,
    "folder",
    "restart",
    "probes",
    "record",
    "acceptCode",
    "checkpointSeconds",
  ),
  watch: may<keyof TrainOptions>(2, "folder", "restart", "acceptCode"),
};

/**
 * Which of a function's arguments are options, and which it knows; null for a function without.
 *
 * @param where as in {@linkcode refuseWrongOptions}
 */
export function knownOptions(where: string): Pick<Options, "at" | "known"> | null {
  return optionsOf[where] ?? null;
}

/**
 * Refuses options that a function does not know, and says which are missing.
 *
 * @param where the function as a cell writes it, "figure.learningCurves"
 * @throws {WrongCall} naming the option, those that there are, and the one that was meant
 */
export function refuseWrongOptions(where: string, args: readonly unknown[]): void {
  const expected = optionsOf[where];
  if (!expected) return;
  const { at, needed, known } = expected;
  const options = args[at];
  if (options === undefined && needed === null) return;
  const all = `{ ${known.join(", ")} }`;
  if (!isPlain(options)) {
    const written = needed?.length ? needed : known.slice(0, 1);
    throw new WrongCall(
      `takes options ${all}, and got ${kindOf(options)}`,
      where,
      undefined,
      `For example { ${written.map((key) => `${key}: …`).join(", ")} }.`,
    );
  }
  for (const [key, value] of Object.entries(options)) {
    if (known.includes(key)) continue;
    throw new WrongCall(
      `unknown option${didYouMean(key, known)}`,
      `${where}, ${key}`,
      value,
      `Known here: ${known.join(", ")}.`,
    );
  }
  const missing = (needed ?? []).filter((key) => options[key] === undefined);
  if (missing.length === 0) return;
  const remedy = "What is undefined may be a part of a promise: write await before it.";
  throw new WrongCall(`takes options ${all}, without ${missing}`, where, undefined, remedy);
}
