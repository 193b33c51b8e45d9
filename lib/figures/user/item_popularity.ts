/** How unevenly a data set's items are met. */
import { type Dataset, itemsOnce } from "../../data/interactions.ts";
import type { Figure } from "../../show/figure.ts";
import { accent, grouped, percent } from "../../show/theme.ts";
import { logAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line, note, rule } from "../grammar/marks.ts";

/** Behaviours of an item against its rank by popularity, both on log scales, over all users. */
export function itemPopularity(dataset: Dataset): Figure {
  const counts = new Uint32Array(dataset.itemCount + 1);
  for (const items of itemsOnce(dataset)) {
    for (const item of items) counts[item]!++;
  }
  const ranked = counts.subarray(1).toSorted().reverse();
  const total = ranked.reduce((sum, count) => sum + count, 0);
  const head = Math.max(1, Math.round(dataset.itemCount / 100));
  const share = ranked.subarray(0, head).reduce((sum, count) => sum + count, 0) / total;
  const ranks = spacedRanks(ranked.findLastIndex((count) => count > 0) + 1);
  const behaviours = ranks.map((rank) => ranked[rank - 1]!);
  const own = { tickformat: "," };
  const [most, marked] = dataset.itemCount < 100
    ? [`item of ${dataset.itemCount} takes`, `1 of ${dataset.itemCount} items`]
    : ["1 % of the items take", `1 % of the items (${grouped(head)})`];
  return draw({
    finding: `The most popular ${most} ${percent(share)} % of the behaviours`,
    about: [
      `${dataset.name}, n = ${grouped(dataset.itemCount)} items, ${grouped(total)} behaviours`,
    ],
    data: [
      line(ranks, behaviours, { colour: accent.amount }, {
        hover: "rank %{x:,}: %{y:,} behaviours",
        own: { line: { color: accent.amount, width: 3, shape: "hv" } },
      }),
    ],
    layout: {
      xaxis: logAxis("item's rank by popularity (log scale)", ranks, { own }),
      yaxis: logAxis("behaviours of the item (log scale)", behaviours, { own }),
      shapes: [rule({ x: head }, { dash: "dash", width: 1.5 })],
      annotations: [
        note(marked, {
          x: Math.log10(head),
          yref: "paper",
          y: 1,
          xanchor: "left",
          yanchor: "top",
          xshift: 4,
        }),
      ],
    },
  });
}

/** About 40 ranks a decade, from 1 to n. */
function spacedRanks(n: number): number[] {
  const ranks = new Set<number>();
  for (let exponent = 0; 10 ** exponent < n; exponent += 1 / 40) {
    ranks.add(Math.round(10 ** exponent));
  }
  return [...ranks.add(n)];
}
