/** What IHN and RR add, each without and beside the other: the ablation as differences of seeds. */
import type { MetricsAt } from "../evaluate/evaluation.ts";
import { recordedKeys, type Run } from "../train/run.ts";
import { runsByMethod } from "./runs_by_method.ts";
import { markdown } from "../show/show.ts";
import type { Displayable } from "../show/bundle.ts";
import { type MethodName, methodStyle } from "./methods.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { type Table, table } from "../show/table.ts";

/** One of the two fixes, added to a method. */
export interface Effect {
  readonly data: string;
  readonly added: "IHN" | "RR";
  /** what it is added to, by name, e.g. "RR alone" */
  readonly to: string;
  /** seeds that both have */
  readonly seeds: readonly number[];
  /** gain of test recall@50 by seed, percentage points */
  readonly recall: readonly number[];
  /** gain of test HR@50 by seed, percentage points */
  readonly hr: readonly number[];
}

const additions: readonly {
  readonly added: Effect["added"];
  readonly from: MethodName;
  readonly to: MethodName;
}[] = [
  { added: "RR", from: "comirec-sa", to: "comirec-sa+rr" },
  { added: "RR", from: "comirec-sa+ihn", to: "comirec-sa+ihn+rr" },
  { added: "IHN", from: "comirec-sa", to: "comirec-sa+ihn" },
  { added: "IHN", from: "comirec-sa+rr", to: "comirec-sa+ihn+rr" },
];

const RR_ALONE = methodStyle("comirec-sa+rr").name;

/**
 * The effects that one data set's runs show: trainings of equal seed begin with equal parameters
 * and see equal batches, so they are compared with each other. An effect without a common seed is
 * left out.
 *
 * @throws {BadInput} for no runs, several data sets, several settings of one method, or one of its
 *                    seeds twice
 */
export function effectsOf(runs: readonly Run[]): Effect[] {
  const groups = new Map(runsByMethod(runs).map(({ style, runs }) => [style.name, runs]));
  return additions.map(({ added, from, to }): Effect => {
    const [before, after] = [from, to].map((name) => groups.get(methodStyle(name).name) ?? []);
    const pairs = before!.flatMap((run) => {
      const other = after!.find(({ seed }) => seed === run.seed);
      return other ? [[run, other] as const] : [];
    });
    const gain = (metric: keyof MetricsAt) =>
      pairs.map(([a, b]) => 100 * (b.test[50]![metric] - a.test[50]![metric]));
    return {
      data: runs[0]!.data.name,
      added,
      to: methodStyle(from).name,
      seeds: pairs.map(([{ seed }]) => seed),
      recall: gain("recall"),
      hr: gain("hr"),
    };
  }).filter(({ seeds }) => seeds.length > 0);
}

/**
 * What seeds say of a gain: all of them up, or down, or not the same. No test: if nothing differed,
 * n seeds would still agree with probability 2^(1 - n), 25 % for three and 6 % for five.
 */
export function agreement(gains: readonly number[]): "up" | "down" | "undecided" {
  if (gains.length < 2) return "undecided";
  if (gains.every((gain) => gain > 0)) return "up";
  return gains.every((gain) => gain < 0) ? "down" : "undecided";
}

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
  const beside = byData.flat().filter(({ added, to }) => added === "IHN" && to === RR_ALONE);
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

/** "+1.2", "−0.3", "0.0" */
export function signed(value: number): string {
  const size = Math.abs(value).toFixed(1);
  return `${size === "0.0" ? "" : value < 0 ? "−" : "+"}${size}`;
}

function rangeOf({ least, most }: Spread): string {
  return `${signed(least)} … ${signed(most)}`;
}
