/** Reading only the lines that have certain texts in some columns. */
import { BadInput } from "../../base/bad_input.ts";
import { shownName } from "../../base/shown_name.ts";
import type { EventLog } from "../events.ts";

/** By column (a position as text, "4", where there is no header line): the text, or the texts. */
export type Only = Readonly<Record<string, string | readonly string[]>>;

/** Texts that are listed when one that was asked for does not occur. */
const LISTED = 20;

/** Decides line by line, and counts. */
export interface Chosen {
  /** finds the columns, once there is a header line */
  begin(index: (column: string | number) => number): void;
  /** whether a line is read */
  accepts(text: (index: number) => string): boolean;
  /** records how many lines were not; throws BadInput if an asked text never occurs */
  finish(events: EventLog, source: string): void;
}

/**
 * Chooses lines.
 *
 * @param named whether columns are named
 */
export function onlyOf(only: Only = {}, named = true): Chosen {
  const rules = Object.entries(only).map(([column, texts]) => ({
    column: named ? column : Number(column),
    texts: new Set(Array.isArray(texts) ? texts.map(String) : [String(texts)]),
    seen: new Set<string>(),
    index: 0,
  }));
  let others = 0;
  return {
    begin: (index) => rules.forEach((rule) => rule.index = index(rule.column)),
    accepts(text) {
      let accepted = true;
      for (const rule of rules) {
        const value = text(rule.index).trim();
        if (rule.seen.size < LISTED || rule.texts.has(value)) rule.seen.add(value);
        if (!rule.texts.has(value)) accepted = false;
      }
      if (!accepted) others++;
      return accepted;
    },
    finish(events, source) {
      for (const { column, texts, seen } of rules) {
        const missing = [...texts].find((text) => !seen.has(text));
        if (missing === undefined) continue;
        const remedy = `It has ${[...seen].slice(0, LISTED).map(shownName).join(", ")}.`;
        throw new BadInput(`not in column ${column} of any line`, source, missing, remedy);
      }
      const asked = rules.map(({ column, texts }) => `${column} ${[...texts].join(" or ")}`);
      events.drop(others, "lines", `not ${asked.join(", ")}`);
    },
  };
}
