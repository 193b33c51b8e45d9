/** How measures are written: on axes, in titles, in tables. */
import { type AnalysisMeasure, analysisMeasures } from "../analyze/measures.ts";

/** What a measure is multiplied by where people read it: shares are in %. */
export function measureScale(name: AnalysisMeasure): 1 | 100 {
  return analysisMeasures[name].unit === "share" ? 100 : 1;
}

/** An axis' title: "largest weight (%)". */
export function measureAxis(name: AnalysisMeasure): string {
  return `${name.replaceAll("-", " ")}${measureScale(name) === 100 ? " (%)" : ""}`;
}

/** A value with its unit: "28.4 %", "5.58", "12.3", "−0.01". */
export function measureInWords(name: AnalysisMeasure, value: number): string {
  if (measureScale(name) === 100) return `${(100 * value).toFixed(1)} %`;
  const digits = value.toFixed(Math.abs(value) < 9.995 ? 2 : 1);
  return digits === "-0.00" ? "0.00" : digits.replace("-", "−");
}
