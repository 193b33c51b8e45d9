import assert from "node:assert/strict";
import { BadInput } from "./base/bad_input.ts";
import * as library from "./library.ts";
import * as notebooks from "./mod.ts";
import { exampleRuns } from "./testing/example_runs.ts";
import { inFolder } from "./testing/in_folder.ts";

const { figure, follow, recordedKeys, resultsTable, show, synthetic, table, train } = notebooks;
const display = Symbol.for("Jupyter.display");
const small = { users: 300, interests: 5, itemsPerInterest: 40, seed: 2 };
const quick = { B: 16, L: 8, S: 24, d: 8, evaluateEvery: 10, maxSteps: 10 };

type Call = (thing: unknown) => unknown;

/** What a cell is told that calls something with the wrong thing. */
async function told(call: Call, thing: unknown): Promise<string> {
  try {
    await call(thing);
  } catch (error) {
    assert.ok(error instanceof BadInput, String(error));
    assert.equal(error.stack, error.message);
    return error.message;
  }
  assert.fail("it was accepted");
}

/** What a cell shows that ends with a value. */
function shownAs(value: unknown): string {
  return (value as Record<symbol, () => Record<string, string>>)[display]!()["text/plain"]!;
}

Deno.test("notebooks get everything in the library, guarded", () => {
  assert.deepEqual(Object.keys(notebooks).sort(), Object.keys(library).sort());
});

/** Every function that cells call, by name, but for those named. */
function functionsBut(...names: readonly string[]): [string, Call][] {
  const calls: [string, unknown][] = [
    ...Object.entries(notebooks),
    ...Object.entries(figure).map(([name, value]): [string, unknown] => [`figure.${name}`, value]),
    ["show.live", show.live],
  ];
  return calls.filter((entry): entry is [string, Call] =>
    typeof entry[1] === "function" && !names.includes(entry[0])
  );
}

Deno.test("whatever takes something refuses what is nothing of the kind", async () => {
  const nothing = [
    "Random",
    "danfo",
    "figure.framework",
    "figure.penaltySimplex",
    "ifRecorded",
    "parityLines",
  ];
  const functions = functionsBut(
    ...nothing,
    ...["officialCurves", "officialTable", "runsBesideOfficial", "versions"],
    ...["checkAnswer", "checkFunction"],
  );
  const wrong = [null, () => 1, [null], new Map([[1, 2]]), new Date(), { a: 1 }, Symbol("x"), 1n];
  for (const [name, call] of functions) {
    for (const thing of wrong) {
      try {
        await call(thing);
      } catch (error) {
        assert.ok(error instanceof BadInput, `${name}(${Deno.inspect(thing)}): ${error}`);
        continue;
      }
      assert.fail(`${name}(${Deno.inspect(thing)}) was accepted`);
    }
  }
});

Deno.test("whatever takes a list takes an empty one, or refuses it in a sentence", async () => {
  const seconds = [undefined, "R@50", 3, { over: "beta", show: ["Recall@50"] }];
  const heedless = ["parityLines", "officialCurves", "officialTable", "runsBesideOfficial"];
  const functions = functionsBut("Random", "checkAnswer", "checkFunction", "versions", ...heedless);
  for (const [name, call] of functions) {
    for (const second of seconds) {
      try {
        await (call as (...args: readonly unknown[]) => unknown)([], second);
      } catch (error) {
        assert.ok(error instanceof BadInput, `${name}([], ${Deno.inspect(second)}): ${error}`);
      }
    }
  }
});

