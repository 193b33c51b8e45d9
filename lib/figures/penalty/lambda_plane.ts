/** What λ trades: from single-item routing to interests that are all alike. */
import { mean } from "../../base/statistics.ts";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { seedsInWords, type Spread, spreadOf } from "../../compare/spread.ts";
import { ink, percent } from "../../show/theme.ts";
import { axis, covering } from "../grammar/axes.ts";
import { draw, type Keys } from "../grammar/drawing.ts";
import { line, note, said, whiskers } from "../grammar/marks.ts";
import { type Place, placeOf } from "../routing/collapse_plane.ts";
import { oneLine, type Point, symbolOf } from "../../compare/group_runs.ts";
import { bestOnLines } from "../../compare/best_on_line.ts";
import { highestInWords } from "../results/sweep_finding.ts";
import { sharedSteps } from "../grammar/seed_curves.ts";
import { shades } from "../grammar/styles.ts";

/** Between the words of a mark and the mark. */
const AWAY = "\u00a0\u00a0";

/**
 * A path for each λ from the first evaluation to the last (mean over seeds, as far as all were
 * trained), with a mark at the best step and its range over seeds. Lower left: routing has
 * collapsed to single items. Upper right: all interests are the same mean of the history.
 *
 * @param runs   that differ in λ and the seed; those without measures are left out
 * @param folder of results, with the hits of users
 * @throws {BadInput} if none has measures, or as {@linkcode oneLine}
 */
export async function lambdaPlane(runs: readonly Run[], folder?: string): Promise<Figure> {
  const measured = runs.filter((run) =>
    [run, ...run.curve].every(({ measures }) => measures && placeOf(measures))
  );
  if (runs.length > 0 && measured.length === 0) {
    throw new BadInput(
      "no run has measures of both collapses",
      "figure's runs",
      runs.map((run) => run.key).join(", "),
      "Record some with deno task train.",
    );
  }
  const groups = oneLine(measured, "lambda");
  const [best] = await bestOnLines([groups], "R@50", folder);
  const ends = groups.map((group): End => ({
    label: group.label,
    x: spreadOf(group.runs.map(({ measures }) => placeOf(measures!)!.expressed)),
    y: spreadOf(group.runs.map(({ measures }) => placeOf(measures!)!.cosine)),
    recall: spreadOf(group.runs.map(({ test }) => test[50]!.recall)),
  }));
  const inWords = ends.map(({ label, x, y, recall }) =>
    `${label}: ${x.mean.toFixed(0)} % expressed, cosine ${y.mean.toFixed(2)}, recall@50 ` +
    `${percent(recall.mean)} %`
  );
  const colours = shades(groups.length);
  const paths = groups.map((group, i) => pathOf(group, colours[i]!));
  const usual = [Math.min(0, ...ends.map(({ y }) => y.least)) - 0.14, 1.32] as const;
  return draw({
    finding: groups.length === 1
      ? inWords[0]!
      : highestInWords(best!, "test recall@50", symbolOf("lambda")),
    about: [
      measured[0]!.data.name,
      `paths: mean of ${seedsInWords(groups.map(({ runs }) => runs.length))} for each λ, ` +
      "valid users, from the first evaluation on",
      "marks: best step, with the range over seeds and test recall@50; one may lie beyond its path",
      measured.length < runs.length && "runs without measures of routing are left out",
    ],
    more: `${inWords.join("; ")}.`,
    runs: recordedKeys(measured),
    height: 500,
    data: paths.flatMap((path, i) => [path, markOf(ends[i]!, colours[i]!)]),
    layout: {
      hovermode: "closest",
      showlegend: false,
      margin: { r: 60 },
      xaxis: axis("history expressed by an interest<br>(effective items / flat routing's, %)", {
        range: [0, 104],
      }),
      yaxis: axis("cosine of two interests of a user", {
        range: covering(usual, paths.flatMap(({ y }) => y as number[])),
        tickvals: [0, 0.2, 0.4, 0.6, 0.8, 1],
      }),
      annotations: [
        corner(0.01, 0.01, "left", "bottom", "each interest is one item"),
        corner(0.99, 0.99, "right", "top", "all interests are the same mean"),
      ],
    },
  });
}

/** Where the marks stand, and what recall the seeds reach there. */
interface End {
  readonly label: string;
  readonly x: Spread;
  readonly y: Spread;
  readonly recall: Spread;
}

function pathOf({ label, runs }: Point, colour: string): Trace {
  const along = (of: keyof Place) =>
    sharedSteps(runs, ({ measures }) => placeOf(measures!)![of]).spread.map(mean);
  return line(along("expressed"), along("cosine"), { colour }, {
    hover: `${label}, step %{customdata:,}`,
    width: 2,
    own: { customdata: sharedSteps(runs, ({ step }) => step).steps },
  });
}

function markOf({ label, x, y, recall }: End, colour: string): Trace {
  const stroke = { color: colour, thickness: 1.5, width: 4 };
  return {
    type: "scatter",
    mode: "markers+text",
    name: label,
    x: [x.mean],
    y: [y.mean],
    error_x: { ...whiskers([x]), ...stroke },
    error_y: { ...whiskers([y]), ...stroke },
    text: [`<b>${label}</b>${AWAY}<br>${percent(recall.mean)} %${AWAY}`],
    textposition: "top left", // paths come from the right and from below
    textfont: { size: 13, color: ink.text },
    marker: { size: 13, color: colour, line: { color: ink.text, width: 1 } },
    cliponaxis: false,
    ...said(
      "an interest expresses %{x:.1f} % of the history<br>cosine of two interests %{y:.2f}",
      label,
    ),
  };
}

function corner(x: number, y: number, xanchor: string, yanchor: string, text: string): Keys {
  return note(
    `<i>${text}</i>`,
    { xref: "paper", yref: "paper", x, y, xanchor, yanchor },
    ink.muted,
  );
}
