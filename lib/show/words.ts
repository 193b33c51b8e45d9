/** Words with numbers in them: which belong on one line, where lines end, and the minus sign. */

/** After a number these are no unit: a line may end before them. */
const notUnits = [
  "a",
  "an",
  "above",
  "and",
  "are",
  "at",
  "below",
  "but",
  "by",
  "each",
  "for",
  "from",
  "had",
  "has",
  "have",
  "if",
  "in",
  "is",
  "of",
  "on",
  "or",
  "than",
  "that",
  "the",
  "to",
  "was",
  "were",
  "with",
].join("|");

/** Before a number these are what it counts or names: "step 200". */
const counters = [
  "head",
  "interest",
  "item",
  "position",
  "rank",
  "seed",
  "step",
  "steps",
  "top",
  "user",
].join("|");

const NUMBER = String.raw`(?<![\w.])[−+-]?\d[\d.,]*`;

const belongTogether: readonly RegExp[] = [
  / (?=[=≤≥<>±×] )|(?<=(?:^|\s)[=≈≤≥<>±×]) (?=\S)/g, // K = 4, 36.3 ± 0.4, ≈ 98
  new RegExp(String.raw`(?<=${NUMBER}) (?=%)`, "g"), // 32.1 %
  new RegExp(String.raw`(?<=${NUMBER}) (?=(?!(?:${notUnits})\b)[a-zäöü])`, "gi"), // 3 seeds
  new RegExp(String.raw`(?<=\b(?:${counters})) (?=\d)`, "g"), // step 200
  /(?<=\d) (?=of \d)|(?<=\d\sof) (?=\d)/g, // 3 of 8
  / (?=·)/g, // a point stays at the end of its line
];

/** The text with no-break spaces where a value would be torn from its unit or its symbol. */
export function unbroken(text: string): string {
  return belongTogether.reduce((joined, gap) => joined.replace(gap, "\u00a0"), text);
}

/** Words broken into as few lines of at most `width` characters as will do, about equally long. */
export function wrapped(text: string, width: number): string[] {
  const joined = unbroken(text);
  const filled = filledLines(joined, width);
  for (let narrow = Math.ceil(joined.length / filled.length); narrow < width; narrow++) {
    const lines = filledLines(joined, narrow);
    if (lines.length === filled.length) return lines;
  }
  return filled;
}

function filledLines(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Of several the first and the last, for titles that have room for two; else all. */
export function firstAndLast<T>(parts: readonly T[]): T[] {
  return parts.length < 2 ? [...parts] : [parts[0]!, parts.at(-1)!];
}

/** The text with the one minus sign, U+2212, before its negative numbers. */
export function withMinus(text: string): string {
  return text.replace(/(?<![\w.−-])-(?=\.?\d)/g, "−");
}

/** Words as they begin a sentence. */
export function capitalised(words: string): string {
  return `${words[0]!.toUpperCase()}${words.slice(1)}`;
}
