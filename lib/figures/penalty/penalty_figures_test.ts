import assert from "node:assert/strict";
import { type Comparison, testContests } from "../../compare/comparisons.ts";
import { resolveConfig } from "../../train/config.ts";
import { headPenalty } from "../../analyze/routing_penalty.ts";
import type { Run } from "../../train/run.ts";
import { exampleRuns, titleOf } from "../../testing/example_runs.ts";
import {
  exampleComparison,
  exampleContest,
  exampleCosts,
  exampleLambdas,
  examplePadding,
  exampleSwitch,
} from "../../testing/example_penalties.ts";
import { figure } from "../mod.ts";
import { oneLine } from "../../compare/group_runs.ts";

Deno.test("the simplex holds the penalty at its corners and in its middle", () => {
  const { data, frames } = figure.penaltySimplex();
  const { x, y, z } = data[0] as unknown as { x: number[]; y: number[]; z: number[][] };
  assert.equal(z[0]![0], headPenalty([1, 0, 0], 3));
  assert.ok(Math.abs(z.at(-1)![x.indexOf(0.5)]! - headPenalty([0, 0, 1], 3)) < 1e-12);
  const middle = z[y.findIndex((at) => at > Math.sqrt(3) / 6 - 1e-9)]![x.indexOf(0.5)]!;
  assert.ok(middle < 1e-12);
  assert.deepEqual(frames!.map(({ name }) => name), ["3", "5", "10", "20"]);
});

Deno.test("arrows of the simplex point to its middle and get longer with padding", () => {
  const lengths = figure.penaltySimplex().frames!.map((frame) => {
    const { name, data } = frame as { name: string; data: unknown[] };
    const { x, y } = data[1] as { x: number[]; y: number[] };
    const to = (i: number) => Math.hypot(x[i]! - 0.5, y[i]! - Math.sqrt(3) / 6);
    for (let i = 0; i < x.length; i += 3) {
      assert.ok(to(i + 1) < to(i), `arrow ${i / 3}, L = ${name}`);
    }
    return Math.hypot(x[1]! - x[0]!, y[1]! - y[0]!);
  });
  assert.ok(lengths.at(-1)! > 1.2 * lengths[0]!);
});

Deno.test("the push over the largest weight is none at both ends", () => {
  const made = figure.penaltyByPeak([{ n: 4, L: 4 }, { n: 4, L: 20 }]);
  const pushes = made.data.filter(({ yaxis }) => yaxis === "y2").map(({ y }) => y as number[]);
  for (const push of pushes) {
    assert.ok(Math.abs(push[0]!) < 1e-12 && Math.abs(push.at(-1)!) < 1e-12);
    assert.ok(Math.max(...push) > 0.1);
  }
  assert.match(titleOf(made), /^The push is strongest at a largest weight of 0\.8\d to 0\.8\d;/);
  for (const head of [{ n: 5, L: 4 }, { n: 2.5, L: 4 }, { n: 2, L: Infinity }]) {
    assert.throws(() => figure.penaltyByPeak([head]), /not heads of 2 to L items/);
  }
});

Deno.test("equal flat heads are the cheapest routing", () => {
  const title = titleOf(figure.routingCosts(exampleCosts));
  assert.match(title, /^“flat” costs least; two of its rows have cosine 1\.00/);
  assert.throws(() => figure.routingCosts([]), /not routings of several heads/);
  assert.throws(() => figure.routingCosts([{ name: "one", rows: [[1]] }]), /one/);
});

