/** The routing of one user early, in the middle and at the best step, as small multiples. */
import { mean } from "../../base/statistics.ts";
import { itemsExpressed } from "../../analyze/routing_collapse.ts";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { RunSnapshots, Snapshot } from "../../results/snapshots.ts";
import { methodOf } from "../../results/method.ts";
import { alike, groupRuns, refuseMixed } from "../../compare/group_runs.ts";
import type { Figure } from "../../show/figure.ts";
import { literal } from "../../show/literal.ts";
import { grouped } from "../../show/theme.ts";
import { axis, bare } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { heatMap } from "../grammar/heat_map.ts";
import { note } from "../grammar/marks.ts";
import { on, panels, within } from "../grammar/panels.ts";
import { seedsOfMethods } from "../../compare/spread.ts";
import { measuredUsersOf } from "../grammar/sample_words.ts";
import { routingOf, sameUsers } from "../grammar/snapshot_frames.ts";

/** What is shown. */
export interface RoutingStagesOptions {
  /** runs of all seeds, for the numbers above the panels */
  readonly runs: readonly Run[];
  /** which of the users; 0 unless told */
  readonly user?: number;
  /** an item in words; "item 7" unless told */
  readonly labelOf?: (item: number) => string;
}

/** A panel: one method at one step. */
interface Stage {
  readonly method: string;
  readonly name: "early" | "middle" | "best";
  readonly step: number;
  /** [K][n] */
  readonly routing: readonly (readonly number[])[];
  /** effective items of each seed's 100 users at this stage */
  readonly seeds: readonly number[];
}

/**
 * Heat maps of A of one user, a row a method and a column a stage: the first snapshot, the one in
 * the middle of the longest training (by the logarithm of its step), and each method's best step.
 * A row of a panel is an interest, a column an item of the history, oldest first. Above a panel is
 * what an interest of this user expresses, and what one does on average over all measured users and
 * seeds, with the range of seeds; at the best step each seed counts at its own.
 *
 * @param ofMethods a method each, of the same data and users
 * @throws {BadInput} for none, for different users, for a model without routing, for a user that
 *         is not there, or if no run of a method has measures, one has another setting or other
 *         data than its snapshots, none at a stage, or a seed appears twice
 */
export function routingStages(
  ofMethods: readonly RunSnapshots[],
  { runs, user = 0, labelOf = (item) => `item ${item}` }: RoutingStagesOptions,
): Figure {
  const recorded = sameUsers(ofMethods);
  const { users } = recorded[0]!.snapshots[0]!;
  const shown = users[user];
  if (!shown) {
    throw new BadInput("no such user", "options.user", user, `Give 0 to ${users.length - 1}.`);
  }
  const seeds = recorded.map((run) => seedsOf(run, runs));
  const stages = recorded.map((run, r) => stagesOf(run, middleOf(recorded), user, seeds[r]!));
  const labels = shown.history.map((item) => literal(labelOf(item)));
  const last = recorded.length - 1;
  const inWords = [...new Set([stages[0]!, stages[last]!])].map((of, m) =>
    of.map(({ seeds }) => mean(seeds).toFixed(1)).join(", ") +
    `${m === 0 ? " items" : ""} (${of[0]!.method})`
  );
  return draw({
    finding: `An interest expresses ${inWords.join(", ")}`,
    about: [
      `${recorded[0]!.data.name}, one user`,
      `numbers: ${measuredUsersOf(recorded)}, ${
        seedsOfMethods(stages.map(([of]) => of!.seeds.length))
      }`,
    ],
    more: stages.flat().map((stage) =>
      `${stage.method}, ${stage.name}, step ${grouped(stage.step)}: ${ofAll(stage, " items")}, ` +
      `this user ${ofThis(stage)}`
    ).join("; ") + ".",
    runs: recordedKeys(runs.filter((run) =>
      seeds.flat().includes(run)
    )),
    height: 120 + 205 * recorded.length,
    data: stages.flatMap((of, r) =>
      of.map(({ method, routing }, c) =>
        heatMap({
          z: routing,
          most: 1,
          meaning: r === 0 && c === 2 ? "weight" : undefined,
          hover: `${method}, interest %{y}<br>%{customdata}<br>weight %{z:.3f}`,
          own: {
            x0: 1,
            y0: 1,
            xgap: 1,
            ygap: 1,
            customdata: routing.map(() => labels),
            ...on(3 * r + c),
          },
        })
      )
    ),
    numbers: stages.flatMap((of) =>
      of.flatMap(({ method, step, routing }) =>
        routing.map((row, k) => ({
          method,
          step: grouped(step),
          interest: k + 1,
          "effective items": Number(itemsExpressed(row).toFixed(1)),
          "weights, oldest item first": row.map((a) => a.toFixed(2)).join(" "),
        }))
      )
    ),
    layout: {
      margin: { l: 60, b: 50 },
      ...panels(
        stages.flatMap((of, r) =>
          of.map((_, c) => ({
            x: axis(r === last && c === 1 ? "item of the history, oldest first" : "", {
              ...bare,
              showticklabels: false,
            }),
            y: axis(c === 0 ? "interest" : "", {
              ...bare,
              autorange: "reversed",
              dtick: 1,
              showticklabels: c === 0,
            }),
          }))
        ),
        { columns: 3, xgap: 0.08, ygap: 0.36, height: 0.92 },
      ),
      annotations: stages.flatMap((of, r) =>
        of.map((stage, c) =>
          note(
            `<b>${literal(stage.method)}</b><br>step ${grouped(stage.step)}<br>` +
              `user ${ofThis(stage)}, all ${ofAll(stage)}`,
            {
              ...within(3 * r + c),
              x: 0,
              y: 1,
              xanchor: "left",
              yanchor: "bottom",
              align: "left",
            },
            undefined,
            12,
          )
        )
      ),
    },
  });
}

