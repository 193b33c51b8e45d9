/** Whether interests look at items or at positions: where their largest weights lie, over users. */
import { favouritePositions, positionAgreement } from "../../analyze/favourite_positions.ts";
import { recordedKeys } from "../../train/run.ts";
import type { RunSnapshots } from "../../results/snapshots.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { grouped, ink } from "../../show/theme.ts";
import { axis, bare } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { heatMap } from "../grammar/heat_map.ts";
import { panelEnding } from "../grammar/panels.ts";
import { usersInWords } from "../grammar/sample_words.ts";
import { BEST, frameNames, routingOf, sameUsers, snapshotAt } from "../grammar/snapshot_frames.ts";

/**
 * For each interest and position of the history, the share of users for whom that interest has its
 * largest weight there; a panel a method, a slider over steps, which stands at the first. One dark
 * cell in a row: the interest looks at that position whatever item is there.
 *
 * @param ofMethods a method each, of the same data and users
 * @throws {BadInput} for none, for different users, or for a model without routing
 */
export function favouritePositionsFigure(ofMethods: readonly RunSnapshots[]): Figure {
  const recorded = sameUsers(ofMethods);
  recorded.forEach(({ snapshots }) => snapshots.forEach(({ users }) => users.forEach(routingOf)));
  const names = frameNames(recorded);
  const agreed = (run: RunSnapshots, frame: string) =>
    `${Math.round(100 * positionAgreement(snapshotAt(run, frame).users))} %`;
  const { users } = recorded[0]!.snapshots[0]!;
  const when = names[0] === BEST ? "the best step" : `step ${names[0]}`;
  const height = 1 / recorded.length;
  return draw({
    finding: `At ${when} interests favour one position: ` +
      [...new Set([recorded[0]!, recorded.at(-1)!])].map((run) =>
        `${methodOf(run.config).name} ${agreed(run, names[0]!)}`
      ).join(", "),
    about: [
      `${recorded[0]!.data.name}, ${usersInWords(users)}`,
    ],
    more: "At the best steps: " +
      recorded.map((run) => `${methodOf(run.config).name} ${agreed(run, BEST)}`).join(", ") + ".",
    runs: recordedKeys(recorded),
    numbers: recorded.flatMap((run) =>
      favouritePositions(snapshotAt(run, names[0]!).users).map((row, k) => ({
        method: methodOf(run.config).name,
        interest: k + 1,
        "share of users in %, by position": row.map((x) => Math.round(100 * x)).join(" "),
      }))
    ),
    height: 300 + 150 * recorded.length,
    data: recorded.map((run, p) => traceOf(run, p, names[0]!)),
    frames: {
      names,
      prefix: "step ",
      active: 0,
      at: (i) => ({
        traces: recorded.map((_, p) => p),
        data: recorded.map((run, p) => ({ z: traceOf(run, p, names[i]!).z })),
      }),
    },
    layout: {
      margin: { l: 80, r: 20 },
      xaxis: axis("position in the history, 1 is the oldest item", {
        ...bare,
        anchor: `y${panelEnding(recorded.length - 1)}`,
        dtick: 1,
      }),
      ...Object.fromEntries(recorded.map((run, p) => [`yaxis${panelEnding(p)}`, {
        ...bare,
        domain: [1 - (p + 0.84) * height, 1 - p * height],
        autorange: "reversed",
        title: { text: methodOf(run.config).name, font: { size: 13, color: ink.text } },
      }])),
    },
  });
}

function traceOf(run: RunSnapshots, p: number, frame: string): Trace {
  const { users, step } = snapshotAt(run, frame);
  const shares = favouritePositions(users).map((row) => row.map((x) => Math.round(100 * x)));
  const { name } = methodOf(run.config);
  return heatMap({
    z: shares,
    most: 100,
    meaning: p === 0 ? "share of the users (%)" : undefined,
    digits: "%{z}",
    hover: `${name}, %{y}<br>position %{x}<br>the largest weight is here for %{z} % of the users`,
    own: {
      name: `${name}, step ${grouped(step)}`,
      x: shares[0]!.map((_, l) => l + 1),
      y: shares.map((_, k) => `interest ${k + 1}`),
      yaxis: `y${panelEnding(p)}`,
    },
  });
}