Deno.test("flat routing pays for padding, on average by how often it occurs", () => {
  const made = figure.penaltyPadding(examplePadding);
  const inLoss = 100 * 128 * 4 / 64 ** 2 * (1 / 5 - 1 / 8) ** 2;
  assert.match(
    titleOf(made),
    new RegExp(`^Uniform routing adds ${inLoss.toFixed(2)} over 5 items, nothing over 8`),
  );
  const mean = 0.1 * 100 * 128 * 4 / 64 ** 2 * (1 / 4 - 1 / 8) ** 2;
  assert.match(titleOf(made), new RegExp(`made-up data: ${mean.toFixed(2)} on average`));
  const short = { ...examplePadding, shares: [0, 0, 0.5, 0, 0.5] };
  assert.match(
    titleOf(figure.penaltyPadding(short)),
    /adds \d+\.\d\d over 2 items, nothing over 4/,
  );
  const single = { ...examplePadding, shares: [0, 1] };
  assert.match(titleOf(figure.penaltyPadding(single)), /^Uniform routing over one item adds noth/);
  const half = { ...examplePadding, shares: [0, 0.5] };
  assert.throws(() => figure.penaltyPadding(half), /do not sum to 1/);
});

Deno.test("runs are sorted by λ; a seed twice and other differences are refused", () => {
  const groups = oneLine(exampleLambdas, "lambda");
  assert.deepEqual(groups.map(({ label, runs }) => [label, runs.length]), [
    ["λ = 0", 2],
    ["λ = 10", 2],
    ["λ = 100", 2],
  ]);
  const again = { ...exampleLambdas[0]!, key: "again" };
  assert.throws(() => oneLine([...exampleLambdas, again], "lambda"), /a seed appears twice/);
  assert.throws(() => oneLine([], "lambda"), /not runs that differ in λ and the seed only/);
  assert.throws(() => oneLine(exampleRuns, "lambda"), /not runs that differ/);
  const [run] = exampleLambdas;
  const config = resolveConfig({
    objective: { ihn: { beta: 1 }, rr: { lambda: 1, scaling: "batch-mean" } },
  });
  assert.throws(() => oneLine([{ ...run!, config }], "lambda"), /another scale/);
});

Deno.test("the penalty's share of the loss is λ times it, over its floor", () => {
  const made = figure.penaltyShare(exampleLambdas, 0.0005);
  assert.match(titleOf(made), /ends as 2\.4 % of the loss at λ = 100 \(flat routing: 1\.2 %\)/);
  const drawn = made.data.filter(({ name }) => name).map(({ name }) => name);
  assert.deepEqual(drawn, ["λ = 10", "λ = 100"]);
  const unknown = figure.penaltyShare(exampleLambdas);
  assert.match(titleOf(unknown), /ends as 2\.4 % of the loss at λ = 100/);
  assert.equal(unknown.data.length, 2);
  assert.throws(() => figure.penaltyShare(exampleLambdas.slice(0, 1)), /no run with RR/);
  const stopped = exampleLambdas.map((run) => run.seed === 1 ? { ...run, curve: [] } : run);
  assert.throws(() => figure.penaltyShare(stopped), /no step that all its seeds have: "λ = 10"/);
});

Deno.test("one λ stands out, the reference's first, and a frame lets each do so", () => {
  const made = figure.lambdaTraining(exampleLambdas);
  const widths = (data: readonly unknown[]) =>
    (data as { line?: { width: number } }[]).flatMap(({ line }) => line ? [line.width] : []);
  assert.deepEqual(widths(made.data).slice(0, 3), [1.5, 1.5, 3]);
  const zero = made.frames!.find(({ name }) => name === "0")!;
  assert.deepEqual(widths(zero.data as unknown[]).slice(0, 3), [3, 1.5, 1.5]);
  assert.match(titleOf(made), /^Effective items as λ rises: 1\.00, [\d.]+ and [\d.]+ made-up/);
  assert.match(made.alt, /at the best steps: 1\.00 and [\d.]+ at λ = 0, /);
  const one = figure.lambdaTraining(exampleLambdas.slice(2, 3));
  assert.match(titleOf(one), /^Effective items at λ = 100: /);
  assert.throws(() => figure.lambdaTraining(exampleRuns), /no run has measures/);
});

