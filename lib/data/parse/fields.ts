/** Fields of a separated line, found in its bytes without making strings. */
import { BadInput } from "../../base/bad_input.ts";
import { type Interner, LONGEST_ID, NO_ID } from "../interner.ts";
import {
  EXPORT_AGAIN,
  isMissing,
  isPlain,
  isRounded,
  isUtf8,
  ROUNDED,
  trimmedEnd,
  trimmedStart,
} from "./id_bytes.ts";
import type { Line } from "./lines.ts";

const QUOTE = 34;
const BLANK = 32;
const RFC_4180 = [",", ";"];

/**
 * The fields of one line after another. Between commas and semicolons a field may stand in double
 * quotes, with "" for a quote inside (RFC 4180). Between other separators, where most programs do
 * not quote, a quote that does not close its field is a character like any other.
 */
export class Fields {
  /** how many fields the line has */
  count = 0;
  /** how many it should have; 0 while that is not known */
  expected = 0;
  #line!: Line;
  /** of a record that is open: where its open field begins, from the record's start */
  #openAt = 0;
  /** how many columns it has so far; 0 where that is not known */
  #columns = 0;
  /** the bytes of the separator; the second is -1 if it has one only */
  readonly #first: number;
  readonly #second: number;
  readonly #width: number;
  readonly #strict: boolean;
  /** where each field's text is: the line's bytes, or of undoubled quotes bytes of its own */
  readonly #bytes: Uint8Array[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /**
   * Separated by a text.
   *
   * @param separator characters of ASCII, e.g. ",", "::" or a tab
   */
  constructor(separator: string) {
    this.#first = separator.charCodeAt(0);
    this.#second = separator.length > 1 ? separator.charCodeAt(1) : -1;
    this.#width = separator.length;
    this.#strict = RFC_4180.includes(separator);
  }

  /** The line whose fields these are. */
  get line(): Line {
    return this.#line;
  }

