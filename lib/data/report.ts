/** What loading a data set did to it: nothing is dropped or reordered without being counted. */
import { shownName } from "../base/shown_name.ts";

/** Something that was left out. */
export interface Drop {
  /** how many */
  readonly count: number;
  /** what was left out, in the plural: "items", "events" */
  readonly what: string;
  /** the rule that left it out */
  readonly why: string;
}

/** How a data set came about; kept with it, in its cache too. */
export interface LoadReport {
  /** the file or folder it was read from, or "generated" */
  readonly source: string;
  /** the name of the format */
  readonly format: string;
  /** what was left out; entries with count 0 are not listed */
  readonly drops: readonly Drop[];
  /** what else a reader should know, one sentence each */
  readonly notes: readonly string[];
}

/** The report as lines of text, each in one line whatever names it has. */
export function reportText(report: LoadReport): string {
  const lines = [`read from ${report.source} (${report.format})`];
  for (const { count, what, why } of report.drops) {
    lines.push(`left out ${count.toLocaleString("en")} ${what}: ${why}`);
  }
  return [...lines, ...report.notes].map(shownName).join("\n");
}
