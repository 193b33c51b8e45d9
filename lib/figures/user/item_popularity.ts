/** How unevenly a data set's items are met. */
import type { Dataset } from "../../data/interactions.ts";
import type { Figure } from "../../show/figure.ts";
import { accent, grouped, houseLayout, ink, percent } from "../../show/theme.ts";

/** Behaviours of an item against its rank by popularity, both on log scales, over all users. */
export function itemPopularity(dataset: Dataset): Figure {
  const counts = new Uint32Array(dataset.itemCount + 1);
  for (const { items } of [dataset.train, dataset.valid, dataset.test]) {
    for (const item of items) counts[item]!++;
  }
  const ranked = counts.subarray(1).toSorted().reverse();
  const total = ranked.reduce((sum, count) => sum + count, 0);
  const head = Math.max(1, Math.round(dataset.itemCount / 100));
  const share = ranked.subarray(0, head).reduce((sum, count) => sum + count, 0) / total;
  const finding = `The most popular 1 % of the items take ${percent(share)} % of the behaviours`;
  const about = `${dataset.name}, n = ${grouped(dataset.itemCount)} items, ` +
    `${grouped(total)} behaviours`;
  const ranks = spacedRanks(ranked.findLastIndex((count) => count > 0) + 1);
  return {
    alt: `${finding}. ${about}.`,
    data: [{
      type: "scatter",
      mode: "lines",
      x: ranks,
      y: ranks.map((rank) => ranked[rank - 1]!),
      line: { color: accent.amount, width: 3, shape: "hv" },
      hovertemplate: "rank %{x:,}: %{y:,} behaviours<extra></extra>",
    }],
    layout: houseLayout({ finding, about }, {
      showlegend: false,
      xaxis: {
        title: { text: "item's rank by popularity (log scale)" },
        type: "log",
        dtick: 1,
        tickformat: ",",
      },
      yaxis: {
        title: { text: "behaviours of the item (log scale)" },
        type: "log",
        dtick: 1,
        tickformat: ",",
      },
      shapes: [{
        type: "line",
        x0: head,
        x1: head,
        yref: "paper",
        y0: 0,
        y1: 1,
        line: { color: ink.axis, width: 1.5, dash: "dash" },
      }],
      annotations: [{
        x: Math.log10(head),
        yref: "paper",
        y: 1,
        xanchor: "left",
        yanchor: "top",
        xshift: 4,
        showarrow: false,
        text: `1 % of the items (${grouped(head)})`,
      }],
    }),
  };
}

/** About 40 ranks a decade, from 1 to n. */
function spacedRanks(n: number): number[] {
  const ranks = new Set<number>();
  for (let exponent = 0; 10 ** exponent < n; exponent += 1 / 40) {
    ranks.add(Math.round(10 ** exponent));
  }
  return [...ranks.add(n)];
}
