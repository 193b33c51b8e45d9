/** What a sweep's title says: where one line is highest, as far as its seeds support it. */
import { bestOnLine } from "../../compare/best_on_line.ts";
import { type Line, valueInWords } from "../../compare/group_runs.ts";
import { type Method, methodOf } from "../../results/method.ts";
import { measureName } from "../../show/measure_words.ts";
import { inWords, isMetric, type Shown, spreadOfPoint, valueOf } from "./sweep_values.ts";

/**
 * "Test recall@50 of REMI is highest at λ = 100 or 1,000": of the line of the fullest method, which
 * is named if there are others.
 *
 * @param lines at least one, none of them empty
 */
export function findingOf(lines: readonly Line[], what: Shown, symbol: string): string {
  const methodAtEnd = (line: Line) => methodOf(line.at(-1)!.runs[0]!.config);
  const [told] = lines.toSorted((a, b) => fullness(methodAtEnd(b)) - fullness(methodAtEnd(a)));
  const shown = isMetric(what) ? `test ${what.replace("Recall", "recall")}` : measureName(what);
  const of = lines.length > 1 ? ` of ${methodAtEnd(told!).name}` : "";
  return `${shown[0]!.toUpperCase()}${shown.slice(1)}${of}${seedsSay(told!, what, symbol)}`;
}

/** REMI before its parts, and they before other models. */
function fullness({ model, variant }: Method): number {
  return model === "comirec-sa" ? variant.length : -1;
}

function seedsSay(line: Line, what: Shown, symbol: string): string {
  if (line.length === 1) return ` is ${inWords(spreadOfPoint(line[0]!, what).mean, what)}`;
  const best = bestOnLine(line, (run) => valueOf(run, what)!);
  if (!best) return ` by ${symbol}: too few seeds to judge`;
  const { judged, tied } = best;
  if (judged.length === tied.length) return `: seeds tell no ${symbol} from the best`;
  return ` is highest at ${symbol} = ${tied.map(({ value }) => valueInWords(value)).join(" or ")}`;
}
