/** The pages as a collection: their order, and the page that leads to them. */
import { BadInput } from "../../base/bad_input.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { exists, resultsPath } from "../../base/files.ts";
import { basename, join } from "../../base/paths.ts";
import { dataUri } from "../../show/picture/data_uri.ts";
import { codeCells, type Notebook, readNotebook } from "../file/ipynb.ts";
import { type Definition, definitions } from "./glossary_page.ts";
import { documentHtml } from "./page_document.ts";
import { isPlot } from "./page_outputs.ts";
import { sanitized } from "./sanitized.ts";

/** A page of the collection, for the links between pages. */
export interface Entry {
  readonly stem: string;
  readonly title: string;
  readonly summary: string;
  /** an image, as HTML: the notebook's first figure; "" without any */
  readonly picture: string;
  /** of the glossary */
  readonly terms: readonly Definition[];
}

/** What the collection comes to, in one figure and one table of the results folder. */
const LEAD = { figure: "retailrocket-learning-curves", table: "retailrocket-results" } as const;

/** Further pages, by their file; linked where they are. */
const FURTHER: Readonly<Record<string, string>> = {
  "playground.html": "Playground: train in this browser",
  "slides.html": "Slides for 90 minutes",
  "figures.html": "All figures, with data and command",
  "glossary.html": "Glossary of symbols and measures",
};

/** The file of a page. */
export function pageOf({ stem }: Pick<Entry, "stem">): string {
  return `${encodeURIComponent(stem)}.html`;
}

/**
 * Title, first sentence and first figure of every notebook of a folder, in reading order. One that
 * is none, or that is being written, is told and left out.
 */
export async function collection(folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".ipynb")) continue;
    const notebook = await readable(join(folder, name));
    if (notebook === null) continue;
    const prose = notebook.cells.filter((cell) => cell.cell_type === "markdown")
      .map(({ source }) => source).join("\n\n");
    const stem = basename(name, ".ipynb");
    const title = plain(prose.match(/^# (.+)/m)?.[1] ?? stem);
    const paragraph = prose.split(/\n{2,}/).find((text) => /^[\p{L}*_`\["]/u.test(text)) ?? "";
    entries.push({
      stem,
      title,
      summary: plain(paragraph.match(/^[\s\S]+?[.!?](?=\s|$)/)?.[0] ?? ""),
      picture: await firstFigure(notebook),
      terms: definitions(stem, notebook),
    });
  }
  return entries.sort((a, b) => a.stem < b.stem ? -1 : 1);
}

async function readable(path: string): Promise<Notebook | null> {
  try {
    return await readNotebook(path);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    console.warn(`Pages do not link to it: ${error.message}`);
    return null;
  }
}

/** The static picture of the first figure that a notebook shows. */
async function firstFigure(notebook: Notebook): Promise<string> {
  const output = codeCells(notebook).flatMap(({ outputs }) => outputs).find(isPlot);
  const html = output && "data" in output ? output.data["text/html"] : undefined;
  return typeof html === "string" ? await sanitized(html) : "";
}

/**
 * The page that leads to the others: what the collection comes to, then a card a notebook.
 *
 * @param folder where the pages are
 */
export async function indexHtml(entries: readonly Entry[], folder: string): Promise<string> {
  const cards = entries.map(({ stem, title, summary, picture }) =>
    `<li><a href="${pageOf({ stem })}">${picture}<b>${escapeHtml(title)}</b></a>` +
    `<br>${escapeHtml(summary)}</li>`
  );
  const further: string[] = [];
  for (const [file, title] of Object.entries(FURTHER)) {
    if (!await exists(join(folder, file))) continue;
    further.push(`<a href="${file}">${escapeHtml(title)}</a>`);
  }
  const body = `<div class="page"><main class="wide"><h1>REMI in notebooks</h1>
${await leadHtml()}
<h2>Notebooks</h2>
<ol class="cards">${cards.join("\n")}</ol>
<nav class="pages" aria-label="Further pages">${further.join("")}</nav>
</main></div>`;
  return await documentHtml("REMI in notebooks", body);
}

/** The one figure and the one table, as far as they are rendered. */
async function leadHtml(): Promise<string> {
  const read = (...parts: string[]) => Deno.readTextFile(resultsPath(...parts)).catch(() => "");
  const svg = await read("figures", `${LEAD.figure}.svg`);
  const table = await read("tables", `${LEAD.table}.html`);
  if (svg === "" && table === "") return "";
  const { alt = "" } = JSON.parse(await read("figures", `${LEAD.figure}.json`) || "{}");
  const picture = svg &&
    `<img class="card" alt="${escapeHtml(String(alt))}" src="${dataUri(svg)}">`;
  return `<section class="lead">${picture}<div class="html">${await sanitized(table)}</div>
<p class="command">Drawn from recorded runs by <code>deno task figures ${LEAD.figure}
${LEAD.table}</code></p></section>`;
}

/** Markdown without its marks, in one line. */
function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/[*_`$]/g, "").replace(
    /\s+/g,
    " ",
  );
}
