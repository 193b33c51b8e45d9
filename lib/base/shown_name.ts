/** Names from people's data in a terminal. */

/** A name on one line: what would break or move it stands as JSON writes it. */
export function shownName(name: string): string {
  return name.replace(/[\p{Cc}\u2028\u2029]/gu, (sign) => {
    const escaped = JSON.stringify(sign).slice(1, -1);
    return escaped === sign ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}` : escaped;
  });
}

/** Signs as wide as two letters. */
const WIDE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{Emoji_Presentation}！-～]/u;

/** Places that a text takes in a terminal. */
function widthOf(text: string): number {
  return Array.from(text).reduce((width, sign) => {
    if (/\p{M}|\u200d/u.test(sign)) return width; // joins the sign before it
    return width + (WIDE.test(sign) ? 2 : 1);
  }, 0);
}

/** Names on a line each, filled up to one width. */
export function namesInColumn(names: readonly string[]): string[] {
  const shown = names.map(shownName);
  const width = Math.max(0, ...shown.map(widthOf));
  return shown.map((name) => name + " ".repeat(width - widthOf(name)));
}
