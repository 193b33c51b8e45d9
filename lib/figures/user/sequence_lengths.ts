/** How much a data set knows about its users. */
import { type Dataset, type Interactions, userCount } from "../../data/interactions.ts";
import type { Figure } from "../../show/figure.ts";
import { accent, grouped, houseLayout } from "../../show/theme.ts";

/** Histogram of behaviours a user, over all users; the longest 1 % share the last bar. */
export function sequenceLengths(dataset: Dataset): Figure {
  const lengths = [dataset.train, dataset.valid, dataset.test].flatMap(lengthsOf)
    .sort((a, b) => a - b);
  const users = lengths.length;
  const behaviours = lengths.reduce((sum, length) => sum + length, 0);
  const median = lengths[Math.ceil(users / 2) - 1]!;
  const last = lengths[Math.ceil(users * 0.99) - 1]!;
  const first = lengths[0]!;
  const bars = Array.from(
    { length: last - first + 1 },
    (_, i) => ({ length: first + i, users: 0 }),
  );
  for (const length of lengths) bars[Math.min(length, last) - first]!.users++;
  const finding = `Half of the users have at most ${median} behaviours`;
  const about =
    `${dataset.name}, n = ${grouped(users)} users, ${grouped(behaviours)} behaviours, ` +
    `${(behaviours / users).toFixed(1)} a user on average`;
  return {
    alt: `${finding}. ${about}. The longest sequence has ${grouped(lengths.at(-1)!)}.`,
    data: [{
      type: "bar",
      x: bars.map((bar) => bar.length),
      y: bars.map((bar) => bar.users),
      marker: {
        color: bars.map(({ length }) => length <= median ? accent.amount : accent.paleAmount),
      },
      hovertemplate: "%{x} behaviours: %{y:,} users<extra></extra>",
    }],
    layout: houseLayout({ finding, about }, {
      bargap: 0.08,
      showlegend: false,
      xaxis: { title: { text: `behaviours of a user (last bar: ${last} and more)` } },
      yaxis: { title: { text: "users" }, tickformat: "," },
    }),
  };
}

function lengthsOf({ offsets, ...rest }: Interactions): number[] {
  const users = userCount({ offsets, ...rest });
  return Array.from({ length: users }, (_, u) => offsets[u + 1]! - offsets[u]!);
}
