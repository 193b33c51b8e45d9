/** How values of β are drawn in every figure of IHN. */
import { shades } from "./shades.ts";

/** What the line of one β is drawn with. */
export interface BetaStyle {
  /** "β = 0.1" */
  readonly name: string;
  /** #rrggbb, darker for a larger β */
  readonly colour: string;
  /** plotly's line dash */
  readonly dash: "solid" | "dash" | "dot" | "dashdot";
  /** plotly's marker symbol */
  readonly symbol: string;
}

const dashes = ["dot", "dashdot", "dash", "solid"] as const;
const symbols = ["diamond", "triangle-up", "square", "circle"];

/** Styles of ascending values; from the fifth on, dashes and symbols repeat. */
export function betaStyles(betas: readonly number[]): BetaStyle[] {
  const colours = shades(betas.length);
  return betas.map((beta, b) => ({
    name: `β = ${beta}`,
    colour: colours[b]!,
    dash: dashes[b % dashes.length]!,
    symbol: symbols[b % symbols.length]!,
  }));
}
