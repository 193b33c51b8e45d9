/** What a sweep's title says: where one line is highest, as far as its seeds support it. */
import { bestBySeeds, type BestOnLine, bestOnLines } from "../../compare/best_on_line.ts";
import { type Line, valueInWords } from "../../compare/group_runs.ts";
import { methodOf } from "../../results/method.ts";
import { measureName } from "../../show/measure_words.ts";
import { capitalised } from "../../show/words.ts";
import {
  inWords,
  isMetric,
  quantityNamed,
  type Shown,
  spreadOfPoint,
  valueOf,
} from "./sweep_values.ts";

/**
 * "Highest test recall@50 of REMI: λ = 100 or 1,000": on the line of the fullest method, which is
 * named if there are others. A metric is judged as {@linkcode bestOnLines} judges all of the lines.
 *
 * @param lines  at least one, none of them empty
 * @param folder of results, with the hits of users
 * @throws {BadInput} if a file of hits is not the one that was recorded
 */
export async function findingOf(
  lines: readonly Line[],
  what: Shown,
  symbol: string,
  folder?: string,
): Promise<string> {
  const [told] = lines.toSorted((a, b) => fullness(b) - fullness(a));
  const shown = isMetric(what) ? `test ${what.replace("Recall", "recall")}` : measureName(what);
  const names = [...new Set(told!.map(({ runs }) => methodOf(runs[0]!.config).name))];
  const line = lines.length === 1 ? "" : names.length === 1 ? " of " : " from ";
  const words = `${shown}${line}${line && names.join(" to ")}`;
  if (told!.length === 1) {
    return `${capitalised(words)} is ${inWords(spreadOfPoint(told![0]!, what).mean, what)}`;
  }
  const best = isMetric(what)
    ? (await bestOnLines(lines, quantityNamed(what), folder))[lines.indexOf(told!)]!
    : bestBySeeds(told!, (run) => valueOf(run, what)!);
  return highestInWords(best, words, symbol);
}

/** REMI's line before those of its parts, and they before other models'. */
function fullness(line: Line): number {
  const { model, variant } = methodOf(line.at(-1)!.runs[0]!.config);
  if (model !== "comirec-sa") return -1;
  return variant === "plain" ? 0 : variant.length;
}

/**
 * "Highest test recall@50: λ = 100 or 1,000": the best of a line by the paired rule, and those that
 * it does not tell from it; values with too few seeds are named.
 *
 * @param best  of the line; null if too few points have seeds enough
 * @param shown what it is judged by, in words
 */
export function highestInWords(best: BestOnLine | null, shown: string, symbol: string): string {
  if (!best) return `${capitalised(shown)} by ${symbol}: too few seeds to judge`;
  const all = best.judged.length;
  const few = best.few.map(({ value }) => valueInWords(value)).join(", ");
  const but = few === "" ? "" : ` (${few}: too few seeds)`;
  if (all === best.tiedBySeeds.length) {
    return `${capitalised(shown)}: seeds tell no ${symbol} from the best${but}`;
  }
  if (all === best.tied.length) {
    return `${capitalised(shown)}: the rule tells no ${symbol} from the best${but}`;
  }
  return `Highest ${shown}: ${symbol} = ${
    oneOf(best.tied.map(({ value }) => valueInWords(value)))
  }${but}`;
}

/** "0, 0.1 or 1" */
function oneOf(values: readonly string[]): string {
  return [values.slice(0, -1).join(", "), values.at(-1)].filter(Boolean).join(" or ");
}
