import assert from "node:assert/strict";
import { type AnalysisMeasure, analysisMeasures } from "../analyze/measures.ts";
import { measureAxis, measureInWords, measureName } from "./measure_words.ts";

Deno.test("measures are written with their unit, and without a minus before a zero", () => {
  assert.equal(measureInWords("largest-weight", 0.2841), "28.4 %");
  const cosines = [0.9064, -0.0144, -0.002].map((value) =>
    measureInWords("interest-cosine", value)
  );
  assert.deepEqual(cosines, ["0.91", "−0.01", "0.00"]);
  assert.deepEqual([1.168, 9.996, 12.32].map((n) => measureInWords("effective-items", n)), [
    "1.17",
    "10.0",
    "12.3",
  ]);
  assert.equal(measureAxis("history-seen"), "history seen (%)");
  assert.equal(measureAxis("effective-items"), "effective items");
});

Deno.test("no measure is called by its machine name, and no two are called the same", () => {
  const all = Object.keys(analysisMeasures) as AnalysisMeasure[];
  assert.equal(new Set(all.map(measureName)).size, all.length);
  assert.equal(
    measureName("top-percent-share-selected"),
    "gradient on the hardest 1 % (selected interest)",
  );
  for (const name of all) {
    assert.doesNotMatch(measureName(name), /-|strangers|share|single/);
    for (const line of measureAxis(name).split("<br>")) assert.ok(line.length <= 34, line);
  }
});
