/** What a field says as an id: blanks around it do not count, and some spellings mean "missing". */

/** What Python, R, SQL and spreadsheets write where there is no value, in lower case. */
const MISSING: ReadonlySet<string> = new Set([
  "",
  "null",
  "(null)",
  "<null>",
  "nil",
  "none",
  "nan",
  "-nan",
  "nat",
  "na",
  "<na>",
  "n/a",
  "#n/a",
  "#n/a n/a",
  "#na",
  "1.#ind",
  "-1.#ind",
  "1.#qnan",
  "-1.#qnan",
  "undefined",
  "\\n",
  "#null!",
  "#value!",
  "#ref!",
]);
const LONGEST = Math.max(...Array.from(MISSING, (text) => text.length));
/** 1 for the bytes that one of them begins with */
const FIRST = new Uint8Array(256);
for (const text of MISSING) {
  for (const first of [text, text.toUpperCase()]) if (first) FIRST[first.charCodeAt(0)] = 1;
}

/** Whether the trimmed bytes [start, end) are a spelling of "missing"; case does not count. */
export function isMissing(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true;
  if (end - start > LONGEST || FIRST[bytes[start]!] === 0) return false;
  return MISSING.has(String.fromCharCode(...bytes.subarray(start, end)).toLowerCase());
}

/** Whether a text, blanks around it aside, is a spelling of "missing". */
export function isMissingText(text: string): boolean {
  return MISSING.has(text.trim().toLowerCase());
}

/** Where the text in [start, end) begins after its blanks, non-breaking ones and BOM included. */
export function trimmedStart(bytes: Uint8Array, start: number, end: number): number {
  while (start < end) {
    const length = bytes[start]! <= 32 ? 1 : blankLength(bytes, start, end);
    if (length === 0 || bytes[start] === 0) break;
    start += length;
  }
  return start;
}

/** Where the text in [start, end) ends before its blanks. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  while (end > start) {
    const last = bytes[end - 1]!;
    if (last === 0) break;
    if (last <= 32) end--;
    else if (last < 0x80) break;
    else if (end - start >= 2 && blankLength(bytes, end - 2, end) === 2) end -= 2;
    else if (end - start >= 3 && blankLength(bytes, end - 3, end) === 3) end -= 3;
    else break;
  }
  return end;
}

/** Bytes of the blank of Unicode, or the BOM, at a place; 0 if there is none. */
function blankLength(bytes: Uint8Array, at: number, end: number): number {
  const [a, b, c] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!];
  if (a === 0xc2 && b === 0xa0 && at + 2 <= end) return 2; // non-breaking
  if (at + 3 > end) return 0;
  if (a === 0xe2 && b === 0x80) return c <= 0x8b || c === 0xa8 || c === 0xa9 || c === 0xaf ? 3 : 0;
  const others = a === 0xe3 && b === 0x80 && c === 0x80 || // ideographic
    a === 0xef && b === 0xbb && c === 0xbf; // BOM
  return others ? 3 : 0;
}

/** Whether the bytes [start, end) are few and ASCII without NUL, as nearly every id's. */
export function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at]! >= 0x80 || bytes[at] === 0) return false;
  }
  return end - start < 256;
}

/**
 * Whether the bytes [start, end) are a number of many digits as spreadsheets and data frames round
 * it, "9.01E+15", "9,01E+15" or "9E+15": what is left names several ids at once.
 */
export function isRounded(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[end - 3] !== PLUS && bytes[end - 4] !== PLUS || end - start > LONGEST_ROUNDED) {
    return false;
  }
  return isRoundedText(String.fromCharCode(...bytes.subarray(start, end)));
}

/** The same of a text. */
export function isRoundedText(text: string): boolean {
  return /^-?\d(?:[.,]\d*)?e\+\d{2,3}$/i.test(text);
}

/** What is wrong with such an id. */
export const ROUNDED = "an id that lost its last digits";
/** What to do about it. */
export const EXPORT_AGAIN = "Export the column as text, or as whole numbers without an exponent.";

const PLUS = 43;
const LONGEST_ROUNDED = 24;

/** Whether the bytes [start, end) are text in UTF-8. */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  try {
    strict.decode(bytes.subarray(start, end));
    return true;
  } catch {
    return false;
  }
}

const strict = new TextDecoder("utf-8", { fatal: true });
