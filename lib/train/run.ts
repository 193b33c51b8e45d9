/** A run: one finished training and everything measured on it. One line of results/runs/*.jsonl. */
import type { Metrics } from "../evaluate/evaluation.ts";
import type { Served } from "../evaluate/served.ts";
import type { ResolvedConfig } from "./config.ts";
import type { TrainedOn } from "./for_data.ts";

/** Analysis measures by name, e.g. { "effective-items": 3.2 }. */
export type Measures = Readonly<Record<string, number>>;

/** One evaluation during training. */
export interface CurvePoint {
  readonly step: number;
  /** mean loss over the steps since the last evaluation */
  readonly loss: number;
  readonly softmaxLoss: number;
  readonly routingPenalty: number;
  /** means of the loss's further terms, by name, before their weights */
  readonly terms?: Readonly<Record<string, number>>;
  readonly valid: Metrics;
  /** what the probes handed to the trainer measured */
  readonly measures?: Measures;
}

/** Why a training ended. */
export type StopReason = "early-stopping" | "max-steps" | "interrupted";

/** How a training ended: "stopped by hand at step 120", "ended at the last step allowed, 3000". */
export function endingOf({ stop, steps }: Pick<Run, "stop" | "steps">): string {
  const at = steps.toLocaleString("en-US");
  return {
    "early-stopping": `no better for long enough at step ${at}`,
    "max-steps": `capped at step ${at}`,
    "interrupted": `stopped by hand at step ${at}`,
  }[stop];
}

/**
 * What to call runs that early stopping did not end: "capped", "stopped by hand at step 120", or
 * both, with "some" before it if it ended others; null if it ended all of them.
 */
export function cutShort(runs: readonly Pick<Run, "stop" | "steps">[]): string | null {
  const byHand = runs.filter(({ stop }) => stop === "interrupted").map(({ steps }) => steps);
  const steps = [...new Set(byHand)].sort((a, b) => a - b).map((n) => n.toLocaleString("en-US"));
  const said = [
    runs.some(({ stop }) => stop === "max-steps") && "capped",
    steps.length > 0 && `stopped by hand at step ${steps.join(" and ")}`,
  ].filter(Boolean).join(", ");
  if (said === "") return null;
  return runs.some(({ stop }) => stop === "early-stopping") ? `some ${said}` : said;
}

/** What computed the steps of a run up to one of them. */
export interface Arithmetic {
  readonly fingerprint: string;
  readonly code: string;
  readonly steps: number;
}

/** The record of a run. */
export interface Run {
  /** sha256 over config, data hash and seed, first 16 digits */
  readonly key: string;
  /** every default filled in */
  readonly config: ResolvedConfig;
  /** how it is split, if not as usual; the hashes of times and profiles, if its model reads them */
  readonly data: TrainedOn;
  readonly seed: number;
  readonly stop: StopReason;
  /** steps taken, and the step whose parameters are reported */
  readonly steps: number;
  readonly bestStep: number;
  readonly valid: Metrics;
  readonly test: Metrics;
  readonly curve: readonly CurvePoint[];
  readonly measures?: Measures;
  /**
   * sha256 of the file that has the hits of its test users; as the next two, runs that were
   * recorded before it was kept have none
   */
  readonly users?: string;
  /** what the lists of its test users are like beside the hits, by cut-off */
  readonly lists?: Served["lists"];
  /** metrics on the test users without the items of their histories */
  readonly unseen?: Metrics;
  readonly wallSeconds: number;
  readonly backend: string;
  readonly code: string;
  /** of what the code computes (fingerprint.ts); runs recorded before it was noted have none */
  readonly fingerprint?: string;
  /** what computed the first steps, where code of another fingerprint went on with them */
  readonly begunBy?: readonly Arithmetic[];
  readonly deno: string;
  /** flags that V8 was given by the environment, such as those of --unchecked; if there were any */
  readonly v8Flags?: string;
  readonly machine: string;
  /** ISO 8601, when the run finished */
  readonly finished: string;
  /** set on runs read from the store, where others can look them up; never written */
  readonly recorded?: true;
}

/** The keys under which runs can be looked up in the store; a reader's own runs have none. */
export function recordedKeys(runs: readonly Pick<Run, "key" | "recorded">[]): string[] {
  return runs.filter((run) => run.recorded).map((run) => run.key);
}
