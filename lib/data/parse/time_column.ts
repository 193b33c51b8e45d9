/**
 * The times of a file as one thing: one notation, one unit, one order of day and month. What each
 * line says by itself is a {@linkcode Moment}; here the whole column decides.
 */
import { BadInput } from "../../base/bad_input.ts";
import type { EventLog } from "../events.ts";
import type { Fields } from "./fields.ts";
import { isMissingText } from "./id_bytes.ts";
import type { Line } from "./lines.ts";
import { ACCEPTED, type Moment, momentOf, NUMBER, ZONED } from "./moment.ts";

/** Where something was seen first. */
interface Seen {
  readonly where: string;
  readonly number: number;
  readonly value: string;
}

/** The units in which times count from 1970. */
const UNITS = ["seconds", "milliseconds", "microseconds", "nanoseconds"] as const;
/** from here on a number of seconds is a date of 1995 or later */
const YEAR_1995 = 788_918_400;

/** Numbers of one size: the unit in which they are dates of 1973 to 2286, or one between units. */
interface Size {
  readonly first: Seen;
  least: number;
}

/** Reads the times of a column one by one, then says whether they are one thing. */
export class TimeColumn {
  /** the time that was read last; NaN if the field says that it is missing */
  time = NaN;
  /** what is left of it, less than one step of `time` */
  finer = 0;
  #notation = "";
  #clock: string | undefined;
  #first: Seen | undefined;
  #datesOnly = 0;
  #count = 0;
  /** whether all numbers so far are dates without separators, such as 2017082513 */
  #compact = true;
  #least = Infinity;
  #most = -Infinity;
  /** by unit; -0.5 for numbers too small for a date in seconds, 0.5 for those above, and so on */
  readonly #sizes = new Map<number, Size>();
  readonly #orders = new Map<NonNullable<Moment["order"]>, Seen>();
  #unsure: Seen | undefined;

  /**
   * Reads the time in a field into `time` and `finer`.
   *
   * @throws BadInput if it is no time, or of another notation than those before
   */
  read(fields: Fields, index: number): void {
    if (index >= fields.count) throw fields.bad(index, "missing time");
    const digits = fields.digits(index);
    if (!Number.isNaN(digits)) return this.readNumber(digits, fields.line);
    this.readText(fields.text(index), fields.line, ` in column ${index + 1}`);
  }

