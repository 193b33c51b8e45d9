/** Fields of a separated line, found in its bytes without making strings. */
import { BadInput } from "../../base/bad_input.ts";
import type { Line } from "./lines.ts";

const QUOTE = 34;
const POINT = 46;

/** The fields of one line after another. */
export class Fields {
  /** how many fields the line has */
  count = 0;
  #line!: Line;
  readonly #separator: number;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /**
   * Separated by one character.
   *
   * @param separator a character of ASCII, e.g. "," or a tab
   */
  constructor(separator: string) {
    this.#separator = separator.charCodeAt(0);
  }

  /**
   * Finds the fields of a line. A field may stand in double quotes, with "" for a quote inside.
   *
   * @throws BadInput if a quoted field does not end on its line
   */
  split(line: Line): void {
    this.#line = line;
    this.count = 0;
    for (let at = line.start; at <= line.end; at++) {
      at = line.bytes[at] === QUOTE && at < line.end ? this.#quoted(at) : this.#plain(at);
      this.count++;
    }
  }

  /** A field's text. */
  text(index: number): string {
    const bytes = this.#line.bytes.subarray(this.#starts[index], this.#ends[index]);
    return new TextDecoder().decode(bytes);
  }

  /**
   * A number for an id: what the given interner says of the field's bytes.
   *
   * @throws BadInput if the field is missing or empty
   */
  id(index: number, interner: { intern(b: Uint8Array, s: number, e: number): number }): number {
    if (index >= this.count || this.#starts[index] === this.#ends[index]) {
      throw this.bad(index, "missing id");
    }
    return interner.intern(this.#line.bytes, this.#starts[index]!, this.#ends[index]!);
  }

  /**
   * A field's number.
   *
   * @throws BadInput if it is not a finite decimal number
   */
  number(index: number): number {
    if (index >= this.count) throw this.bad(index, "missing number");
    const start = this.#starts[index]!;
    const end = this.#ends[index]!;
    let value = 0;
    let scale = 0; // 10^(digits after the point), 0 before it
    for (let at = start; at < end; at++) {
      const byte = this.#line.bytes[at]!;
      if (byte === POINT && scale === 0 && at > start) {
        scale = 1;
        continue;
      }
      if (byte < 48 || byte > 57 || end - start > 15) return this.#uncommonNumber(index);
      value = value * 10 + byte - 48;
      scale *= 10;
    }
    if (start === end) throw this.bad(index, "missing number");
    return scale > 0 ? value / scale : value; // exact: both below 2^53
  }

  /** An error about a field of this line. */
  bad(index: number, what: string, remedy = "Correct or remove the line."): BadInput {
    const value = index < this.count ? this.text(index) : this.#line.text();
    return new BadInput(`${what} in column ${index + 1}`, this.#line.where, value, remedy);
  }

  /** Signs, exponents, and numbers of more than 15 digits or so. */
  #uncommonNumber(index: number): number {
    const text = this.text(index).trim();
    const value = Number(text);
    if (text === "" || !Number.isFinite(value) || !/^[-+.\deE]+$/.test(text)) {
      throw this.bad(index, "not a number");
    }
    return value;
  }

  #plain(start: number): number {
    const { bytes, end } = this.#line;
    let at = start;
    while (at < end && bytes[at] !== this.#separator) at++;
    this.#starts[this.count] = start;
    return this.#ends[this.count] = at;
  }

  /** Undoubles quotes in place: the bytes are the line's own. */
  #quoted(open: number): number {
    const { bytes, end } = this.#line;
    let to = open + 1;
    this.#starts[this.count] = to;
    for (let at = open + 1; at < end; at++) {
      const closes = bytes[at] === QUOTE;
      if (closes && bytes[at + 1] === QUOTE && at + 1 < end) at++;
      else if (closes) {
        if (at + 1 < end && bytes[at + 1] !== this.#separator) break;
        this.#ends[this.count] = to;
        return at + 1;
      }
      bytes[to++] = bytes[at]!;
    }
    throw new BadInput(
      `the quoted field in column ${this.count + 1} does not end before the next separator`,
      this.#line.where,
      this.#line.text(),
      "Close the quote; line breaks inside fields are not supported.",
    );
  }
}
