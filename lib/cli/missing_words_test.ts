import assert from "node:assert/strict";
import { missingInWords } from "./missing_words.ts";

Deno.test("what is missing is needed or not, and that is said", () => {
  assert.match(missingInWords(["Chromium", "plotly"]), /^2 missing\. None is needed for deno/);
  assert.match(missingInWords(["Chromium", "disk"]), /^2 missing\. Of these, disk is needed/);
  assert.match(missingInWords(["disk", "memory"]), /\. Of these, disk and memory are needed/);
});
