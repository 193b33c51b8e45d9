/** Which column of a table holds what: by the names of a header line, or by position from 1. */
import { BadInput } from "../../base/bad_input.ts";
import { didYouMean } from "../../base/did_you_mean.ts";
import { Fields } from "./fields.ts";
import type { Line } from "./lines.ts";
import type { Only } from "./only.ts";

/** A column by its name in the header line, or by its position from 1. */
export type Column = string | number;

/**
 * Which columns hold what: names of a header line, or positions from 1 for a file without one. Of
 * JSON objects they are names, or paths such as "user.id".
 */
export interface TableColumns {
  /** any text or number */
  readonly user: Column;
  /** any text or number; the label of the item */
  readonly item: Column;
  /** the time in any notation that README.md of data lists; without it the file's order counts */
  readonly time?: Column;
  /**
   * a number that orders a user's events of equal time, or all of them where there is no time;
   * events without one are left out
   */
  readonly order?: Column;
  /** read only lines with this text, or one of these, in a column: `{ event: "view" }` */
  readonly only?: Only;
  /** what separates the columns; by default whichever of , ; tab :: | the first line has most of */
  readonly separator?: string;
}

/** A name in a file of RecBole, "user_id:token"; what follows the colon need not be given. */
const TYPED = /^(.+):(?:token|float)$/;

/** Columns of separated lines. */
export class Columns {
  /** the fields of the line that was split last */
  readonly fields: Fields;
  #names: readonly string[] = [];
  /** where a name is, if it is there once */
  readonly #places = new Map<string, number>();
  #where = "";

  /**
   * Separated by a text.
   *
   * @param separator characters of ASCII
   */
  constructor(separator: string) {
    this.fields = new Fields(separator);
  }

  /** Takes the names from the first line that is not blank, and says whether this was it. */
  takesHeader(line: Line): boolean {
    if (this.fields.expected > 0) return false;
    this.header(line);
    return true;
  }

  /** Takes the names from the header line. */
  header(line: Line): void {
    this.fields.split(line);
    this.fields.expected = this.fields.count;
    this.#where = line.where;
    this.#names = Array.from(
      { length: this.fields.count },
      (_, index) => this.fields.text(index).trim(),
    );
    const seen = new Set<string>();
    this.#names.forEach((name, index) => {
      if (seen.has(name)) this.#places.delete(name);
      else this.#places.set(name, index);
      seen.add(name);
    });
    this.#names.forEach((name, index) => {
      const plain = TYPED.exec(name)?.[1];
      if (plain !== undefined && !seen.has(plain)) this.#places.set(plain, index);
    });
  }

  /** Takes the number of columns from the first line of a file without a header line. */
  withoutHeader(line: Line): void {
    this.fields.split(line);
    this.fields.expected = this.fields.count;
    this.#where = line.where;
  }

  /**
   * Where a column is, from 0.
   *
   * @throws BadInput if the header line has no such name, or has it twice, or the file has no such
   *   position
   */
  index(column: Column): number {
    const { expected } = this.fields;
    if (typeof column === "number") {
      if (Number.isInteger(column) && column >= 1 && column <= expected) return column - 1;
      const remedy = `There are ${expected} columns, counted from 1.`;
      throw new BadInput("no such column", this.#where, column, remedy);
    }
    const place = this.#places.get(column);
    if (place !== undefined) return place;
    throw new BadInput(
      `${
        this.#names.includes(column) ? "more than one" : "no"
      } column "${column}" in the header line${
        this.#names.includes(column) ? "" : didYouMean(column, this.#names)
      }`,
      this.#where,
      this.#names.join(", "),
      "Say which columns hold user, item and time; of a file without a header line, by their " +
        "positions, as in { user: 1, item: 2, time: 4 }.",
    );
  }

  /**
   * The fields of a line after the first.
   *
   * @throws BadInput if there are not as many as in the first
   */
  split(line: Line): Fields {
    const { fields } = this;
    fields.split(line);
    if (fields.count === fields.expected) return fields;
    throw new BadInput(
      `${fields.count} columns, but the ${
        this.#names.length > 0 ? "header" : "first"
      } line has ${fields.expected}`,
      line.where,
      line.text(),
      "Correct or remove the line.",
    );
  }
}
