/** The rules of the house that a machine can check: one-way dependencies, short files and lines. */
import assert from "node:assert/strict";
import { projectPath } from "./base/files.ts";
import { dirname, join, relative } from "./base/paths.ts";

/** What each folder may import besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  base: [],
  data: ["base"],
  engine: ["base", "data"],
  model: ["base", "data", "engine"],
  objective: ["base", "data", "engine", "model"],
  evaluate: ["base", "data", "engine"],
  train: ["base", "data", "engine", "evaluate", "model", "objective"],
  results: ["base", "data", "evaluate", "train"],
  analyze: ["base", "data", "engine", "evaluate", "model", "objective", "results", "train"],
  compare: ["base", "evaluate", "train", "results", "analyze"],
  show: ["base", "data", "train", "results", "analyze"],
  figures: [
    "base",
    "bench",
    "data",
    "evaluate",
    "train",
    "results",
    "analyze",
    "compare",
    "show",
  ],
  render: ["base", "bench", "train", "results", "analyze", "compare", "show", "figures"],
  notebook: ["base", "show"],
  sweep: ["base", "data", "results", "train"],
};

/** Folders that may import anything. */
const free = ["bench", "cli", "testing", "."];

/** Imports against the order that are on their way out; none may be added. */
const leaving = new Set([
  "compare/runs_by_interests.ts imports show/theme.ts",
  "compare/runs_by_interests.ts imports figures/grammar/styles.ts",
  "compare/runs_by_method.ts imports show/theme.ts",
  "compare/sweep_lines.ts imports show/measure_words.ts",
  "compare/effects.ts imports show/show.ts",
  "compare/effects.ts imports show/bundle.ts",
  "compare/effects.ts imports show/table.ts",
  "compare/easy_negatives_claims.ts imports show/table.ts",
  "compare/easy_negatives_claims.ts imports show/theme.ts",
  "compare/methods.ts imports show/theme.ts",
  "analyze/hardness.ts imports compare/methods.ts",
]);

interface Source {
  readonly path: string;
  readonly text: string;
}

const lib = projectPath("lib");

async function sources(folder: string): Promise<Source[]> {
  const found: Source[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) found.push(...await sources(path));
    else if (entry.name.endsWith(".ts")) found.push({ path, text: await Deno.readTextFile(path) });
  }
  return found;
}

/** A path inside lib with forward slashes on every platform. */
function inLib(path: string): string {
  return relative(lib, path).replaceAll("\\", "/");
}

const files = await sources(lib);

Deno.test("dependencies point one way", () => {
  const wrong: string[] = [];
  for (const { path, text } of files) {
    const name = inLib(path);
    const folder = name.includes("/") ? name.split("/")[0]! : ".";
    if (free.includes(folder) || /_(test|bench)\.ts$/.test(name)) continue;
    for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
      const imported = inLib(join(dirname(path), target!));
      const inside = imported.startsWith(`${folder}/`) || imported.startsWith("..");
      const permitted = allowed[folder]?.some((prefix) => imported.startsWith(prefix));
      if (!inside && !permitted) wrong.push(`${name} imports ${imported}`);
    }
  }
  assert.deepEqual(wrong.filter((line) => !leaving.has(line)), []);
});

Deno.test("files are short enough to be read", () => {
  const long = files.map(({ path, text }) => [inLib(path), text.split("\n").length] as const)
    .filter(([, lines]) => lines > 310);
  assert.deepEqual(long, []);
});

Deno.test("lines are short enough to be read", () => {
  const wide: string[] = [];
  for (const { path, text } of files) {
    text.split("\n").forEach((line, i) => {
      if (line.length > 100) wide.push(`${inLib(path)}:${i + 1}`);
    });
  }
  assert.deepEqual(wide, []);
});

Deno.test("every export says what it is", () => {
  const silent: string[] = [];
  for (const { path, text } of files) {
    const lines = text.split("\n");
    lines.forEach((line, i) => {
      const exported = /^export (async |abstract )?(function|class|const|interface|type) /.test(
        line,
      );
      if (exported && !lines[i - 1]?.endsWith("*/")) silent.push(`${inLib(path)}:${i + 1}`);
    });
  }
  assert.deepEqual(silent, []);
});

Deno.test("randomness comes from the seeded generator only", () => {
  const wrong = files.filter(({ path, text }) =>
    /Math\.random\(\)|crypto\.getRandomValues/.test(text) && !path.endsWith("architecture_test.ts")
  );
  assert.deepEqual(wrong.map(({ path }) => inLib(path)), []);
});
