/** The negatives of the selected interest by score, those that it hides, and their gradient. */
import { HARD_AND_EASY } from "../../analyze/measures.ts";
import { interestColours } from "../../show/theme.ts";
import type { Frame, FrameNegative } from "../frame.ts";
import { cleared, type Colours, stroke, write } from "./canvas_view.ts";

const [TOP, SCORES, GAP, SHARES, LEFT] = [16, 150, 26, 60, 34];

/** Which of the negatives the selection hides: hard for the user, easy for the interest. */
export function hiddenAmong(negatives: readonly FrameNegative[]): Set<FrameNegative> {
  const n = negatives.length;
  const hard = new Set(
    negatives.toSorted((a, b) => b.ofUser - a.ofUser).slice(0, Math.round(HARD_AND_EASY.hard * n)),
  );
  const easy = negatives.slice(n - Math.round(HARD_AND_EASY.easy * n)); // as the measure counts
  return new Set(easy.filter((negative) => hard.has(negative)));
}

/** Draws the negatives of a frame, by falling score. */
export function drawNegatives(
  canvas: HTMLCanvasElement,
  { user: { negatives, selected } }: Frame,
  colours: Colours,
): void {
  const drawing = cleared(canvas, TOP + SCORES + GAP + SHARES + 18, colours);
  const { context, width } = drawing;
  const step = (width - LEFT - 6) / negatives.length;
  const hidden = hiddenAmong(negatives);
  const all = negatives.flatMap(({ ofSelected, ofUser }) => [ofSelected, ofUser]);
  const [low, high] = [Math.min(-1, ...all), Math.max(1, ...all)];
  const y = (margin: number) => TOP + SCORES * (high - margin) / (high - low);
  stroke(drawing, [[LEFT, y(0)], [width, y(0)]], colours.target, 1.5);
  write(drawing, "x₊", 4, y(0), { colour: colours.target, bold: true });
  negatives.forEach((negative, j) => {
    const x = LEFT + step * j;
    const isHidden = hidden.has(negative);
    context.fillStyle = isHidden ? colours.target : interestColours[selected]!;
    const [from, to] = [y(negative.ofSelected), y(low)];
    context.fillRect(x, from, Math.max(1, step - 0.6), to - from);
    if (!isHidden) return;
    const top = y(negative.ofUser);
    stroke(drawing, [[x + step / 2, from], [x + step / 2, top]], colours.target, 1, [2, 2]);
    context.fillStyle = colours.target;
    context.fillRect(x + step / 2 - 2.5, top - 2.5, 5, 5);
  });
  const base = TOP + SCORES + GAP + SHARES;
  write(drawing, "share of the gradient", LEFT, base - SHARES - 10, {
    ...{ size: 11, colour: colours.muted },
  });
  const most = Math.max(...negatives.map(({ share }) => share));
  context.fillStyle = colours.ink;
  negatives.forEach(({ share }, j) => {
    const height = SHARES * share / most;
    context.fillRect(LEFT + step * j, base - height, Math.max(1, step - 0.6), height);
  });
  stroke(drawing, [[LEFT, base], [width, base]], colours.line);
  write(drawing, "hardest", LEFT, base + 10, { size: 11, colour: colours.muted });
  write(drawing, "easiest", width - 6, base + 10, {
    ...{ size: 11, colour: colours.muted, align: "right" },
  });
}
