/** The main table as a picture: recall of every method on every data set. */
import { counted } from "../../base/counted.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Asked } from "../../compare/asked_rows.ts";
import { spreadOf } from "../../compare/spread.ts";
import type { Standing } from "../../compare/standings.ts";
import { FEWEST_SEEDS } from "../../compare/verdict.ts";
import { inHouseOrder } from "../../results/method.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { literal } from "../../show/literal.ts";
import { listed } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { said, whiskers } from "../grammar/marks.ts";
import { on, panels, panelTitle } from "../grammar/panels.ts";
import type { MainResults } from "./main_results.ts";

/**
 * A panel a data set, a row a method: test recall@50 as full marks and recall@20 as open ones, mean
 * with whiskers from the least to the greatest seed; pale with fewer seeds than a verdict takes.
 * Methods that no data set has yet have no row.
 *
 * @throws {BadInput} if nothing is recorded
 */
export function mainFigure(results: readonly MainResults[]): Figure {
  const rows = inHouseOrder(results.flatMap(({ rows }) => rows), ({ config }) => config);
  const recorded = rows.filter(({ runs }) => runs.length > 0);
  if (recorded.length === 0) {
    const remedy = `Record some with deno task sweep ${results[0]?.question ?? "main"}.`;
    throw new BadInput("none recorded", "the main table's runs", results.length, remedy);
  }
  const has = (name: string) => recorded.some((row) => row.name === name);
  const all = [...new Set(rows.map(({ name }) => name))];
  const names = all.filter(has);
  const untrained = all.length - names.length;
  const places = new Map(names.map((name, i) => [name, i]));
  const width = (1 - 0.05 * (results.length - 1)) / results.length;
  return draw({
    finding: findingOf(results),
    about: [
      "test users",
      "full: recall@50, open: @20",
      "whiskers: all seeds",
      `told apart on ${toldApart(results)}: from all with ${FEWEST_SEEDS} seeds`,
      recorded.some(isPale) && "pale: fewer",
      untrained > 0 && `${counted(untrained, "method")} not trained yet`,
    ],
    more: results.map(inNumbers).join(" "),
    runs: recorded.flatMap(({ runs }) => runs.map(({ key }) => key)),
    height: 170 + 30 * names.length,
    data: results.flatMap((result, panel) => [
      ...tracesOf(result, places, panel, "R@20"),
      ...tracesOf(result, places, panel, "R@50"),
    ]),
    layout: {
      hovermode: "closest",
      showlegend: false,
      margin: { l: 175, r: 20 },
      annotations: results.map(({ data }, panel) => panelTitle(data, panel)),
      ...panels(results.map((_, panel) => ({
        x: axis("test recall (%)", {
          domain: [panel * (width + 0.05), panel * (width + 0.05) + width],
          rangemode: "tozero",
          nticks: 5,
        }),
        y: {
          tickmode: "array",
          tickvals: names.map((_, i) => i),
          ticktext: names.map((name) => literal(name, 30)),
          range: [names.length - 0.4, -0.6],
          showticklabels: panel === 0,
          ticks: "",
        },
      }))),
    },
  });
}

/** Whether there are too few seeds for a verdict. */
function isPale({ runs }: Pick<Asked, "runs">): boolean {
  return runs.length < FEWEST_SEEDS;
}

function tracesOf(
  { rows, data }: MainResults,
  places: ReadonlyMap<string, number>,
  panel: number,
  quantity: "R@20" | "R@50",
): Trace[] {
  return rows.filter(({ runs }) => runs.length > 0).map(({ name, method, runs }) => {
    const N = quantity === "R@20" ? 20 : 50;
    const spread = spreadOf(runs.map(({ test }) => 100 * test[N]!.recall));
    const { colour, symbol } = method;
    return {
      type: "scatter",
      mode: "markers",
      x: [spread.mean],
      y: [places.get(name)!],
      error_x: { ...whiskers([spread]), color: colour, thickness: 2, width: 4 },
      opacity: isPale({ runs }) ? 0.45 : 1,
      marker: {
        symbol,
        size: 10,
        color: quantity === "R@50" ? colour : "#ffffff",
        line: { color: colour, width: 2 },
      },
      ...said(
        `recall@${N} %{x:.1f} % on ${literal(data)}<br>` +
          counted(runs.length, "seed"),
        literal(name),
      ),
      ...on(panel),
    };
  });
}

/** The first by mean recall@50 on each data set. */
function firstsOf(results: readonly MainResults[]): Standing[] {
  return results.flatMap(({ standings }) => standings["R@50"].filter(({ rank }) => rank === 1));
}

/** On how many data sets the rule tells the first from all that it judges. */
function toldApart(results: readonly MainResults[]): number {
  return firstsOf(results).filter(({ best }) => best).length;
}

/** Who has the highest mean recall@50 on how many data sets, and whether of few seeds. */
function findingOf(results: readonly MainResults[]): string {
  const firsts = firstsOf(results);
  const of = results.filter(({ rows }) => rows.some(({ runs }) => runs.length > 0)).length;
  const winners = [...Map.groupBy(firsts, ({ row }) => row.name)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name, its], i) =>
      `${name} on ${its.length}${i === 0 ? ` of ${of} data sets` : ""}` +
      (its.some(({ row }) => isPale(row)) ? " (pale)" : "")
    );
  return `Highest mean recall@50: ${winners.join(", ")}`;
}

function inNumbers({ data, standings }: MainResults): string {
  const inOrder = standings["R@50"].filter(({ entry }) => entry)
    .toSorted((a, b) => b.entry!.mean - a.entry!.mean);
  const said = ({ row, entry }: Standing) => `${row.name} ${entry!.mean.toFixed(1)} %`;
  return inOrder.length > 0 ? `Recall@50 on ${data}: ${listed(inOrder.map(said))}.` : "";
}
