/** What IHN and RR add, as a table and as a verdict in words. */
import { type Effect, effectsOf } from "../../compare/effects.ts";
import { agreement } from "../../compare/verdict.ts";
import { type Spread, spreadOf } from "../../compare/spread.ts";
import type { Displayable } from "../../show/bundle.ts";
import { markdown } from "../../show/show.ts";
import { type Table, table } from "../../show/table.ts";
import { signed } from "../../show/theme.ts";
import { recordedKeys, type Run } from "../../train/run.ts";

/**
 * A row an effect: gains in percentage points, mean and range over seeds.
 *
 * @param ablations runs of one data set each
 * @throws {BadInput} as {@linkcode effectsOf}
 */
export function effectsTable(ablations: readonly (readonly Run[])[]): Table {
  const rows = ablations.flatMap(effectsOf).map(({ data, added, to, seeds, recall, hr }) => ({
    data,
    added,
    to,
    seeds: seeds.length,
    "R@50 gain": signed(spreadOf(recall).mean),
    "R@50 range": rangeOf(spreadOf(recall)),
    "R@50 up": `${recall.filter((gain) => gain > 0).length} of ${recall.length}`,
    "HR@50 gain": signed(spreadOf(hr).mean),
    "HR@50 range": rangeOf(spreadOf(hr)),
    "HR@50 up": `${hr.filter((gain) => gain > 0).length} of ${hr.length}`,
  }));
  return table(rows, {
    caption:
      "Test users, gains in percentage points, mean and range over seeds, and how many are up",
    runs: recordedKeys(ablations.flat()),
  });
}

/**
 * The verdict on the two fixes, computed from the runs: first over the data sets, then a line each.
 *
 * @throws {BadInput} as {@linkcode effectsOf}
 */
export function effectsInWords(ablations: readonly (readonly Run[])[]): Displayable {
  const byData = ablations.map(effectsOf);
  const lines = byData.map((effects, i) => {
    const data = `- **${ablations[i]![0]!.data.name}**`;
    if (effects.length === 0) return `${data}: neither fix alone is recorded.`;
    const parts = (["RR", "IHN"] as const)
      .map((fix) => [fix, effects.filter(({ added }) => added === fix)] as const)
      .filter(([, added]) => added.length > 0)
      .map(([fix, added]) => `${fix} adds ${added.map(phrase).join(", ")}`);
    return `${data}: ${parts.join("; ")}.`;
  });
  return markdown([overall(byData), "", ...lines].join("\n"));
}

/** On how many data sets RR gains more, and what IHN does beside it. */
function overall(byData: readonly (readonly Effect[])[]): string {
  const gain = (effects: readonly Effect[], fix: Effect["added"]) =>
    spreadOf(
      effects.filter(({ added }) => added === fix).map(({ recall }) => spreadOf(recall).mean),
    );
  const both = byData.filter((effects) =>
    (["RR", "IHN"] as const).every((fix) => effects.some(({ added }) => added === fix))
  );
  const more = both.filter((effects) => gain(effects, "RR").mean > gain(effects, "IHN").mean);
  const beside = byData.flat().filter(({ added, variant }) => added === "IHN" && variant === "+RR");
  const that = (wanted: ReturnType<typeof agreement>) =>
    beside.filter(({ recall }) => agreement(recall) === wanted).length;
  return `RR gains more recall@50 than IHN on ${more.length} of ${both.length} data sets. ` +
    `IHN added to RR: all seeds up on ${that("up")} of ${beside.length} data sets, all down on ` +
    `${that("down")}, undecided on ${that("undecided")}.`;
}

function phrase({ to, recall }: Effect): string {
  const { mean, n } = spreadOf(recall);
  const said = n === 1
    ? "one seed"
    : agreement(recall) === "undecided"
    ? `${n} seeds, which disagree`
    : `all of ${n} seeds ${agreement(recall)}`;
  return `${signed(mean)} points of recall@50 to ${to} (${said})`;
}

function rangeOf({ least, most }: Spread): string {
  return `${signed(least)} … ${signed(most)}`;
}
