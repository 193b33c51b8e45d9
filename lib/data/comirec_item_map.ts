/**
 * Item maps beside ComiRec's text format: lines label,item. A label that a line cannot hold as it
 * is stands in double quotes with quotes inside doubled, as in any CSV file.
 */
import { BadInput } from "../base/bad_input.ts";
import { eachLine, type Line } from "./parse/lines.ts";

/** Ids are stored as 32-bit integers with a sign. */
export const LARGEST_ITEM = 0x7fffffff;

/** What a program that reads CSV could take for something else than a label. */
const SPECIAL = /^$|[",\r\n]|^[\s\uFEFF]|[\s\uFEFF]$/;
const QUOTE = 34;

/** The line of an item, with its line break. */
export function itemMapLine(label: string, item: number): string {
  return `${SPECIAL.test(label) ? `"${label.replaceAll('"', '""')}"` : label},${item}\n`;
}

/**
 * Labels by item number. A label without quotes may have commas: files of others do not quote.
 *
 * @param gaps whether numbers may be missing, because the items are numbered anew
 * @throws BadInput with the line that is wrong, or if a number of 1, 2, 3, … is missing
 */
export async function readItemMap(path: string, gaps: boolean): Promise<string[]> {
  const labels = [""];
  await eachLine(path, (line) => {
    const text = line.text();
    const comma = text.lastIndexOf(",");
    const [label, number] = [text.slice(0, comma), text.slice(comma + 1).trim()];
    const item = /^\d+$/.test(number) ? Number(number) : NaN;
    if (!(item >= 1 && item <= LARGEST_ITEM)) {
      throw new BadInput(
        "no item number after the last comma",
        line.where,
        text,
        "See label,item.",
      );
    }
    if (item in labels) {
      throw new BadInput("an item that is listed twice", line.where, text, "List each once.");
    }
    const quoted = /^"((?:[^"]|"")*)"$/.exec(label)?.[1];
    labels[item] = quoted === undefined ? label : quoted.replaceAll('""', '"');
  }, isOpen);
  for (let item = 1; item < labels.length && !gaps; item++) {
    if (item in labels) continue;
    const remedy = "List items 1, 2, 3, … in full, or read the folder with --renumber.";
    throw new BadInput("an item number is missing", path, item, remedy);
  }
  return labels;
}

/** Whether a quoted label goes on in the next line: it has an odd number of quotes so far. */
function isOpen({ bytes, start, end }: Line, added: number): boolean {
  if (bytes[start] !== QUOTE) return false;
  const isOdd = bytes.subarray(added, end).filter((byte) => byte === QUOTE).length % 2 === 1;
  return isOdd === (added === start);
}