  /** Reads a whole number below 2^53. */
  readNumber(value: number, line: Line): void {
    if (this.#notation !== NUMBER) this.#agree({ notation: NUMBER }, String(value), line, "");
    this.#size(value, value, line);
    this.#keep(value, 0);
  }

  /**
   * Reads a text into `time` and `finer`.
   *
   * @param place where in the line it is, for the error
   * @throws BadInput if it is no time, or of another notation than those before
   */
  readText(text: string, line: Line, place: string): void {
    if (isMissingText(text)) {
      this.time = NaN;
      return;
    }
    const moment = momentOf(text.trim());
    if (typeof moment === "string") throw refused(`${moment}${place}`, line, text);
    this.#agree(moment, text, line, place);
    const { notation, order, clock, time, finer } = moment;
    if (notation === NUMBER) this.#size(time, text, line);
    else if (clock === undefined) this.#datesOnly++;
    if (order !== undefined && !this.#orders.has(order)) this.#orders.set(order, seen(line, text));
    if (order === "either" && !sameDayAndMonth(time)) this.#unsure ??= seen(line, text);
    this.#keep(time, finer);
  }

  /**
   * Decides for the column as a whole: puts months before days in the events' times if that is
   * their order, and tells what the times are.
   *
   * @throws BadInput at the first line whose unit or order of day and month differs, or if nothing
   *   tells day from month
   */
  finish(events: EventLog): void {
    if (this.#count === 0) return;
    const perSecond = this.perSecond();
    if (perSecond !== undefined) events.timesAreDates(perSecond);
    const monthFirst = this.#oneOrder();
    if (monthFirst) events.changeTimes(dayAndMonthExchanged);
    if (this.#datesOnly > 0) {
      const count = this.#datesOnly.toLocaleString("en");
      const all = this.#datesOnly === this.#count;
      events.note(`times: ${all ? "all" : count} are dates without a time of day`);
    }
    events.note(monthFirst ? "times: month/day/year, the month first" : this.range());
  }

  /**
   * Units of the times in a second; undefined if they do not count from 1970. Dates without
   * separators do not, though some have as many digits as numbers that do.
   *
   * @throws BadInput at the first line whose unit differs
   */
  perSecond(): number | undefined {
    this.#oneUnit();
    if (this.#notation !== NUMBER) return 1000;
    const [unit, other] = this.#sizes.keys();
    const areDates = other === undefined && Number.isInteger(unit) && !this.#compact;
    return areDates ? 1000 ** unit! : undefined;
  }

  #keep(time: number, finer: number): void {
    this.time = time;
    this.finer = finer;
    this.#count++;
    if (time < this.#least) this.#least = time;
    if (time > this.#most) this.#most = time;
  }

  /** Takes over the notation of the first time, and of the first time of day; then compares. */
  #agree(moment: Pick<Moment, "notation" | "clock">, value: string, line: Line, place: string) {
    const { notation, clock } = moment;
    this.#notation ||= notation;
    this.#first ??= seen(line, value);
    const zoned = (clock ?? this.#clock)?.endsWith(ZONED);
    const datesBefore = this.#datesOnly > 0 && this.#clock === undefined;
    const differs = notation !== this.#notation ||
      (clock === undefined || datesBefore ? zoned : clock !== (this.#clock ?? clock));
    this.#clock ??= clock;
    if (!differs) return;
    const { number, value: before } = this.#first;
    const what = `${notation}${clock ?? ""}, where line ${number} has another notation (${before})`;
    throw refused(`${what}${place}`, line, value);
  }

  #size(value: number, text: string | number, line: Line): void {
    if (this.#compact) this.#compact = isCompactDate(String(text).trim());
    const size = Math.abs(value);
    const unit = size < 1e8 ? -0.5 : Math.min(3, Math.floor((Math.log10(size) - 8) / 3));
    const between = unit >= 0 && size >= 1e10 * 1000 ** unit ? 0.5 : 0;
    const known = this.#sizes.get(unit + between);
    if (known === undefined) {
      this.#sizes.set(unit + between, { first: seen(line, String(text)), least: size });
    } else if (size < known.least) known.least = size;
  }

  /**
   * Numbers of two sizes are one thing only if they pass from one to the other without a gap, as
   * a counter does: dates since 1995 beside anything else are not.
   */
  #oneUnit(): void {
    const units = [...this.#sizes.keys()].sort((a, b) => a - b);
    const dates = (unit: number) =>
      Number.isInteger(unit) && this.#sizes.get(unit)!.least >= YEAR_1995 * 1000 ** unit;
    for (let at = 1; at < units.length; at++) {
      const pair = [units[at - 1]!, units[at]!];
      if (!pair.some(dates)) continue;
      const [first, other] = pair.map((unit) => ({
        ...this.#sizes.get(unit)!.first,
        what: Number.isInteger(unit) ? `${UNITS[unit]} since 1970` : "no date of 1973 to 2286",
      })).sort((a, b) => a.number - b.number) as [Seen & { what: string }, Seen & { what: string }];
      const { number, what, value } = first;
      throw new BadInput(
        `a time that is ${other.what}, where line ${number} has ${what} (${value})`,
        other.where,
        other.value,
        `Give all times in one unit, or remove lines that have none. ${ACCEPTED}`,
      );
    }
  }

  /** Whether months come before days. */
  #oneOrder(): boolean {
    const [day, month] = [this.#orders.get("day first"), this.#orders.get("month first")];
    if (day !== undefined && month !== undefined) {
      const [first, other] = day.number < month.number ? [day, month] : [month, day];
      throw new BadInput(
        `day and month in another order than in line ${first.number} (${first.value})`,
        other.where,
        other.value,
        ACCEPTED,
      );
    }
    if (day === undefined && month === undefined && this.#unsure !== undefined) {
      throw new BadInput(
        "day before month, or month before day? No date of the column tells",
        this.#unsure.where,
        this.#unsure.value,
        `Write dates as 2017-08-25. ${ACCEPTED}`,
      );
    }
    return month !== undefined;
  }

  /** "times: seconds since 1970, 1997-09-20 to 1998-04-23" */
  range(): string {
    const perSecond = this.perSecond();
    if (perSecond === undefined) {
      return `times: numbers from ${this.#least} to ${this.#most}; only their order counts`;
    }
    const day = (time: number) => {
      const date = new Date(time * 1000 / perSecond);
      return Number.isNaN(date.getTime()) ? String(time) : date.toISOString().slice(0, 10);
    };
    const unit = UNITS[Math.round(Math.log10(perSecond) / 3)];
    const what = this.#notation === NUMBER ? `${unit} since 1970` : this.#notation;
    return `times: ${what}, ${day(this.#least)} to ${day(this.#most)}`;
  }
}

/** Year, month and day, and what follows of hour, minute, second and its fraction. */
const COMPACT = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:([01]\d|2[0-3])(?:[0-5]\d){0,2}|\d{6}\d+)?$/;

/**
 * Whether a number is a date of 1900 to 2099 without separators, with a time of day or without, and
 * with the ".0" of a column that has gaps.
 */
function isCompactDate(text: string): boolean {
  const [, digits = ""] = /^\+?(\d+)(?:\.\d*)?$/.exec(text) ?? [];
  const [, year, month, day] = COMPACT.exec(digits)?.map(Number) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(year, month! - 1, day));
  return month! >= 1 && date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
}

function seen(line: Line, value: string): Seen {
  return { where: line.where, number: line.number, value };
}

function refused(what: string, line: Line, value: string): BadInput {
  return new BadInput(what, line.where, value, ACCEPTED);
}

function sameDayAndMonth(time: number): boolean {
  const date = new Date(time);
  return date.getUTCDate() === date.getUTCMonth() + 1;
}

/** A date read day first, read month first; those with a day above 12 were so already. */
function dayAndMonthExchanged(time: number): number {
  const date = new Date(time);
  const [day, month] = [date.getUTCDate(), date.getUTCMonth() + 1];
  return day > 12 ? time : date.setUTCMonth(day - 1, month);
}
