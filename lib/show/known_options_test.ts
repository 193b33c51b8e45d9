import assert from "node:assert/strict";
import * as library from "../library.ts";
import { knownOptions } from "./known_options.ts";

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
