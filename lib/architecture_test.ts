/**
 * The rules of the house that a machine can check: one-way dependencies, names, sizes, what every
 * folder and export says of itself.
 */
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
  results: ["base", "data", "evaluate", "model", "train"],
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
  render: [
    "base",
    "bench",
    "train",
    "results",
    "analyze",
    "compare",
    "show",
    "figures",
    "notebook", // pages
  ],
  notebook: ["base", "show"],
  playground: [
    "base",
    "data",
    "engine",
    "model",
    "evaluate",
    "train",
    "analyze",
    "show",
    "notebook",
  ],
  serve: ["base", "data", "engine", "results", "train"],
  sweep: ["base", "data", "model", "results", "train"],
};

/** Folders that may import anything. */
const free = ["bench", "cli", "testing", "."];

/** What is against the rules below and on its way out; nothing may be added. */
const leaving = new Set([
  "show/files.ts", // beside base/files.ts
  "show/files_test.ts",
]);

/** What may load test support besides tests and itself: tasks and benchmarks, no notebook. */
const loadsTesting = /^(bench\/|cli\/(parity|faults)\.ts$)/;

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

/** Paths inside lib that a file imports, types included. */
function importsOf({ path, text }: Source): string[] {
  const targets = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return Array.from(targets, ([, target]) => {
    const imported = inLib(join(dirname(path), target!));
    return /\.\w+$/.test(imported) ? imported : `${imported}.ts`; // AssemblyScript names none
  });
}

/** The first folder of a path inside lib. */
function roomOf(name: string): string {
  return name.includes("/") ? name.split("/")[0]! : ".";
}

Deno.test("dependencies point one way", () => {
  const wrong: string[] = [];
  for (const file of files) {
    const name = inLib(file.path);
    const folder = roomOf(name);
    if (free.includes(folder) || name.endsWith("_test.ts")) continue;
    for (const imported of importsOf(file)) {
      const inside = imported.startsWith(`${folder}/`) || imported.startsWith("..");
      const permitted = allowed[folder]?.includes(roomOf(imported));
      if (!inside && !permitted) wrong.push(`${name} imports ${imported}`);
    }
  }
  assert.deepEqual(wrong.filter((line) => !leaving.has(line)), []);
});

Deno.test("test support is loaded by tests, benchmarks and two tasks, not by the library", () => {
  const wrong: string[] = [];
  for (const { path, text } of files) {
    const name = inLib(path);
    if (roomOf(name) === "testing" || name.endsWith("_test.ts") || loadsTesting.test(name)) {
      continue;
    }
    // types are not there at run time, and `await import` waits until it is called
    if (/^(import|export) (?!type )[^;]*? from "[^"]*\btesting\//m.test(text)) wrong.push(name);
  }
  assert.deepEqual(wrong, []);
});

Deno.test("no file imports itself by way of others, tests and types included", () => {
  const imports = new Map(files.map((file) => [inLib(file.path), importsOf(file)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (name: string, way: readonly string[]): void => {
    if (way.includes(name)) {
      circles.push([...way.slice(way.indexOf(name)), name].join(" > "));
    } else if (!done.has(name)) {
      for (const imported of imports.get(name) ?? []) follow(imported, [...way, name]);
      done.add(name);
    }
  };
  for (const name of imports.keys()) follow(name, []);
  assert.deepEqual(circles, []);
});

Deno.test("no two files have one name, unless it is one thing in two forms", () => {
  const names = files.map(({ path }) => inLib(path)).filter((name) => !name.endsWith("mod.ts"));
  const byName = Map.groupBy(names, (name) => name.split("/").at(-1));
  const confused = [...byName.values()].filter((paths) => {
    // a command has its task's name, AssemblyScript that of the operation it computes
    const others = paths.map((path) => path.split("/").slice(0, -1).join("/"))
      .filter((room) => room !== "cli" && room !== "engine/assembly");
    // a figure has the name of the numbers that it draws
    const drawn = others.length === 2 && others.some((room) => room.startsWith("figures/")) &&
      others.some((room) => room === "analyze" || room === "compare");
    return others.length > 1 && !drawn;
  });
  assert.deepEqual(confused.filter((paths) => !paths.some((path) => leaving.has(path))), []);
});

Deno.test("no room has more than a quarter of the code", () => {
  const lines = new Map<string, number>();
  let all = 0;
  for (const { path, text } of files) {
    const name = inLib(path);
    // code is lines of TypeScript; tests and AssemblyScript, which is compiled, are counted out
    if (name.endsWith("_test.ts") || name.startsWith("engine/assembly/")) continue;
    const count = text.split("\n").length;
    lines.set(roomOf(name), (lines.get(roomOf(name)) ?? 0) + count);
    all += count;
  }
  assert.deepEqual([...lines].filter(([, count]) => count > all / 4), []);
});

Deno.test("every folder says what belongs there", async () => {
  const silent: string[] = [];
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    const text = await Deno.readTextFile(join(folder, "README.md")).catch(() => "");
    const [title, paragraph = ""] = text.split("\n\n");
    const said = title!.startsWith("# ") && paragraph.trim().split(/\s+/).length >= 10;
    if (!said) silent.push(inLib(folder));
  }
  assert.deepEqual(silent, []);
});

Deno.test("files are short enough to be read", () => {
  const long = files.map(({ path, text }) => [inLib(path), text.split("\n").length - 1] as const)
    .filter(([path, lines]) => lines > 300 && !leaving.has(path));
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