Deno.test("the plane's title names the λ that the rule does not tell from the best", async () => {
  const title = async (runs: readonly Run[]) => titleOf(await figure.lambdaPlane(runs));
  assert.match(await title(exampleLambdas), /^Test recall@50 by λ: too few seeds to judge/);
  const third = exampleLambdas.filter(({ seed }) => seed === 2).map((run) => moved(run, 0.001));
  assert.match(
    await title([...exampleLambdas, ...third]),
    /^Highest test recall@50: λ = 100 made-up/,
  );
  await assert.rejects(() => figure.lambdaPlane(exampleRuns), /no run has measures/);
  const one = exampleLambdas.filter(({ config }) => config.objective.rr?.lambda === 100);
  assert.match(await title(one), /^λ = 100: \d+ % expressed, cosine [\d.]+, recall@50 [\d.]+ %/);
});

Deno.test("a training stopped before its first evaluation is left out", async () => {
  const { measures: _, ...stopped } = { ...exampleLambdas[0]!, curve: [], seed: 9 };
  const runs = [...exampleLambdas, stopped];
  assert.match((await figure.lambdaPlane(runs)).alt, /2 seeds for each .* are left out/);
  assert.match(figure.lambdaTraining(runs).alt, /2 seeds/);
  await assert.rejects(() => figure.lambdaPlane([stopped]), /no run has measures/);
  assert.throws(() => figure.lambdaTraining([stopped]), /no run has measures/);
});

/** The run with another recall. */
function moved(run: Run, by: number): Run {
  const at = run.test[50]!;
  const test = { ...run.test, 50: { ...at, recall: at.recall + by } };
  return { ...run, seed: run.seed + 1, test };
}

/** The example with three seeds: the half is not told from the end, which one seed brings down. */
async function threeSeeds(down: number): Promise<Comparison> {
  const { from, to, others: [half, less] } = exampleContest;
  const seeds = (runs: readonly Run[], by: readonly number[]) => {
    let last = runs[0]!;
    return [last, ...by.map((one) => last = moved(last, one))];
  };
  const [tested] = await testContests([{
    ...exampleContest,
    from: { ...from, runs: seeds(from.runs, [0.001, 0.001]) },
    to: { ...to, runs: seeds(to.runs, [-down, down]) },
    others: [
      { ...half!, runs: seeds(half!.runs, [0, 0]) },
      { ...less!, runs: seeds(less!.runs, [-down, down]) },
    ],
  }]);
  return tested!;
}

function marksOf(of: Comparison): string[] {
  return (figure.gains([of]).layout.annotations as { text: string }[]).map(({ text }) => text)
    .slice(1, 3);
}

