/** The fourth column of ComiRec's text format: it orders nothing, the index does. */
import { Growable } from "../growable.ts";
import type { Fields } from "./fields.ts";
import { isMissingText } from "./id_bytes.ts";
import { TimeColumn } from "./time_column.ts";

/** Reads the times of a folder's lines one by one. */
export class SplitTimes {
  readonly #column = new TimeColumn();
  readonly #times = new Growable((n) => new Float64Array(n)); // by line, until one has none
  #present = 0;
  #missing = 0;
  #notes: string[] = [];

  /**
   * Reads the time of a line, if it has one.
   *
   * @throws BadInput if it is no number
   */
  read(fields: Fields, index: number): void {
    if (fields.count <= index || isMissingText(fields.text(index).trim())) {
      this.#missing++;
      return;
    }
    const time = fields.number(index);
    this.#column.readNumber(time, fields.line);
    this.#present++;
    if (this.#missing === 0) this.#times.push(time);
  }

  /** What a reader should know, after {@linkcode SplitTimes.seconds}. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /**
   * When some lines' behaviours happened, in seconds since 1970; none if a line has no time or the
   * numbers are no dates.
   *
   * @param lines by number, in the order they were read
   * @throws BadInput if the times are not all of one unit
   */
  seconds(lines: Uint32Array): Float64Array | undefined {
    if (this.#present === 0) return undefined;
    const perSecond = this.#column.perSecond();
    this.#notes = this.#missing > 0
      ? [`times: left out, because ${this.#missing.toLocaleString("en")} lines have none`]
      : [perSecond === undefined ? "times: left out, they are no dates" : this.#column.range()];
    if (this.#missing > 0 || perSecond === undefined) return undefined;
    const seconds = new Float64Array(lines.length);
    for (let at = 0; at < lines.length; at++) seconds[at] = this.#times.at(lines[at]!) / perSecond;
    return seconds;
  }
}
