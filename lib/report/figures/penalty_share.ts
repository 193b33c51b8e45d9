/** How much of the loss the routing penalty is over a training, and how much of that is its floor. */
import { recordedKeys, type Run } from "../../results/run.ts";
import type { Figure, Trace } from "../figure.ts";
import { houseLayout, percent } from "../theme.ts";
import { type LambdaRuns, runsByLambda, seedsInWords } from "./runs_by_lambda.ts";
import { mean } from "./runs_by_method.ts";
import { sharedSteps } from "./seed_curves.ts";
import { shades } from "./shades.ts";

/**
 * λ times the routing penalty as a share of the loss, by training step and λ: the mean over seeds,
 * as far as all were trained. Dotted: the share that flat routing of the same histories would pay,
 * which no routing can go below.
 *
 * @param runs  that differ in λ and the seed; those with λ = 0 pay nothing and are left out
 * @param floor what flat routing pays before λ, see penaltyFloor
 * @throws {BadInput} as {@linkcode runsByLambda}
 */
export function penaltyShare(runs: readonly Run[], floor: number): Figure {
  const groups = runsByLambda(runs).filter(({ lambda }) => lambda > 0);
  const largest = groups.at(-1)!;
  const last = ({ runs }: LambdaRuns, share: (run: Run) => number) =>
    percent(mean(runs.map(share)));
  const inWords = (group: LambdaRuns) =>
    `${last(group, (run) => shareOf(run, run.curve.at(-1)!.routingPenalty, group.lambda))} % ` +
    `at ${group.label} (flat routing: ${
      last(group, (run) => shareOf(run, floor, group.lambda))
    } %)`;
  const reference = groups.find(({ lambda }) => lambda === 100) ?? largest;
  const finding = `The penalty ends as ${inWords(reference)} of the loss` +
    (largest === reference ? "" : `, ${inWords(largest)}`);
  const about =
    `${runs[0]!.data.name}, training users · mean of ${seedsInWords(groups)} for each ` +
    `λ · dotted: what flat routing would pay, the least there is`;
  const colours = shades(groups.length);
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys(groups.flatMap(({ runs }) => runs)),
    data: groups.flatMap((group, i) => tracesOf(group, floor, colours[i]!)),
    layout: houseLayout({ finding, about, height: 400 }, {
      hovermode: "closest",
      xaxis: { title: { text: "training step" }, tickformat: ",", rangemode: "tozero" },
      yaxis: { title: { text: "λ × penalty in the loss (%)" }, rangemode: "tozero" },
    }),
  };
}

function tracesOf({ label, lambda, runs }: LambdaRuns, floor: number, colour: string): Trace[] {
  const paid = sharedSteps(
    runs,
    ({ loss, routingPenalty }) => 100 * lambda * routingPenalty / loss,
  );
  const least = sharedSteps(runs, ({ loss }) => 100 * lambda * floor / loss);
  const line = { type: "scatter", mode: "lines", x: paid.steps, legendgroup: label };
  return [
    {
      ...line,
      name: label,
      y: paid.spread.map(mean),
      line: { color: colour, width: 2.5 },
      hovertemplate: `${label}, step %{x:,}<br>%{y:.2f} % of the loss<extra></extra>`,
    },
    {
      ...line,
      y: least.spread.map(mean),
      showlegend: false,
      line: { color: colour, width: 1.5, dash: "dot" },
      hovertemplate: `${label}, flat routing, step %{x:,}<br>%{y:.2f} %<extra></extra>`,
    },
  ];
}

function shareOf(run: Run, penalty: number, lambda: number): number {
  return lambda * penalty / run.curve.at(-1)!.loss;
}
