import assert from "node:assert/strict";
import type { Figure } from "../../show/figure.ts";
import { exampleHidden } from "../../testing/example_negatives.ts";
import { exampleMap, exampleRetrieval } from "../../testing/example_runs.ts";
import { figure } from "../mod.ts";
import { styleOf } from "./styles.ts";

/** The looks of the traces whose names begin so. */
function looks({ data }: Figure, name: string): Set<string> {
  const its = data.filter((trace) => String(trace.name).startsWith(name));
  return new Set(its.map(({ marker }) => {
    const { color, symbol } = marker as { color: string; symbol: string };
    return `${color} ${symbol}`;
  }));
}

Deno.test("no two of the first 64 look alike, and the first eight differ in both", () => {
  const all = Array.from({ length: 64 }, (_, k) => styleOf(k));
  assert.equal(new Set(all.map(({ colour, symbol }) => `${colour} ${symbol}`)).size, 64);
  assert.equal(new Set(all.slice(0, 8).map(({ colour }) => colour)).size, 8);
  assert.equal(new Set(all.slice(0, 8).map(({ symbol }) => symbol)).size, 8);
});

Deno.test("16 interests of a figure are told apart", () => {
  const K = 16;
  const often = <T>(list: readonly T[]) => Array.from({ length: K }, (_, k) => list[k % 4]!);
  assert.equal(looks(figure.hiddenNegatives({ ...exampleHidden, K }), "interest").size, K);
  const map = exampleMap();
  const many = { ...map, interests: often(map.interests), retrieved: often(map.retrieved) };
  assert.equal(looks(figure.interests(many), "retrieved by").size, K);
  const strips = exampleRetrieval();
  const retrieval = { ...strips, byInterest: often(strips.byInterest) };
  assert.equal(looks(figure.retrieval(retrieval), "interest").size, K);
});
