/** Recall of the held-out users against the step, beside the last two settings. */
import type { PlaygroundMeasures } from "../held_out.ts";
import { interestColours } from "../../show/theme.ts";
import { cleared, type Colours, stroke, write } from "./canvas_view.ts";

/** A curve; the first is the present one. */
export interface RecallCurve {
  readonly name: string;
  readonly curve: readonly PlaygroundMeasures[];
}

/** How the present curve and the two before it are drawn. */
const STYLES = [
  { colour: interestColours[0]!, width: 3, dash: [] },
  { colour: interestColours[1]!, width: 2, dash: [7, 4] },
  { colour: interestColours[2]!, width: 2, dash: [2, 3] },
] as const;

const [HEIGHT, LEFT, BOTTOM, TOP] = [230, 36, 24, 12];

/** What a curve's name takes at most: further left it would cover the ticks. */
const NAME = 42;

/** Draws up to three curves. */
export function drawRecall(
  canvas: HTMLCanvasElement,
  curves: readonly RecallCurve[],
  colours: Colours,
): void {
  const drawing = cleared(canvas, HEIGHT, colours);
  const { width } = drawing;
  const points = curves.flatMap(({ curve }) => curve);
  const steps = Math.max(500, ...points.map(({ step }) => step));
  const most = Math.max(0.5, ...points.map(({ recall }) => recall));
  const x = (step: number) => LEFT + (width - LEFT - 12) * step / steps;
  const y = (recall: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - recall / most);
  for (let tick = 0; tick <= most; tick += 0.1) {
    stroke(drawing, [[LEFT, y(tick)], [width, y(tick)]], colours.line);
    write(drawing, `${Math.round(100 * tick)} %`, LEFT - 4, y(tick), {
      ...{ align: "right", size: 11, colour: colours.muted },
    });
  }
  for (let tick = 0; tick <= 4; tick++) {
    const step = Math.round(steps * tick / 4);
    write(drawing, String(step), x(step), HEIGHT - 10, {
      ...{ align: tick === 4 ? "right" : "center", size: 11, colour: colours.muted },
    });
  }
  const labels: (readonly [number, number])[] = [];
  /** above the point, or further up where another label is */
  const free = (x: number, y: number): number =>
    labels.some(([ox, oy]) => Math.abs(ox - x) < 50 && Math.abs(oy - y) < 13) ? free(x, y - 4) : y;
  curves.forEach(({ curve }, i) => {
    const { colour, width, dash } = STYLES[i]!;
    stroke(drawing, curve.map(({ step, recall }) => [x(step), y(recall)]), colour, width, dash);
    const last = curve.at(-1)!;
    const across = Math.max(x(last.step) - 4, LEFT + NAME);
    const down = free(across, y(last.recall) - 10);
    labels.push([across, down]);
    write(drawing, ["now", "before", "earlier"][i]!, across, down, {
      ...{ align: "right", size: 11, bold: i === 0 },
    });
  });
}
