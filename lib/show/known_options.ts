/** The options that functions take from cells, so that one that is misspelt or missing is told. */
import { WrongCall } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import type { LoadOptions } from "../data/load.ts";
import type { TrainOptions } from "../train/train_options.ts";
import {
  isPlain,
  type Kind,
  listOf,
  made,
  maker,
  number,
  numbers,
  runs,
  sizes,
  text,
} from "./argument_kinds.ts";
import { kindOf } from "./kinds.ts";
import {
  digits,
  digitsByColumn,
  finite,
  flag,
  folding,
  frontend,
  id,
  ids,
  itself,
  path,
  place,
  probes,
  recordPlace,
  seconds,
  seed,
  size,
  textOrNull,
  words,
} from "./option_kinds.ts";
import type { LiveOptions } from "./show.ts";
import type { TableOptions } from "./table.ts";

type Kinds = Readonly<Record<string, Kind>>;

/** The options of a function. */
interface Options {
  /** which of its arguments they are, from 0 */
  readonly at: number;
  /** those without which it cannot be called; null where all may be left out */
  readonly needed: readonly string[] | null;
  readonly kinds: Kinds;
}

function may<K extends string>(at: number, kinds: Readonly<Partial<Record<K, Kind>>>): Options {
  return { at, needed: null, kinds: kinds as Kinds };
}

function must(at: number, needed: Kinds, others: Kinds = {}): Options {
  return { at, needed: Object.keys(needed), kinds: { ...needed, ...others } };
}

const training = { folder: path, restart: flag, acceptCode: flag };
const routed = { user: place, labelOf: maker };

/** By the function as a cell writes it; one that is not here takes none, or checks them itself. */
const optionsOf: Readonly<Record<string, Options>> = {
  "figure.gradientShares": must(
    0,
    { byK: listOf("gradientShares", "K", "shares"), about: text },
    { runs: words },
  ),
  "figure.learningCurves": may(1, {
    reference: listOf("officialCurves", "method", "label", "points"),
    logSteps: flag,
  }),
  "figure.measures": may(2, { logSteps: flag }),
  "figure.penaltyPadding": must(0, {
    name: text,
    shares: numbers,
    sizes: sizes("B", "K", "d"),
    lambda: finite,
  }),
  "figure.routingOverTraining": may(1, routed),
  "figure.routingStages": must(1, { runs }, routed),
  "figure.sweep": must(1, { over: itself, show: itself }, { folder: path }),
  "figure.workedNegatives": must(
    0,
    { scores: numbers, positive: number, betas: numbers, beta: number },
    { names: words },
  ),
  "show.live": may<keyof LiveOptions>(1, { draft: flag, frontend }),
  askStores: must(1, { user: id }, { n: size, withSeen: flag }),
  data: may<keyof LoadOptions>(1, {
    split: text,
    from: path,
    renumber: flag,
    say: maker,
    places: made("lib/data/sources.ts", "downloads"),
    entry: made("the manifest", "name", "files"),
  }),
  droppedItems: may(1, { users: size }),
  exportVectors: may(2, { progress: maker }),
  follow: must(1, { user: place }, { N: size }),
  fromSequences: may(2, { split: text }),
  fromSplit: may(1, { name: text, renumber: flag }),
  gradientShares: may(1, { users: size, negatives: size }),
  hardnessOf: may(1, { users: size }),
  likedNegatives: may(1, { users: size, negatives: size }),
  matrixTable: must(1, { rows: words, columns: words }, { caption: text, digits }),
  negativesOf: must(1, { user: place }, { n: size }),
  pairedTests: may(2, { folder: path, seed }),
  recommend: must(1, {}, { user: id, history: ids, n: size, withSeen: flag }),
  stepsSideBySide: may(2, { rounds: size, steps: size }),
  stoppedGradients: may(3, { batches: size, lambda: finite, seed }),
  sweepTable: must(1, { over: itself }, { asked: itself, folder: path }),
  table: may<keyof TableOptions>(1, {
    digits: digitsByColumn,
    caption: text,
    below: textOrNull,
    folded: folding,
    runs: words,
  }),
  train: may<keyof TrainOptions>(2, {
    ...training,
    probes,
    record: recordPlace,
    checkpointSeconds: seconds,
  }),
  watch: may<keyof TrainOptions>(2, training),
};

/**
 * Which of a function's arguments are options, and which it knows; null for a function without.
 *
 * @param where as in {@linkcode refuseWrongOptions}
 */
export function knownOptions(
  where: string,
): { readonly at: number; readonly known: readonly string[] } | null {
  const options = optionsOf[where];
  return options ? { at: options.at, known: Object.keys(options.kinds) } : null;
}

/**
 * Refuses options that a function does not know, says which are missing, and refuses those of
 * another kind than is taken.
 *
 * @param where the function as a cell writes it, "figure.learningCurves"
 * @throws {WrongCall} naming the option, those that there are, and the one that was meant
 */
export function refuseWrongOptions(where: string, args: readonly unknown[]): void {
  const expected = optionsOf[where];
  if (!expected) return;
  const { at, needed, kinds } = expected;
  const known = Object.keys(kinds);
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
  if (missing.length > 0) {
    const remedy = "What is undefined may be a part of a promise: write await before it.";
    throw new WrongCall(`takes options ${all}, without ${missing}`, where, undefined, remedy);
  }
  for (const [key, kind] of Object.entries(kinds)) {
    const value = options[key];
    if (value === undefined || kind.is(value)) continue;
    const shown = Object(value) === value || value === null ? undefined : value;
    const what = `takes ${kind.name}, and got ${kindOf(value)}`;
    throw new WrongCall(what, `${where}, ${key}`, shown, kind.remedy);
  }
}
