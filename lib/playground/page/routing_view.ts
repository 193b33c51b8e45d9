/** The routing of one user as a heat map, an interest a row, with its effective items. */
import { interestColours } from "../../show/theme.ts";
import type { Frame } from "../frame.ts";
import type { Begun } from "../messages.ts";
import { between, cleared, type Colours, write } from "./canvas_view.ts";

const [TOP, LEFT, RIGHT, ROW] = [24, 40, 58, 34];

/** Draws the routing of a frame; a column is an item, by its planted interest, oldest first. */
export function drawRouting(
  canvas: HTMLCanvasElement,
  { user }: Frame,
  begun: Begun,
  colours: Colours,
): void {
  const { routing, history, effectiveItems, selected } = user;
  const drawing = cleared(canvas, TOP + ROW * routing.length + 6, colours);
  const { context, width } = drawing;
  const column = (width - LEFT - RIGHT) / history.length;
  history.forEach((item, l) => {
    const c = begun.interestOfItem[item]!;
    const own = user.planted.includes(c);
    write(drawing, String(c + 1), LEFT + column * (l + 0.5), TOP / 2, {
      ...{ align: "center", bold: own, colour: own ? colours.ink : colours.muted },
    });
  });
  write(drawing, "items", width - RIGHT + 8, TOP / 2, { colour: colours.muted, size: 11 });
  routing.forEach((row, k) => {
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
    write(drawing, effectiveItems[k]!.toFixed(1), width - RIGHT + 8, y + ROW / 2, { bold: true });
  });
}
