/** How ordered values, values of β, numbers of interests and kinds of interests are drawn. */
import type { LineStyle } from "../../results/method.ts";
import { ink, interestColours, interestSymbols, sequentialScale } from "../../show/theme.ts";

/** Lightest and darkest of the sequential scale's colours that stand out as lines on white. */
const [LIGHTEST, DARKEST] = [2, 7];

/** `count` colours of the sequential scale, ascending in darkness: told apart in grey. */
export function shades(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? DARKEST : LIGHTEST + (DARKEST - LIGHTEST) * i / (count - 1);
    return sequentialScale[Math.round(at)]![1];
  });
}

const dashes = ["dot", "dashdot", "dash", "solid"] as const;
const betaSymbols = ["diamond", "triangle-up", "square", "circle"];

/** Styles of ascending values, ever darker; from the fifth on, dashes and symbols repeat. */
export function betaStyles(betas: readonly number[]): LineStyle[] {
  const colours = shades(betas.length);
  return betas.map((beta, b) => ({
    name: `β = ${beta}`,
    colour: colours[b]!,
    dash: dashes[b % dashes.length]!,
    symbol: betaSymbols[b % betaSymbols.length]!,
  }));
}

/** Vectors, or all of them together, that score a negative against the target. */
export const views = {
  user: { name: "the user (max)", colour: ink.text, dash: "solid", symbol: "circle" },
  selected: { name: "selected interest", colour: "#c2185b", dash: "solid", symbol: "square" },
  other: { name: "other interests", colour: "#0072b2", dash: "dash", symbol: "diamond-open" },
  single: { name: "mean of the interests", colour: "#7f7f7f", dash: "dashdot", symbol: "cross" },
} as const satisfies Record<string, LineStyle>;

/** A model with one vector, which has nothing to select. */
export const singleVector: LineStyle = {
  name: "K = 1",
  colour: "#b35900",
  dash: "dash",
  symbol: "circle",
};

const symbols = ["triangle-up", "square", "diamond", "star", "cross"];

/** The K that keep their style whichever of them a figure shows. */
const USUAL = [2, 4, 8];

/** A style for each of some K: darker with K; K = 1 is dashed. */
export function interestCountStyles(Ks: readonly number[]): LineStyle[] {
  const several = [...new Set([...USUAL, ...Ks.filter((K) => K > 1)])].sort((a, b) => a - b);
  const colours = shades(several.length);
  return Ks.map((K) => {
    const rung = several.indexOf(K);
    if (rung < 0) return singleVector;
    const symbol = symbols[rung % symbols.length]!;
    return { name: `K = ${K}`, colour: colours[rung]!, dash: "solid", symbol };
  });
}

/**
 * The colour and symbol of the k-th of several, from 0: of an interest, or of what else has no look
 * of its own. Where colours begin anew, symbols move on: no two of the first 64 look alike.
 */
export function styleOf(k: number): Pick<LineStyle, "colour" | "symbol"> {
  const count = interestColours.length;
  return {
    colour: interestColours[k % count]!,
    symbol: interestSymbols[(k + Math.floor(k / count)) % interestSymbols.length]!,
  };
}
