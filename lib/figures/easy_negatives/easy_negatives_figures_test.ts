import assert from "node:assert/strict";
import { resolveConfig } from "../../train/config.ts";
import type { Run } from "../../train/run.ts";
import type { Figure } from "../../show/figure.ts";
import { outrankedTable } from "./outranked.ts";
import { sampledTable } from "./sampled_negatives.ts";
import { exampleRun, titleOf } from "../../testing/example_runs.ts";
import { figure } from "../mod.ts";
import {
  exampleHidden,
  exampleInterests,
  exampleMargins,
  exampleSampled,
  exampleShares,
} from "../../testing/example_negatives.ts";

const namesOf = ({ data }: Figure) => data.map(({ name }) => name);
const frameNames = ({ frames }: Figure) => frames!.map(({ name }) => name);

Deno.test("margins: the title spans all steps, the legend says what is above at each", () => {
  const four = figure.margins(exampleMargins[2]!);
  assert.match(
    titleOf(four),
    /^From step 200 to 800 training sees 27–33 % of what outranks the target/,
  );
  assert.deepEqual(frameNames(four), ["200", "400", "800"]);
  assert.deepEqual(namesOf(four), [
    "the user (max): 8.0 % above",
    "selected interest: 2.6 % above",
    "other interests: 52.0 % above",
    "mean of the interests: 32.0 % above",
  ]);
});

Deno.test("margins: one vector has no others", () => {
  const one = figure.margins(exampleMargins[0]!);
  assert.match(titleOf(one), /^With one vector/);
  assert.equal(one.data.length, 3);
});

Deno.test("outranked: the last common step, beside what interests that know nothing give", () => {
  const made = figure.outranked(exampleMargins);
  assert.match(titleOf(made), /^At step \d+ training sees 33 % with K = 4 of outranking negatives/);
  assert.match(made.alt, /selected interest sees 58 % with K = 2, 33 % with K = 4 at step/);
  const nothing = made.data.at(-1)!;
  assert.deepEqual((nothing.y as number[]).map(Math.round), [50, 50, 50, 50, 33, 20, 67, 60]);
  const shorter = { ...exampleMargins[1]!, snapshots: exampleMargins[1]!.snapshots.slice(0, 2) };
  assert.deepEqual(frameNames(figure.outranked([exampleMargins[0]!, shorter])), ["200", "400"]);
  assert.throws(() => figure.outranked([]), /no runs/);
});

Deno.test("hidden negatives are above the target for the user and below for the selected", () => {
  const made = figure.hiddenNegatives(exampleHidden);
  assert.match(titleOf(made), /^Training sees 1 of 3 negatives/);
  assert.deepEqual(namesOf(made), ["interest 1", "interest 2 (selected)", "interest 3"]);
});

Deno.test("gradient shares: K = 4 in the title, K = 1 trained on its own in words", () => {
  const made = figure.gradientShares(exampleShares);
  assert.match(titleOf(made), /^The hardest 1.0 % of the negatives carry 39.8 % of the gradient/);
  assert.match(made.alt, /with K = 4; with K = 1 they carry 10.0 %/);
  assert.match(titleOf(made), /100 valid users × 1,000 uniform negatives, mean over/);
  assert.deepEqual(frameNames(made), ["2", "4"]);
  const [one] = exampleShares.byK;
  assert.throws(() => figure.gradientShares({ ...exampleShares, byK: [one!] }), /no K > 1/);
});

