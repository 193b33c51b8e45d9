/** Files that are cut, flipped, swapped or replaced: said in plain words, and the rest is used. */
import { basename, dirname, join } from "../../base/paths.ts";
import type { Random } from "../../base/random.ts";
import { writeRecord } from "../../bench/record.ts";
import { manifest } from "../../data/manifest.ts";
import { BadInput } from "../../base/bad_input.ts";
import { projectPath } from "../../base/files.ts";
import { writeNotebook } from "../../notebook/file/ipynb.ts";
import { code, notebookOf } from "../example_notebooks.ts";
import { exampleBenchmark } from "../example_runs.ts";
import { type FaultBench, filesIn, SMALL_TRAINING } from "./bench.ts";

/** Ways to damage the bytes of a file. */
const damages: Readonly<Record<string, (bytes: Uint8Array, random: Random) => Uint8Array>> = {
  "cut": (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  "flipped": (bytes, random) => {
    for (let n = 0; n < 3; n++) {
      const at = random.below(bytes.length);
      bytes[at] = bytes[at]! ^ 1 << random.below(8);
    }
    return bytes;
  },
  "swapped": (bytes, random) => {
    const half = Math.floor(bytes.length / 2);
    const length = Math.min(half, 1 + random.below(64));
    const [a, b] = [random.below(half - length + 1), half + random.below(half - length + 1)];
    const piece = bytes.slice(a, a + length);
    bytes.copyWithin(a, b, b + length);
    bytes.set(piece, b);
    return bytes;
  },
  "zeroed": (bytes, random) => bytes.fill(0, random.below(bytes.length)),
  "doubled": (bytes) => Uint8Array.from([...bytes, ...bytes]),
  "emptied": (bytes) => bytes.subarray(0, 0),
  "other": () => new TextEncoder().encode('{"nothing": [1, 2, 3]}\n'),
};

/** A file to damage, and the command that reads it. */
interface Target {
  readonly path: string;
  readonly read: () => Promise<unknown>;
}

/** Damages so many files, one at a time, and reads each. */
export async function damagedFiles(bench: FaultBench, count: number): Promise<void> {
  const { findings, random } = bench;
  const targets = await targetsOf(bench);
  const names = Object.keys(damages);
  for (let n = 0; n < count; n++) {
    findings.trials++;
    const { path, read } = targets[n % targets.length]!;
    const before = await Deno.readFile(path);
    const way = names[random.below(names.length)]!;
    const place = random.below(8);
    if (place === 0) {
      await Deno.remove(path);
      await Deno.mkdir(path);
    } else if (place === 1 && Deno.build.os !== "windows") {
      await Deno.remove(path);
      await Deno.symlink(basename(path), path);
    } else if (place === 2 && Deno.build.os !== "windows") {
      await Deno.remove(path);
      await new Deno.Command("mkfifo", { args: [path] }).output();
    } else await Deno.writeFile(path, damages[way]!(before.slice(), random));
    await read();
    await Deno.remove(path, { recursive: true }).catch(() => {});
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, before);
  }
  await bench.noteRunning();
}

/** One of each kind of file that the project writes. */
async function targetsOf(bench: FaultBench): Promise<Target[]> {
  const train = (...more: string[]) =>
    bench.mayFail("lib/cli/train.ts", [...SMALL_TRAINING, ...more]);
  await train("--snapshots");
  const { folder, results } = bench;
  const stopped = ["--seed", "2", "--max-steps=100000"];
  const long = SMALL_TRAINING.slice(2);
  await bench.run("lib/cli/train.ts", [...long, ...stopped], {
    kill: { after: 4000, signal: "SIGTERM" },
  });
  const written = await filesIn(results);
  const one = (pattern: RegExp) => written.find((path) => pattern.test(path))!;
  const notebook = join(folder, "damaged.ipynb");
  await writeNotebook(notebook, notebookOf("# Damaged", code("console.log(1);")));
  const times = join(results, "bench", "2026-01-01-steps.json");
  await writeRecord({ ...exampleBenchmark(), date: "2026-01-01T00:00:00Z" }, dirname(times));
  const registry = join(folder, "manifest.json");
  await Deno.copyFile(projectPath("data", "manifest.json"), registry);
  const sequences = join(folder, "data", "maerec_books.seq.txt");
  await Deno.mkdir(dirname(sequences));
  const lines = Array.from(
    { length: 200 },
    () => Array.from({ length: 10 }, () => bench.random.below(50)).join(" "),
  );
  await Deno.writeTextFile(sequences, lines.join("\n"));
  const load = () => bench.mayFail("lib/testing/faults/load_once.ts", [folder]);
  await load();
  const [cache] = await filesIn(join(folder, "cache"));
  const model = one(/\.safetensors$/);
  return [
    { path: one(/runs.*\.jsonl$/), read: () => bench.mayFail("lib/cli/results.ts", []) },
    { path: one(/runs.*\.jsonl$/), read: () => train() },
    {
      path: one(/curves.*\.parquet$/),
      read: () => bench.mayFail("lib/cli/results.ts", ["merge", results, "--results", folder]),
    },
    { path: one(/snapshots.*\.json/), read: () => train("--snapshots") },
    {
      path: one(/\.ckpt$/),
      read: () =>
        bench.run("lib/cli/train.ts", [...long, ...stopped], {
          kill: { after: 2500, signal: "SIGTERM" },
        }),
    },
    { path: model, read: () => bench.mayFail("lib/cli/model.ts", [model]) },
    { path: cache!, read: load },
    { path: sequences, read: load },
    { path: notebook, read: () => bench.mayFail("lib/cli/notebooks.ts", [notebook, "--check"]) },
    { path: times, read: () => bench.mayFail("lib/cli/figures.ts", ["bench-steps"]) },
    { path: registry, read: () => readManifest(bench, registry) },
  ].filter(({ path }) => path !== undefined);
}

async function readManifest(bench: FaultBench, path: string): Promise<void> {
  try {
    await manifest(path);
  } catch (error) {
    if (!(error instanceof BadInput)) bench.note("notPlain", "the manifest", String(error));
  }
}
