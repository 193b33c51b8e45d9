/** What losing one item of the history does to the recommendations. */
import { mean, quantile } from "../../base/statistics.ts";
import type { DroppedItem } from "../../analyze/dropped_items.ts";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { styleOfRun } from "../../compare/methods.ts";
import { houseLayout, ink, percent, translucent } from "../../show/theme.ts";

/** One model's answers. */
export interface DroppedItems {
  readonly run: Run;
  /** [users][n] as droppedItems gives them */
  readonly users: readonly (readonly DroppedItem[])[];
}

/** Ranks shown, all of the same users: those with shorter histories are left out. */
const RANKS = 8;

/**
 * How much of the served list changes when one item of the history is left out, by how much that
 * item was attended to: rank 1 is the item with the largest weight that any interest gives. A point
 * is a mean over users, a band holds the middle half of them.
 *
 * @param models a method each
 * @throws {BadInput} if no user has as many items as ranks are shown
 */
export function droppedItemsFigure(models: readonly DroppedItems[]): Figure {
  const lines = models.map(({ run, users }) => ({
    run,
    style: styleOfRun(run.config),
    byRank: byRank(users),
    users: users.filter((items) => items.length >= RANKS).length,
  }));
  const [least] = lines.toSorted((a, b) => a.users - b.users);
  if (!least || least.users === 0) {
    throw new BadInput(
      "no user with so long a history",
      "figure's users",
      `fewer than ${RANKS} items`,
      "Take data with longer histories.",
    );
  }
  const changes = (r: number) =>
    lines.map(({ style, byRank }) => `${style.name}'s by ${percent(mean(byRank.at(r)!))} %`).join(
      ", ",
    );
  const finding = `Without the item attended to most the list changes: ${changes(0)}; ` +
    `without the eighth: ${changes(-1)}`;
  const about = `${models[0]!.run.data.name}, ${least.users} valid users with ${RANKS} items or ` +
    `more · change: 1 − overlap of the 50 served items with and without the item · ` +
    `bands: the middle half of the users`;
  const K = new Set(lines.map(({ run }) => Number(run.config.K)));
  const ranks = Array.from({ length: RANKS }, (_, r) => r + 1);
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys(models.map(({ run }) => run)),
    data: lines.flatMap(({ style, byRank }): Trace[] => [
      {
        type: "scatter",
        mode: "none",
        x: [...ranks, ...ranks.toReversed()],
        y: [
          ...byRank.map((changes) => 100 * quantile(changes, 0.75)),
          ...byRank.map((changes) => 100 * quantile(changes, 0.25)).toReversed(),
        ],
        fill: "toself",
        fillcolor: translucent(style.colour, 0.22),
        legendgroup: style.name,
        showlegend: false,
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "lines+markers",
        name: style.name,
        legendgroup: style.name,
        x: ranks,
        y: byRank.map((changes) => 100 * mean(changes)),
        line: { color: style.colour, width: 2.5, dash: style.dash },
        marker: { symbol: style.symbol, size: 9 },
        hovertemplate: `${style.name}<br>item attended to as number %{x}<br>` +
          "%{y:.1f} % of the list changes<extra></extra>",
      },
    ]),
    layout: houseLayout({ finding, about }, {
      hovermode: "closest",
      xaxis: {
        title: {
          text: "the item left out, by the largest weight any interest gives it (1 = most)",
        },
        dtick: 1,
        range: [0.7, RANKS + 0.3],
      },
      yaxis: { title: { text: "served list changed (%)" }, rangemode: "tozero" },
      ...(K.size === 1 ? afterRank([...K][0]!) : {}),
    }),
  };
}

/** A line behind the items that K interests of one item each can hold. */
function afterRank(K: number): Record<string, unknown> {
  if (K >= RANKS) return {};
  const x = K + 0.5;
  return {
    shapes: [{
      type: "line",
      x0: x,
      x1: x,
      yref: "paper",
      y0: 0,
      y1: 1,
      line: { color: ink.axis, width: 1, dash: "dot" },
    }],
    annotations: [{
      x,
      yref: "paper",
      y: 1,
      text: `K = ${K} interests`,
      showarrow: false,
      xanchor: "left",
      xshift: 6,
      yanchor: "top",
      font: { size: 12, color: ink.muted },
    }],
  };
}

/** [RANKS][users] changes, for the users whose histories are long enough. */
function byRank(users: DroppedItems["users"]): number[][] {
  const ranked = users
    .filter((items) => items.length >= RANKS)
    .map((items) => items.toSorted((a, b) => b.attention - a.attention));
  return Array.from({ length: RANKS }, (_, r) => ranked.map((items) => items[r]!.change));
}