Deno.test("effective negatives: the title names the K with most by the paired rule", () => {
  const made = figure.effectiveNegatives(exampleInterests);
  assert.match(titleOf(made), /^Effective negatives at step [\d,]+ by K: too few seeds to judge/);
  assert.match(made.alt, /422 with K = 1, 212 with K = 2, 107 with K = 4\./);
  const third = exampleInterests.filter(({ seed }) => seed === 2).map((run) => ({
    ...run,
    seed: 3,
  }));
  const withThird = [...exampleInterests, ...third];
  assert.match(
    titleOf(figure.effectiveNegatives(withThird)),
    /^Highest effective negatives at step [\d,]+: K = 1 /,
  );
  const alike = withThird.map((run): Run => ({
    ...run,
    curve: run.curve.map((point) => ({
      ...point,
      measures: { ...point.measures, "effective-negatives-selected": 100 + run.seed },
    })),
  }));
  assert.match(titleOf(figure.effectiveNegatives(alike)), /: seeds tell no K from the best/);
  const first = exampleInterests.filter(({ seed }) => seed === 1);
  assert.match(titleOf(figure.effectiveNegatives(first)), /too few .* one seed for each K/);
});

Deno.test("what must not be averaged over K is refused, and so are runs without measures", () => {
  const other = { ...exampleInterests[0]!, config: { ...exampleInterests[0]!.config, S: 7 } };
  assert.throws(() => figure.effectiveNegatives([...exampleInterests, other]), /K and the seed/);
  const again = { ...exampleInterests[0]!, key: "again" };
  assert.throws(
    () => figure.effectiveNegatives([...exampleInterests, again]),
    /seed appears twice/,
  );
  assert.throws(() => figure.effectiveNegatives([exampleRun(0.3, 1, {})]), /none has measures/);
  assert.throws(() => figure.hardAndEasy([exampleRun(0.3, 1, {})]), /none has measures/);
});

Deno.test("hard and easy: measured beside independent interests", () => {
  const made = figure.hardAndEasy(exampleInterests);
  assert.match(titleOf(made), /^At the best step 33 % \(ComiRec-SA, K = 4\) of the hard negatives/);
  assert.match(made.alt, /38\.0 % if interests were independent/);
  assert.equal(frameNames(made).at(-1), "best");
  assert.deepEqual((made.data.at(-1)!.y as number[]).map((share) => Math.round(share)), [
    0,
    26,
    38,
  ]);
});

Deno.test("hard and easy: steps that all runs have, and data sets that are not mixed", () => {
  const [one, ...others] = exampleInterests;
  const every = (n: number) => ({
    ...one!,
    curve: one!.curve.map((point) => ({ ...point, step: point.step / 200 * n })),
  });
  const frames = frameNames(figure.hardAndEasy([every(3000), ...others]));
  assert.deepEqual(frames, ["3,000", "6,000", "best"]);
  assert.throws(
    () => figure.hardAndEasy([every(70_001), ...others]),
    /figure's steps: no training, or no step that all of them have: .*the same evaluateEvery/,
  );
  const remi = resolveConfig({ objective: { ihn: { beta: 1 } } });
  const elsewhere = { ...one!, config: remi, data: { name: "other", hash: "other" } };
  assert.throws(() => figure.hardAndEasy([...exampleInterests, elsewhere]), /one data set/);
});

Deno.test("outranked: data sets are not mixed, and users are as many as were counted", () => {
  const [one] = exampleMargins;
  const elsewhere = { ...one!, data: { name: "other", hash: "other" } };
  assert.throws(() => figure.outranked([...exampleMargins, elsewhere]), /one data set/);
  const snapshots = one!.snapshots.map(({ margins, ...rest }) => ({
    ...rest,
    margins: { ...margins, selected: [3 * 1280 - 5, 0, 0, 0] },
  }));
  const three = { ...one!, snapshots };
  for (const title of [titleOf(figure.outranked([three])), titleOf(figure.margins(three))]) {
    assert.match(title, / · 3 valid users × 1,280 uniform negatives /);
  }
  assert.match(outrankedTable([three]).toMarkdown(), /: made-up data, 3 valid users/);
});