/** "1.1 items (1.1 to 1.2)": of all measured users */
function ofAll({ seeds }: Stage, unit = ""): string {
  const [least, most] = [Math.min(...seeds), Math.max(...seeds)];
  const range = seeds.length > 1 ? ` (${least.toFixed(1)} to ${most.toFixed(1)})` : "";
  return `${mean(seeds).toFixed(1)}${unit}${range}`;
}

/** "1.3": of the user that is shown */
function ofThis({ routing }: Stage): string {
  return mean(routing.map(itemsExpressed)).toFixed(1);
}

/** The step between the first and the last best one, by their logarithms. */
function middleOf(recorded: readonly RunSnapshots[]): number {
  const first = recorded[0]!.snapshots[0]!.step;
  return Math.sqrt(first * Math.max(...recorded.map(({ bestStep }) => bestStep)));
}

/** The seeds of a method with measures, of its snapshots' data and setting. */
function seedsOf(run: RunSnapshots, runs: readonly Run[]): readonly Run[] {
  const method = methodOf(run.config).name;
  const seeds = runs.filter(({ config, measures }) =>
    methodOf(config).name === method && measures?.["effective-items"] !== undefined
  );
  if (seeds.length === 0) {
    throw new BadInput(
      "no run of it has measures",
      "figure's runs",
      method,
      "Record some with deno task train.",
    );
  }
  const [its, others] = groupRuns([run, ...seeds], ["maxSteps"]); // snapshots know no ending
  if (others) refuseMixed(`${method} has runs unlike its snapshots`, its!, others, ["maxSteps"]);
  return alike(seeds);
}

/** Effective items of a seed at its last evaluation up to a step. */
function itemsAt({ curve, key }: Run, step: number): number {
  const items = curve.findLast((point) => point.step <= step)?.measures?.["effective-items"];
  if (items !== undefined) return items;
  throw new BadInput(
    "no measures up to the step of a snapshot",
    `figure's runs, ${key}`,
    step,
    "Pass runs that were evaluated as often as those of the snapshots.",
  );
}

function stagesOf(
  run: RunSnapshots,
  middle: number,
  user: number,
  seeds: readonly Run[],
): Stage[] {
  const method = methodOf(run.config).name;
  const at = (step: number) => (seed: Run) => itemsAt(seed, step);
  const stage = (
    name: Stage["name"],
    { step, users }: Snapshot,
    of: (seed: Run) => number,
  ): Stage => ({ method, name, step, routing: routingOf(users[user]!), seeds: seeds.map(of) });
  const { snapshots, bestStep } = run;
  const between = snapshots.findLast(({ step }) => step <= middle) ?? snapshots[0]!;
  const best = snapshots.find(({ step }) => step === bestStep)!;
  return [
    stage("early", snapshots[0]!, at(snapshots[0]!.step)),
    stage("middle", between, at(between.step)),
    stage("best", best, ({ measures }) => measures!["effective-items"]!),
  ];
}
