import assert from "node:assert/strict";
import { namesInColumn, shownName } from "./shown_name.ts";

Deno.test("a name stays on its line, whatever is in it", () => {
  assert.equal(
    shownName("new\nline\ttab\u2028 \u0085 \u001b[31m"),
    String.raw`new\nline\ttab\u2028 \u0085 \u001b[31m`,
  );
  assert.equal(shownName('Zoë, "日本" \\'), 'Zoë, "日本" \\'); // all else as it is
});

Deno.test("names fill a column by the places that they take", () => {
  assert.deepEqual(namesInColumn(["日本", "e\u0301", "item"]), ["日本", "e\u0301   ", "item"]);
  assert.deepEqual(namesInColumn([]), []);
});
