import assert from "node:assert/strict";
import type { PairedTest } from "../../compare/paired_tests.ts";
import { evidenceInWords } from "./verdict_marks.ts";

const test = (verdict: PairedTest["verdict"], users: boolean) =>
  ({ verdict, overUsers: users ? {} : null }) as PairedTest;

Deno.test("what verdicts rest on is said of those that there are", () => {
  const [told, alone] = [test("higher", true), test("lower", false)];
  const open = [test("too few seeds", true), test("too few seeds", false), null];
  assert.equal(evidenceInWords(open, "metric"), null);
  assert.equal(evidenceInWords([told, ...open], "metric"), "Holm's adjustment over a metric");
  assert.match(evidenceInWords([alone, ...open], "metric")!, /^verdicts from seeds alone/);
  assert.match(
    evidenceInWords([told, alone, ...open], "metric")!,
    /but 1 of 2 verdicts from seeds/,
  );
});
