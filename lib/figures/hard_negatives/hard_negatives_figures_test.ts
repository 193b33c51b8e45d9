import assert from "node:assert/strict";
import { catalogueParts } from "../../analyze/ideal_negatives.ts";
import type { Figure } from "../../show/figure.ts";
import { titleOf } from "../../testing/example_runs.ts";
import {
  exampleError,
  exampleEstimate,
  exampleGradient,
  exampleIdeal,
  exampleWorked,
} from "../../testing/example_hardness.ts";
import { figure } from "../mod.ts";

Deno.test("the worked example says from which β on negatives are pushed up", () => {
  assert.match(titleOf(figure.workedNegatives(exampleWorked)), /^From β = 0\.1 on/);
  const equal = { ...exampleWorked, scores: [1, 1, 1] };
  assert.match(titleOf(figure.workedNegatives(equal)), /^Every negative is pushed down/);
  const plain = { ...exampleWorked, betas: [0], beta: 0 };
  assert.match(titleOf(figure.workedNegatives(plain)), /^Every negative is pushed down/);
});

Deno.test("the worked example's bars add up to its points in every frame", () => {
  const { frames } = figure.workedNegatives(exampleWorked);
  assert.deepEqual(frames!.map(({ name }) => name), ["0", "0.1", "1", "10"]);
  for (const { data } of frames!) {
    const [direct, through, gradient] = (data as { y: number[] }[]).map(({ y }) => y);
    gradient!.forEach((value, j) => {
      assert.ok(Math.abs(direct![j]! + through![j]! - value) < 1e-12);
    });
  }
});

Deno.test("the gradient's curves count those pushed up, and cross 0", () => {
  const made = figure.gradientByScore(exampleGradient, [0, 1]);
  assert.match(titleOf(made), /^Of 400 negatives, \d+\.\d % \(β = 1\) are pushed up/);
  const [plain, hard] = made.data.map(({ y }) => y as number[]);
  assert.ok(Math.min(...plain!) > 0 && Math.min(...hard!) < 0);
  assert.match(titleOf(figure.gradientByScore(exampleGradient, [0])), /^None of 400 negatives/);
  assert.throws(() => figure.gradientByScore(exampleGradient, []), /no values/);
});

Deno.test("the slider of the ideal distribution moves the curve, its marks and the place", () => {
  const made = figure.idealNegatives(exampleIdeal());
  assert.match(titleOf(made), /^The hardest 1 % hold .* of q \(β = 1\), .* \(β = 10\)/);
  const ofLast = titleOf(figure.idealNegatives({ ...exampleIdeal(), beta: 10 }));
  assert.match(ofLast, /^The hardest 1 % hold .* of q \(β = 10\), .* \(β = 0\)/); // not 10 twice
  const at = (name: string) => made.frames!.find((frame) => frame.name === name)!;
  const curve = (name: string) => (at(name).data as { y: number[] }[])[0]!.y;
  curve("10").forEach((mass, i) => assert.ok(mass >= curve("1")[i]! - 1e-9));
  const moved = (at("10").traces as number[]).map((trace) => made.data[trace]!);
  assert.deepEqual(moved.map(({ mode }) => mode), ["lines", "markers+text", "lines"]);
});

Deno.test("a part of less than one item is neither marked nor told", () => {
  const ticks = (made: Figure) => (made.layout.xaxis as { ticktext: string[] }).ticktext;
  assert.deepEqual(ticks(figure.idealNegatives(exampleIdeal())), ["1 %", "10 %", "all"]); // of 400
  const parts = catalogueParts(50);
  const levels = exampleIdeal().levels.map((level) => ({
    ...level,
    massOfHardest: parts.map((part) => part),
  }));
  const small = figure.idealNegatives({ ...exampleIdeal(), levels, parts });
  assert.deepEqual(ticks(small), ["10 %", "all"]);
  assert.match(titleOf(small), /^The hardest item of 50 holds 2\.0 % of q \(β = 1\), 2\.0 %/);
});

Deno.test("without a planted truth only the target is shown on the right", () => {
  const { levels, ...rest } = exampleIdeal();
  const blind = { ...rest, levels: levels.map((of) => ({ ...of, own: null })), ownShare: null };
  const made = figure.idealNegatives(blind);
  assert.equal(made.data.filter(({ xaxis }) => xaxis === "x2").length, 2);
  assert.equal(made.data[(made.frames![0]!.traces as number[])[1]!]!.mode, "markers+text");
});

Deno.test("what the ideal distribution's figure cannot show is refused", () => {
  assert.throws(
    () => figure.idealNegatives({ ...exampleIdeal(), beta: 3 }),
    /not among the levels/,
  );
  assert.throws(
    () => figure.idealNegatives({ ...exampleIdeal(), parts: [0.02, 0.5] }),
    /one of 0\.1:/,
  );
});

Deno.test("the estimate's titles speak of the training's S, and of no other", () => {
  assert.match(
    titleOf(figure.negativesEstimate(exampleEstimate())),
    /^500 draws are off by .*β = 10/,
  );
  assert.match(titleOf(figure.estimateError(exampleError())), /^500 draws estimate .* % too low/);
  assert.throws(() => figure.negativesEstimate({ ...exampleEstimate(), S: 7 }), /not studied: 7/);
  assert.throws(() => figure.estimateError({ ...exampleError(), S: 7 }), /not studied: 7/);
  assert.throws(() => figure.negativesEstimate({ ...exampleEstimate(), study: [] }), /empty/);
});

Deno.test("a plain mean has no bias, and none is drawn", () => {
  const [bias] = figure.estimateError(exampleError()).data;
  assert.deepEqual(bias!.y, [null, null, null]);
});

Deno.test("the gradient's curves of a catalogue as large as those of the paper's data", () => {
  const scores = Float64Array.from({ length: 400_000 }, (_, i) => Math.sin(i));
  const made = figure.gradientByScore({ scores, positive: 1, about: "made-up" }, [0, 1]);
  assert.match(titleOf(made), /^Of 400,000 negatives/);
});

Deno.test("negatives of equal scores and names have places of their own", () => {
  const twins = { scores: [1, 1, 0], positive: 1.5, betas: [0, 1], beta: 1 };
  for (const names of [undefined, ["one name", "one name", "another"]]) {
    const { data, layout } = figure.workedNegatives({ ...twins, ...(names && { names }) });
    for (const { x } of data) assert.deepEqual(x, [0, 1, 2]);
    const { tickvals, ticktext } = layout.xaxis as { tickvals: number[]; ticktext: string[] };
    assert.deepEqual(tickvals, [0, 1, 2]);
    assert.deepEqual(ticktext.map((text) => text.split("<br>").at(-1)), ["1", "1", "0"]);
  }
});
