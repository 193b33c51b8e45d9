/** One point in time as text: which notation it has, and when it is. */

/** A point in time, to the last digit that the text has. */
export interface Moment {
  /** the notation of number or date: all texts of a column have the same */
  readonly notation: string;
  /** the notation of the time of day: "", " AM/PM", " with a time zone"; a date alone has none */
  readonly clock?: string;
  /** whole milliseconds since 1970, or the number as it stands, rounded */
  readonly time: number;
  /** what is left of it: less than one step of `time` as a number of 64 bits */
  readonly finer: number;
  /** of day/month/year: which order the text allows, "either" for both, then taken as day first */
  readonly order?: "day first" | "month first" | "either";
}

/** The notations, for messages. */
export const ACCEPTED = "Accepted, one of them for the whole column: numbers of one unit; " +
  "2017-08-25, 2017/08/25, 2017-08-25 13:55:02.123456 or 2017-08-25T13:55:02-07:00 (ISO 8601; " +
  "Z, UTC, GMT); 25/08/2017, 08/25/2017, 25-08-2017 or 25.08.2017, with a time or AM/PM where " +
  "there is one; Fri, 25 Aug 2017 13:55:02 -0700 (RFC 2822); Fri Aug 25 13:55:02 -0700 2017 " +
  "(ctime, Twitter, Goodreads); Aug 25, 2017; 08 25, 2017 (Amazon).";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LONG_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august"]
  .concat(
    ["september", "october", "november", "december"],
  );
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const ZONES: Readonly<Record<string, number>> = { // hours, as RFC 2822 has them
  ...{ Z: 0, UTC: 0, GMT: 0, UT: 0 },
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
};

const CLOCK = String
  .raw`(?<hour>\d\d?):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?` +
  String.raw`(?:\s?(?<half>[ap])\.?m\.?)?`;
const ZONE = String.raw`(?<zone>(?:GMT|UTC)?[+-]\d\d(?::?\d\d)?|[a-z]{1,4})(?:\s*\([^)]*\))?`;
const TIME = String.raw`(?:(?:T|,?\s+(?:at\s+)?)${CLOCK}(?:\s*${ZONE})?)?`;
const WEEKDAY = String.raw`(?:(?<weekday>[a-z]{3,9}),?\s+)?`;
const NAMED = String.raw`(?<name>[a-z]{3,9})\.?`;

