/** How far negatives lie below or above the target, for the selected and the other interests. */
import { outranking, seenByTraining } from "../../analyze/outranking.ts";
import { requireNearest } from "../../analyze/selected_interest.ts";
import { recordedKeys } from "../../train/run.ts";
import type { RunSnapshots, Snapshot } from "../../results/snapshots.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { grouped, ink, percent } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line, note, rule } from "../grammar/marks.ts";
import { marginsInWords } from "../grammar/sample_words.ts";
import { views } from "../grammar/styles.ts";

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
 *
 * @throws {BadInput} for a training that does not train the interest nearest to the target
 */
export function marginDistribution(recorded: RunSnapshots): Figure {
  requireNearest(recorded, "figure.margins");
  const { snapshots, data, seed, config } = recorded;
  const K = Number(config.K);
  const names = snapshots.map(({ step }) => grouped(step));
  return draw({
    finding: K === 1
      ? "With one vector training sees all that outranks the target, at every step"
      : seenInWords(snapshots),
    about: [
      `${methodOf(config).name}, K = ${K}, on ${data.name}, seed ${seed}`,
      `${marginsInWords(recorded)} at ${snapshots.length} steps`,
    ],
    runs: recordedKeys([recorded]),
    height: 500,
    frames: {
      names,
      prefix: "step ",
      at: (i) => ({
        data: tracesOf(snapshots[i]!),
        layout: { yaxis: { range: [0, highest(snapshots[i]!)] } },
      }),
    },
    layout: {
      hovermode: "x",
      xaxis: axis("margin x<sub>j</sub> − x<sub>+</sub>", { range: widest(snapshots) }),
      yaxis: axis("negatives in a bin of 0.5 (%)", { range: [0, highest(snapshots.at(-1)!)] }),
      shapes: [rule({ x: 0 }, { colour: ink.text })],
      annotations: [
        note("outranks the target →", {
          xref: "paper",
          x: 1,
          yref: "paper",
          y: 1,
          yanchor: "bottom",
          xanchor: "right",
        }, ink.muted),
      ],
    },
  });
}

/** What training sees, at the steps at which anything outranks the target. */
function seenInWords(snapshots: readonly Snapshot[]): string {
  const seen = snapshots.flatMap(({ step, margins }) => {
    const share = seenByTraining(outranking(margins));
    return share === null ? [] : [{ step: grouped(step), share }];
  });
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return "No negative outranks the target at any step";
  const when = first === last ? `At step ${first.step}` : `From step ${first.step} to ${last.step}`;
  return `${when} training sees ${range(seen.map(({ share }) => share))} % of what ` +
    "outranks the target";
}

function tracesOf({ margins }: Snapshot): Trace[] {
  const shares = outranking(margins);
  const centres = margins.selected.map((_, i) => centreOf(margins.edges, i));
  return drawn.filter(({ share }) => shares[share] !== null).map(({ view, counts, share }) =>
    line(
      centres,
      percentages(margins[counts]),
      { ...view, name: `${view.name}: ${percent(shares[share]!)} % above` },
      {
        hover: "%{y:.1f} %",
        own: { line: { color: view.colour, dash: view.dash, width: 2.5, shape: "hvh" } },
      },
    )
  );
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
