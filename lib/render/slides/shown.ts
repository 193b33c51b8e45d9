/** What only slides show: the toy user's tables, its plane beside a legend, parts of a sweep. */
import { negativeGradient } from "../../analyze/easy_negatives.ts";
import { outrankingIfIndependent } from "../../analyze/outranking.ts";
import { effectiveItems } from "../../analyze/routing_collapse.ts";
import { dotProduct, toy, weightedSums } from "../../analyze/toy/toy_user.ts";
import { figure } from "../../figures/mod.ts";
import { matrixTable } from "../../figures/toy/matrix_table.ts";
import { recordedSweep } from "../../results/studies.ts";
import type { Figure } from "../../show/figure.ts";
import { type Table, table } from "../../show/table.ts";

/** The scores of the toy's first target and of its negatives, by the interest that it selects. */
function toyScores() {
  const V = weightedSums(toy.A, toy.history.map(({ vector }) => vector)); // [K, d]
  const target = toy.targets[0].vector;
  const selected = V.toSorted((a, b) => dotProduct(b, target) - dotProduct(a, target))[0]!;
  return {
    scores: toy.negatives.map(({ vector }) => dotProduct(selected, vector)), // [S]
    names: toy.negatives.map(({ name }) => name),
    positive: dotProduct(selected, target),
  };
}

/** The same for every beta of notebook 04's slider. */
export function workedToy() {
  return { ...toyScores(), betas: [0, 0.1, 0.2, 0.5, 1, 2, 5], beta: 1 };
}

/** A drawing that keeps its shape, in a slide's: its legend stands at the right. */
export function besideLegend(made: Figure): Figure {
  const legend = { orientation: "v", x: 0.57, xref: "container", y: 0.9, yref: "container" };
  return {
    ...made,
    layout: {
      ...made.layout,
      width: 960,
      height: 420,
      margin: { ...made.layout.margin as object, r: 420, b: 60 },
      legend: { ...legend, xanchor: "left", yanchor: "top" },
    },
  };
}

/** A drawing on less room, so that its words are larger on the slide. */
export function smaller(made: Figure): Figure {
  return { ...made, layout: { ...made.layout, width: 620, height: 440 } };
}

/** A [K, L] of the toy user. */
export function routingTable(): Promise<Table> {
  const rows = toy.A.map((_, k) => `interest ${k + 1}`);
  const columns = toy.history.map(({ name }) => name);
  return Promise.resolve(matrixTable(toy.A, { rows, columns, digits: 1, caption: "A [K, L]" }));
}

/** How the toy's negatives share the gradient. */
export function sharesTable(): Promise<Table> {
  const { scores, names, positive } = toyScores();
  const { weights } = negativeGradient(Float64Array.from(scores), positive);
  return Promise.resolve(table(
    names.map((negative, j) => ({
      negative,
      score: scores[j]!,
      "above the target": scores[j]! - positive,
      w: weights[j]!,
    })),
  ));
}

/** What is hidden by chance alone, by K. */
export function chanceTable(): Promise<Table> {
  return Promise.resolve(table(
    [1, 2, 4, 8].map((K) => {
      const { user, selected } = outrankingIfIndependent(K);
      return { K, "above, for the user (%)": 100 * user, "and seen (%)": 100 * selected };
    }),
    { digits: { "above, for the user (%)": 1, "and seen (%)": 1 } },
  ));
}

/** Rows of four weights, and how many items they count as. */
export function effectiveItemsTable(): Promise<Table> {
  const rows = { "one item": [1, 0, 0, 0], "two alike": [0.5, 0.5, 0, 0] };
  const all = { ...rows, "uniform": [0.25, 0.25, 0.25, 0.25], "the toy's interest 1": toy.A[0]! };
  return Promise.resolve(table(
    Object.entries(all).map(([row, weights]) => ({
      row,
      weights: weights.join(", "),
      "effective items": effectiveItems(weights),
    })),
  ));
}

/** Two panels of RetailRocket's sweep, which a class can read; the others are in notebook 07. */
export async function swept(
  over: "beta" | "lambda",
  show: Parameters<typeof figure.sweep>[1]["show"],
): Promise<Figure> {
  return figure.sweep(await recordedSweep("retailrocket-comirec", over), { over, show });
}
