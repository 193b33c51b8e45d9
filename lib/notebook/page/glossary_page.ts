/** The glossary as a page, linked both ways with the notebooks that define its terms. */
import { escapeHtml } from "../../base/escape_html.ts";
import type { Notebook } from "../file/ipynb.ts";
import { glossary, type Term } from "./glossary.ts";
import { documentHtml } from "./page_document.ts";
import { MarkdownRenderer } from "./page_markdown.ts";

/** A term and the cell that defines it. */
export interface Definition {
  readonly term: Term;
  readonly cell: string;
}

/** The terms that a notebook defines, in the glossary's order. */
export function definitions(stem: string, notebook: Notebook): Definition[] {
  const own = glossary.filter(({ notebook: number }) => stem.startsWith(`${number}_`));
  return own.flatMap((term) => {
    const cell = notebook.cells.find(({ cell_type, source }) =>
      cell_type === "markdown" && source.includes(term.found)
    );
    return cell ? [{ term, cell: cell.id }] : [];
  });
}

/** Where a term stands in the glossary's page. */
export function anchorOf({ name }: Pick<Term, "name">): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** What stands below a notebook's page: the terms that it defines; "" without any. */
export function termsHtml(defined: readonly Definition[]): string {
  if (defined.length === 0) return "";
  const links = defined.map(({ term }) =>
    `<a href="glossary.html#${anchorOf(term)}">${escapeHtml(term.name)}</a>`
  );
  return `<nav class="terms" aria-label="Glossary">Defined here: ${links.join(", ")}</nav>`;
}

/** A notebook as the glossary links to it. */
interface Place {
  readonly title: string;
  /** the file of its page */
  readonly page: string;
  readonly terms: readonly Definition[];
}

/** The glossary: a row a term, with a link to the cell that defines it. */
export async function glossaryHtml(places: readonly Place[]): Promise<string> {
  const markdown = new MarkdownRenderer("glossary", ".");
  const inline = (text: string) => markdown.render(text).html.trim().replace(/^<p>|<\/p>$/g, "");
  const row = (term: Term) => {
    const place = places.find(({ terms }) => terms.some((defined) => defined.term === term));
    const cell = place?.terms.find((defined) => defined.term === term)?.cell;
    const link = place
      ? `<a href="${place.page}#cell-${escapeHtml(cell!)}">${escapeHtml(place.title)}</a>`
      : "";
    const symbol = term.symbol ? inline(`$${term.symbol}$`) : "";
    return `<tr id="${anchorOf(term)}"><th scope="row">${escapeHtml(term.name)}</th>` +
      `<td>${symbol}</td><td>${inline(term.meaning)}</td><td>${link}</td></tr>`;
  };
  const body = `<div class="page"><main class="wide">
<nav><a href="index.html">All notebooks</a></nav>
<h1>Glossary</h1>
<div class="html"><table class="glossary">
<thead><tr><th>term</th><th>symbol</th><th>what it is</th><th>defined in</th></tr></thead>
<tbody>${glossary.map(row).join("\n")}</tbody></table></div>
</main></div>`;
  return await documentHtml("Glossary", body);
}
