/** Names of people's data in a terminal: in one line, and in columns. */

/** Control characters, line ends, halves of characters, and what turns the direction of a line. */
const UNSEEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** What begins a character of two columns: East Asian ones, and emoji. */
const EAST_ASIAN =
  /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\u3000\uff01-\uff60\uffe0-\uffe6]/u;
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f)/u;

/** What is no such: marks and letters that East Asian scripts share, and half-width forms. */
const ONE_COLUMN = /^[\u00a0-\u10ff\uff61-\uffdc]/u;

/** What has no column of its own where it stands alone. */
const NARROWEST = /^[\p{M}\p{Cf}]+$/u;

/** A name in one line: what would break or turn it is escaped as in JSON, "a\\nb". */
export function shownName(name: string): string {
  return name.replace(UNSEEN, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    if (escaped !== character) return escaped;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  const characters = new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(characters.segment(text), ({ segment }) => {
    if (NARROWEST.test(segment)) return 0;
    if (EMOJI.test(segment)) return 2;
    return EAST_ASIAN.test(segment) && !ONE_COLUMN.test(segment) ? 2 : 1;
  }).reduce<number>((sum, columns) => sum + columns, 0);
}

/** A text with blanks after it, so that it takes so many columns. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}