Deno.test("a later argument that is missing or another thing is told, not left out", async () => {
  const { effectiveItems, historySeen, itemLabel, lossOf } = notebooks;
  const cases: readonly (readonly [(...args: never[]) => unknown, readonly unknown[], RegExp])[] = [
    [historySeen, [[[0.25, 0.25, 0.25, 0.25]]], /^historySeen: takes a number, and got undefined/],
    [historySeen, [[[0.1, 0.1]], 0.5], /^historySeen: takes .* with sum 1, .*Divide each row/],
    [effectiveItems, [[0.4, 0.4]], /^effectiveItems: takes .* with sum 1/],
    [
      effectiveItems,
      ["a", 0, ["a"]],
      /map hands it .*Write \.map\(\(one\) => effectiveItems\(one\)\)/,
    ],
    [effectiveItems, [new Array(20).fill(0.15)], /^effectiveItems: takes .* with sum 1/],
    [lossOf, [[2, 1, -3], 1.5, { beta: 5 }], /^lossOf: takes a number, and got an object/],
    [lossOf, [[2, 1, -3], 1.5, -5], /not a hardness: -5/],
    [itemLabel, [synthetic(small), "7"], /^itemLabel: takes a number, and got a string/],
    [figure.measures, [exampleRuns, []], /takes a list of names of measures, of at least one/],
    [figure.sweep, [exampleRuns, { over: "beta", show: [] }], /figure\.sweep, show: not a list/],
    [figure.sweep, [exampleRuns, { over: "beta", show: "R@50" }], /show: not a list: "R@50"/],
    [figure.learningCurves, [exampleRuns, { logStep: true }], /, logStep: .* mean logSteps: true/],
    [table, [[{ a: 1 }], { digit: 1 }], /^table, digit: unknown option, did you mean digits: 1/],
  ];
  for (const [call, args, expected] of cases) {
    assert.match(await told(() => (call as Call)(...args as [unknown]), null), expected);
  }
});

Deno.test("shares that are rounded are taken", () => {
  assert.ok(notebooks.effectiveItems([0.33, 0.33, 0.33, 0, 0, 0]) > 2.9);
  assert.ok(notebooks.effectiveItems(new Array(220).fill(0.0045)) > 210);
});

Deno.test("a mistake in a call is told, not taken for what is not recorded yet", async () => {
  const runs = exampleRuns;
  const misspelt = { logStep: true } as unknown as { logSteps: boolean };
  await assert.rejects(
    () => notebooks.ifRecorded(() => figure.measures(runs, ["effective-items"], misspelt)),
    /did you mean logSteps/,
  );
  const missing = await notebooks.ifRecorded(() => figure.measures(runs, ["effective-items"]));
  assert.ok(missing);
});

Deno.test("whatever takes something says of a promise that await is missing", async () => {
  const functions = functionsBut("Random", "checkAnswer", "checkFunction");
  assert.ok(functions.length > 70);
  for (const [name, call] of functions) {
    for (const thing of [Promise.resolve(1), [Promise.resolve(1)], { run: Promise.resolve(1) }]) {
      const message = await told(call, thing);
      assert.match(message, /^[\w.]+: this is a promise: write await before it\./, name);
      assert.ok(message.startsWith(name), message);
    }
  }
});

