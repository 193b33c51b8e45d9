/** The figure of one training: loss and valid recall@50 against the step. */
import type { TrainingProgress } from "../train/progress.ts";
import type { CurvePoint } from "../train/run.ts";
import { methodInWords } from "../results/method.ts";
import type { Figure } from "./figure.ts";
import { grouped, houseLayout, ink, percent } from "./theme.ts";

const lossColour = "#b35900";
const recallColour = "#332288";

/** "REMI (beta 1, lambda 100), K = 4, on synthetic, seed 1, computed by the fused engine" */
export function titleOf({ config, data, engine }: TrainingProgress): string {
  return `${methodInWords(config)}, K = ${config.K}, on ${data}, seed ${config.seed}, ` +
    `computed by ${engine}`;
}

/** A training as far as it has come: loss above, valid recall@50 below, the best step marked. */
export function trainingFigure(progress: TrainingProgress): Figure {
  const { losses, curve, bestStep } = progress;
  const recalls = curve.map((point) => 100 * point.valid[50]!.recall);
  const best = curve.findIndex((point) => point.step === bestStep);
  const finding = headline(progress);
  return {
    alt: `${finding}. ${titleOf(progress)}.`,
    runs: [],
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "loss",
        x: losses.map((l) => l.step),
        y: losses.map((l) => l.loss),
        line: { color: lossColour, width: 1.5 },
        hovertemplate: "step %{x:,}<br>loss %{y:.3f}<extra></extra>",
      },
      {
        type: "scatter",
        mode: "lines+markers",
        name: "valid recall@50",
        x: curve.map((point) => point.step),
        y: recalls,
        yaxis: "y2",
        line: { color: recallColour, width: 2 },
        marker: { size: 5 },
        hovertemplate: "step %{x:,}<br>recall@50 %{y:.2f} %<extra></extra>",
      },
      {
        type: "scatter",
        mode: "markers+text",
        name: "best",
        x: best < 0 ? [] : [bestStep],
        y: best < 0 ? [] : [recalls[best]],
        yaxis: "y2",
        text: best < 0 ? [] : [`best ${recalls[best]!.toFixed(1)} %`],
        textposition: "bottom center",
        textfont: { color: recallColour, size: 13 },
        cliponaxis: false,
        marker: { size: 12, symbol: "star", color: recallColour },
        hoverinfo: "skip",
      },
    ],
    layout: houseLayout({ finding, about: titleOf(progress), height: 440 }, {
      showlegend: false,
      uirevision: "training", // a reader's zoom survives the updates
      xaxis: { title: { text: "step" }, anchor: "y2", rangemode: "tozero", tickformat: "," },
      yaxis: { title: { text: "loss" }, domain: [0.56, 1], color: lossColour },
      yaxis2: {
        title: { text: "valid recall@50 (%)" },
        domain: [0, 0.46],
        rangemode: "tozero",
        color: recallColour,
        gridcolor: ink.grid,
      },
    }),
  };
}

/** Where a training stands: "Step 1,200 of at most 20,000 · 210 steps/s · 1 min 30 s left". */
export function headline(progress: TrainingProgress): string {
  const { step, maxSteps, stepsPerSecond, secondsLeft, stopped, curve, bestStep } = progress;
  if (!stopped) {
    return `Step ${grouped(step)} of at most ${grouped(maxSteps)} · ${rate(stepsPerSecond)} · ` +
      `${duration(secondsLeft)} left`;
  }
  const ending = {
    "early-stopping": `ended at step ${grouped(step)}: no better for long enough`,
    "max-steps": `ended at step ${grouped(step)}: the last step allowed`,
    "interrupted": `stopped by hand at step ${grouped(step)}`,
  }[stopped];
  const best = curve.find((point) => point.step === bestStep);
  const finding = best
    ? `${validRecall(progress, best)} at step ${grouped(bestStep)}; ${ending}`
    : ending;
  return `${finding[0]!.toUpperCase()}${finding.slice(1)}`;
}

/** "valid recall@50 31.4 %", and "of 5,000 users" where a sample is validated. */
export function validRecall(
  { validationUsers }: TrainingProgress,
  { valid }: Pick<CurvePoint, "valid">,
): string {
  const users = validationUsers === null ? "" : ` of ${grouped(validationUsers)} users`;
  return `valid recall@50 ${percent(valid[50]!.recall)} %${users}`;
}

function rate(stepsPerSecond: number): string {
  return `${stepsPerSecond < 10 ? stepsPerSecond.toFixed(1) : grouped(stepsPerSecond)} steps/s`;
}

/** 3725 seconds as "1 h 2 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "unknown time";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
}
