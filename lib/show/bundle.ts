/** What a notebook is handed to show something: the same thing in several forms. */
import { Buffer } from "node:buffer";
import { escapeHtml } from "../base/escape_html.ts";
import type { Figure } from "./figure.ts";
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
 * plotly package and VS Code show the first, everything else the second.
 *
 * @throws {BadInput} for figures that cannot be drawn without a browser or have unknown keys
 */
export async function figureBundle(figure: Figure): Promise<Bundle> {
  return {
    "application/vnd.plotly.v1+json": plotlyJson(live(captioned(figure))),
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
  const picture = Buffer.from(await toSvg(captioned(figure))).toString("base64");
  return {
    "text/html": `<img alt="${escapeHtml(figure.alt)}" style="max-width:100%;background:#ffffff" ` +
      `src="data:image/svg+xml;base64,${picture}">`,
    "text/plain": figureInWords(figure),
  };
}

/** A figure's alternative text with where its numbers come from. */
export function figureInWords({ alt, runs }: Figure): string {
  const source = sourceOf(runs);
  return source ? `${alt} (${source})` : alt;
}

/**
 * A figure as plain JSON for plotly: typed arrays as lists, numbers with six significant digits,
 * which is more than a screen can show and keeps notebooks small.
 */
export function plotlyJson({ data, layout, frames }: Figure): object {
  // the buttons would cover the title
  const config = { displayModeBar: false, responsive: true };
  const figure = { data, layout, ...(frames ? { frames } : {}), config };
  return JSON.parse(JSON.stringify(figure, (_key, value) => {
    if (ArrayBuffer.isView(value)) return [...value as Float32Array];
    if (typeof value !== "number" || Number.isInteger(value)) return value;
    return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
  }));
}
