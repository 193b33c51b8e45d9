/**
 * Tables: rows or a danfojs data frame in; HTML, Markdown and CSV out. The HTML is readable in
 * light and dark themes because it sets neither background nor text colour.
 */
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { escapeHtml } from "../base/escape_html.ts";
import { type Bundle, type Displayable, jupyterDisplay } from "./bundle.ts";
import { plain } from "./literal.ts";
import { sourceOf } from "./theme.ts";
import { unbroken, withMinus } from "./words.ts";

/** What a cell may hold; null is shown as a dash. */
export type Cell = string | number | boolean | null;

/**
 * One row, by column. Columns stand in the order of the first row's keys, of which JavaScript puts
 * whole numbers first: write "@20" for "20", or give a data frame's { columns, values }.
 */
export type Row = Readonly<Record<string, Cell>>;

/** The part of a danfojs data frame that a table is made from; columns may have equal names. */
export interface FrameLike {
  readonly columns: readonly string[];
  /** [rows][columns] cells */
  readonly values: unknown;
}

/** How a table is written. */
export interface TableOptions {
  /**
   * digits after the point, for all columns or by column; else 0 for integers, and otherwise 2, or
   * up to six where the number nearest to 0 needs them; a millionth of the greatest is taken for 0
   */
  readonly digits?: number | Readonly<Record<string, number>>;
  /** a sentence above the table */
  readonly caption?: string;
  /** a sentence under the table, such as what it lacks */
  readonly below?: string | null | undefined;
  /** columns that a page or notebook folds away, beside those of words; files have them in place */
  readonly folded?: { readonly summary: string; readonly columns: readonly string[] };
  /** keys of the runs the numbers come from; empty for a reader's own run */
  readonly runs?: readonly string[];
}

/** A table, ready to be shown or written to a file. */
export interface Table extends Displayable {
  /** a fragment with inline styles only */
  toHtml(): string;
  /** a GitHub table, its caption above; words that GitHub takes for HTML or equations as words */
  toMarkdown(): string;
  /**
   * Numbers with all their digits; cells that are words, "12.3 ± 0.2", as the words they are, after
   * an apostrophe where a spreadsheet would compute them: "'=1+1".
   */
  toCsv(): string;
}

/**
 * Makes a table of rows or of a data frame.
 *
 * @throws {BadInput} if there are no rows, a row has other columns than the first, a cell is an
 *   object, or digits or folding are asked for of a column that there is not
 */
export function table(source: readonly Row[] | FrameLike, options: TableOptions = {}): Table {
  const { columns, rows } = "columns" in source ? ofFrame(source) : ofRows(source);
  const { digits: byColumn } = options;
  requireColumns(columns, "digits", typeof byColumn === "object" ? Object.keys(byColumn) : []);
  requireColumns(columns, "folded", options.folded?.columns ?? []);
  const numeric = columns.map((_, i) => rows.every((row) => isNumeric(row[i]!)));
  const digits = columns.map((column, i) => digitsOf(column, rows.map((row) => row[i]!), options));
  const text = rows.map((row) => row.map((cell, i) => formatted(cell, digits[i]!)));
  const caption = [options.caption, sourceOf(options.runs)].filter(Boolean).join(" — ");
  const below = options.below ?? "";

  const made: Table = {
    toHtml: () => {
      const { summary, columns: folded } = options.folded ?? { summary: "", columns: [] };
      const html = (isShown: (column: string, i: number) => boolean) => {
        const shown = <T>(list: readonly T[]) => list.filter((_, i) => isShown(columns[i]!, i));
        return htmlOf(shown(columns), text.map(shown), shown(numeric));
      };
      const fold = folded.length === 0
        ? ""
        : `<details><summary>${escapeHtml(summary)}</summary>${
          html((column, i) => !numeric[i] || folded.includes(column))
        }</details>`;
      const whole = html((column) => !folded.includes(column));
      return lineOf(caption) + whole + fold + lineOf(below);
    },
    toMarkdown: () => markdownOf(columns, text, numeric, caption, below),
    toCsv: () => csvOf(columns, rows),
    [jupyterDisplay]: (): Bundle => ({
      "text/html": made.toHtml(),
      "text/markdown": made.toMarkdown(),
      "text/plain": made.toMarkdown(),
    }),
  };
  return made;
}

/** Words that a spreadsheet computes, but for a number, and a mark behind it: "+1.2 ▲". */
const FORMULA = /^(?![+-](?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?: [▲▼○●◆])?$)[=+\-@\t\r]/i;

