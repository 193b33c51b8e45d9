/** Lines whose columns a header line names. */
import { BadInput } from "../../base/bad_input.ts";
import { Fields } from "./fields.ts";
import type { Line } from "./lines.ts";

/** Columns by name. */
export class Columns {
  readonly #fields: Fields;
  #names: string[] = [];
  #where = "";

  /**
   * Separated by one character.
   *
   * @param separator a character of ASCII
   */
  constructor(separator: string) {
    this.#fields = new Fields(separator);
  }

  /** Takes the names from the header line. */
  header(line: Line): void {
    this.#fields.split(line);
    this.#where = line.where;
    this.#names = Array.from(
      { length: this.#fields.count },
      (_, index) => this.#fields.text(index).trim(),
    );
  }

  /**
   * Where a column is.
   *
   * @throws BadInput if the header has no such column
   */
  index(name: string): number {
    const index = this.#names.indexOf(name);
    if (index >= 0) return index;
    throw new BadInput(
      `no column "${name}" in the header line`,
      this.#where,
      this.#names.join(", "),
      "Name the columns as the format wants them, or say which ones hold user, item and time.",
    );
  }

  /**
   * The fields of a line after the header.
   *
   * @throws BadInput if there are not as many as names
   */
  split(line: Line): Fields {
    this.#fields.split(line);
    if (this.#fields.count !== this.#names.length) {
      throw new BadInput(
        `${this.#fields.count} columns, but the header line has ${this.#names.length}`,
        line.where,
        line.text(),
        "Correct or remove the line.",
      );
    }
    return this.#fields;
  }
}
