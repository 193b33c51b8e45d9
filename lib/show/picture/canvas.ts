/** A canvas with just what plotly's heat maps draw on one: filled rectangles and image data. */
import { Buffer } from "node:buffer";
import type { encode } from "fast-png";

/** Gives a `canvas` element its 2-d context and its PNG. @param encodePng fast-png's encoder */
export function makeDrawable(canvas: HTMLCanvasElement, encodePng: typeof encode): void {
  let pixels = new Uint8ClampedArray(0); // [height, width, 4]

  function resize(): void {
    const size = canvas.width * canvas.height * 4;
    if (pixels.length !== size) pixels = new Uint8ClampedArray(size);
  }

  const context = {
    fillStyle: "",
    fillRect(x: number, y: number, width: number, height: number): void {
      resize();
      const colour = rgba(this.fillStyle);
      const [left, right] = span(x, width, canvas.width);
      const [top, bottom] = span(y, height, canvas.height);
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          pixels.set(colour, (row * canvas.width + column) * 4);
        }
      }
    },
    createImageData: (width: number, height: number) => ({
      width,
      height,
      data: new Uint8ClampedArray(width * height * 4),
    }),
    putImageData(image: { readonly data: Uint8ClampedArray }): void {
      resize();
      pixels.set(image.data);
    },
  };

  Object.assign(canvas, {
    getContext: (kind: string) => kind === "2d" ? context : null,
    toDataURL: () => {
      resize();
      const { width, height } = canvas;
      const png = encodePng(
        { width, height, data: pixels, channels: 4, depth: 8 },
        { zlib: { level: 9 } },
      );
      return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
    },
  });
}

/** The whole pixels that a possibly negative extent covers, inside [0, limit). */
function span(start: number, extent: number, limit: number): [number, number] {
  const ends = [start, start + extent].map((end) => Math.min(limit, Math.max(0, Math.round(end))));
  return [Math.min(...ends), Math.max(...ends)];
}

/** plotly writes canvas colours as rgb(…) or rgba(…). */
function rgba(colour: string): [number, number, number, number] {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, alpha * 255];
}
