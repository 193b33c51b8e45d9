/**
 * The training step of ComiRec-SA once more, in plain float64 loops: losses, literal
 * back-propagation, and dense Adam. An oracle for the kernels that shares nothing with them; its
 * own gradients are checked against finite differences.
 */
import type { Batch } from "../data/batch.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import type { Parameters, StepLosses } from "../engine/engine.ts";

/** Parameters, gradients or moments by name: table [itemCount + 1, d], W1, W2, P. */
export type Arrays = Readonly<Record<"table" | "W1" | "W2" | "P", Float64Array>>;

/** Parameters in double precision. */
export function inDouble({ table, dense }: Parameters): Arrays {
  return {
    table: Float64Array.from(table),
    W1: Float64Array.from(dense["W1"]!),
    W2: Float64Array.from(dense["W2"]!),
    P: Float64Array.from(dense["P"]!),
  };
}

/** Zeros in the shape of the arrays. */
export function zerosLike(arrays: Arrays): Arrays {
  return {
    table: new Float64Array(arrays.table.length),
    W1: new Float64Array(arrays.W1.length),
    W2: new Float64Array(arrays.W2.length),
    P: new Float64Array(arrays.P.length),
  };
}

function row(matrix: Float64Array, i: number, width: number): Float64Array {
  return matrix.subarray(i * width, (i + 1) * width);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

function addScaled(to: Float64Array, scale: number, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += scale * from[i]!;
}

function softmax(x: Float64Array): Float64Array {
  const highest = Math.max(...x);
  const e = x.map((value) => Math.exp(value - highest));
  const sum = e.reduce((a, b) => a + b);
  return e.map((value) => value / sum);
}

function logSumExp(x: Float64Array): number {
  const highest = Math.max(...x);
  return highest + Math.log(x.reduce((sum, value) => sum + Math.exp(value - highest), 0));
}

/** Loss of one user and its derivatives by x+ and by every x_j. */
function userLoss(
  positive: number,
  scores: Float64Array,
  { softmax: kind, ihn }: EngineConfig["objective"],
): { loss: number; dPositive: number; dScores: Float64Array } {
  if (kind === "full") {
    return { loss: logSumExp(scores) - positive, dPositive: -1, dScores: softmax(scores) };
  }
  const beta = ihn?.beta ?? 0;
  const harder = scores.map((x) => (1 + beta) * x), weights = scores.map((x) => beta * x);
  const logNegatives = Math.log(scores.length) + logSumExp(harder) - logSumExp(weights);
  const sigmoid = 1 / (1 + Math.exp(positive - logNegatives));
  const [p, q] = [softmax(harder), softmax(weights)];
  return {
    loss: Math.max(0, logNegatives - positive) +
      Math.log1p(Math.exp(-Math.abs(logNegatives - positive))),
    dPositive: -sigmoid,
    dScores: scores.map((_, j) => sigmoid * ((1 + beta) * p[j]! - beta * q[j]!)),
  };
}

/** What the attention of one user says: rows and positions in, routing and interests out. */
export function userInterests(
  config: EngineConfig,
  { table, W1, W2, P }: Arrays,
  history: ArrayLike<number>,
): {
  rows: Float64Array[];
  x: Float64Array[];
  z: Float64Array[];
  routing: Float64Array[];
  interests: Float64Array[];
} {
  const { K, d } = config.sizes;
  const rows = Array.from(history, (item) => row(table, item, d));
  const x = rows.map((h, l) => h.map((value, i) => value + P[l * d + i]!));
  const z = x.map((input) =>
    Float64Array.from({ length: 4 * d }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += input[i]! * W1[i * 4 * d + j]!;
      return Math.tanh(sum);
    })
  );
  const routing = Array.from({ length: K }, (_, k) =>
    softmax(Float64Array.from(z, (hidden) => {
      let sum = 0;
      for (let j = 0; j < 4 * d; j++) sum += hidden[j]! * W2[j * K + k]!;
      return sum;
    })));
  const interests = routing.map((weights) => {
    const v = new Float64Array(d);
    weights.forEach((a, l) => addScaled(v, a, rows[l]!));
    return v;
  });
  return { rows, x, z, routing, interests };
}