Deno.test("a wrong thing is told what was expected, and how to come by it", () =>
  inFolder(async (folder) => {
    const clicks = synthetic(small);
    const model = await train(clicks, quick, { folder });
    const cases: readonly [unknown, unknown, RegExp][] = [
      [
        figure.learningCurves,
        [model],
        /takes a list of runs, and got a list .*model.*\.run behind/,
      ],
      [figure.learningCurves, model.run, /got a run\. Put it in brackets/],
      [figure.learningCurves, [undefined], /first is undefined.*write await before it/],
      [figure.learningCurves, [], /got an empty list/],
      [resultsTable, undefined, /^resultsTable: takes a list of runs, and got undefined/],
      [resultsTable, clicks, /got a data set/],
      [figure.sequenceLengths, clicks.train, /takes a data set, and got a split .*without \.train/],
      [figure.routing, model, /takes an object \{ routing, K \}, and got a trained model.*follow/],
      [follow, model.run, /takes a trained model, and got a run\. .*without \.run/],
      [follow, { model, snapshots: {} }, /Write \.model behind it/],
      [train, "synthetic", /takes a data set, and got a string\. Write await data\("synthetic"\)/],
      [table, 42, /takes a list of rows or a data frame, and got a number/],
      [table, model.run, /got a run/],
      [show, 42, /takes a figure, a table, markdown or text, and got a number/],
      [show, undefined, /got undefined/],
      [show, null, /got null/],
      [show, exampleRuns, /got a list whose first is a run\. .*resultsTable/],
      [show, () => 1, /got a function/],
    ];
    for (const [call, thing, expected] of cases) {
      assert.match(await told(call as Call, thing), expected);
    }
    assert.deepEqual(recordedKeys([]), []);
    const { droppedItems, gradientShares, hardnessOf, likedNegatives, negativesOf } = notebooks;
    const options: readonly (readonly [(...args: never[]) => unknown, unknown, RegExp])[] = [
      [follow, undefined, /^follow: takes options \{ user, N \}, and got undefined\. .*user: …/],
      [negativesOf, { n: 10 }, /^negativesOf: takes options \{ user, n \}, without user/],
      [hardnessOf, { user: 5 }, /^hardnessOf, user: unknown option, did you mean users: 5\. Known/],
      [hardnessOf, 5, /^hardnessOf: takes options \{ users \}, and got a number/],
      [gradientShares, { user: 10 }, /did you mean users/],
      [likedNegatives, { users: 10, negative: 3 }, /did you mean negatives/],
      [droppedItems, { user: 3 }, /did you mean users/],
    ];
    for (const [call, given, expected] of options) {
      const calling = () => (call as (...args: readonly unknown[]) => unknown)(model, given);
      assert.match(await told(calling, null), expected);
    }
    const hardness = await hardnessOf(model, { users: 3 });
    assert.match(await told(() => hardness.gradient(99), null), /no such user: 99\. Give 0 to 2/);
    assert.match(await told(() => hardness.errorAt(1, 2, 0), null), /users: not a whole .*: 0\./);
    const asked = { beta: [0, 1], draws: [5], repetitions: 2 } as unknown;
    const estimates = () => hardness.estimates(asked as Parameters<typeof hardness.estimates>[0]);
    assert.match(await told(estimates, null), /estimates of hardnessOf, betas: not a list of val/);
    const ideal = () => hardness.ideal([0, 1], undefined as unknown as number);
    assert.match(await told(ideal, null), /not a hardness/);
    const { recordedComparisons } = notebooks;
    const users = await droppedItems(model, { users: 30 }); // a function and a figure of one name
    assert.match(figure.droppedItems([{ run: model.run, users }]).alt, /./);
    const shares = await gradientShares(model, { users: 10 });
    assert.match(figure.gradientShares({ byK: [{ K: 4, shares }], about: "", runs: [] }).alt, /./);
    assert.match(figure.gains(await recordedComparisons("one vector")).alt, /./);
    const story = await follow(model, { user: 0 });
    for (const drawn of [figure.routing(story.routing), figure.interests(story.map)]) {
      assert.match(drawn.alt, /./);
    }
    model.engine.dispose();
  }));

Deno.test("a data set, a split, a run and a model are shown in a line or two", () =>
  inFolder(async (folder) => {
    const clicks = synthetic(small);
    assert.match(
      shownAs(clicks),
      /^Data set synthetic: \d+ items; train \d+ users with [\d,]+ beh/,
    );
    assert.match(shownAs(clicks.train), /^Interactions: \d+ users with [\d,]+ behaviours$/);
    const model = await train(clicks, { ...quick, objective: { rr: { lambda: 3 } } }, { folder });
    assert.match(
      shownAs(model.run),
      /^Run \w{16}: RR alone \(lambda 3\), K = 4, on synthetic/,
    );
    assert.match(
      shownAs(model.run),
      /capped at step 10, best at step 10; test recall@50 [\d.]+ %$/,
    );
    assert.match(shownAs(model), /^Trained model, K = 4, d = 8;.*\nRun /);
    assert.equal(Deno.inspect([model.run]).split("\n").length < 8, true);
    assert.equal(Object.getOwnPropertySymbols({ ...model.run }).length, 0); // not copied
    model.engine.dispose();
    const recorded = await notebooks.recordedRuns("synthetic");
    assert.match(shownAs(recorded[0]), /^Run \w{16}: /);
  }));

Deno.test("a second list of another kind is taken where a function takes one", async () => {
  const [ours, vectors] = [await notebooks.mainResults(), await notebooks.vectorRows()];
  const table = notebooks.officialBesideTable(ours, vectors);
  assert.match(table.toMarkdown(), /REMI, K = 1/);
  notebooks.officialBesideInWords(ours, vectors);
  assert.throws(() => notebooks.officialBesideTable(ours, ours as never), BadInput);
});
