/** The plane: every item by the number of its planted interest, and one user's interests. */
import { interestColours } from "../../show/theme.ts";
import type { Frame } from "../frame.ts";
import type { Begun } from "../messages.ts";
import { anchor, type Point } from "../planted_plane.ts";
import { cleared, type Colours, inkOn, stroke, write } from "./canvas_view.ts";

/** Draws the plane of a frame. */
export function drawPlane(
  canvas: HTMLCanvasElement,
  { items, user }: Frame,
  begun: Begun,
  colours: Colours,
): void {
  const size = Math.min(canvas.clientWidth, 460);
  const drawing = cleared(canvas, size, colours);
  const { context, width } = drawing;
  const [middle, radius] = [width / 2, size / 2 - 30];
  const at = ([x, y]: Point) => [middle + radius * x, size / 2 - radius * y] as const;
  for (let c = 0; c < begun.planted; c++) {
    const [x, y] = anchor(c, begun.planted);
    const own = user.planted.includes(c);
    stroke(drawing, [[middle, size / 2], at([x, y])], colours.line);
    const [ax, ay] = at([1.09 * x, 1.09 * y]);
    context.fillStyle = own ? colours.ink : colours.paper;
    context.beginPath();
    context.arc(ax, ay, 11, 0, 2 * Math.PI);
    context.fill();
    const colour = own ? colours.paper : colours.muted;
    write(drawing, String(c), ax, ay, { align: "center", bold: own, colour });
  }
  for (let item = 1; item < items.length; item++) {
    const [x, y] = at(items[item]!);
    const inHistory = user.history.includes(item);
    if (inHistory) ring(context, x, y, 7, colours.ink, 1.2);
    write(drawing, String(begun.interestOfItem[item]), x, y, {
      size: inHistory ? 11 : 9,
      align: "center",
      bold: inHistory,
      colour: inHistory ? colours.ink : colours.muted,
    });
  }
  const [tx, ty] = at(items[user.target]!);
  ring(context, tx, ty, 9, colours.target, 3);
  user.interests.forEach((point, k) => {
    const [x, y] = at(point);
    context.fillStyle = interestColours[k]!;
    context.beginPath();
    context.arc(x, y, 11, 0, 2 * Math.PI);
    context.fill();
    const selected = k === user.selected;
    ring(context, x, y, 11, selected ? colours.ink : colours.paper, selected ? 3 : 1.5);
    write(drawing, `v${k + 1}`, x, y, {
      ...{ size: 11, align: "center", bold: true, colour: inkOn(interestColours[k]!) },
    });
  });
}

function ring(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  colour: string,
  width: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}
