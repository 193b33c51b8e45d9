/** Points in time, as numbers or in ISO 8601. */
import type { Fields } from "./fields.ts";

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * The time in a field: a number as it stands, or ISO 8601 in milliseconds since 1970. A time
 * without a zone is taken as UTC, so that the order does not depend on where the reader lives.
 *
 * @throws BadInput if it is neither
 */
export function timeOf(fields: Fields, index: number): number {
  const text = index < fields.count ? fields.text(index).trim() : "";
  const match = ISO.exec(text);
  if (match === null) return fields.number(index);
  const zoned = text.length > 10 && match[1] === undefined ? `${text}Z` : text;
  const time = Date.parse(zoned.replace(" ", "T"));
  if (Number.isNaN(time)) throw fields.bad(index, "not a date");
  return time;
}
