/** The routing of a few users over a training: heat maps of A, a slider for steps. */
import { mean } from "../../base/statistics.ts";
import { itemsExpressed } from "../../analyze/routing_collapse.ts";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys } from "../../train/run.ts";
import type { RunSnapshots, Snapshot, UserSnapshot } from "../../results/snapshots.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { grouped, ink } from "../../show/theme.ts";
import { bare } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { heatMap } from "../grammar/heat_map.ts";
import { panelEnding } from "../grammar/panels.ts";
import { usersInWords } from "../grammar/sample_words.ts";
import { BEST, frameNames, routingOf, sameUsers, snapshotAt } from "../grammar/snapshot_frames.ts";
import { literal } from "../../show/literal.ts";

/** What is shown, and how. */
export interface RoutingOverTrainingOptions {
  /** which of the users first; 0 unless told */
  readonly user?: number;
  /** an item in words; "item 7" unless told */
  readonly labelOf?: (item: number) => string;
}

/**
 * Heat maps of A of the same user by several methods, one above the other: a row an interest, a
 * column an item of the history, oldest first; beside each row its effective number of items. The
 * slider goes through the steps of the snapshots, the menu through the users. A method whose
 * training ended earlier than another's stays at its last snapshot. "best" has each method at its
 * best step, and is what the static picture shows.
 *
 * All users' heat maps lie below each other in one trace; the menu moves the axes to a user's.
 *
 * @param ofMethods a method each, of the same data and users
 * @throws {BadInput} for none, for different users, or for a model without routing
 */
export function routingOverTraining(
  ofMethods: readonly RunSnapshots[],
  { user = 0, labelOf = (item) => `item ${item}` }: RoutingOverTrainingOptions = {},
): Figure {
  const recorded = sameUsers(ofMethods);
  const users = recorded[0]!.snapshots[0]!.users;
  if (!users[user]) {
    throw new BadInput("no such user", "options.user", user, `Give 0 to ${users.length - 1}.`);
  }
  const names = frameNames(recorded);
  const panels = recorded.map((run, p): Panel => ({
    run,
    p,
    K: routingOf(run.snapshots[0]!.users[0]!).length,
  }));
  const full = panels.flatMap((panel) => tracesOf(panel, BEST, labelOf));
  const ends = [...new Set([recorded[0]!, recorded.at(-1)!])];
  const attended = (run: RunSnapshots) => meanEffective(snapshotAt(run, BEST)).toFixed(1);
  const oneSeed = recorded.every(({ seed }) => seed === recorded[0]!.seed);
  return draw({
    finding: "Best step: an interest attends to " +
      ends.map((run, m) =>
        `${attended(run)} ${m === 0 ? "items " : ""}(${methodOf(run.config).name})`
      ).join(", "),
    about: [
      `${recorded[0]!.data.name}, ${usersInWords(users)}` +
      (oneSeed ? `, seed ${recorded[0]!.seed}` : ""),
    ],
    more: "● is beside the interest nearest to the next item. " +
      `Items by method: ${
        recorded.map((run) => `${methodOf(run.config).name} ${attended(run)}`).join(", ")
      }; a history has ${mean(users.map(({ history }) => history.length)).toFixed(1)}.`,
    runs: recordedKeys(recorded),
    numbers: recorded.flatMap((run) => numbersOf(run, user)),
    height: 330 + 36 * sum(panels.map(({ K }) => K + 1)),
    data: full,
    frames: {
      names,
      prefix: "step ",
      room: 100,
      at: (i) => ({
        traces: full.map((_, t) => t),
        data: panels.flatMap((panel) => tracesOf(panel, names[i]!, labelOf).map(changing)),
      }),
    },
    layout: {
      showlegend: false,
      margin: { l: 80, r: 20 },
      ...axesOf(panels, users[user]!, user, labelOf),
      updatemenus: [{
        type: "dropdown", // as many buttons as users need more than a narrow window
        direction: "up",
        active: user,
        x: 0,
        xanchor: "left",
        y: 0,
        yanchor: "top",
        pad: { t: 62 },
        font: { size: 12, color: ink.text },
        buttons: users.map((one, u) => ({
          label: `user ${u + 1}`,
          method: "relayout",
          args: [flattened(axesOf(panels, one, u, labelOf))],
        })),
      }],
    },
  });
}

/** One method's heat map. */
interface Panel {
  readonly run: RunSnapshots;
  readonly p: number;
  readonly K: number;
}

function meanEffective({ users }: Snapshot): number {
  return mean(users.flatMap((user) => routingOf(user).map(itemsExpressed)));
}