Deno.test("shares of the gain, and none where there is no gain", async () => {
  const made = figure.gains([exampleComparison]);
  assert.match(titleOf(made), /^half, share of recall@50's gain: too few seeds to judge/);
  assert.match(made.alt, /From nothing to everything half makes 50 % \* in recall@50 \(too few/);
  assert.deepEqual(marksOf(exampleComparison), ["50 % *", "−100 % *"]);
  const tested = await threeSeeds(0.04);
  assert.match(titleOf(figure.gains([tested])), /^half: 57 % of recall@50's gain/);
  assert.deepEqual(marksOf(tested).map((text) => text.startsWith("≈")), [true, false]);
  const flat = { ...exampleComparison, to: exampleComparison.from };
  assert.match(titleOf(figure.gains([flat])), /^half: not every gain in recall@50 is told/);
  const open = { ...exampleComparison, data: "open data" };
  assert.match(
    titleOf(figure.gains([open, tested])),
    /^half: 57 % of recall@50's gain \(open data: too few seeds\)/,
  );
  assert.throws(() => figure.gains([]), /nothing to compare/);
});

Deno.test("a gain that the rule does not tell is not shared", async () => {
  const untold = await threeSeeds(0.09);
  assert.equal(untold.whole["R@50"]!.verdict, "not told apart");
  assert.deepEqual(marksOf(untold), ["–", "–"]);
  assert.match(titleOf(figure.gains([untold])), /^half: not every gain in recall@50 is told/);
});

Deno.test("the title's contender is found by name, and its least share told", async () => {
  const first = await threeSeeds(0.04);
  const { others: [half, less], tests: { "R@50": recall, "HR@50": hr }, ...ends } = first;
  const turned = { "R@50": recall.toReversed(), "HR@50": hr.toReversed() };
  const second = { ...ends, data: "second data", others: [less!, half!], tests: turned };
  const both = figure.gains([first, second]);
  assert.match(titleOf(both), /^half: 57 % or more of recall@50's gain/);
  assert.match(both.alt, /half makes .* on made-up data, ≈ 57 % .* on second data/);
  const without = {
    ...ends,
    data: "third data",
    others: [less!],
    tests: { "R@50": recall.slice(1), "HR@50": hr.slice(1) },
  };
  const made = figure.gains([first, without, second]);
  assert.match(made.alt, /half makes .* on made-up data, ≈ 57 % .* on second data/);
  assert.doesNotMatch(made.alt, /third data/);
});

Deno.test("after the switch: how far, and from when on halfway", () => {
  const made = figure.switchedObjective(exampleSwitch);
  assert.match(titleOf(made), /^400 steps of RR alone change effective items from 2\.0 to 9\.0/);
  assert.match(made.alt, /Halfway to RR alone from the start within 100 steps/);
  const [unmeasured] = exampleRuns;
  assert.throws(
    () => figure.switchedObjective({ ...exampleSwitch, before: unmeasured! }),
    /no measures/,
  );
});

Deno.test("a switch back is named by what it is switched to, and may lead down", () => {
  const { before, throughout } = exampleSwitch;
  const after = [[0, 9], [100, 7], [200, 4], [400, 2]].map(([step, items]) => ({
    step: step!,
    recall50: 0.3,
    measures: { "effective-items": items! },
  }));
  const back = { before: throughout, throughout: before };
  const made = figure.switchedObjective({ ...back, after });
  assert.match(titleOf(made), /^400 steps of ComiRec-SA change effective items from 9\.0 to 2\.0/);
  assert.match(made.alt, /best step of RR alone\. Halfway to ComiRec-SA from .* within 200 steps/);
  const slow = figure.switchedObjective({ ...back, after: after.slice(0, 2) });
  assert.doesNotMatch(slow.alt, /Halfway/);
  assert.throws(() => figure.switchedObjective({ ...back, after: [] }), /no steps after the swi/);
  const bare = [{ ...after[0]!, measures: {} }];
  assert.throws(() => figure.switchedObjective({ ...back, after: bare }), /no measures/);
  const stopped = { ...before, curve: [] };
  assert.throws(
    () => figure.switchedObjective({ ...exampleSwitch, throughout: stopped }),
    /no eval/,
  );
});

Deno.test("a switch to another strength of the same names and draws them apart", () => {
  const { before, throughout } = exampleSwitch;
  const weaker = { rr: { lambda: 10, scaling: "code" }, softmax: "sampled" } as const;
  const config = { ...throughout.config, objective: weaker };
  const both = { ...exampleSwitch, before: { ...before, config } };
  const named = figure.switchedObjective(both).data.filter(({ showlegend }) => showlegend);
  const names = named.map(({ name }) => name);
  assert.deepEqual(names, [
    "RR alone (lambda 100) from the start",
    "RR alone (lambda 10)",
    "then RR alone (lambda 100)",
  ]);
  const looks = named.map(({ line }) => JSON.stringify(line));
  assert.equal(new Set(looks).size, 3, looks.join());
});

Deno.test("a routing's name is shown as it is", () => {
  const [flat, apart] = exampleCosts;
  const made = figure.routingCosts([{ ...flat!, name: "<b>a & b</b> $x$" }, apart!]);
  const [head] = made.layout.annotations as { text: string }[];
  assert.match(head!.text, /^&lt;b>a &amp; b&lt;\/b> &#36;x&#36;<br>/);
});
