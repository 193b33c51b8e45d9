/** Static pictures of figures without a browser: SVG by plotly in jsdom, PNG by resvg. */
import type { Figure } from "../figure.ts";
import { fontFiles } from "./fonts.ts";
import { lean } from "./lean.ts";
import { loadPlotly } from "./plotly.ts";
import { checkSchema, refuseBrowserOnly, stillOf } from "./still.ts";

/** Pixels of a PNG for each CSS pixel. */
const SCALE = 2;

let lastDrawn: Promise<unknown> = Promise.resolve();

/**
 * Draws a figure as a small SVG, in the size of its layout (760 × 450 unless it has one). Equal
 * figures give equal bytes, in any order and in every process.
 *
 * @throws {BadInput} for traces that need WebGL or map tiles, and for keys plotly does not know
 */
export async function toSvg(figure: Figure): Promise<string> {
  return await lean(await toPlotlySvg(figure));
}

/**
 * Draws a figure as the SVG that plotly makes of it.
 *
 * @throws {BadInput} as {@linkcode toSvg}
 */
export function toPlotlySvg(figure: Figure): Promise<string> {
  // One at a time: plotly draws its ids from one stream, restarted for every picture.
  const drawn = lastDrawn.then(() => draw(figure));
  lastDrawn = drawn.catch(() => {});
  return drawn;
}

async function draw(figure: Figure): Promise<string> {
  refuseBrowserOnly(figure.data);
  const plotly = await loadPlotly();
  const still = stillOf(figure);
  checkSchema(plotly, still);
  plotly.restartIds();
  return await plotly.toImage(still, {
    format: "svg",
    width: Number(still.layout.width ?? 760),
    height: Number(still.layout.height ?? 450),
    imageDataOnly: true,
  });
}

/** Renders an SVG of {@linkcode toSvg} as PNG with the project's own fonts. */
export async function toPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const renderer = new Resvg(svg, {
    font: {
      fontFiles: fontFiles(),
      loadSystemFonts: false,
      defaultFontFamily: "Arimo",
      sansSerifFamily: "Arimo",
    },
    fitTo: { mode: "zoom", value: SCALE },
  });
  return renderer.render().asPng();
}