Deno.test("sampled negatives: S on the axis, the full softmax dashed", async () => {
  const made = await figure.sampledNegatives(exampleSampled);
  assert.match(titleOf(made), /^Test recall@50 of RR alone by S: too few seeds to judge/);
  assert.match(
    made.alt,
    /ComiRec-SA: 19\.9 % at S = 10, .*29\.6 % at S = 1,280; RR alone: 24\.7 %/,
  );
  const dashed = made.data.filter(({ line }) => (line as { dash?: string })?.dash === "dash");
  assert.deepEqual(dashed.map(({ name }) => name), ["ComiRec-SA, full softmax"]);
  const twice = [...exampleSampled, exampleSampled[0]!];
  await assert.rejects(() => figure.sampledNegatives(twice), /a seed appears twice/);
  assert.throws(() => sampledTable(twice), /a seed appears twice/);
  const full = exampleSampled.filter(({ config }) => JSON.stringify(config).includes("full"));
  await assert.rejects(() => figure.sampledNegatives(full), /none with sampled negatives/);
  const elsewhere = { ...exampleSampled[0]!, data: { name: "other", hash: "other" } };
  const both = [...exampleSampled, elsewhere];
  await assert.rejects(() => figure.sampledNegatives(both), /one data set/);
});

Deno.test("tables hold what the figures show, a dash where nothing is recorded", () => {
  const sampled = sampledTable(exampleSampled).toMarkdown().replaceAll(/ +/g, " ");
  assert.match(sampled, /\| ComiRec-SA \| 19\.9 \(19\.7 to 20\.0; 2\) \|.*\| 39\.3 \(39/);
  assert.match(sampled, /\| RR alone .* \| – \|/);
  const outranked = outrankedTable(exampleMargins).toMarkdown().replaceAll(/ +/g, " ");
  assert.match(
    outranked,
    /\| ComiRec-SA, K = 4 \| 1 \| 8\.0 \| 2\.6 \| 33\.0 \| 52\.0 \| 32\.0 \|/,
  );
  assert.match(outranked, /\| ComiRec-SA, K = 1 .* \| – \| 32\.0 \|/);
});

/** The snapshots without anything above the target for the user, at these steps. */
function withNothingAbove(
  recorded: (typeof exampleMargins)[number],
  ...steps: readonly number[]
): (typeof exampleMargins)[number] {
  const none = [10, 90, 0, 0];
  const snapshots = recorded.snapshots.map((snapshot) =>
    steps.includes(snapshot.step)
      ? { ...snapshot, margins: { ...snapshot.margins, selected: none, userMax: none } }
      : snapshot
  );
  return { ...recorded, snapshots };
}

Deno.test("where nothing outranks the target, nothing is said of what training sees of it", () => {
  const [, two, four] = exampleMargins as [unknown, ...typeof exampleMargins];
  const titleWithout = (...steps: number[]) =>
    titleOf(figure.margins(withNothingAbove(four!, ...steps)));
  assert.match(titleWithout(200), /^From step 400 to 800 training sees 29–33 %/);
  assert.match(titleWithout(200, 400), /^At step 800 training sees 33 %/);
  assert.match(titleWithout(200, 400, 800), /^No negative outranks the target at any step/);
  const ended = withNothingAbove(four!, 800);
  const made = figure.outranked([two!, ended]);
  assert.match(titleOf(made), /^At step 800 no negative outranks the target with K = 4/);
  assert.match(made.alt, /sees 58 % with K = 2, none of none with K = 4 at step 800/);
  const markdown = outrankedTable([ended]).toMarkdown();
  assert.doesNotMatch(markdown, /NaN/);
});

Deno.test("gradient shares: the caption has the users that were measured", () => {
  const byK = exampleShares.byK.map(({ K, shares }) => ({ K, shares: { ...shares, users: 10 } }));
  assert.match(titleOf(figure.gradientShares({ ...exampleShares, byK })), /10 valid users × 1,000/);
});

Deno.test("hidden negatives may be as many as a catalogue has items", () => {
  const negatives = Array.from({ length: 200_000 }, (_, i) => ({
    label: "made-up",
    interest: 0,
    ofUser: -i,
    ofSelected: -i - 1,
  }));
  const made = figure.hiddenNegatives({ ...exampleHidden, negatives });
  assert.match(titleOf(made), /200000 uniform negatives/);
});
