/** A column whose numbers order events: exact to the last digit, and nothing but numbers. */
import { BadInput } from "../../base/bad_input.ts";
import type { Fields } from "./fields.ts";
import { isMissingText } from "./id_bytes.ts";
import type { Line } from "./lines.ts";
import { numberOf } from "./moment.ts";

/** Reads the numbers of a column one by one. */
export class OrderColumn {
  /** the number that was read last, its whole part; NaN if the field says that it is missing */
  value = NaN;
  /** what is left of it */
  finer = 0;

  /**
   * Reads the number in a field.
   *
   * @throws BadInput if it is none
   */
  read(fields: Fields, index: number): void {
    if (index >= fields.count) throw fields.bad(index, "missing number");
    const digits = fields.digits(index);
    if (!Number.isNaN(digits)) return this.readNumber(digits);
    this.readText(fields.text(index), fields.line, ` in column ${index + 1}`);
  }

  /** Takes a number that is exact as it is. */
  readNumber(value: number): void {
    this.value = value;
    this.finer = 0;
  }

  /**
   * Reads a text.
   *
   * @param place where in the line it is, for the error
   * @throws BadInput if it is no number
   */
  readText(text: string, line: Line, place: string): void {
    if (isMissingText(text)) return this.readNumber(NaN);
    const number = numberOf(text.trim());
    if (number === undefined) {
      const remedy = "Events are ordered by numbers, such as 12 or 0.5; dates are for the column " +
        "of the time.";
      throw new BadInput(`not a number${place}`, line.where, text, remedy);
    }
    this.value = number.time;
    this.finer = number.finer;
  }
}
