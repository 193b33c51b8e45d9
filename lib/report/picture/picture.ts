/** Static pictures of figures without a browser: SVG by plotly in jsdom, PNG by resvg. */
import type { Figure } from "../figure.ts";
import { fontFiles } from "./fonts.ts";
import { lean } from "./lean.ts";
import { loadPlotly } from "./plotly.ts";
import { checkSchema, refuseBrowserOnly, stillOf } from "./still.ts";

/** Size of a picture in CSS pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

let lastDrawn: Promise<unknown> = Promise.resolve();

/**
 * Draws a figure as SVG. Equal figures give equal bytes, in any order and in every process.
 *
 * @param size overrides the width and height of the figure's layout (else 760 × 450)
 * @throws {BadInput} for traces that need WebGL or map tiles, and for keys plotly does not know
 */
export function toSvg(figure: Figure, size: Partial<PictureSize> = {}): Promise<string> {
  // One at a time: plotly draws its ids from one stream, restarted for every picture.
  const drawn = lastDrawn.then(() => draw(figure, size));
  lastDrawn = drawn.catch(() => {});
  return drawn;
}

async function draw(figure: Figure, size: Partial<PictureSize>): Promise<string> {
  refuseBrowserOnly(figure.data);
  const plotly = await loadPlotly();
  const still = stillOf(figure);
  checkSchema(plotly, still);
  plotly.restartIds();
  const svg = await plotly.toImage(still, {
    format: "svg",
    width: size.width ?? Number(still.layout.width ?? 760),
    height: size.height ?? Number(still.layout.height ?? 450),
    imageDataOnly: true,
  });
  return lean(svg);
}

/**
 * Renders an SVG of {@linkcode toSvg} as PNG with the project's own fonts.
 *
 * @param scale pixels of the PNG for each CSS pixel
 */
export async function toPng(svg: string, scale = 2): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const renderer = new Resvg(svg, {
    font: {
      fontFiles: fontFiles(),
      loadSystemFonts: false,
      defaultFontFamily: "Arimo",
      sansSerifFamily: "Arimo",
    },
    fitTo: { mode: "zoom", value: scale },
  });
  return renderer.render().asPng();
}