const NOTATIONS: readonly (readonly [notation: string, form: RegExp])[] = [
  ["ISO 8601", form(String.raw`(?<year>\d{4})([-/])(?<month>\d\d?)\2(?<day>\d\d?)${TIME}`)],
  [
    "ISO 8601",
    form(String.raw`(?<year>\d{4})([-/])(?<month>\d\d?)\2(?<day>\d\d?)[T ](?<hour>\d\d?)`),
  ],
  [
    "ISO 8601",
    form(
      String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)T(?<hour>\d\d):?(?<minute>\d\d)` +
        String.raw`(?::?(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?(?:${ZONE})?`,
    ),
  ],
  ["day.month.year", form(String.raw`(?<day>\d\d?)\.(?<month>\d\d?)\.(?<year>\d{4})${TIME}`)],
  ["day/month/year", form(String.raw`(?<a>\d\d?)([-/])(?<b>\d\d?)\2(?<year>\d{4})${TIME}`)],
  [
    "RFC 2822",
    form(String.raw`${WEEKDAY}(?<day>\d\d?)[-\s]${NAMED}[-\s,]\s*(?<year>\d{4})${TIME}`),
  ],
  [
    "ctime",
    form(String.raw`${WEEKDAY}${NAMED}\s+(?<day>\d\d?)\s+${CLOCK}(?:\s+${ZONE})?\s+(?<year>\d{4})`),
  ],
  [
    "month day, year",
    form(String.raw`${WEEKDAY}${NAMED}\s+(?<day>\d\d?),?\s+(?<year>\d{4})${TIME}`),
  ],
  [
    "month day, year in numbers",
    form(String.raw`(?<month>\d\d?)\s+(?<day>\d\d?),\s*(?<year>\d{4})`),
  ],
];

function form(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, "i");
}

/**
 * When a text is.
 *
 * @param text without blanks around it
 * @returns the reason, in one clause, if it is no point in time
 */
export function momentOf(text: string): Moment | string {
  const number = numberOf(text);
  if (number !== undefined) return number;
  for (const [notation, pattern] of NOTATIONS) {
    const groups = pattern.exec(text)?.groups as Partial<Record<string, string>> | undefined;
    if (groups !== undefined) return dateMoment(notation, groups);
  }
  if (/^\d\d?[-/. ](\d\d?|[a-z]{3})[-/. ]\d\d(?!\d)/i.test(text)) return "a year of two digits";
  if (/^[-+]?\d+(\.\d*)?(e\+?\d+)?$/i.test(text)) return "a number that is too large";
  if (/^\d\d?:\d\d/.test(text)) return "a time of day without a date";
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return "a number with commas for thousands";
  if (/^[-+]?\d+,\d+$/.test(text)) return "a number with a decimal comma";
  return "not a time";
}

/**
 * A decimal number, exactly: its integer part as near as 64 bits can, and what is left. Undefined
 * for other texts, and for numbers beyond all that 64 bits can.
 */
export function numberOf(text: string): Moment | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^([-+]?)(\d*)(?:\.(\d*))?(?:e([-+]?\d{1,2}))?$/i.exec(text) ?? [];
  if (sign === undefined || whole + fraction === "") return undefined;
  const point = whole.length + Number(exponent);
  const digits = "0".repeat(Math.max(0, -point)) + (whole + fraction).padEnd(point, "0");
  const integer = digits.slice(0, Math.max(0, point));
  const time = Number(integer);
  if (!Number.isFinite(time)) return undefined;
  const left = Number.isSafeInteger(time) ? 0 : Number(BigInt(integer) - BigInt(time));
  const finer = left + Number(`0.${digits.slice(Math.max(0, point))}`);
  return sign === "-"
    ? { notation: NUMBER, time: -time, finer: -finer }
    : { notation: NUMBER, time, finer };
}

/** The notation of numbers. */
export const NUMBER = "a number";

/** How the notation of a time of day ends that says its time zone. */
export const ZONED = " with a time zone";

function dateMoment(notation: string, g: Partial<Record<string, string>>): Moment | string {
  const order = g.a === undefined ? undefined : orderOf(Number(g.a), Number(g.b));
  if (order === null) return "no such date";
  const [day, month] = order === undefined
    ? [Number(g.day), g.name === undefined ? Number(g.month) : monthOf(g.name)]
    : order === "month first"
    ? [Number(g.b), Number(g.a)]
    : [Number(g.a), Number(g.b)];
  const date = new Date(0);
  date.setUTCFullYear(Number(g.year), month - 1, day);
  if (month < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return "no such date";
  }
  if (g.weekday !== undefined) {
    const weekday = WEEKDAYS.indexOf(g.weekday.slice(0, 3).toLowerCase());
    if (weekday !== date.getUTCDay()) return "a date that is not on that day of the week";
  }
  const given = order === undefined ? {} : { order };
  if (g.hour === undefined) {
    return { notation, time: date.getTime(), finer: 0, ...given };
  }
  const clock = clockOf(g);
  const offset = g.zone === undefined ? 0 : offsetOf(g.zone);
  if (clock === undefined) return "no such time of day";
  if (offset === undefined) return "a time zone that is not known; write its offset, as in +0200";
  if (order !== undefined && (offset !== 0 || clock >= DAY)) return "write it as in ISO 8601";
  const digits = g.fraction ?? "";
  return {
    notation,
    clock: `${g.half === undefined ? "" : " AM/PM"}${g.zone === undefined ? "" : ZONED}`,
    time: date.getTime() + clock - offset + Number(digits.slice(0, 3).padEnd(3, "0")),
    finer: Number(`0.${digits.slice(3)}`),
    ...given,
  };
}

const DAY = 86_400_000;

/** Milliseconds since midnight; undefined if there is no such time. */
function clockOf({ hour, minute = "0", second = "0", half }: Partial<Record<string, string>>) {
  let hours = Number(hour);
  const [minutes, seconds] = [Number(minute), Number(second)];
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = hours % 12 + (half.toLowerCase() === "p" ? 12 : 0);
  }
  const midnight = hours === 24 && minutes === 0 && seconds === 0; // the end of the day
  if (hours > 23 && !midnight || minutes > 59 || seconds > 59) return undefined;
  return (hours * 60 + minutes) * 60_000 + seconds * 1000;
}

/** Milliseconds to subtract; undefined if the zone is not known. */
function offsetOf(zone: string): number | undefined {
  const [, sign, hours, minutes = "0"] = /([-+])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign !== undefined) {
    if (Number(hours) > 15 || Number(minutes) > 59) return undefined;
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  }
  const known = ZONES[zone.toUpperCase()];
  return known === undefined ? undefined : known * 3_600_000;
}

/** 1..12; 0 if there is no such month. */
function monthOf(name: string): number {
  const lower = name.toLowerCase();
  const short = lower === "sept" ? "sep" : lower;
  return (short.length === 3 ? MONTHS.indexOf(short) : LONG_MONTHS.indexOf(lower)) + 1;
}

/** Which order two numbers before a year can have; null if none. */
function orderOf(a: number, b: number): Exclude<Moment["order"], undefined> | null {
  if (a > 12 && b > 12) return null;
  if (a > 12) return "day first";
  if (b > 12) return "month first";
  return "either";
}
