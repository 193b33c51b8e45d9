/** The toy user on the page: its plane and its routing, moved through by a slider. */
import { toy, toyItems } from "../../analyze/toy/toy_user.ts";
import { interestColours } from "../../show/theme.ts";
import { NOTEBOOKS_IMPORT } from "../playground_settings.ts";
import type { ToyPicture, ToySettings } from "../toy_run.ts";
import { cleared, type Colours, inkOn, stroke, write } from "./canvas_view.ts";
import { drawWeights } from "./routing_view.ts";

/** What the axes go over, as in the notebooks' figures. */
const RANGE = { x: [-3, 4.2], y: [-2.8, 3.8] } as const;

/** The cell that trains the same toy. */
export function toyCell({ lambda, beta, seed }: ToySettings): string {
  return `import { figure, show, trainToy } from "${NOTEBOOKS_IMPORT}";

const trained = await trainToy({ lambda: ${lambda}, beta: ${beta}, seed: ${seed} });
await show(figure.toyRouting(trained.frames));`;
}

/** Draws the items and both interests, each item with its name. */
export function drawToyPlane(
  canvas: HTMLCanvasElement,
  { E, V }: ToyPicture,
  colours: Colours,
): void {
  const [across, up] = [RANGE.x[1] - RANGE.x[0], RANGE.y[1] - RANGE.y[0]];
  const unit = Math.min(canvas.clientWidth, 480) / across;
  const drawing = cleared(canvas, unit * up, colours);
  const { context } = drawing;
  const at = ([x, y]: readonly [number, number]) =>
    [unit * (x - RANGE.x[0]), unit * (RANGE.y[1] - y)] as const;
  const ends = { size: 11, colour: colours.muted, align: "right" } as const;
  stroke(drawing, [at([RANGE.x[0], 0]), at([RANGE.x[1], 0])], colours.line);
  stroke(drawing, [at([0, RANGE.y[0]]), at([0, RANGE.y[1]])], colours.line);
  write(drawing, "crime →", ...at([RANGE.x[1] - 0.05, 0.15]), ends);
  write(drawing, "cooking ↑", ...at([-0.1, RANGE.y[1] - 0.2]), ends);
  E.forEach((point, i) => {
    const [x, y] = at(point);
    const inHistory = i < toy.history.length;
    const isTarget = !inHistory && i < toy.history.length + toy.targets.length;
    context.fillStyle = isTarget ? colours.target : inHistory ? colours.ink : colours.muted;
    const radius = inHistory || isTarget ? 5 : 3;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    const colour = inHistory || isTarget ? colours.ink : colours.muted;
    const { name } = toyItems[i]!;
    const right = x + 8 + 7 * name.length; // 7 px a character, at 11 px bold
    const isFree = E.every((other, j) => {
      const [otherX, otherY] = at(other);
      return j === i || otherX <= x || otherX > right + 5 || Math.abs(otherY - y) > 10;
    });
    const fits = right < drawing.width && isFree;
    write(drawing, name, fits ? x + 8 : x - 8, y, {
      ...{ size: 11, colour, bold: inHistory, align: fits ? "left" : "right" },
    });
  });
  V.forEach((point, k) => {
    const [x, y] = at(point);
    const colour = interestColours[k]!;
    context.fillStyle = colour;
    context.fillRect(x - 10, y - 10, 20, 20);
    write(drawing, `v${k + 1}`, x, y, {
      ...{ size: 11, align: "center", bold: true, colour: inkOn(colour) },
    });
  });
}

/** Draws what both interests take of the history. */
export function drawToyRouting(
  canvas: HTMLCanvasElement,
  { A }: ToyPicture,
  colours: Colours,
): void {
  const heads = toy.history.map(({ name }) => ({ text: name.split(" ")[0]!, strong: true }));
  drawWeights(canvas, { heads, rows: A }, colours);
}
