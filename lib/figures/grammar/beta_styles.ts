/** How values of β are drawn in every figure of IHN. */
import type { LineStyle } from "../../show/theme.ts";
import { shades } from "./shades.ts";

const dashes = ["dot", "dashdot", "dash", "solid"] as const;
const symbols = ["diamond", "triangle-up", "square", "circle"];

/** Styles of ascending values, ever darker; from the fifth on, dashes and symbols repeat. */
export function betaStyles(betas: readonly number[]): LineStyle[] {
  const colours = shades(betas.length);
  return betas.map((beta, b) => ({
    name: `β = ${beta}`,
    colour: colours[b]!,
    dash: dashes[b % dashes.length]!,
    symbol: symbols[b % symbols.length]!,
  }));
}
