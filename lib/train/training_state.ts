/**
 * Everything a training remembers besides the engine's own state: the learning curve, the best
 * parameters, the losses since the last evaluation. It is saved with a checkpoint.
 */
import { z } from "zod";
import { copyOf } from "../base/values.ts";
import type { Engine, Parameters, StepLosses } from "../engine/engine.ts";
import type { Metrics } from "../evaluate/evaluation.ts";
import type { Arithmetic, CurvePoint, Measures } from "./run.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** Points of the loss curve between two evaluations. */
const STRETCHES = 10;

/** What computes a training, and what computed its first steps if that was something else. */
export interface Computed {
  readonly fingerprint: string;
  readonly code: string;
  readonly begunBy: readonly Arithmetic[];
  /** flags of V8 that all or some of the steps were taken with */
  readonly v8Flags?: string;
}

/** What a checkpoint's header holds. */
export interface CheckpointMeta extends Computed {
  readonly key: string;
  readonly backend: string;
  readonly step: number;
  readonly random: readonly number[];
  readonly seconds: number;
  readonly curve: readonly CurvePoint[];
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
  readonly since: LossSums;
  readonly stretch: LossSums;
  readonly bestStep: number;
}

interface LossSums {
  loss: number;
  softmaxLoss: number;
  routingPenalty: number;
  terms: Record<string, number>;
  steps: number;
}

const nothing = (): LossSums => ({
  loss: 0,
  softmaxLoss: 0,
  routingPenalty: 0,
  terms: {},
  steps: 0,
});

/** The memory of one training. */
export class TrainingState {
  step = 0;
  curve: CurvePoint[] = [];
  losses: { step: number; loss: number }[] = [];
  bestStep = 0;
  best: Parameters | null = null;
  #since = nothing();
  #stretch = nothing();

  constructor(readonly evaluateEvery: number) {}

  /** Counts a step's losses. */
  record(losses: StepLosses): void {
    this.step += 1;
    add(this.#since, losses);
    add(this.#stretch, losses);
    if (this.step % Math.max(1, Math.floor(this.evaluateEvery / STRETCHES)) === 0) {
      this.losses.push({ step: this.step, loss: this.#stretch.loss / this.#stretch.steps });
      this.#stretch = nothing();
    }
  }

  /**
   * Adds an evaluation to the curve and remembers the parameters if valid recall@50 is the best so
   * far, in the place of those that were; the first of equals stays.
   */
  evaluated(valid: Metrics, engine: Engine, measures?: Measures): void {
    const { loss, softmaxLoss, routingPenalty, terms, steps } = this.#since;
    const means = Object.entries(terms).map(([name, sum]) => [name, sum / steps]);
    this.curve.push({
      step: this.step,
      loss: loss / steps,
      softmaxLoss: softmaxLoss / steps,
      routingPenalty: routingPenalty / steps,
      ...(means.length > 0 && { terms: Object.fromEntries(means) }),
      valid,
      ...(measures && { measures }),
    });
    this.#since = nothing();
    const best = this.curve.find((point) => point.step === this.bestStep);
    if (best && best.valid[50]!.recall >= valid[50]!.recall) return;
    this.bestStep = this.step;
    this.best = engine.parameters(this.best ?? undefined);
  }

  /** Evaluations since the best one. */
  get evaluationsWithoutGain(): number {
    return this.curve.filter((point) => point.step > this.bestStep).length;
  }

  /** The evaluation of the best step, if there was any. */
  get bestPoint(): CurvePoint | undefined {
    return this.curve.find((point) => point.step === this.bestStep);
  }

  /** All of it, with the engine's state, as a checkpoint. */
  checkpoint(
    engine: Engine,
    about: Pick<CheckpointMeta, "key" | "random" | "seconds" | keyof Computed>,
  ): Checkpoint<CheckpointMeta> {
    const { step, curve, losses, bestStep } = this;
    const best = this.best
      ? { "best.table": this.best.table, ...prefixed("best.dense.", this.best.dense) }
      : {};
    return {
      meta: {
        ...about,
        backend: engine.backend,
        step,
        curve,
        losses,
        since: this.#since,
        stretch: this.#stretch,
        bestStep,
      },
      arrays: { ...engine.stateInPlace().arrays, ...best },
    };
  }

  /** Goes on where a checkpoint was written. */
  restore({ meta, arrays }: Checkpoint<CheckpointMeta>, engine: Engine): void {
    this.step = meta.step;
    this.curve = [...meta.curve];
    this.losses = [...meta.losses];
    this.bestStep = meta.bestStep;
    this.#since = structuredClone(meta.since);
    this.#stretch = structuredClone(meta.stretch);
    const state: [string, Checkpoint<CheckpointMeta>["arrays"][string]][] = [];
    const dense: [string, Float32Array][] = [];
    for (const [name, values] of Object.entries(arrays)) {
      if (!name.startsWith("best.")) state.push([name, values]);
      else if (name.startsWith("best.dense.")) {
        dense.push([name.slice("best.dense.".length), copyOf(values) as Float32Array]);
      }
    }
    const table = arrays["best.table"];
    if (table) {
      this.best = { table: copyOf(table) as Float32Array, dense: Object.fromEntries(dense) };
    }
    engine.restore({ step: meta.step, arrays: Object.fromEntries(state) });
  }
}

const count = z.int().min(0).max(100_000_000);
const sums = z.looseObject({
  ...{ loss: z.number(), softmaxLoss: z.number(), routingPenalty: z.number() },
  ...{ terms: z.record(z.string(), z.number()), steps: count },
});

const header = z.looseObject({
  key: z.string(),
  backend: z.string(),
  fingerprint: z.string(),
  code: z.string(),
  begunBy: z.array(z.looseObject({ fingerprint: z.string(), code: z.string(), steps: count })),
  v8Flags: z.string().optional(),
  step: count,
  random: z.array(z.number()),
  seconds: z.number().nonnegative(),
  curve: z.array(z.looseObject({
    step: count,
    valid: z.looseObject({ 50: z.looseObject({ recall: z.number().min(0).max(1) }) }),
  })),
  losses: z.array(z.looseObject({ step: count, loss: z.number() })),
  since: sums,
  stretch: sums,
  bestStep: count,
}).refine(({ step, bestStep }) => bestStep <= step, { path: ["bestStep"], message: "after step" });

/** What of a header cannot be, with its key; null if it can. */
export function wrongHeader(meta: unknown): string | null {
  const { error } = header.safeParse(meta);
  const issue = error?.issues[0];
  return issue ? `${issue.path.join(".")}: ${issue.message}` : null;
}

function add(sums: LossSums, { loss, softmaxLoss, routingPenalty, terms }: StepLosses): void {
  for (const [name, value] of Object.entries(terms ?? {})) {
    sums.terms[name] = (sums.terms[name] ?? 0) + value;
  }
  sums.loss += loss;
  sums.softmaxLoss += softmaxLoss;
  sums.routingPenalty += routingPenalty;
  sums.steps += 1;
}

function prefixed<T>(prefix: string, values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}
