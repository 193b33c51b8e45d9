/**
 * What Python's repr writes for dictionaries, lists, tuples, texts, numbers, True, False and None.
 * A reader of its own: it needs no more than this, and runs on tens of millions of lines.
 */

/** Levels of lists in lists that are read: more than any data has, fewer than the stack bears. */
export const DEEPEST = 500;

/** The value of a text; undefined if it is not such a literal as a whole, or nested too deeply. */
export function pythonLiteral(text: string): unknown {
  const reader = new Reader(text);
  try {
    const value = reader.value();
    return reader.atEnd ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>(
  [["None", null], ["True", true], ["False", false], ["nan", NaN], ["inf", Infinity]],
);
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", a: "\x07", "0": "\0" },
};
const TEXT = /[uUbB]?('|")/y;
const CODE = /x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}/y;
const NUMBER = /[-+]?\d+(\.\d*)?([eE][-+]?\d+)?[lL]?/y;
const WORD = /[A-Za-z]+/y;
const BLANKS = /\s*/y;

class Reader {
  #at = 0;
  #depth = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    this.#match(BLANKS);
    return this.#at === this.#text.length;
  }

  value(): unknown {
    this.#match(BLANKS);
    if (this.#skip("{")) return this.#inside(() => this.#dictionary());
    if (this.#skip("[")) return this.#inside(() => this.#items("]"));
    if (this.#skip("(")) return this.#inside(() => this.#items(")"));
    const quote = this.#match(TEXT)?.at(-1);
    if (quote !== undefined) return this.#string(quote);
    const number = this.#match(NUMBER)?.replace(/[lL]$/, "");
    if (number !== undefined) {
      const value = Number(number);
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? number : value;
    }
    const word = this.#match(WORD);
    if (word === undefined || !WORDS.has(word)) throw new SyntaxError();
    return WORDS.get(word);
  }

  #inside<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new SyntaxError();
    const value = read();
    this.#depth--;
    return value;
  }

  #dictionary(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    while (!this.#skip("}")) {
      const key = String(this.value());
      if (!this.#skip(":")) throw new SyntaxError();
      entries.push([key, this.value()]);
      if (!this.#skip(",") && !this.#peek("}")) throw new SyntaxError();
    }
    return Object.fromEntries(entries);
  }

  #items(end: string): unknown[] {
    const items: unknown[] = [];
    while (!this.#skip(end)) {
      items.push(this.value());
      if (!this.#skip(",") && !this.#peek(end)) throw new SyntaxError();
    }
    return items;
  }

  #string(quote: string): string {
    let value = "";
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined) throw new SyntaxError();
      if (character === quote) return value;
      if (character !== "\\") value += character;
      else {
        const code = this.#match(CODE);
        const next = code ?? this.#text[this.#at++] ?? "";
        const point = code === undefined ? NaN : parseInt(code.slice(1), 16);
        if (point > 0x10ffff) throw new SyntaxError();
        if (code !== undefined) value += String.fromCodePoint(point);
        else value += ESCAPES[next] ?? (next === quote || /["'\\]/.test(next) ? next : `\\${next}`);
      }
    }
  }

  #skip(text: string): boolean {
    const found = this.#peek(text);
    if (found) this.#at += text.length;
    return found;
  }

  #peek(text: string): boolean {
    this.#match(BLANKS);
    return this.#text.startsWith(text, this.#at);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
