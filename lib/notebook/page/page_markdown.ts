/** Markdown with equations as HTML: `$…$` and `$$…$$` become MathML, raw HTML is shown as text. */
import { Marked } from "marked";
import temml from "temml";
import { BadInput } from "../../base/bad_input.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { extname, join, resolve } from "../../base/paths.ts";

/** A heading, for the table of contents. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  /** as HTML without links */
  readonly html: string;
}

/** Markdown as HTML, with its headings. */
export interface RenderedMarkdown {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** Tags that markdown may use, without attributes; they cannot load or run anything. */
const TAGS = /^<\/?(?:details|summary|br|sub|sup|kbd|p|b|i|em|strong)(?: open)?\s*\/?>$/i;

const PICTURES: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".svg": "image/svg+xml",
};

/** Renders the Markdown of one page, with heading ids that are unique in it. */
export class MarkdownRenderer {
  readonly #marked: Marked;
  readonly #place: Place;
  readonly #ids = new Map<string, number>();
  #headings: Heading[] = [];

  /**
   * @param file the notebook's name, for errors
   * @param folder where relative picture paths start, and in which they stay
   * @param isOutput whether the Markdown is what a cell showed: what is wrong in it is shown as
   *   text, and it has no files
   */
  constructor(file: string, folder: string, isOutput = false) {
    const place = this.#place = { file, folder, isOutput };
    // deno-lint-ignore no-this-alias -- inside the renderer functions `this` is marked's own
    const page = this;
    this.#marked = new Marked({
      extensions: [equation("block", place), equation("inline", place)],
      renderer: {
        heading({ tokens, depth }) {
          const html = this.parser.parseInline(tokens);
          const id = page.#newId(this.parser.parseInline(tokens, this.parser.textRenderer));
          page.#headings.push({ level: depth, id, html: html.replace(/<\/?a\b[^>]*>/g, "") });
          const anchor = `<a class="anchor" href="#${id}" aria-label="Link to this heading">#</a>`;
          return `<h${depth} id="${id}">${html} ${anchor}</h${depth}>\n`;
        },
        html: ({ text }) =>
          text.replace(/<[^>]*>|[<>&]/g, (part) => TAGS.test(part) ? part : escapeHtml(part)),
        link({ href, tokens }) {
          const target = href.replace(/^(?!\w+:)([\p{L}\p{N}_./%~-]+)\.ipynb(?=#|$)/u, "$1.html");
          const text = this.parser.parseInline(tokens);
          return /^(https?:|#|(?!\/\/)[\p{L}\p{N}_./%~-]+(#|$))/u.test(target)
            ? `<a href="${escapeHtml(target)}">${text}</a>`
            : text;
        },
        image: ({ href, text }) => picture(href, text, place),
      },
    });
  }

  /**
   * A cell's Markdown.
   *
   * @throws {BadInput} for an equation that TeX would not accept, or a picture that is not there
   */
  render(markdown: string): RenderedMarkdown {
    this.#headings = [];
    const html = this.#marked.parse(markdown, { async: false });
    return { html, headings: this.#headings };
  }

  /** Renders what the cells of the same notebook showed. */
  forOutputs(): MarkdownRenderer {
    const { file, folder } = this.#place;
    return new MarkdownRenderer(file, folder, true);
  }

  #newId(heading: string): string {
    const words = heading.toLowerCase().normalize("NFKD").match(/[a-z0-9]+/g) ?? ["section"];
    const id = words.join("-");
    const count = this.#ids.get(id) ?? 0;
    this.#ids.set(id, count + 1);
    return count === 0 ? id : `${id}-${count + 1}`;
  }
}

/** Where Markdown stands. */
interface Place {
  readonly file: string;
  readonly folder: string;
  readonly isOutput: boolean;
}

/** marked's extension for `$$…$$`, a paragraph of its own or inside a line, and for `$…$`. */
function equation(level: "block" | "inline", place: Place): TokenizerAndRenderer {
  const name = `${level} equation`;
  const pattern = level === "block"
    ? /^\$\$([\s\S]+?)\$\$[ \t]*(?:\n|$)/
    : /^(?:\$\$([^$]+?)\$\$|\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d))/;
  return {
    name,
    level,
    start: (source) => source.match(level === "block" ? /^\$\$/m : /\$/)?.index,
    tokenizer(source) {
      const match = source.match(pattern);
      if (match === null) return undefined;
      const tex = match[1] ?? match[2]!;
      return { type: name, raw: match[0], tex, display: match[1] !== undefined };
    },
    renderer: (token) => mathml(token.tex, token.display, place),
  };
}

type TokenizerAndRenderer = import("marked").TokenizerAndRendererExtension;

/** TeX as MathML; a `\\tag` is set at the right margin, which browsers do not do for MathML. */
function mathml(tex: string, displayMode: boolean, { file, isOutput }: Place): string {
  const number = displayMode ? tex.match(/\\tag\{([^{}]*)\}/) : null;
  const untagged = number ? tex.replace(number[0], "") : tex;
  let math;
  try {
    math = temml.renderToString(untagged, { displayMode, throwOnError: true, annotate: true });
  } catch (error) {
    if (isOutput) return `<code>${escapeHtml(tex)}</code>`; // somebody's label, perhaps
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`not an equation (${why})`, file, tex, "Correct the LaTeX.");
  }
  if (!displayMode) return math;
  const label = number ? `<span class="number">(${escapeHtml(number[1]!)})</span>` : "";
  return `<div class="equation">${math}${label}</div>\n`;
}

/** A picture inside the page if it is a file beside the notebook, else a link. */
function picture(href: string, alt: string, { file, folder, isOutput }: Place): string {
  if (/^https?:/.test(href)) return `<a href="${escapeHtml(href)}">${escapeHtml(alt || href)}</a>`;
  if (isOutput) return escapeHtml(alt || href);
  const type = PICTURES[extname(href).toLowerCase()];
  if (type === undefined) {
    throw new BadInput("not a picture", file, href, "Use a .png, .jpg or .svg file.");
  }
  const path = resolve(folder, href);
  if (!path.startsWith(join(resolve(folder), "/"))) {
    throw new BadInput("not in the notebook's folder", file, href, "Put the picture into it.");
  }
  try {
    const data = Deno.readFileSync(path).toBase64();
    return `<img alt="${escapeHtml(alt)}" src="data:${type};base64,${data}">`;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new BadInput("no such picture", file, href, `Its path starts in ${folder}.`);
  }
}
