/**
 * Parity with the official code: the same parameters and batches go through one of our engines, and
 * every quantity is compared with what the official code gave.
 */
import type { Batch } from "../data/batch.ts";
import type { EngineConfig, ObjectiveConfig } from "../engine/engine_config.ts";
import type { Engine, Parameters } from "../engine/engine.ts";
import type { AutogradEngine } from "../train/autograd_engine.ts";
import type { FixtureStep, TrainingFixture } from "./fixtures.ts";

/** One compared quantity. */
export interface Comparison {
  readonly quantity: string;
  readonly largestError: number;
  readonly tolerance: number;
}

/** How a model of ours and its parameters are called and laid out in the official code. */
interface OfficialNames {
  readonly model: string;
  /** ours: [official name, whether it is a linear weight [out, in] that we keep as [in, out]] */
  readonly parameters: Readonly<Record<string, readonly [string, boolean]>>;
}

const EMBEDDINGS = "embeddings.weight";

const comirecSa: OfficialNames = {
  model: "comirec-sa",
  parameters: {
    W1: ["linear1.0.weight", true],
    W2: ["linear2.weight", true],
    P: ["position_embedding", false],
  },
};

const youtubeDnn: OfficialNames = {
  model: "youtube-dnn",
  parameters: { W: ["linear.weight", true] },
};

/** By the fixtures' `model`. */
const official: Readonly<Record<string, OfficialNames>> = {
  "ComiRec-SA": comirecSa,
  "REMI": comirecSa,
  "DNN": youtubeDnn,
};

/**
 * Relative tolerance of forward values and gradients, against the largest value of the quantity.
 */
const RELATIVE = 1e-5;

/** Absolute tolerance of parameters after the five steps. */
const ABSOLUTE = 1e-5;

/** Whether the project has the fixture's model. */
export function hasModelOf(fixture: TrainingFixture): boolean {
  return fixture.model in official;
}

/** The configuration a training fixture was made with. */
export function configOf({ model, config: c }: TrainingFixture): EngineConfig {
  const objective: ObjectiveConfig = {
    softmax: "sampled",
    ...(c.beta > 0 && { ihn: { beta: c.beta } }),
    ...(c.lambda_ > 0 && { rr: { lambda: c.lambda_, scaling: "code" as const } }),
  };
  return {
    model: official[model]!.model,
    sizes: {
      B: c.batch,
      L: c.length,
      K: c.interests,
      S: c.negatives,
      d: c.dim,
      itemCount: c.items - 1,
    },
    objective,
    adam: {
      learningRate: c.lr,
      beta1: c.adam.beta1,
      beta2: c.adam.beta2,
      epsilon: c.adam.eps,
    },
  };
}

/** The parameters a training fixture starts from, in our layout. */
export function parametersOf(fixture: TrainingFixture): Parameters {
  const values = (name: string) => fixture.params[name]!.values;
  return inOurLayout(fixture, values);
}

/** The batch of a fixture's step. */
export function batchOf({ history, mask, target, negatives }: FixtureStep): Batch {
  return {
    history: Int32Array.from(history.flat()),
    length: Int32Array.from(mask, (row) => row.reduce((a, b) => a + b, 0)),
    target: Int32Array.from(target),
    negatives: Int32Array.from(negatives),
  };
}

/**
 * Forward values and every gradient by name, in the first step, of the readable definition.
 *
 * @param engine holds parametersOf(fixture)
 */
export async function gradientParity(
  fixture: TrainingFixture,
  engine: AutogradEngine,
): Promise<Comparison[]> {
  const step = fixture.steps[0]!;
  const batch = batchOf(step);
  const { interests, routing } = await engine.interests(batch);
  const { rows, dense, readout, selected } = await engine.gradients(batch);
  const { d, itemCount } = engine.config.sizes;
  const ids = [...batch.history, ...batch.target, ...batch.negatives];
  const table = new Float32Array((itemCount + 1) * d);
  rows.flatMap((part) => [...part]).forEach((g, i) =>
    table[ids[Math.floor(i / d)]! * d + i % d]! += g
  );
  const want = inOurLayout(fixture, (name) => step.grads![name]!);
  return [
    ...(step.interests ? [relative("interests", interests, step.interests)] : []),
    ...(routing && step.routing ? [relative("routing", routing, step.routing)] : []),
    relative("readout", readout, step.readout),
    ...(step.selected ? [relative("selected interest", selected, step.selected)] : []),
    relative(`gradient of ${EMBEDDINGS}`, table, want.table),
    ...Object.keys(dense).map((name) =>
      relative(`gradient of ${name}`, dense[name]!, want.dense[name]!)
    ),
  ];
}

/**
 * The losses of five steps and the parameters after them, of any engine.
 *
 * @param engine holds parametersOf(fixture)
 */
export async function trainingParity(
  fixture: TrainingFixture,
  engine: Engine,
): Promise<Comparison[]> {
  const got: Record<"loss" | "softmax loss" | "routing penalty", number[]> = {
    "loss": [],
    "softmax loss": [],
    "routing penalty": [],
  };
  for (const step of fixture.steps) {
    const losses = await engine.step(batchOf(step));
    got["loss"].push(losses.loss);
    got["softmax loss"].push(losses.softmaxLoss);
    if (step.routing_penalty !== null) got["routing penalty"].push(losses.routingPenalty);
  }
  const after = engine.parameters();
  const want = inOurLayout(fixture, (name) => fixture.params_after[name]!);
  return [
    relative("loss of 5 steps", got["loss"], fixture.steps.map((s) => s.loss)),
    relative(
      "softmax loss of 5 steps",
      got["softmax loss"],
      fixture.steps.map((s) => s.sampled_loss),
    ),
    relative(
      "routing penalty of 5 steps",
      got["routing penalty"],
      fixture.steps.flatMap((s) => s.routing_penalty ?? []),
    ),
    absolute(`${EMBEDDINGS} after 5 steps`, after.table, want.table),
    ...Object.keys(after.dense).map((name) =>
      absolute(`${name} after 5 steps`, after.dense[name]!, want.dense[name]!)
    ),
  ];
}

function inOurLayout(
  fixture: TrainingFixture,
  values: (officialName: string) => readonly number[],
): Parameters {
  const names = official[fixture.model]!.parameters;
  const dense = Object.entries(names).map(([name, [officialName, linear]]) => {
    const array = Float32Array.from(values(officialName));
    const [out, input] = fixture.params[officialName]!.shape;
    return [name, linear ? transposed(array, out!, input!) : array] as const;
  });
  return { table: Float32Array.from(values(EMBEDDINGS)), dense: Object.fromEntries(dense) };
}

function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  return matrix.map((_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!);
}

function relative(quantity: string, got: ArrayLike<number>, want: ArrayLike<number>): Comparison {
  const scale = Math.max(...Array.from(want, Math.abs), Number.MIN_VALUE);
  return { quantity, largestError: distance(got, want) / scale, tolerance: RELATIVE };
}

function absolute(quantity: string, got: ArrayLike<number>, want: ArrayLike<number>): Comparison {
  return { quantity, largestError: distance(got, want), tolerance: ABSOLUTE };
}

/** Largest difference; infinite if the lengths differ or a number is not one. */
function distance(got: ArrayLike<number>, want: ArrayLike<number>): number {
  if (got.length !== want.length) return Infinity;
  const differences = Array.from(got, (value, i) => Math.abs(value - want[i]!));
  return differences.some(Number.isNaN) ? Infinity : Math.max(0, ...differences);
}
