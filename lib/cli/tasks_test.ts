import assert from "node:assert/strict";
import project from "../../deno.json" with { type: "json" };
import { exists, projectPath } from "../base/files.ts";

/** Who needs a command: `deno task` lists them in this order, as they stand in deno.json. */
const groups = ["Read", "Own data", "Research", "Develop"];

const tasks: Readonly<Record<string, { readonly description: string; readonly command: string }>> =
  project.tasks;

Deno.test("commands are listed by who needs them, and each says what it does", () => {
  const named = Object.entries(tasks).map(([name, { description }]) => {
    const [group, ...what] = description.split(" · ");
    assert.ok(groups.includes(group!) && what.join("").length > 20, `${name}: ${description}`);
    return groups.indexOf(group!);
  });
  assert.deepEqual(named, named.toSorted((a, b) => a - b));
  assert.deepEqual([...new Set(named)], groups.map((_, i) => i));
});

Deno.test("a command has its task's name", async () => {
  for (const [name, { command }] of Object.entries(tasks)) {
    const file = name === "test" ? "run_tests" : name;
    assert.equal(command, `deno run -A lib/cli/${file}.ts`);
    assert.ok(await exists(projectPath("lib", "cli", `${file}.ts`)), command);
  }
});
