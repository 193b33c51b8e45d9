import assert from "node:assert/strict";
import { examplePaddingInSum } from "../../testing/example_references.ts";
import { titleOf } from "../../testing/example_runs.ts";
import { figure } from "../mod.ts";

Deno.test("padding turns vectors only where there is a shorter history that it turns", () => {
  const { run, lengths } = examplePaddingInSum;
  const title = (...lengths: typeof examplePaddingInSum.lengths) =>
    titleOf(figure.paddingByLength({ run, lengths }));
  assert.match(
    title(...lengths),
    /^Padding turns vectors of short .*: cosine 0\.20 at n = 4 .*1\.00 at/,
  );
  const full = title(lengths.at(-1)!);
  assert.match(full, /^Vectors with padding: cosine 1\.00 at n = 20 .* all histories are as long/);
  const unturned = lengths.map((of) => ({ ...of, cosine: 1 }));
  assert.match(title(...unturned), /^Vectors with padding: cosine 1\.00 at n = 4 /);
});
