/** Whether interests look at items or at positions: where their largest weights lie, over users. */
import { favouritePositions, positionAgreement } from "../../analyze/favourite_positions.ts";
import { recordedKeys } from "../../train/run.ts";
import type { RunSnapshots } from "../../results/snapshots.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { styleOfRun } from "../../compare/methods.ts";
import { sliders } from "../grammar/slider.ts";
import { grouped, houseLayout, ink, sequentialScale } from "../../show/theme.ts";
import { colourBar, panelEnding } from "../grammar/axes.ts";
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
  const finding = "An interest favours one position for " +
    recorded.map((run) =>
      `${agreed(run, names[0]!)} of the users with ${styleOfRun(run.config).name}`
    ).join(", ") + ` at step ${names[0]}; at the best steps for ` +
    recorded.map((run) => agreed(run, BEST)).join(" and ");
  const { users } = recorded[0]!.snapshots[0]!;
  const about = `${recorded[0]!.data.name}, ${usersInWords(users)} · ` +
    "where each interest has its largest weight";
  const panel = 1 / recorded.length;
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys(recorded),
    data: recorded.map((run, p) => traceOf(run, p, names[0]!)),
    frames: names.map((name) => ({
      name,
      traces: recorded.map((_, p) => p),
      data: recorded.map((run, p) => ({ z: traceOf(run, p, name).z })),
    })),
    layout: houseLayout({ finding, about, height: 300 + 150 * recorded.length }, {
      margin: { l: 80, r: 20 },
      xaxis: {
        title: { text: "position in the history, 1 is the oldest item" },
        anchor: `y${panelEnding(recorded.length - 1)}`,
        dtick: 1,
        ticks: "",
        showgrid: false,
        showline: false,
      },
      ...Object.fromEntries(recorded.map((run, p) => [`yaxis${panelEnding(p)}`, {
        domain: [1 - (p + 0.84) * panel, 1 - p * panel],
        autorange: "reversed",
        ticks: "",
        showgrid: false,
        showline: false,
        title: { text: styleOfRun(run.config).name, font: { size: 13, color: ink.text } },
      }])),
      sliders: sliders(names, { prefix: "training step: ", active: 0 }),
    }),
  };
}

function traceOf(run: RunSnapshots, p: number, frame: string): Trace {
  const { users, step } = snapshotAt(run, frame);
  const shares = favouritePositions(users).map((row) => row.map((x) => Math.round(100 * x)));
  return {
    type: "heatmap",
    name: `${styleOfRun(run.config).name}, step ${grouped(step)}`,
    z: shares,
    x: shares[0]!.map((_, l) => l + 1),
    y: shares.map((_, k) => `interest ${k + 1}`),
    yaxis: `y${panelEnding(p)}`,
    zmin: 0,
    zmax: 100,
    colorscale: sequentialScale,
    xgap: 2,
    ygap: 2,
    texttemplate: "%{z}",
    textfont: { size: 11 },
    showscale: p === 0,
    colorbar: colourBar("share of the users (%)"),
    hovertemplate: `${styleOfRun(run.config).name}, %{y}<br>position %{x}<br>` +
      "the largest weight is here for %{z} % of the users<extra></extra>",
  };
}
