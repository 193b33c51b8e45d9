/** What a notebook is handed to show something: the same thing in several forms. */
import { escapeHtml } from "../base/escape_html.ts";
import type { Figure } from "./figure.ts";
import { compactJson } from "./plotly_json.ts";
import { dataUri } from "./picture/data_uri.ts";
import { toSvg } from "./picture/picture.ts";
import { captioned, live, sourceOf } from "./theme.ts";

/** Contents by media type; a front end shows the richest form that it knows. */
export interface Bundle {
  readonly "text/plain": string;
  readonly [mediaType: string]: string | object;
}

/** The symbol under which the Deno kernel looks for an object's bundle. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** Anything that knows how it is shown: tables, markdown, danfojs data frames. */
export interface Displayable {
  [jupyterDisplay](): Bundle | Promise<Bundle>;
}

/**
 * A figure as a live plotly figure, as a static picture, and in words. JupyterLab with the Python
 * plotly package and VS Code show the first, everything else the second. A still one has no first.
 *
 * @throws {BadInput} for figures that cannot be drawn without a browser or have unknown keys
 */
export async function figureBundle(figure: Figure): Promise<Bundle> {
  if (figure.still) return await draftBundle(figure);
  return {
    "application/vnd.plotly.v1+json": compactJson(live(captioned(figure))),
    ...await draftBundle(figure),
  };
}

/**
 * The same without the live figure: for figures that are replaced a moment later. JupyterLab's
 * plotly never replaces a live figure by an update, but it does replace a picture.
 *
 * @throws {BadInput} as {@linkcode figureBundle}
 */
export async function draftBundle(figure: Figure): Promise<Bundle> {
  const picture = dataUri(await toSvg(captioned(figure)));
  return {
    "text/html": `<img alt="${escapeHtml(figure.alt)}" style="max-width:100%;background:#ffffff" ` +
      `src="${picture}">`,
    "text/plain": figureInWords(figure),
  };
}

/** A figure's alternative text with where its numbers come from. */
export function figureInWords({ alt, runs }: Figure): string {
  const source = sourceOf(runs);
  return source ? `${alt} (${source})` : alt;
}
