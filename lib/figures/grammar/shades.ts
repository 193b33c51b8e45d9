/** Colours for an ordered few, such as the values of λ: light to dark, told apart in grey. */
import { sequentialScale } from "../../show/theme.ts";

/** Lightest and darkest of the sequential scale's colours that stand out as lines on white. */
const [LIGHTEST, DARKEST] = [2, 7];

/** `count` colours of the sequential scale, ascending in darkness. */
export function shades(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? DARKEST : LIGHTEST + (DARKEST - LIGHTEST) * i / (count - 1);
    return sequentialScale[Math.round(at)]![1];
  });
}
