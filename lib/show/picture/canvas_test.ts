import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { decode, encode } from "fast-png";
import { makeDrawable } from "./canvas.ts";

function canvas(width: number, height: number): HTMLCanvasElement {
  const element = { width, height } as HTMLCanvasElement;
  makeDrawable(element, encode);
  return element;
}

function pixelsOf(element: HTMLCanvasElement): number[] {
  const base64 = element.toDataURL().replace("data:image/png;base64,", "");
  return [...decode(Buffer.from(base64, "base64")).data];
}

Deno.test("rectangles are filled, clipped, and may have negative extents", () => {
  const element = canvas(2, 2);
  const context = element.getContext("2d")!;
  context.fillStyle = "rgba(10, 20, 30, 1)";
  context.fillRect(2, 2, -1, -1);
  context.fillStyle = "rgb(1, 2, 3)";
  context.fillRect(-5, 0, 6, 1);
  assert.deepEqual(pixelsOf(element), [
    ...[1, 2, 3, 255],
    ...[0, 0, 0, 0],
    ...[0, 0, 0, 0],
    ...[10, 20, 30, 255],
  ]);
});

Deno.test("image data is put as it is", () => {
  const element = canvas(1, 2);
  const context = element.getContext("2d")!;
  const image = context.createImageData(1, 2);
  image.data.set([9, 8, 7, 255, 6, 5, 4, 128]);
  context.putImageData(image, 0, 0);
  assert.deepEqual(pixelsOf(element), [9, 8, 7, 255, 6, 5, 4, 128]);
});
