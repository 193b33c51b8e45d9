/** How measures are called and written: on axes, in titles, when hovering, in tables. */
import { type AnalysisMeasure, analysisMeasures } from "../analyze/measures.ts";
import { withMinus } from "./words.ts";

const selected = "(selected interest)";
const other = "(other interests)";
const single = "(mean of the interests)";
const uniform = "(uniform routing)";

/** What is measured, and of whom or where: the second line of an axis' title. */
const words: Readonly<Record<AnalysisMeasure, readonly [what: string, of?: string]>> = {
  "effective-negatives-selected": ["effective negatives", selected],
  "effective-negatives-other": ["effective negatives", other],
  "effective-negatives-single": ["effective negatives", single],
  "top-percent-share-selected": ["gradient on the hardest 1 %", selected],
  "top-percent-share-other": ["gradient on the hardest 1 %", other],
  "top-percent-share-single": ["gradient on the hardest 1 %", single],
  "idle-negatives-selected": ["idle negatives", selected],
  "idle-negatives-other": ["idle negatives", other],
  "idle-negatives-single": ["idle negatives", single],
  "negative-gradient-selected": ["gradient on the negatives", selected],
  "reversed-gradient-selected": ["gradient that pushes up", selected],
  "hard-for-user-easy-for-selected": ["hard for the user,", "easy for the selected interest"],
  "effective-items": ["effective items"],
  "effective-items-uniform": ["effective items", uniform],
  "largest-weight": ["largest weight"],
  "largest-weight-uniform": ["largest weight", uniform],
  "history-seen": ["history seen"],
  "interest-cosine": ["cosine of two interests"],
  "interest-cosine-strangers": ["cosine of two interests", "of different users"],
  "retrieved-overlap": ["overlap of two retrieved lists"],
  "planted-covered": ["planted interests covered"],
  "planted-covered-by": ["interests that cover", "a planted one"],
  "planted-led": ["planted interests led"],
  "list-purity": ["purity of an interest's list"],
};

/** A measure in a sentence: "effective negatives (selected interest)". */
export function measureName(name: AnalysisMeasure): string {
  return words[name].join(" ");
}

/** What a measure is multiplied by where people read it: shares are in %. */
export function measureScale(name: AnalysisMeasure): 1 | 100 {
  return analysisMeasures[name].unit === "share" ? 100 : 1;
}

/** An axis' title: "largest weight (%)". */
export function measureAxis(name: AnalysisMeasure): string {
  return `${words[name].join("<br>")}${measureScale(name) === 100 ? " (%)" : ""}`;
}

/** A value with its unit: "28.4 %", "5.58", "12.3", "−0.01". */
export function measureInWords(name: AnalysisMeasure, value: number): string {
  if (measureScale(name) === 100) return withMinus(`${(100 * value).toFixed(1)} %`);
  const digits = value.toFixed(Math.abs(value) < 9.995 ? 2 : 1);
  return digits === "-0.00" ? "0.00" : withMinus(digits);
}
