/**
 * Texts from people's data in figures, as they are. Plotly takes `<b>`, `&lt;`, `$…$` and `%{x}` in
 * any text for markup; a picture cannot hold control characters at all.
 */

/** Characters of a label that are shown; nothing in a figure has room for more. */
const LONGEST_LABEL = 60;

/** Characters of a heading's text that are shown. */
const LONGEST_TEXT = 1000;

/** What would break a line, or turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff0-\uffff]/gu;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  "$": "&#36;",
  "%{": "%&#123;",
};

/** A label that plotly shows as what it is: in one line, not too long, and without any markup. */
export function literal(label: string, most = LONGEST_LABEL): string {
  return unmarked(shortened(plain(label), most));
}

/** Text in one line: spaces for its line ends, "\ufffd" for what cannot be drawn. */
export function plain(text: string): string {
  return text.replace(/[\t\n\v\f\r\u2028\u2029]+/g, " ").replace(UNSEEN, "\ufffd");
}

/** Text for a heading, whose lines are broken between words: none of these is too long. */
export function breakable(text: string): string {
  return shortened(
    plain(text).replace(/[^ ]+/g, (word) => shortened(word, LONGEST_LABEL)),
    LONGEST_TEXT,
  );
}

/** Text in which plotly finds no markup. */
export function unmarked(text: string): string {
  return text.replace(/[&<$]|%\{/g, (mark) => entities[mark]!);
}

/** A label cut to this many characters. */
export function shortened(label: string, most: number): string {
  if (label.length <= most) return label;
  const characters = [...label];
  return characters.length <= most ? label : `${characters.slice(0, most - 1).join("")}…`;
}