interface Cells {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

function ofRows(rows: readonly Row[]): Cells {
  if (rows.length === 0) {
    throw new BadInput("no rows", "table", "[]", "A table needs at least one row.");
  }
  const columns = Object.keys(rows[0]!);
  rows.forEach((row, index) => {
    const keys = Object.keys(row);
    const odd = keys.find((key) => !columns.includes(key)) ??
      columns.find((column) => !keys.includes(column));
    if (odd === undefined) return;
    throw new BadInput(
      "not in every row",
      `table, row ${index}, column`,
      odd,
      "Every row needs the same columns; null stands for a missing value.",
    );
  });
  return cellsOf(columns, rows.map((row) => columns.map((column) => row[column])));
}

function ofFrame({ columns, values }: FrameLike): Cells {
  const rows = values as readonly unknown[][];
  rows.forEach((row, index) => {
    if (row.length === columns.length) return;
    const remedy = `Every row needs ${columns.length}; null stands for a missing value.`;
    throw new BadInput("not a cell for each column", `table, row ${index}`, row.length, remedy);
  });
  return cellsOf(columns, rows);
}

function cellsOf(columns: readonly string[], rows: readonly (readonly unknown[])[]): Cells {
  const cellOf = (value: unknown, row: number, column: string): Cell => {
    if (value === undefined || value === null) return null;
    if (["string", "number", "boolean"].includes(typeof value)) return value as Cell;
    if (typeof value === "bigint") return String(value);
    throw new BadInput(
      "neither text nor number",
      `table, row ${row}, column ${JSON.stringify(column)}`,
      value,
      "Write it in words, or give each part a column.",
    );
  };
  return {
    columns,
    rows: rows.map((row, r) => columns.map((column, i) => cellOf(row[i], r, column))),
  };
}

/** Refuses names of columns that a table does not have. */
function requireColumns(
  columns: readonly string[],
  option: "digits" | "folded",
  asked: readonly string[],
): void {
  const unknown = asked.find((name) => !columns.includes(name));
  if (unknown === undefined) return;
  const remedy = `There are ${columns.map((name) => JSON.stringify(name)).join(", ")}.`;
  throw new BadInput(
    `no such column${didYouMean(unknown, columns)}`,
    `table, ${option}`,
    unknown,
    remedy,
  );
}

/** Numbers, gaps, and texts of numbers such as "36.3 ± 0.4" and "5 (4 to 6)" stand on the right. */
function isNumeric(cell: Cell): boolean {
  return cell === null || typeof cell === "number" ||
    (typeof cell === "string" && /^(?:[-−+±\d.,;% ×–≈<>()▲▼○●◆\u00a0]|\bto\b)+$/.test(cell));
}

/** Digits after the point that a number near 0 may need. */
const MOST_DIGITS = 6;

function digitsOf(column: string, cells: readonly Cell[], { digits }: TableOptions): number {
  const asked = typeof digits === "object" ? ownOf(digits, column) : digits;
  if (asked !== undefined) return asked;
  const numbers = cells.filter((cell) => typeof cell === "number" && Number.isFinite(cell));
  if (numbers.every(Number.isInteger)) return 0;
  const sizes = numbers.map((n) => Math.abs(n as number));
  const noise = sizes.reduce((a, b) => Math.max(a, b), 0) / 1e6;
  const least = sizes.reduce((a, b) => b > noise ? Math.min(a, b) : a, Infinity);
  return Math.min(MOST_DIGITS, Math.max(2, Math.ceil(-Math.log10(least))));
}

function ownOf(digits: Readonly<Record<string, number>>, column: string): number | undefined {
  return Object.hasOwn(digits, column) ? digits[column] : undefined; // no digits of "constructor"
}

function formatted(cell: Cell, digits: number): string {
  if (cell === null || Number.isNaN(cell)) return "–";
  if (typeof cell !== "number") return withMinus(String(cell));
  const text = cell.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return /^-[0.]+$/.test(text) ? text.slice(1) : withMinus(text); // no −0.00
}

/** A line above or under a table, and not its caption element, as narrow as the table. */
function lineOf(words: string): string {
  if (!words) return "";
  return `<div style="text-align:left;padding:4px 12px">${escapeHtml(unbroken(words))}</div>`;
}

/** Words of so many characters stand in one line. */
const UNBROKEN = 26;

function htmlOf(
  columns: readonly string[],
  text: readonly (readonly string[])[],
  numeric: readonly boolean[],
): string {
  const whole = columns.map((_, i) =>
    numeric[i] || text.every((cells) => cells[i]!.length <= UNBROKEN)
  );
  const cell = (tag: "th" | "td", content: string, i: number) => {
    const line = tag === "th" ? "2px solid" : "1px solid";
    const aligned = (numeric[i] ? "right" : "left") +
      (whole[i] && tag === "td" ? ";white-space:nowrap" : "");
    return `<${tag} style="text-align:${aligned};padding:4px 8px;` +
      `border-bottom:${line} rgba(128,128,128,0.5)">${
        escapeHtml(unbroken(plain(content)))
      }</${tag}>`;
  };
  const row = (tag: "th" | "td", cells: readonly string[]) =>
    `<tr>${cells.map((content, i) => cell(tag, content, i)).join("")}</tr>`;
  return `<table style="border-collapse:collapse;font-variant-numeric:tabular-nums">` +
    `<thead>${row("th", columns)}</thead>` +
    `<tbody>${text.map((cells) => row("td", cells)).join("")}</tbody></table>`;
}

function markdownOf(
  columns: readonly string[],
  text: readonly (readonly string[])[],
  numeric: readonly boolean[],
  caption: string,
  below: string,
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inMarkdown).join(" | ")} |`;
  return [
    ...(caption ? [inMarkdown(caption), ""] : []),
    line(columns),
    line(numeric.map((right) => right ? "---:" : ":---")),
    ...text.map(line),
    ...(below ? ["", inMarkdown(below)] : []),
  ].join("\n");
}

function inMarkdown(cell: string): string {
  return plain(cell).replace(/[\\|$`]|<(?=[a-z/!?])|\[(?=[^\]]*\]\()|&(?=#?\w+;)/gi, "\\$&");
}

/** RFC 4180, with line feeds. */
function csvOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const field = (cell: Cell) => {
    const words = cell === null ? "" : String(cell);
    const content = typeof cell === "string" && FORMULA.test(words) ? `'${words}` : words;
    return /[",\r\n]/.test(content) ? `"${content.replaceAll('"', '""')}"` : content;
  };
  return [columns, ...rows].map((cells) => cells.map(field).join(",")).join("\n") + "\n";
}
