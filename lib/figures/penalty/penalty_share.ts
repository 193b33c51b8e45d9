/** How much of the loss the routing penalty is, and how much of that no routing can avoid. */
import { mean } from "../../base/statistics.ts";
import { BadInput } from "../../base/bad_input.ts";
import { type CurvePoint, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { seedsInWords } from "../../compare/spread.ts";
import { percent } from "../../show/theme.ts";
import { axis, stepAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line } from "../grammar/marks.ts";
import { oneLine, type Point } from "../../compare/group_runs.ts";
import { sharedSteps } from "../grammar/seed_curves.ts";
import { shades } from "../grammar/styles.ts";

/**
 * λ times the routing penalty as a share of the loss, by training step and λ: the mean over seeds,
 * as far as all were trained. Dotted: the share that flat routing of the same histories would pay,
 * which no routing can go below.
 *
 * @param runs  that differ in λ and the seed; those with λ = 0 pay nothing and are left out
 * @param floor what flat routing pays before λ, see penaltyFloor; to know it takes the data
 * @throws {BadInput} as {@linkcode oneLine}, if all runs have λ = 0, or if the seeds of a λ have no
 *         evaluation in common
 */
export function penaltyShare(runs: readonly Run[], floor?: number): Figure {
  const groups = oneLine(runs, "lambda").filter(({ value }) => value > 0);
  if (groups.length === 0) {
    throw new BadInput("no run with RR", "figure's runs", "λ = 0", "Record some with λ > 0.");
  }
  const apart = groups.find(({ runs }) => sharedSteps(runs, ({ step }) => step).steps.length === 0);
  if (apart) {
    const remedy = "Leave out what was stopped before its first evaluation.";
    throw new BadInput("no step that all its seeds have", "figure's runs", apart.label, remedy);
  }
  const largest = groups.at(-1)!;
  const reference = groups.find(({ value }) => value === 100) ?? largest;
  const colours = shades(groups.length);
  return draw({
    finding: `The penalty ends as ${inWords(reference, " of the loss", floor)}` +
      (largest === reference ? "" : `, ${inWords(largest, "", floor)}`),
    about: [
      `${runs[0]!.data.name}, training users`,
      `mean of ${seedsInWords(groups.map(({ runs }) => runs.length))} for each λ, ` +
      "to the last step of the first to end",
      floor !== undefined && "dotted: what flat routing would pay, the least there is",
    ],
    runs: recordedKeys(groups.flatMap(({ runs }) => runs)),
    height: 420,
    data: groups.flatMap((group, i) => tracesOf(group, floor, colours[i]!)),
    layout: {
      hovermode: "closest",
      xaxis: stepAxis([], false, "training step"),
      yaxis: axis("λ × penalty in the loss (%)", { rangemode: "tozero" }),
      showlegend: true,
    },
  });
}

/** "2.9 % of the loss at λ = 100 (flat routing: 2.0 %)", where the lines end. */
function inWords(group: Point, ofWhat: string, floor?: number): string {
  const end = (penaltyOf: (point: CurvePoint) => number) =>
    percent(shareOfLoss(group, penaltyOf).at(-1)! / 100);
  const paid = end(({ routingPenalty }) => routingPenalty);
  const least = floor === undefined ? "" : ` (flat routing: ${end(() => floor)} %)`;
  return `${paid} %${ofWhat} at ${group.label}${least}`;
}

/** The mean over seeds of what a penalty is of the loss (%), by shared step. */
function shareOfLoss(
  { value: lambda, runs }: Point,
  penaltyOf: (point: CurvePoint) => number,
): number[] {
  const percents = (point: CurvePoint) => 100 * lambda * penaltyOf(point) / point.loss;
  return sharedSteps(runs, percents).spread.map(mean);
}

function tracesOf(group: Point, floor: number | undefined, colour: string): Trace[] {
  const { label, runs } = group;
  const share = (penaltyOf: (point: CurvePoint) => number) => shareOfLoss(group, penaltyOf);
  const { steps } = sharedSteps(runs, ({ step }) => step);
  const own = { legendgroup: label };
  const paid = line(steps, share(({ routingPenalty }) => routingPenalty), { name: label, colour }, {
    hover: "step %{x:,}<br>%{y:.2f} % of the loss",
    own,
  });
  if (floor === undefined) return [paid];
  return [
    paid,
    line(steps, share(() => floor), { colour, dash: "dot" }, {
      hover: `${label}, flat routing<br>step %{x:,}<br>%{y:.2f} %`,
      width: 1.5,
      own,
    }),
  ];
}
