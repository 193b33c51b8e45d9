/** What losing one item of the history does to the recommendations: figure and table. */
import { mean, quantile } from "../../base/statistics.ts";
import { byAttention, type DroppedItem } from "../../analyze/dropped_items.ts";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { type Row, type Table, table } from "../../show/table.ts";
import { ink, percent } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw, type Keys } from "../grammar/drawing.ts";
import { band, line, note, rule } from "../grammar/marks.ts";

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
    style: methodOf(run.config),
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
  const K = new Set(lines.map(({ run }) => Number(run.config.K)));
  const ranks = Array.from({ length: RANKS }, (_, r) => r + 1);
  return draw({
    finding: `Without its top item a list changes by ${
      lines.map(({ style, byRank }) => `${percent(mean(byRank[0]!))} % (${style.name})`).join(", ")
    }`,
    about: [
      `${models[0]!.run.data.name}, ${least.users} valid users with ${RANKS} items or more`,
      "bands: middle half",
    ],
    more: `Change: 1 − overlap of the 50 served items. Without the eighth item: ${
      lines.map(({ style, byRank }) => `${style.name} ${percent(mean(byRank.at(-1)!))} %`).join(
        ", ",
      )
    }.`,
    runs: recordedKeys(models.map(({ run }) => run)),
    data: lines.flatMap(({ style, byRank }): Trace[] => {
      const of = (statistic: (changes: number[]) => number) =>
        byRank.map((changes) => 100 * statistic(changes));
      const [low, high] = [0.25, 0.75].map((q) => of((changes) => quantile(changes, q)));
      return [
        band(ranks, low!, high!, style.colour, { legendgroup: style.name }),
        line(ranks, of(mean), style, {
          hover: "item attended to as number %{x}<br>%{y:.1f} % of the list changes",
          marks: 9,
          own: { legendgroup: style.name },
        }),
      ];
    }),
    layout: {
      hovermode: "closest",
      xaxis: axis("item left out, by its largest weight (1: most)", {
        dtick: 1,
        range: [0.7, RANKS + 0.3],
      }),
      yaxis: axis("served list changed (%)", { rangemode: "tozero" }),
      ...(K.size === 1 ? afterRank([...K][0]!) : {}),
    },
  });
}

/** A line behind the items that K interests of one item each can hold. */
function afterRank(K: number): Keys {
  if (K >= RANKS) return {};
  const place = { x: K + 0.5, yref: "paper", y: 1, xanchor: "left", xshift: 6, yanchor: "top" };
  return {
    shapes: [rule({ x: K + 0.5 })],
    annotations: [note(`K = ${K} interests`, place, ink.muted, 12)],
  };
}

/** [RANKS][users] changes, for the users whose histories are long enough. */
function byRank(users: DroppedItems["users"]): number[][] {
  const ranked = users
    .filter((items) => items.length >= RANKS)
    .map((items) => items.toSorted((a, b) => b.attention - a.attention));
  return Array.from({ length: RANKS }, (_, r) => ranked.map((items) => items[r]!.change));
}

/** The least change of a list, in %, that counts. */
const NOTICED = 10;

/**
 * Items of the histories by whether an interest sees them, and by what leaving one of them out does
 * to the served list; two rows a method more where some are not seen.
 *
 * @throws {BadInput} for no models, or one without users
 */
export function droppedTable(models: readonly DroppedItems[]): Table {
  const [first] = models;
  if (!first || models.some(({ users }) => users.length === 0)) {
    throw new BadInput("no users", "droppedTable", "[]", "Pass what droppedItems gives.");
  }
  const rows = models.flatMap(({ run, users }): Row[] => {
    const { name } = methodOf(run.config);
    const all = users.flat().length;
    const { seen, later, before } = byAttention(users);
    const rowOf = (what: string, items: readonly DroppedItem[]): Row => {
      const changes = items.map(({ change }) => 100 * change);
      return {
        method: name,
        "item left out": what,
        "share of all (%)": 100 * items.length / all,
        "list changed (%)": mean(changes),
        [`changed by ${NOTICED} % or more (% of them)`]: mean(
          changes.map((change) => change >= NOTICED ? 100 : 0),
        ),
      };
    };
    return [
      rowOf("seen by an interest", seen),
      ...(later.length > 0 ? [rowOf("not seen, later than all that are", later)] : []),
      ...(before.length > 0 ? [rowOf("not seen, before one that is", before)] : []),
    ];
  });
  return table(rows, {
    caption: `${first.run.data.name}, valid users, one item of the history left out`,
    digits: 1,
    runs: recordedKeys(models.map(({ run }) => run)),
  });
}
