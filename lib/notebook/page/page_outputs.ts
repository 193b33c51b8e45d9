/** A code cell's source and outputs as HTML. */
import { stripVTControlCharacters } from "node:util";
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "../../base/escape_html.ts";
import type { Output, RichOutput } from "../file/ipynb.ts";
import type { MarkdownRenderer } from "./page_markdown.ts";
import { sanitized } from "./sanitized.ts";

hljs.registerLanguage("typescript", typescript);

const PLOTLY = "application/vnd.plotly.v1+json";

/** Characters of an output from which on a page says its size instead. */
const TOO_LARGE = 16e6;

/** TypeScript with its words marked for the style sheet. */
export function highlighted(source: string): string {
  return hljs.highlight(source, { language: "typescript" }).value;
}

/**
 * An output as HTML: of its forms the first of plotly figure, HTML, Markdown, picture, text. What
 * it contains may be anybody's: it runs nothing and loads nothing.
 *
 * @param markdown renders Markdown of outputs: {@linkcode MarkdownRenderer.forOutputs}
 */
export async function outputHtml(output: Output, markdown: MarkdownRenderer): Promise<string> {
  const size = JSON.stringify(output).length;
  if (size >= TOO_LARGE) {
    return `<pre class="text">(an output of ${(size / 1e6).toFixed(1)} MB is left out)</pre>`;
  }
  switch (output.output_type) {
    case "stream":
      return `<pre class="${output.name}">${plain(output.text)}</pre>`;
    case "error":
      return `<pre class="stderr">${plain(`${output.ename}: ${output.evalue}`)}</pre>`;
    default:
      return await richHtml(output, markdown);
  }
}

/** Whether a page with this output needs plotly.js. */
export function isPlot(output: Output): boolean {
  return "data" in output && PLOTLY in output.data;
}

/** Text without a terminal's colours. */
function plain(text: string): string {
  return escapeHtml(stripVTControlCharacters(text));
}

async function richHtml({ data }: RichOutput, markdown: MarkdownRenderer): Promise<string> {
  const text = typeof data["text/plain"] === "string" ? data["text/plain"] : "";
  const html = typeof data["text/html"] === "string" ? await sanitized(data["text/html"]) : "";
  if (PLOTLY in data) return plotHtml(data[PLOTLY], html, text);
  if (html !== "") return `<div class="html">${html}</div>`;
  if (typeof data["text/markdown"] === "string") {
    const rendered = await sanitized(markdown.render(data["text/markdown"]).html);
    if (rendered !== "") return `<div class="markdown">${rendered}</div>`;
  }
  for (const type of ["image/png", "image/jpeg"]) {
    const base64 = String(data[type] ?? "").replaceAll(/\s/g, "");
    if (/^[A-Za-z0-9+/]+=*$/.test(base64)) return pictureHtml(type, base64, text);
  }
  const svg = data["image/svg+xml"];
  if (typeof svg === "string") {
    return pictureHtml("image/svg+xml", new TextEncoder().encode(svg).toBase64(), text);
  }
  return `<pre class="text">${plain(text)}</pre>`;
}

/**
 * A figure that the page's script draws. Its static picture is shown until then, in print, and
 * where no script runs.
 */
function plotHtml(figure: unknown, picture: string, alt: string): string {
  const json = JSON.stringify(figure).replaceAll("<", "\\u003c"); // no "</script>" inside
  const fallback = picture !== "" ? picture : `<pre class="text">${plain(alt)}</pre>`;
  return `<figure class="plot"><div class="still">${fallback}</div>` +
    `<div class="live" role="img" aria-label="${escapeHtml(alt)}"></div>` +
    `<script type="application/json">${json}</script></figure>`;
}

function pictureHtml(type: string, base64: string, alt: string): string {
  return `<img class="card" alt="${escapeHtml(alt)}" src="data:${type};base64,${base64}">`;
}
