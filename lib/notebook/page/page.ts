/** Executed notebooks as standalone HTML pages: one file each, readable without any network. */
import { createHash } from "node:crypto";
import { projectPath, writeAtomically } from "../../base/files.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { basename, dirname, join } from "../../base/paths.ts";
import { type Cell, codeCells, type Notebook, readNotebook } from "../file/ipynb.ts";
import { type Heading, MarkdownRenderer } from "./page_markdown.ts";
import { highlighted, isPlot, outputHtml } from "./page_outputs.ts";
import { SCRIPT, STYLE } from "./page_style.ts";

/** Where pages go, unless told otherwise. */
export const PAGES: string = projectPath("results", "html");

/** Nothing may be loaded from elsewhere and only these scripts run, whatever an output contains. */
function policyFor(scripts: readonly string[]): string {
  const hashes = scripts.map((script) =>
    `'sha256-${createHash("sha256").update(script).digest("base64")}'`
  );
  return "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; " +
    `script-src ${hashes.join(" ") || "'none'"}; base-uri 'none'; form-action 'none'`;
}

/** A page of the collection, for the links between pages. */
interface Entry {
  readonly stem: string;
  readonly title: string;
  readonly summary: string;
}

/**
 * Writes the pages of some notebooks, and the index of all notebooks of their folder.
 *
 * @param paths notebook files of one folder
 * @param folder where the pages go
 * @throws BadInput if a notebook cannot be read or has an equation that is no LaTeX
 */
export async function writePages(paths: readonly string[], folder: string = PAGES): Promise<void> {
  if (paths.length === 0) return;
  const entries = await collection(dirname(paths[0]!));
  for (const path of paths) {
    const stem = basename(path, ".ipynb");
    const html = await pageHtml(await readNotebook(path), path, entries);
    await writeAtomically(join(folder, `${stem}.html`), html);
  }
  await writeAtomically(join(folder, "index.html"), indexHtml(entries));
}

/** A notebook's page. */
async function pageHtml(
  notebook: Notebook,
  path: string,
  entries: readonly Entry[],
): Promise<string> {
  const markdown = new MarkdownRenderer(basename(path), dirname(path));
  const headings: Heading[] = [];
  const cells: string[] = [];
  for (const cell of notebook.cells) {
    const { html, headings: own } = await cellHtml(cell, markdown);
    headings.push(...own);
    cells.push(html);
  }
  const at = entries.findIndex(({ stem }) => stem === basename(path, ".ipynb"));
  const contents = headings.filter(({ level }) => level === 2 || level === 3)
    .map(({ level, id, html }) => `<li class="level-${level}"><a href="#${id}">${html}</a></li>`);
  const plots = codeCells(notebook).some(({ outputs }) => outputs.some(isPlot));
  const body = `<div class="page with-contents">
<nav class="contents" aria-label="Contents"><a href="index.html">All notebooks</a>
<ol>${contents.join("\n")}</ol></nav>
<main>
${cells.join("\n")}
${neighbours(entries[at - 1], entries[at + 1])}
</main></div>`;
  const scripts = plots ? [await plotlyScript(), SCRIPT] : [];
  return document(entries[at]?.title ?? basename(path), body, scripts);
}

async function cellHtml(
  cell: Cell,
  markdown: MarkdownRenderer,
): Promise<{ html: string; headings: readonly Heading[] }> {
  const open = (kind: string) => `<section class="cell ${kind}" id="cell-${escapeHtml(cell.id)}">`;
  if (cell.cell_type === "markdown") {
    const { html, headings } = markdown.render(cell.source);
    return { html: `${open("markdown")}${html}</section>`, headings };
  }
  if (cell.cell_type === "raw") {
    return { html: `${open("raw")}<pre>${escapeHtml(cell.source)}</pre></section>`, headings: [] };
  }
  const count = cell.execution_count === null ? "" : `[${cell.execution_count}]`;
  const link = `<a class="count" href="#cell-${escapeHtml(cell.id)}">${count}</a>`;
  const source = `<pre class="source"><code>${highlighted(cell.source)}</code></pre>`;
  const outputs = await Promise.all(
    cell.outputs.map((output) => outputHtml(output, markdown.forOutputs())),
  );
  return { html: `${open("code")}${link}${source}${outputs.join("\n")}</section>`, headings: [] };
}

function neighbours(before: Entry | undefined, after: Entry | undefined): string {
  const link = (entry: Entry, label: string) =>
    `<a href="${pageOf(entry)}">${label}: ${escapeHtml(entry.title)}</a>`;
  const links = [before && link(before, "Previous"), after && link(after, "Next")];
  return `<nav class="pages" aria-label="Other notebooks">${links.filter(Boolean).join("")}</nav>`;
}

function pageOf({ stem }: Pick<Entry, "stem">): string {
  return `${encodeURIComponent(stem)}.html`;
}

function indexHtml(entries: readonly Entry[]): string {
  const items = entries.map(({ stem, title, summary }) =>
    `<li><a href="${pageOf({ stem })}">${escapeHtml(title)}</a><br>${escapeHtml(summary)}</li>`
  );
  return document(
    "Notebooks",
    `<div class="page"><main><h1>Notebooks</h1><ol>${items.join("\n")}</ol></main></div>`,
  );
}

function document(title: string, body: string, scripts: readonly string[] = []): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyFor(scripts)}">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
${scripts.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}

/** plotly.js itself, from the installed package. */
async function plotlyScript(): Promise<string> {
  const file = ["node_modules", "plotly.js-cartesian-dist-min", "plotly-cartesian.min.js"];
  const plotly = await Deno.readTextFile(projectPath(...file));
  return plotly.replaceAll("</script", "<\\/script");
}

/** Title and first sentence of every notebook of a folder, in reading order. */
async function collection(folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".ipynb")) continue;
    const { cells } = await readNotebook(join(folder, name));
    const prose = cells.filter((cell) => cell.cell_type === "markdown").map(({ source }) => source)
      .join("\n\n");
    const stem = basename(name, ".ipynb");
    const title = plain(prose.match(/^# (.+)/m)?.[1] ?? stem);
    const paragraph = prose.split(/\n{2,}/).find((text) => /^[\p{L}*_`\["]/u.test(text)) ?? "";
    entries.push({
      stem,
      title,
      summary: plain(paragraph.match(/^[\s\S]+?[.!?](?=\s|$)/)?.[0] ?? ""),
    });
  }
  return entries.sort((a, b) => a.stem < b.stem ? -1 : 1);
}

/** Markdown without its marks, in one line. */
function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/[*_`$]/g, "").replace(
    /\s+/g,
    " ",
  );
}