  /**
   * Finds the fields of a line.
   *
   * @throws BadInput if text follows a closing quote before the next separator
   */
  split(line: Line): void {
    this.#line = line;
    this.count = 0;
    for (let at = line.start; at <= line.end;) {
      const open = this.#quoteAt(at);
      const close = open < 0 ? -1 : this.#closing(open);
      if (close >= 0) at = this.#takeQuoted(open, close);
      else if (open < 0 || !this.#strict) at = this.#takePlain(at);
      else {
        throw new BadInput(
          `text after the quoted part of column ${this.count + 1}`,
          line.where,
          line.text(),
          "Double the quotes inside a quoted field, or remove them.",
        );
      }
      this.count++;
    }
  }

  /**
   * Whether a quoted field of the line goes on in the next one.
   *
   * @param added where the last line begins of a record that was open before it: what stands before
   *   is not looked at again, so that a record of many lines is read once
   */
  isOpen(line: Line, added: number = line.start): boolean {
    const { bytes, start, end } = line;
    this.#line = line;
    const isResumed = added > start;
    if (!bytes.subarray(added, end).includes(QUOTE)) {
      if (!isResumed) return false;
      if (this.#strict) return true;
      if (this.#columns > 0) return this.#addColumns(added) < this.expected;
    }
    const resumed = isResumed && this.#strict ? start + this.#openAt : -1;
    let [open, isQuoted, count] = [false, false, 0];
    for (let at = Math.max(start, resumed); at <= end; count++) {
      const quote = this.#quoteAt(at);
      const from = at === resumed ? added : quote + 1;
      const close = quote < 0 ? -1 : this.#closing(quote, from);
      if (quote >= 0 && close < 0) open ||= this.#runsOut(quote, from);
      if (open && this.#strict) {
        this.#openAt = at - start;
        return true;
      }
      isQuoted = close >= 0;
      at = (isQuoted ? this.#separatorFrom(close) : this.#separatorFrom(at)) + this.#width;
    }
    this.#columns = isQuoted ? 0 : count; // a quote that ends the line may not end the field
    return open && count < this.expected;
  }

  /** A field's text, with the blanks around it. */
  text(index: number): string {
    return UTF8.decode(this.#bytes[index]?.subarray(this.#starts[index], this.#ends[index]));
  }

  /** How many bytes a field has. */
  length(index: number): number {
    return this.#ends[index]! - this.#starts[index]!;
  }

  /** Whether a field begins with a byte. */
  startsWith(index: number, byte: number): boolean {
    return this.length(index) > 0 && this.#bytes[index]![this.#starts[index]!] === byte;
  }

  /**
   * The number of the id in a field, without the blanks around it.
   *
   * @returns NO_ID if the field is empty or says that the value is missing ("NULL", "nan", …)
   * @throws BadInput if there is no such field, or it is not text in UTF-8, or a rounded number
   */
  id(index: number, interner: Interner): number {
    if (index >= this.count) throw this.bad(index, "missing id");
    const bytes = this.#bytes[index]!;
    const start = trimmedStart(bytes, this.#starts[index]!, this.#ends[index]!);
    const end = trimmedEnd(bytes, start, this.#ends[index]!);
    if (isMissing(bytes, start, end)) return NO_ID;
    if (!isPlain(bytes, start, end)) this.#refuseOdd(index, start, end);
    if (isRounded(bytes, start, end)) throw this.bad(index, ROUNDED, EXPORT_AGAIN);
    return interner.intern(bytes, start, end);
  }

  /** The number in a field that has only digits, and at most 15, so that it is exact; or NaN. */
  digits(index: number): number {
    const length = this.length(index);
    if (index >= this.count || length === 0 || length > 15) return NaN;
    const bytes = this.#bytes[index]!;
    let value = 0;
    for (let at = this.#starts[index]!; at < this.#ends[index]!; at++) {
      const byte = bytes[at]!;
      if (byte < 48 || byte > 57) return NaN;
      value = value * 10 + byte - 48;
    }
    return value;
  }

  /**
   * A field's number.
   *
   * @throws BadInput if it is not a finite decimal number
   */
  number(index: number): number {
    if (index >= this.count) throw this.bad(index, "missing number");
    const digits = this.digits(index);
    if (!Number.isNaN(digits)) return digits;
    const text = this.text(index).trim();
    if (text === "") throw this.bad(index, "missing number");
    const value = Number(text);
    if (!Number.isFinite(value) || !/^[-+.\deE]+$/.test(text)) {
      throw this.bad(index, "not a number");
    }
    return value;
  }

  /** An error about a field of this line. */
  bad(index: number, what: string, remedy = "Correct or remove the line."): BadInput {
    const value = index < this.count ? this.text(index) : this.#line.text();
    return new BadInput(`${what} in column ${index + 1}`, this.#line.where, value, remedy);
  }

  /** Throws if an id is not text in UTF-8, or too long. */
  #refuseOdd(index: number, start: number, end: number): void {
    const bytes = this.#bytes[index]!;
    if (!isUtf8(bytes, start, end)) {
      const remedy = "Convert the file, e.g. iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW.";
      throw this.bad(index, "an id that is not UTF-8 (ISO 8859-1? Windows?)", remedy);
    }
    if (end - start > LONGEST_ID) throw this.bad(index, `an id of ${end - start} bytes`);
    if (bytes.subarray(start, end).includes(0)) throw this.bad(index, "a NUL byte in an id");
  }

  #takePlain(start: number): number {
    const end = this.#separatorFrom(start);
    this.#take(this.#line.bytes, start, end);
    return end + this.#width;
  }

  /** Doubled quotes are undoubled in other bytes: the line stays as it is, to be split again. */
  #takeQuoted(open: number, close: number): number {
    const { bytes } = this.#line;
    if (bytes.indexOf(QUOTE, open + 1) === close) this.#take(bytes, open + 1, close);
    else {
      const own = new Uint8Array(close - open);
      let end = 0;
      for (let at = open + 1; at < close; at++) {
        if (bytes[at] === QUOTE) at++;
        own[end++] = bytes[at]!;
      }
      this.#take(own, 0, end);
    }
    return this.#separatorFrom(close + 1) + this.#width;
  }

  #take(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes[this.count] = bytes;
    this.#starts[this.count] = start;
    this.#ends[this.count] = end;
  }

  /** Where the quote is that a field starts with, after blanks if the file quotes; -1 if none. */
  #quoteAt(start: number): number {
    const { bytes, end } = this.#line;
    let at = start;
    if (this.#strict) { while (at < end && bytes[at] === BLANK) at++; }
    return at < end && bytes[at] === QUOTE ? at : -1;
  }

  /** How many columns there are with those from a place on, where no quote is. */
  #addColumns(from: number): number {
    const { end } = this.#line;
    let at = this.#separatorFrom(from);
    for (; at < end; at = this.#separatorFrom(at + this.#width)) this.#columns++;
    return this.#columns;
  }

  /** Where the quote is that closes the field opened at a place; -1 if none does, from a place. */
  #closing(open: number, from = open + 1): number {
    const { bytes, end } = this.#line;
    for (let at = from; at < end; at++) {
      if (bytes[at] !== QUOTE) continue;
      if (at + 1 < end && bytes[at + 1] === QUOTE) at++;
      else {
        let next = at + 1;
        if (this.#strict) { while (next < end && bytes[next] === BLANK) next++; }
        if (next >= end || this.#separatorFrom(next) === next) return at;
        return -1;
      }
    }
    return -1;
  }

  /** Whether no quote closes the field opened at a place before the line ends. */
  #runsOut(open: number, from = open + 1): boolean {
    const { bytes, end } = this.#line;
    for (let at = from; at < end; at++) {
      if (bytes[at] !== QUOTE) continue;
      if (at + 1 < end && bytes[at + 1] === QUOTE) at++;
      else return false;
    }
    return true;
  }

  /** Where the next separator is, or the end of the line. */
  #separatorFrom(start: number): number {
    const { bytes, end } = this.#line;
    const [first, second] = [this.#first, this.#second];
    let at = start;
    while (at < end && (bytes[at] !== first || second >= 0 && bytes[at + 1] !== second)) at++;
    return at;
  }
}

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });
