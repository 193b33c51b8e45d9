/** A code cell's source and outputs as HTML. */
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "../../base/escape_html.ts";
import type { Output, RichOutput } from "../file/ipynb.ts";
import type { MarkdownRenderer } from "./page_markdown.ts";

hljs.registerLanguage("typescript", typescript);

const PLOTLY = "application/vnd.plotly.v1+json";

/** TypeScript with its words marked for the style sheet. */
export function highlighted(source: string): string {
  return hljs.highlight(source, { language: "typescript" }).value;
}

/** An output as HTML: of its forms the first of plotly figure, HTML, Markdown, picture, text. */
export function outputHtml(output: Output, markdown: MarkdownRenderer): string {
  switch (output.output_type) {
    case "stream":
      return `<pre class="${output.name}">${escapeHtml(output.text)}</pre>`;
    case "error":
      return `<pre class="stderr">${escapeHtml(`${output.ename}: ${output.evalue}`)}</pre>`;
    default:
      return richHtml(output, markdown);
  }
}

/** Whether a page with this output needs plotly.js. */
export function isPlot(output: Output): boolean {
  return "data" in output && PLOTLY in output.data;
}

function richHtml({ data }: RichOutput, markdown: MarkdownRenderer): string {
  const text = typeof data["text/plain"] === "string" ? data["text/plain"] : "";
  const html = data["text/html"];
  if (PLOTLY in data) return plotHtml(data[PLOTLY], typeof html === "string" ? html : "", text);
  if (typeof html === "string" && isInert(html)) return `<div class="html">${html}</div>`;
  if (typeof data["text/markdown"] === "string") {
    return `<div class="markdown">${markdown.render(data["text/markdown"]).html}</div>`;
  }
  for (const type of ["image/png", "image/jpeg"]) {
    const base64 = data[type];
    if (typeof base64 === "string") return pictureHtml(type, base64.replaceAll(/\s/g, ""), text);
  }
  const svg = data["image/svg+xml"];
  if (typeof svg === "string") {
    return pictureHtml("image/svg+xml", new TextEncoder().encode(svg).toBase64(), text);
  }
  return `<pre class="text">${escapeHtml(text)}</pre>`;
}

/**
 * A figure that the page's script draws. Its static picture is shown until then, in print, and
 * where no script runs.
 */
function plotHtml(figure: unknown, picture: string, alt: string): string {
  const json = JSON.stringify(figure).replaceAll("<", "\\u003c"); // no "</script>" inside
  const fallback = isInert(picture) && picture !== ""
    ? picture
    : `<pre class="text">${escapeHtml(alt)}</pre>`;
  return `<figure class="plot"><div class="still">${fallback}</div>` +
    `<div class="live" role="img" aria-label="${escapeHtml(alt)}"></div>` +
    `<script type="application/json">${json}</script></figure>`;
}

function pictureHtml(type: string, base64: string, alt: string): string {
  return `<img class="card" alt="${escapeHtml(alt)}" src="data:${type};base64,${base64}">`;
}

/**
 * Whether HTML neither runs code nor asks for anything over the network. What an embedded picture
 * contains does not matter: browsers let it do neither.
 */
function isInert(withPictures: string): boolean {
  const html = withPictures.replaceAll(/ src="data:image\/[^"]*"/g, "");
  return !/<(?:script|iframe|object|embed|link|base|meta|form)\b/i.test(html) &&
    !/<[^>]*\s(?:on\w+|srcset)\s*=/i.test(html) &&
    !/(?:\bsrc\s*=\s*["']?|url\(\s*["']?)(?!data:)(?=[^"'\s)])/i.test(html);
}
