/** What a sweep's title says: where one line is highest, as far as its seeds support it. */
import { bestOnLine } from "../../compare/best_on_line.ts";
import { type Line, valueInWords } from "../../compare/group_runs.ts";
import { methodOf } from "../../results/method.ts";
import { measureName } from "../../show/measure_words.ts";
import type { Run } from "../../train/run.ts";
import { inWords, isMetric, type Shown, spreadOfPoint, valueOf } from "./sweep_values.ts";

/**
 * "Highest test recall@50 of REMI: λ = 100 or 1,000": on the line of the fullest method, which is
 * named if there are others.
 *
 * @param lines at least one, none of them empty
 */
export function findingOf(lines: readonly Line[], what: Shown, symbol: string): string {
  const [told] = lines.toSorted((a, b) => fullness(b) - fullness(a));
  const shown = isMetric(what) ? `test ${what.replace("Recall", "recall")}` : measureName(what);
  const names = [...new Set(told!.map(({ runs }) => methodOf(runs[0]!.config).name))];
  const line = lines.length === 1 ? "" : names.length === 1 ? " of " : " from ";
  return seedsSay(told!, what, symbol, `${shown}${line}${line && names.join(" to ")}`);
}

/** REMI's line before those of its parts, and they before other models'. */
function fullness(line: Line): number {
  const { model, variant } = methodOf(line.at(-1)!.runs[0]!.config);
  if (model !== "comirec-sa") return -1;
  return variant === "plain" ? 0 : variant.length;
}

function seedsSay(line: Line, what: Shown, symbol: string, shown: string): string {
  if (line.length === 1) {
    return `${capitalised(shown)} is ${inWords(spreadOfPoint(line[0]!, what).mean, what)}`;
  }
  return highestOf(line, (run) => valueOf(run, what)!, shown, symbol);
}

/**
 * "Highest test recall@50: λ = 100 or 1,000": the best of a line by the paired rule, and those that
 * it does not tell from it.
 *
 * @param shown what valueOf gives, in words
 */
export function highestOf(
  line: Line,
  valueOf: (run: Run) => number,
  shown: string,
  symbol: string,
): string {
  const best = bestOnLine(line, valueOf);
  if (!best) return `${capitalised(shown)} by ${symbol}: too few seeds to judge`;
  if (best.judged.length === best.tied.length) {
    return `${capitalised(shown)}: seeds tell no ${symbol} from the best`;
  }
  return `Highest ${shown}: ${symbol} = ${
    oneOf(best.tied.map(({ value }) => valueInWords(value)))
  }`;
}

function capitalised(words: string): string {
  return `${words[0]!.toUpperCase()}${words.slice(1)}`;
}

/** "0, 0.1 or 1" */
function oneOf(values: readonly string[]): string {
  return [values.slice(0, -1).join(", "), values.at(-1)].filter(Boolean).join(" or ");
}
