/** The ablation as gains: what RR and IHN add to methods without them, on each data set. */
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import { type Effect, effectsOf } from "../../compare/effects.ts";
import { agreement } from "../../compare/verdict.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { seedsInWords, spreadOf } from "../../compare/spread.ts";
import { ink, signed } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { note, said, seedPoints } from "../grammar/marks.ts";
import { on, panels } from "../grammar/panels.ts";
import { literal } from "../../show/literal.ts";

const styles = {
  RR: methodOf({ objective: { rr: { lambda: 1 } } }),
  IHN: methodOf({ objective: { ihn: { beta: 1 } } }),
};

const metrics = [
  { label: "Recall@50", of: ({ recall }: Effect) => recall },
  { label: "HR@50", of: ({ hr }: Effect) => hr },
] as const;

/**
 * A row for each fix and each method that it is added to: the mean gain, whiskers from the least to
 * the greatest seed, and the seeds as small points; recall@50 left, HR@50 right.
 *
 * @param ablations runs of one data set each
 * @throws {BadInput} if no run has a partner of the same seed; and as `effectsOf`
 */
export function effects(ablations: readonly (readonly Run[])[]): Figure {
  const byData = ablations.map(effectsOf).filter((of) => of.length > 0);
  const all = byData.flat();
  if (all.length === 0) {
    throw new BadInput(
      "no two runs that differ in one fix",
      "figure's runs",
      ablations.flat().length,
      "Record IHN alone or RR alone with the same seeds.",
    );
  }
  const counts = all.map(({ seeds }) => seeds.length);
  const rows = all.map(({ data, added, to }, i) => ({
    place: i + 0.7 * byData.findIndex(([first]) => first!.data === data), // a gap between data sets
    label: `+ ${added} to ${to}`,
  }));
  const places = rows.map(({ place }) => place);
  return draw({
    finding: fixesOf(all).map((fix) => overall(all, fix)).join("; "),
    about: [
      "test users",
      `marks: mean gain over ${seedsInWords(counts)}, whiskers: least and greatest, points: seeds`,
    ],
    more: `${byData.map(inWords).join("; ")}.`,
    runs: recordedKeys(ablations.flat()),
    height: 170 + 34 * (places.at(-1)! + 1),
    data: metrics.flatMap((metric, panel) =>
      (["RR", "IHN"] as const).flatMap((fix) => tracesOf(all, places, fix, metric, panel))
    ),
    layout: {
      hovermode: "closest",
      showlegend: false,
      margin: { l: 200, r: 20 },
      ...panels(metrics.map(({ label }, panel) => ({
        x: axis(`gain of test ${label}<br>(points)`, {
          domain: panel === 0 ? [0, 0.47] : [0.53, 1],
          zeroline: true,
          zerolinecolor: ink.axis,
          zerolinewidth: 1.5,
        }),
        y: {
          tickmode: "array",
          tickvals: places,
          ticktext: rows.map((row) => row.label),
          range: [places.at(-1)! + 0.6, -0.9],
          showticklabels: panel === 0,
          ticks: "",
          showgrid: false,
        },
      }))),
      annotations: byData.map(([first]) =>
        note(`<b>${literal(first!.data, 28)}</b>`, {
          xref: "paper",
          x: 0,
          xanchor: "right",
          xshift: -8,
          y: places[all.indexOf(first!)]! - 0.62,
        })
      ),
    },
  });
}

function tracesOf(
  all: readonly Effect[],
  places: readonly number[],
  fix: Effect["added"],
  { label, of }: (typeof metrics)[number],
  panel: number,
): Trace[] {
  const at = all.map((effect, i) => ({ effect, place: places[i]! }))
    .filter(({ effect }) => effect.added === fix);
  const style = { ...styles[fix], name: `+ ${fix}` };
  return [
    seedPoints(
      at.map(({ place }) => place),
      at.map(({ effect }) => spreadOf(of(effect))),
      style,
      {
        hover: `to %{text}<br>${label} %{x:+.2f} points`,
        across: true,
        size: 11,
        own: {
          text: at.map(({ effect: { to, data } }) => literal(`${to}, ${data}`)),
          ...on(panel),
        },
      },
    ),
    {
      type: "scatter",
      mode: "markers",
      x: at.flatMap(({ effect }) => of(effect)),
      y: at.flatMap(({ effect, place }) => effect.seeds.map(() => place + 0.26)),
      customdata: at.flatMap(({ effect }) => effect.seeds),
      marker: { symbol: "circle-open", size: 5, color: style.colour },
      ...said("seed %{customdata}: %{x:+.2f} points"),
      ...on(panel),
    },
  ];
}

/** The fixes that these effects are of, in the order in which figures show them. */
function fixesOf(effects: readonly Effect[]): Effect["added"][] {
  return (["RR", "IHN"] as const).filter((fix) => effects.some(({ added }) => added === fix));
}

/** "RR adds +1.9 to +16.2 points of recall@50, all seeds up in 7 of 8 comparisons" */
function overall(effects: readonly Effect[], fix: Effect["added"]): string {
  const its = effects.filter(({ added }) => added === fix);
  const count = (wanted: ReturnType<typeof agreement>) =>
    its.filter(({ recall }) => agreement(recall) === wanted).length;
  const seeds = (["up", "down"] as const).filter((way) => count(way) > 0)
    .map((way) => `all seeds ${way} in ${count(way)} of ${its.length} comparisons`);
  return [`${fix} adds ${gains(its)} points of recall@50`, ...seeds].join(", ");
}

/** "on synthetic RR adds +11.1 to +11.9, IHN +0.3 to +1.1" */
function inWords(effects: readonly Effect[]): string {
  const ofFix = (fix: Effect["added"]) => gains(effects.filter(({ added }) => added === fix));
  const words = fixesOf(effects).map((fix, i) => `${fix} ${i === 0 ? "adds " : ""}${ofFix(fix)}`);
  return `on ${effects[0]!.data} ${words.join(", ")}`;
}

/** The least and greatest mean gain of recall@50: "+0.3 to +1.1". */
function gains(effects: readonly Effect[]): string {
  const means = effects.map(({ recall }) => spreadOf(recall).mean).sort((a, b) => a - b);
  return [...new Set([means[0]!, means.at(-1)!].map(signed))].join(" to ");
}
