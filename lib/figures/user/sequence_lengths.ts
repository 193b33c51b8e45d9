/** How much a data set knows about its users. */
import { type Dataset, type Interactions, userCount } from "../../data/interactions.ts";
import type { Figure } from "../../show/figure.ts";
import { accent, grouped } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { said } from "../grammar/marks.ts";

/**
 * Histogram of behaviours a user, over all users; the longest 1 % share the last bar. Where splits
 * share users, over those that are trained on.
 */
export function sequenceLengths(dataset: Dataset): Figure {
  const { train, valid, test, kept } = dataset;
  const lengths = (kept ? [train] : [train, valid, test]).flatMap(lengthsOf)
    .sort((a, b) => a - b);
  const users = lengths.length;
  const behaviours = lengths.reduce((sum, length) => sum + length, 0);
  const median = lengths[Math.ceil(users / 2) - 1]!;
  const last = lengths[Math.ceil(users * 0.99) - 1]!;
  const first = lengths[0]!;
  const bars = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const counts = bars.map(() => 0);
  for (const length of lengths) counts[Math.min(length, last) - first]!++;
  return draw({
    finding: `Half of the users have at most ${median} behaviours`,
    about: [
      `${dataset.name}, n = ${grouped(users)} ${kept ? "train users" : "users"}, ` +
      `${grouped(behaviours)} behaviours, ` +
      `${(behaviours / users).toFixed(1)} a user on average`,
    ],
    more: `The longest sequence has ${grouped(lengths.at(-1)!)}.`,
    data: [{
      type: "bar",
      x: bars,
      y: counts,
      marker: {
        color: bars.map((length) => length <= median ? accent.amount : accent.paleAmount),
      },
      ...said("%{x} behaviours: %{y:,} users"),
    }],
    layout: {
      bargap: 0.08,
      showlegend: false,
      xaxis: axis(`behaviours of a user (last bar: ${last} and more)`),
      yaxis: axis("users", { tickformat: "," }),
    },
  });
}

function lengthsOf({ offsets, ...rest }: Interactions): number[] {
  const users = userCount({ offsets, ...rest });
  return Array.from({ length: users }, (_, u) => offsets[u + 1]! - offsets[u]!);
}
