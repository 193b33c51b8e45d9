/** The routing of one user as a heat map, an interest a row, with its effective items. */
import { effectiveItems } from "../../analyze/routing_collapse.ts";
import { interestColours } from "../../show/theme.ts";
import type { Frame } from "../frame.ts";
import type { Begun } from "../messages.ts";
import { between, cleared, type Colours, write } from "./canvas_view.ts";

const [TOP, LEFT, RIGHT, ROW] = [24, 40, 58, 34];

/** A heat map of weights. */
export interface Weights {
  /** [n] above the columns */
  readonly heads: readonly { readonly text: string; readonly strong: boolean }[];
  /** [K][n] rows that sum to 1 */
  readonly rows: readonly (readonly number[])[];
  /** the row that is marked, if any */
  readonly selected?: number;
}

/** Draws the routing of a frame; a column is an item, by its planted interest, oldest first. */
export function drawRouting(
  canvas: HTMLCanvasElement,
  { user: { routing, history, selected, planted } }: Frame,
  { interestOfItem }: Begun,
  colours: Colours,
): void {
  const heads = history.map((item) => {
    const c = interestOfItem[item]!;
    return { text: String(c), strong: planted.includes(c) };
  });
  drawWeights(canvas, { heads, rows: routing, selected }, colours);
}

/** Draws a heat map. */
export function drawWeights(
  canvas: HTMLCanvasElement,
  { heads, rows, selected }: Weights,
  colours: Colours,
): void {
  const drawing = cleared(canvas, TOP + ROW * rows.length + 6, colours);
  const { context, width } = drawing;
  const column = (width - LEFT - RIGHT) / heads.length;
  heads.forEach(({ text, strong }, l) => {
    write(drawing, text, LEFT + column * (l + 0.5), TOP / 2, {
      ...{ align: "center", bold: strong, colour: strong ? colours.ink : colours.muted },
    });
  });
  write(drawing, "items", width - RIGHT + 8, TOP / 2, { colour: colours.muted, size: 11 });
  rows.forEach((row, k) => {
    const y = TOP + ROW * k;
    context.fillStyle = interestColours[k]!;
    context.fillRect(2, y + 6, 5, ROW - 12);
    write(drawing, `v${k + 1}`, 12, y + ROW / 2, { bold: k === selected });
    row.forEach((weight, l) => {
      context.fillStyle = between(colours.least, colours.most, weight);
      context.fillRect(LEFT + column * l + 1, y + 1, column - 2, ROW - 2);
      const text = weight >= 0.005 ? (100 * weight).toFixed(0) : "";
      const colour = weight > 0.5 ? colours.least : colours.ink;
      write(drawing, text, LEFT + column * (l + 0.5), y + ROW / 2, {
        ...{ align: "center", size: 11, colour },
      });
    });
    write(drawing, effectiveItems(row).toFixed(1), width - RIGHT + 8, y + ROW / 2, { bold: true });
  });
}