/** Losses and gradients of a batch. */
export function reference(
  config: EngineConfig,
  parameters: Arrays,
  batch: Batch,
): { losses: StepLosses; gradients: Arrays } {
  const { B, L, K, d, itemCount } = config.sizes;
  const { table, W1, W2 } = parameters;
  const { lambda, scaling } = config.objective.rr ?? { lambda: 0, scaling: "code" as const };
  const penaltyWeight = scaling === "code" ? 1 / d ** 2 : 1 / B;
  const negatives = config.objective.softmax === "full"
    ? Int32Array.from({ length: itemCount }, (_, i) => i + 1)
    : batch.negatives;
  const gradients = zerosLike(parameters);
  const gradientRow = (item: number) => row(gradients.table, item, d);
  let softmaxLoss = 0, routingPenalty = 0;
  for (let b = 0; b < B; b++) {
    const history = batch.history.subarray(b * L, b * L + batch.length[b]!);
    const { rows, x, z, routing, interests } = userInterests(config, parameters, history);
    const target = row(table, batch.target[b]!, d);
    const affinity = interests.map((v) => dot(v, target));
    const selected = affinity.indexOf(Math.max(...affinity));
    const readout = interests[selected]!;
    const scores = Float64Array.from(negatives, (item) => dot(readout, row(table, item, d)));
    const { loss, dPositive, dScores } = userLoss(affinity[selected]!, scores, config.objective);
    softmaxLoss += loss / B;

    const dReadout = new Float64Array(d);
    addScaled(dReadout, dPositive / B, target);
    addScaled(gradientRow(batch.target[b]!), dPositive / B, readout);
    negatives.forEach((item, j) => {
      addScaled(dReadout, dScores[j]! / B, row(table, item, d));
      addScaled(gradientRow(item), dScores[j]! / B, readout);
    });

    const dX = rows.map(() => new Float64Array(d));
    const dZ = rows.map(() => new Float64Array(4 * d));
    for (let k = 0; k < K; k++) {
      const weights = routing[k]!;
      const padding = (L - rows.length) / L ** 2;
      const c = weights.reduce((sum, a) => sum + (a - 1 / L) ** 2, padding);
      routingPenalty += penaltyWeight * c ** 2;
      const dWeights = weights.map((a) => lambda * penaltyWeight * 2 * c * 2 * (a - 1 / L));
      if (k === selected) {
        rows.forEach((h, l) => {
          dWeights[l]! += dot(h, dReadout);
          addScaled(gradientRow(history[l]!), weights[l]!, dReadout);
        });
      }
      const mean = dot(weights, dWeights);
      rows.forEach((_, l) => {
        const dLogit = weights[l]! * (dWeights[l]! - mean);
        for (let j = 0; j < 4 * d; j++) {
          gradients.W2[j * K + k]! += dLogit * z[l]![j]!;
          dZ[l]![j]! += dLogit * W2[j * K + k]!;
        }
      });
    }
    rows.forEach((_, l) => {
      for (let j = 0; j < 4 * d; j++) {
        const dPre = dZ[l]![j]! * (1 - z[l]![j]! ** 2);
        for (let i = 0; i < d; i++) {
          gradients.W1[i * 4 * d + j]! += dPre * x[l]![i]!;
          dX[l]![i]! += dPre * W1[i * 4 * d + j]!;
        }
      }
      addScaled(gradientRow(history[l]!), 1, dX[l]!);
      addScaled(row(gradients.P, l, d), 1, dX[l]!);
    });
  }
  return {
    losses: { loss: softmaxLoss + lambda * routingPenalty, softmaxLoss, routingPenalty },
    gradients,
  };
}

/** Dense Adam, literally: every element moves at every step. */
export class DenseAdam {
  #step = 0;
  readonly #m: Float64Array;
  readonly #v: Float64Array;

  constructor(private readonly adam: EngineConfig["adam"], readonly values: Float64Array) {
    this.#m = new Float64Array(values.length);
    this.#v = new Float64Array(values.length);
  }

  /** One step. */
  update(gradient: Float64Array): void {
    const { learningRate, beta1, beta2, epsilon } = this.adam;
    const t = ++this.#step;
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i]!;
      const m = this.#m[i] = beta1 * this.#m[i]! + (1 - beta1) * g;
      const v = this.#v[i] = beta2 * this.#v[i]! + (1 - beta2) * g * g;
      const rate = learningRate / (1 - beta1 ** t);
      this.values[i]! -= rate * m / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
    }
  }
}