function tracesOf(
  { run, p, K }: Panel,
  frame: string,
  labelOf: (item: number) => string,
): Trace[] {
  const { users, step } = snapshotAt(run, frame);
  const style = methodOf(run.config);
  const axes = { yaxis: `y${panelEnding(p)}` };
  const widest = Math.max(...users.map(({ history }) => history.length));
  const rows = users.flatMap((user, u) =>
    routingOf(user).map((row, k) => ({
      y: u * (K + 1) + k + 1,
      x: row.length + 0.6,
      text: `${itemsExpressed(row).toFixed(1)} items${user.selected === k ? "\u2009●" : ""}`,
    }))
  );
  const heads = users.map((_, u) => u * (K + 1)); // the row above a user's interests
  const texts = (places: { x: number; y: number; text: string }[], size: number): Trace => ({
    type: "scatter",
    mode: "text",
    x: places.map(({ x }) => x),
    y: places.map(({ y }) => y),
    text: places.map(({ text }) => text),
    textposition: "middle right",
    textfont: { size, color: ink.text },
    cliponaxis: false, // clipped to the axes, texts of other users would still be in the picture
    hoverinfo: "skip",
    ...axes,
  });
  return [
    heatMap({
      // a row as long as its history, an empty one above each user's
      z: users.flatMap((user) => [
        [],
        ...routingOf(user).map((row) => row.map((a) => Math.round(1000 * a) / 10)),
      ]),
      most: 100,
      meaning: p === 0 ? "weight (%)" : undefined,
      digits: "%{z:.0f}",
      hover: `${style.name}<br>%{customdata} %{z:.1f} %`,
      own: {
        x: Array.from({ length: widest }, (_, l) => l + 1),
        y: Array.from({ length: users.length * (K + 1) }, (_, row) => row),
        customdata: users.flatMap((user) => [
          [],
          ...routingOf(user).map((_, k) =>
            user.history.map((item, l) =>
              `position ${l + 1}, ${literal(labelOf(item))}<br>interest ${k + 1}:`
            )
          ),
        ]),
        hoverongaps: false,
        ...axes,
      },
    }),
    texts(rows, 11),
    texts(
      heads.map((y) => ({
        x: 0.5,
        y,
        text: `<span style="color:${style.colour}">■</span> <b>${style.name}</b>, step ` +
          grouped(step),
      })),
      13,
    ),
  ];
}

/** The cells of one user at the best step, a row an interest. */
function numbersOf(run: RunSnapshots, u: number): NonNullable<Figure["numbers"]> {
  return routingOf(snapshotAt(run, BEST).users[u]!).map((row, k) => ({
    method: methodOf(run.config).name,
    interest: k + 1,
    "effective items": Number(itemsExpressed(row).toFixed(1)),
    "weights in %, oldest item first": row.map((a) => Math.round(100 * a)).join(" "),
  }));
}

/** What a frame changes of a trace. */
function changing(trace: Trace): Trace {
  return trace.type === "heatmap" ? { z: trace.z } : { text: trace.text };
}

/** The axes, moved to one user. */
function axesOf(
  panels: readonly Panel[],
  user: UserSnapshot,
  u: number,
  labelOf: (item: number) => string,
): Record<string, Record<string, unknown>> {
  const n = user.history.length;
  const rows = sum(panels.map(({ K }) => K + 1));
  let top = 1;
  const y = panels.map(({ p, K }) => {
    const first = u * (K + 1);
    const bottom = Math.max(0, top - (K + 1) / rows);
    const domain = [bottom, top];
    top = bottom;
    return [`yaxis${panelEnding(p)}`, {
      ...bare,
      domain,
      range: [first + K + 0.6, first - 0.5],
      tickmode: "array",
      tickvals: Array.from({ length: K }, (_, k) => first + k + 1),
      ticktext: Array.from({ length: K }, (_, k) => `interest ${k + 1}`),
    }];
  });
  return {
    xaxis: {
      ...bare,
      anchor: `y${panelEnding(panels.length - 1)}`,
      range: [0.5, 1.24 * n + 0.5], // room for the words beside the rows
      tickmode: "array",
      tickvals: user.history.map((_, l) => l + 1),
      ticktext: user.history.map((item) => briefly(labelOf(item))),
      tickangle: -40,
      tickfont: { size: 11, color: ink.text },
    },
    ...Object.fromEntries(y),
  };
}

/** { xaxis: { range } } as { "xaxis.range" }, which leaves everything else as it is. */
function flattened(
  axes: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(axes).flatMap(([axis, settings]) =>
      ["range", "tickvals", "ticktext"].flatMap((key) =>
        key in settings ? [[`${axis}.${key}`, settings[key]]] : []
      )
    ),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A tick's label: of a long one what stands before a slash. */
function briefly(label: string): string {
  return literal(label.length <= 16 ? label : label.split(" / ")[0]!, 16);
}
