import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { libraryData } from "../testing/library_model.ts";
import { exampleTable } from "./example_table.ts";
import { reportText } from "./report.ts";

Deno.test("the table in the repository is the one that the generator makes", async () => {
  const path = projectPath("data", "examples", "town-library.csv");
  const text = (await Deno.readTextFile(path)).replaceAll("\r\n", "\n");
  assert.equal(text, exampleTable());
  assert.ok(text.length < 400_000);
});

Deno.test("titles and readers are told apart, and what the filter leaves out is told", async () => {
  const { labels, userIds, itemCount, report, timesHash } = await libraryData();
  assert.equal(new Set(labels).size, itemCount + 1);
  const users = Object.values(userIds!).flat();
  assert.equal(new Set(users).size, 640);
  assert.ok(timesHash);
  const said = reportText(report!);
  for (const what of ["4 events: no item", "5 items: fewer", "40 users: fewer"]) {
    assert.ok(said.includes(`left out ${what}`), said);
  }
});
