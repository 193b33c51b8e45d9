/** The record of a benchmark: results/bench/<date>-<kind>.json. */
import { cpus, totalmem } from "node:os";
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { readText } from "../base/disk.ts";
import { resultsPath, writeAtomically } from "../base/files.ts";
import { knownName } from "../base/known_name.ts";
import { join } from "../base/paths.ts";
import { codeVersion, denoVersion, machineName } from "../train/provenance.ts";
import type { Summary } from "./summary.ts";

/** The benchmarks. */
export const benchKinds = [
  "kernels",
  "steps",
  "models",
  "backends",
  "retrieval",
  "training",
  "paper-scale",
] as const;

/** The name of a benchmark. */
export type BenchKind = (typeof benchKinds)[number];

/** Times or rates of one thing. */
export interface Measurement {
  readonly name: string;
  /** "ms per step", "GFLOP/s", ... */
  readonly unit: string;
  /** threads that compute */
  readonly threads: number;
  /** by the clock */
  readonly wall: Summary;
  /** by the time that the process had a processor; absent for what is too short for that clock */
  readonly processor?: Summary;
}

/** How thoroughly to measure: for a record, or for a look in under a minute. */
export type Effort = "full" | "quick";

/** What a ratio has to be. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One time divided by another, in each round. */
export interface Ratio {
  readonly name: string;
  /** what is divided, by its name among the measurements */
  readonly of: string;
  /** what it is divided by */
  readonly to: string;
  /** which of the two times */
  readonly by: "wall" | "processor";
  readonly times: Summary;
  readonly target?: Target;
}

/** What a benchmark found. */
export interface Found {
  readonly measurements: readonly Measurement[];
  readonly ratios: readonly Ratio[];
  /** what was left out, and why */
  readonly without: readonly string[];
}

/** A benchmark with the machine it ran on. */
export interface BenchRecord extends Found {
  readonly kind: BenchKind;
  /** one line on what was measured */
  readonly about: string;
  /** ISO 8601 */
  readonly date: string;
  readonly machine: string;
  /** GiB of main memory */
  readonly memory: number;
  readonly deno: string;
  readonly code: string;
  /** processes that wanted a processor, a processor: the mean of the last minute; 0 unknown */
  readonly load: number;
}

const summary = z.object({
  least: z.number(),
  quartile1: z.number(),
  median: z.number(),
  quartile3: z.number(),
  most: z.number(),
  count: z.number(),
});

const schema = z.object({
  kind: z.enum(benchKinds),
  about: z.string(),
  date: z.iso.datetime(),
  machine: z.string(),
  memory: z.number(),
  deno: z.string(),
  code: z.string(),
  load: z.number(),
  measurements: z.array(z.object({
    name: z.string(),
    unit: z.string(),
    threads: z.number(),
    wall: summary,
    processor: summary.optional(),
  })),
  ratios: z.array(z.object({
    name: z.string(),
    of: z.string(),
    to: z.string(),
    by: z.enum(["wall", "processor"]),
    times: summary,
    target: z.union([z.object({ atLeast: z.number() }), z.object({ atMost: z.number() })])
      .optional(),
  })),
  without: z.array(z.string()),
});

/** The folder of committed records. */
export function benchFolder(): string {
  return resultsPath("bench");
}

/** A record of what was found here and now. */
export async function recordOf(kind: BenchKind, about: string, found: Found): Promise<BenchRecord> {
  return {
    kind,
    about,
    date: new Date().toISOString(),
    machine: machineName(),
    memory: Math.round(totalmem() / 2 ** 30),
    deno: denoVersion(),
    code: await codeVersion(),
    load: Deno.loadavg()[0]! / cpus().length,
    ...found,
  };
}

/** Whether a ratio is what it has to be; null if nothing is asked of it. */
export function meets({ target, times }: Ratio): boolean | null {
  if (!target) return null;
  return "atLeast" in target ? times.median >= target.atLeast : times.median <= target.atMost;
}

/** Writes a record; a second one of the same day replaces the first. Returns the path. */
export async function writeRecord(record: BenchRecord, folder = benchFolder()): Promise<string> {
  const path = join(folder, `${record.date.slice(0, 10)}-${record.kind}.json`);
  await writeAtomically(path, `${JSON.stringify(record, rounded, 1)}\n`);
  return path;
}

/**
 * The newest record of a kind.
 *
 * @throws {BadInput} if there is none, it is not a record of this kind, or there is no such kind
 */
export async function newestRecord(kind: BenchKind, folder = benchFolder()): Promise<BenchRecord> {
  knownName(kind, benchKinds, "newestRecord, kind");
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name).catch(() => []);
  const newest = names.filter((name) => name.endsWith(`-${kind}.json`)).sort().at(-1);
  if (newest) return recordIn(await readText(join(folder, newest)), kind, join(folder, newest));
  throw new BadInput(
    "no recorded benchmark of this kind",
    folder,
    kind,
    `Record one with deno task bench ${kind} --record.`,
  );
}

function recordIn(text: string, kind: BenchKind, path: string): BenchRecord {
  let why = "no JSON";
  try {
    const { data, error } = schema.safeParse(JSON.parse(text));
    if (data?.kind === kind) return data;
    const issue = error?.issues[0];
    why = issue ? `${issue.path.join(".")}: ${issue.message}` : "of another kind";
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const remedy = `Restore it, or record it again: deno task bench ${kind} --record.`;
  throw new BadInput(`not the record of a benchmark (${why})`, path, undefined, remedy);
}

/** Four digits are more than any of these measurements has. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value)
    ? Number(value.toPrecision(4))
    : value;
}
