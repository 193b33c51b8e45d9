/** The kinds of faults, how often each is tried, and what is said of them. */
import { inFolder } from "../in_folder.ts";
import { onEnding } from "../../base/interrupt.ts";
import { Random } from "../../base/random.ts";
import { badCommands } from "./bad_commands.ts";
import { FaultBench, type Findings } from "./bench.ts";
import { damagedFiles } from "./damages.ts";
import { fullDisks, readOnly, unmountBelow } from "./disks.ts";
import { killLoadings, killMerges, killNotebooks, killSweeps, killTrainings } from "./kills.ts";

/** A kind of faults. */
export interface Part {
  readonly about: string;
  readonly run: (bench: FaultBench, count: number) => Promise<void>;
  /** trials */
  readonly count: number;
  /** trials of a quick look */
  readonly quick: number;
}

/** All of them, by name. */
export const parts: Readonly<Record<string, Part>> = {
  "trainings": {
    about: "trainings killed until they are recorded",
    run: killTrainings,
    count: 150,
    quick: 6,
  },
  "sweeps": { about: "sweeps killed", run: killSweeps, count: 30, quick: 2 },
  "notebooks": { about: "runs of a notebook killed", run: killNotebooks, count: 20, quick: 1 },
  "loadings": { about: "loadings of data killed", run: killLoadings, count: 60, quick: 3 },
  "merges": { about: "merges of results killed", run: killMerges, count: 40, quick: 3 },
  "full-disks": { about: "work on a full disk", run: fullDisks, count: 40, quick: 3 },
  "read-only": { about: "work where nothing can be written", run: readOnly, count: 20, quick: 2 },
  "damages": { about: "damaged files read", run: damagedFiles, count: 120, quick: 10 },
  "commands": { about: "bad commands", run: badCommands, count: 300, quick: 15 },
};

/**
 * Runs one part in a folder of its own.
 *
 * @param count trials
 */
export async function runPart(
  name: string,
  seed: number,
  count: number = parts[name]!.count,
): Promise<Findings> {
  let findings: Findings | undefined;
  await inFolder(async (folder) => {
    const bench = new FaultBench(name, folder, new Random(seed, name));
    findings = bench.findings;
    const endings = onEnding(async ({ exitCode }) => { // a disk must not stay mounted
      await bench.noteRunning(0);
      await unmountBelow(folder);
      await Deno.remove(folder, { recursive: true }).catch(() => {});
      Deno.exit(exitCode);
    });
    try {
      await parts[name]!.run(bench, count);
    } finally {
      endings.release();
    }
  });
  return findings!;
}

/** What is wrong, by kind. */
export const wrongs = {
  lost: "finished lost",
  running: "left running",
  lying: "left lying",
  notPlain: "not plain",
} as const;

/** How many things are wrong. */
export function wrongCount(findings: Findings): number {
  return (Object.keys(wrongs) as (keyof typeof wrongs)[])
    .reduce((sum, kind) => sum + findings[kind].length, 0);
}

/** The findings of a part in lines: a count of each kind, and what is wrong, each thing once. */
export function findingsText(findings: Findings): string {
  const { part, trials, skipped } = findings;
  const lines = [
    skipped
      ? `skipped ${part}: ${skipped}`
      : `${wrongCount(findings) === 0 ? "ok  " : "FAIL"} ${String(trials).padStart(4)} ${
        parts[part]!.about
      }`,
  ];
  for (const [kind, words] of Object.entries(wrongs)) {
    const found = findings[kind as keyof typeof wrongs];
    for (const one of new Set(found)) {
      const times = found.filter((other) => other === one).length;
      lines.push(`    ${words}${times > 1 ? ` (${times} times)` : ""}: ${one}`);
    }
  }
  return lines.join("\n");
}
