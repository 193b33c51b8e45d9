import assert from "node:assert/strict";
import * as library from "../library.ts";
import { knownOptions, refuseWrongOptions } from "./known_options.ts";

/** Parts of a text between commas that are in no brackets. */
function partsOf(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of text) {
    if ("([{".includes(letter)) depth++;
    if (")]}".includes(letter)) depth--;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** The text inside of the first brackets of a kind. */
function inside(text: string, [open, close]: readonly [string, string]): string {
  const from = text.indexOf(open);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === open) depth++;
    if (text[at] === close && --depth === 0) return text.slice(from + 1, at);
  }
  assert.fail(`no end of ${open} in ${text}`);
}

/** Keys that a function takes out of an object, by the place of that argument; from its source. */
function keysOfArguments(call: object): Map<number, string[]> {
  const found = partsOf(inside(String(call), ["(", ")"])).map((parameter, at) =>
    parameter.startsWith("{")
      ? [at, partsOf(inside(parameter, ["{", "}"])).map((key) => key.match(/^\w+/)![0])] as const
      : null
  );
  return new Map(found.filter((entry) => entry !== null));
}

/** Arguments that are computed beforehand, or sizes of which more may be given. */
const noOptions = new Set(["batchMeanLambda", "penaltyFloor", "penaltyOf"]);

const calls = [
  ...Object.entries(library),
  ...Object.entries(library.figure).map(([name, call]) => [`figure.${name}`, call] as const),
  ["show.live", library.show.live] as const,
].filter(([, call]) => typeof call === "function" && !/^class\b/.test(String(call)));

Deno.test("the options that are known are those that functions take, all of them", () => {
  let compared = 0;
  for (const [name, call] of calls) {
    if (noOptions.has(name)) continue;
    const known = knownOptions(name);
    for (const [at, keys] of keysOfArguments(call)) {
      if (at === 0 && known?.at !== 0) continue; // what another function made
      assert.equal(known?.at, at, `${name} has options that are not known: ${keys}`);
      assert.deepEqual(keys.toSorted(), known!.known.toSorted(), name);
      compared++;
    }
  }
  assert.ok(compared > 20, String(compared));
});

Deno.test("what a stopped training's remedy says to pass is known to whatever trains", () => {
  for (const name of ["train", "watch"]) {
    for (const option of ["acceptCode", "restart"]) {
      assert.ok(knownOptions(name)!.known.includes(option), `${name}, ${option}`);
    }
  }
});

Deno.test("an option of another kind than is taken is refused by name", () => {
  const train = (options: object) => refuseWrongOptions("train", [{}, {}, options]);
  const table = (options: object) => refuseWrongOptions("table", [[], options]);
  const odd: [(options: object) => void, object][] = [
    [train, { record: true }],
    [train, { record: { ready: 1, record: 1 } }],
    [train, { probes: [1] }],
    [train, { probes: () => ({}) }],
    [train, { folder: 5 }],
    [train, { folder: "" }],
    [train, { folder: " " }],
    [train, { restart: "no" }],
    [train, { restart: null }],
    [train, { acceptCode: 1 }],
    [train, { checkpointSeconds: "a" }],
    [train, { checkpointSeconds: -1 }],
    [train, { checkpointSeconds: NaN }],
    [table, { digits: -1 }],
    [table, { digits: "2" }],
    [table, { digits: 200 }],
    [table, { digits: { a: -1 } }],
    [table, { caption: 5 }],
    [table, { folded: { summary: "x", columns: "ab" } }],
    [table, { runs: "abc" }],
  ];
  for (const [call, options] of odd) {
    const [name] = Object.keys(options);
    assert.throws(() => call(options), new RegExp(`, ${name}: takes .*, and got `), name);
  }
});

Deno.test("options of the kinds that are taken, and those left undefined, pass", () => {
  const probes = [() => Promise.resolve({})];
  const record = { ready: () => {}, record: () => {} };
  const options = { probes, record, folder: "a", restart: true, checkpointSeconds: 0 };
  refuseWrongOptions("train", [{}, {}, options]);
  refuseWrongOptions("train", [{}, {}, { folder: undefined, probes: [] }]);
  refuseWrongOptions("table", [[], { digits: { a: 2 }, below: null, runs: [] }]);
  refuseWrongOptions("show.live", ["a", { draft: true, frontend: null }]);
  refuseWrongOptions("recommend", [{}, { user: 7, n: 5 }]);
});
