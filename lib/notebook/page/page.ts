/** Executed notebooks as standalone HTML pages: one file each, readable without any network. */
import { writing } from "../../base/disk.ts";
import { projectPath, resultsPath, writeAtomically } from "../../base/files.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { whileLocked } from "../../base/lock.ts";
import { basename, dirname, join } from "../../base/paths.ts";
import { type Cell, codeCells, type Notebook, readNotebook } from "../file/ipynb.ts";
import { type Heading, MarkdownRenderer } from "./page_markdown.ts";
import { highlighted, isPlot, outputHtml } from "./page_outputs.ts";
import { glossaryHtml, termsHtml } from "./glossary_page.ts";
import { documentHtml } from "./page_document.ts";
import { collection, type Entry, indexHtml, pageOf } from "./page_index.ts";
import { SCRIPT } from "./page_style.ts";

/** Where pages go, unless told otherwise: into the folder of results. */
export function pagesFolder(): string {
  return resultsPath("html");
}

/**
 * Writes the pages of some notebooks, the glossary, and the index of all notebooks of their folder.
 * One at a time, also among processes, so that nobody writes an index of what was there before.
 *
 * @param paths notebook files of one folder
 * @param folder where the pages go
 * @throws BadInput if a notebook cannot be read or has an equation that is no LaTeX
 */
export async function writePages(
  paths: readonly string[],
  folder: string = pagesFolder(),
): Promise<void> {
  if (paths.length === 0) return;
  const index = join(folder, "index.html");
  await writing(index, () => Deno.mkdir(folder, { recursive: true }));
  const write = async () => {
    const entries = await collection(dirname(paths[0]!));
    for (const path of paths) {
      const stem = basename(path, ".ipynb");
      const html = await pageHtml(await readNotebook(path), path, entries);
      await writeAtomically(join(folder, `${stem}.html`), html);
    }
    const places = entries.map((entry) => ({ ...entry, page: pageOf(entry) }));
    await writeAtomically(join(folder, "glossary.html"), await glossaryHtml(places));
    await writeAtomically(index, await indexHtml(entries, folder));
  };
  await whileLocked(`${index}.lock`, write, () => {}); // a short wait, nothing to tell
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
  const folds = cells.some((html) => html.includes("<details"));
  const solutions = folds
    ? `<label class="with-solutions"><input type="checkbox"> Print with solutions</label>`
    : "";
  const body = `<div class="page with-contents">
<nav class="contents" aria-label="Contents"><a href="index.html">All notebooks</a>
<ol>${contents.join("\n")}</ol>${solutions}</nav>
<main>
${cells.join("\n")}
${termsHtml(entries[at]?.terms ?? [])}
${neighbours(entries[at - 1], entries[at + 1])}
</main></div>`;
  const scripts = plots ? [await plotlyScript(), SCRIPT] : [];
  return await documentHtml(entries[at]?.title ?? basename(path), body, scripts);
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
  const kind = isImports(cell.source) ? "code imports" : "code";
  return { html: `${open(kind)}${link}${source}${outputs.join("\n")}</section>`, headings: [] };
}

/** Whether a cell only imports, which a handout leaves out. */
function isImports(source: string): boolean {
  return /^(?:\s*import\b[^;]*;)+\s*$/.test(source);
}

function neighbours(before: Entry | undefined, after: Entry | undefined): string {
  const link = (entry: Entry, label: string) =>
    `<a href="${pageOf(entry)}">${label}: ${escapeHtml(entry.title)}</a>`;
  const links = [before && link(before, "Previous"), after && link(after, "Next")];
  return `<nav class="pages" aria-label="Other notebooks">${links.filter(Boolean).join("")}</nav>`;
}

/** plotly.js itself, from the installed package. */
async function plotlyScript(): Promise<string> {
  const file = ["node_modules", "plotly.js-cartesian-dist-min", "plotly-cartesian.min.js"];
  const plotly = await Deno.readTextFile(projectPath(...file));
  return plotly.replaceAll("</script", "<\\/script");
}
