/** How far negatives lie below or above the target, for the selected and the other interests. */
import { outranking } from "../../analyze/outranking.ts";
import { recordedKeys } from "../../train/run.ts";
import type { RunSnapshots, Snapshot } from "../../results/snapshots.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { styleOfRun } from "../../compare/methods.ts";
import { sliders } from "../grammar/slider.ts";
import { grouped, houseLayout, ink, percent } from "../../show/theme.ts";
import { marginsInWords } from "../grammar/sample_words.ts";
import { views } from "../grammar/views.ts";

/** Bins with less than this share of the negatives (%) at every step are left out at the ends. */
const VISIBLE = 0.05;

const drawn = [
  { view: views.user, counts: "userMax", share: "user" },
  { view: views.selected, counts: "selected", share: "selected" },
  { view: views.other, counts: "other", share: "other" },
  { view: views.single, counts: "single", share: "single" },
] as const;

/**
 * The distribution of the margins x_j - x_+ in one training, with a slider over its snapshots.
 * Right of 0 a negative outranks the target; the legend says how many do.
 */
export function marginDistribution(recorded: RunSnapshots): Figure {
  const { snapshots, data, seed, config } = recorded;
  const seen = snapshots.map(({ margins }) => outranking(margins))
    .map(({ user, selected }) => selected / user);
  const K = Number(config.K);
  const finding = K === 1
    ? "With one vector the user and the selected interest see the same negatives above the target"
    : `The selected interest sees ${range(seen)} % of the negatives that outrank the target ` +
      `for the user`;
  const about = `${styleOfRun(config).name}, K = ${K}, on ${data.name}, seed ${seed} · ` +
    `${marginsInWords(recorded)} at ${snapshots.length} steps`;
  const names = snapshots.map(({ step }) => grouped(step));
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys([recorded]),
    data: tracesOf(snapshots.at(-1)!),
    frames: snapshots.map((snapshot, i) => ({
      name: names[i],
      data: tracesOf(snapshot),
      layout: { yaxis: { range: [0, highest(snapshot)] } },
    })),
    layout: houseLayout({ finding, about, height: 500 }, {
      hovermode: "x",
      legend: { x: 0.01, y: 0.99, xanchor: "left", yanchor: "top" },
      sliders: sliders(names, { prefix: "step " }),
      xaxis: { title: { text: "margin x<sub>j</sub> − x<sub>+</sub>" }, range: widest(snapshots) },
      yaxis: {
        title: { text: "negatives in a bin of 0.5 (%)" },
        range: [0, highest(snapshots.at(-1)!)],
      },
      shapes: [{
        type: "line",
        yref: "paper",
        x0: 0,
        x1: 0,
        y0: 0,
        y1: 1,
        line: { color: ink.text, width: 1, dash: "dot" },
      }],
      annotations: [{
        x: 0,
        yref: "paper",
        y: 1,
        yanchor: "bottom",
        xanchor: "left",
        text: "outranks the target →",
        showarrow: false,
        font: { size: 13, color: ink.muted },
      }],
    }),
  };
}

function tracesOf({ margins }: Snapshot): Trace[] {
  const shares = outranking(margins);
  const centres = margins.selected.map((_, i) => centreOf(margins.edges, i));
  return drawn.filter(({ share }) => shares[share] !== null).map(({ view, counts, share }) => ({
    type: "scatter",
    mode: "lines",
    name: `${view.name}: ${percent(shares[share]!)} % above`,
    x: centres,
    y: percentages(margins[counts]),
    line: { color: view.colour, dash: view.dash, width: 2.5, shape: "hvh" },
    hovertemplate: `${view.name}: %{y:.1f} %<extra></extra>`,
  }));
}

function percentages(counts: readonly number[]): number[] {
  const total = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => 100 * count / total);
}

/** The middle of bin i; the open bins at the ends are drawn as wide as the others. */
function centreOf(edges: readonly number[], i: number): number {
  const half = (edges[1]! - edges[0]!) / 2;
  return i === 0 ? edges[0]! - half : edges[i - 1]! + half;
}

/** The range of margins that holds negatives at some step. */
function widest(snapshots: readonly Snapshot[]): [number, number] {
  const { edges } = snapshots[0]!.margins;
  const fullest = binsOf(snapshots[0]!).map((_, i) =>
    Math.max(...snapshots.map((snapshot) => binsOf(snapshot)[i]!))
  );
  const visible = (share: number) => share > VISIBLE;
  const [first, last] = [fullest.findIndex(visible), fullest.findLastIndex(visible)];
  return [centreOf(edges, first) - 0.5, centreOf(edges, last) + 0.5];
}

/** A little more than the fullest bin. */
function highest(snapshot: Snapshot): number {
  return 1.05 * Math.max(...binsOf(snapshot));
}

/** The largest share in each bin, in %, whoever looks. */
function binsOf({ margins }: Snapshot): number[] {
  const all = drawn.map(({ counts }) => percentages(margins[counts]));
  return all[0]!.map((_, i) => Math.max(...all.map((shares) => shares[i] || 0))); // NaN: K = 1
}

/** "40–53", or "47" if all are alike. */
function range(shares: readonly number[]): string {
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map((s) => (100 * s).toFixed(0));
  return low === high ? low! : `${low}–${high}`;
}
