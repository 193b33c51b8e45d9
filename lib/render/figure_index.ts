/** All figures on one page: thumbnail, what it says, data, and the command that draws it. */
import { escapeHtml } from "../base/escape_html.ts";
import { resultsPath, writeAtomically } from "../base/files.ts";
import { documentHtml } from "../notebook/page/page_document.ts";
import type { Figure } from "../show/figure.ts";
import { dataUri } from "../show/picture/data_uri.ts";
import { captioned } from "../show/theme.ts";

/** A figure as the index has it. */
export interface IndexedFigure {
  readonly name: string;
  readonly alt: string;
  /** what was found */
  readonly finding: string;
  /** what was measured, and on how many runs */
  readonly data: string;
}

/** What the index says of a figure: the words of its title. */
export function indexed(name: string, figure: Figure): IndexedFigure {
  const { meta } = captioned(figure).layout as { meta?: { finding: string; small: string } };
  return { name, alt: figure.alt, finding: meta?.finding ?? figure.alt, data: meta?.small ?? "" };
}

/**
 * Writes the index of figures that are in the results folder: `figures/README.md`, and the page
 * `html/figures.html` with the pictures inside.
 *
 * @throws the system's error, if one of the figures is not there
 */
export async function writeFigureIndex(figures: readonly IndexedFigure[]): Promise<void> {
  await writeAtomically(resultsPath("figures", "README.md"), indexMarkdown(figures));
  const cards: string[] = [];
  for (const figure of figures) {
    const svg = await Deno.readTextFile(resultsPath("figures", `${figure.name}.svg`));
    cards.push(card(figure, svg));
  }
  const body = `<div class="page"><main class="wide">
<nav><a href="index.html">All notebooks</a></nav>
<h1>All figures</h1>
<p>Each is drawn from recorded runs alone, by the command below it. The same command with
<code>--plain</code> leaves its title out, and with <code>--size 16:9</code> it has the shape of a
slide; both write SVG, PNG and PDF.</p>
<ol class="cards">${cards.join("\n")}</ol>
</main></div>`;
  const html = await documentHtml("All figures", body);
  await writeAtomically(resultsPath("html", "figures.html"), html);
}

function indexMarkdown(figures: readonly IndexedFigure[]): string {
  const row = ({ name, finding, data }: IndexedFigure) =>
    `| <a href="${name}.svg"><img src="${name}.svg" width="240" alt="${name}"></a> ` +
    `| **${inMarkdown(finding)}** | ${inMarkdown(data)} | \`deno task figures ${name}\` |`;
  return `# All figures

Written by \`deno task figures\`. Beside each SVG lies plotly's JSON with every number, a longer
description and the full keys of the runs.

| figure | what it says | data | command |
| :--- | :--- | :--- | :--- |
${figures.map(row).join("\n")}
`;
}

/** Words without what GitHub takes for HTML, equations or the end of a cell. */
function inMarkdown(text: string): string {
  return text.replace(/[|$*_`<\\]/g, "\\$&");
}

function card({ name, alt, finding, data }: IndexedFigure, svg: string): string {
  return `<li id="${escapeHtml(name)}"><img alt="${escapeHtml(alt)}" src="${dataUri(svg)}">
<b>${escapeHtml(finding)}</b><br>${escapeHtml(data)}<br>
<code>deno task figures ${escapeHtml(name)}</code></li>`;
}
