/**
 * Parity with the official codes: the same parameters and batches go through one of our engines,
 * and every quantity is compared with what the official code gave.
 */
import type { Engine } from "../engine/engine.ts";
import type { TfjsBackend } from "../engine/tfjs/backends.ts";
import { AutogradEngine } from "../train/autograd_engine.ts";
import type { ByName, FixtureStep } from "./fixtures.ts";
import { inOurLayout, type ParityCase } from "./parity_cases.ts";

/** One compared quantity. */
export interface Comparison {
  readonly quantity: string;
  readonly largestError: number;
  readonly tolerance: number;
}

/** What fixtures allow that say nothing else; of parameters absolutely, otherwise relative. */
const TOLERANCE = { forward: 1e-5, grads: 1e-5, params_after: 1e-5 };

/** How an engine on a tfjs backend computes: as the readable definition, or with the kernels. */
export const waysToCompute = ["definition", "kernels"] as const;

/** All comparisons of an engine on a tfjs backend. */
export async function autogradParity(
  parity: ParityCase,
  way: typeof waysToCompute[number],
  backend: TfjsBackend,
): Promise<Comparison[]> {
  let step = parity.fixture.steps[0]!;
  const { config, start } = parity;
  const minimized = parity.objectiveIn(() => step);
  const engine = way === "kernels"
    ? await AutogradEngine.create(config, start, backend, minimized)
    : await AutogradEngine.definition(config, start, backend, minimized);
  const atStep = (next: FixtureStep) => void (step = next);
  const gradients = await gradientParity(parity, engine);
  const training = await trainingParity(parity, engine, atStep);
  engine.load(start);
  const again = await sameBatchParity(parity, engine, atStep);
  engine.dispose();
  return [...gradients, ...training, ...again];
}

/** Forward values and every gradient by name, in the first step. */
async function gradientParity(parity: ParityCase, engine: AutogradEngine): Promise<Comparison[]> {
  const { fixture, batches, results, official, config } = parity;
  const { forward, grads } = { ...TOLERANCE, ...fixture.tolerance };
  const step = fixture.steps[0]!;
  const batch = batches[0]!;
  const { interests, routing } = await engine.interests(batch);
  const { rows, dense, readout, selected } = await engine.gradients(batch);
  const { d, itemCount } = config.sizes;
  const ids = [...batch.history, ...batch.target, ...batch.negatives];
  const table = new Float32Array((itemCount + 1) * d);
  rows.flatMap((part) => [...part]).forEach((g, i) =>
    table[ids[Math.floor(i / d)]! * d + i % d]! += g
  );
  const want = inOurLayout(fixture, official, config, (name) => results[0]!.grads![name]!);
  return [
    ...(step.interests ? [relative("interests", interests, step.interests, forward)] : []),
    ...(routing && step.routing ? [relative("routing", routing, step.routing, forward)] : []),
    relative("readout", readout, step.readout, forward),
    ...(step.interests && step.selected
      ? [absolute("selected interest", untied(parity, selected), step.selected, 0)]
      : []),
    relative(`gradient of ${official.table}`, table, want.table, grads),
    ...Object.keys(dense).map((name) =>
      relative(`gradient of ${name}`, dense[name]!, want.dense[name]!, grads)
    ),
    ...unused(parity),
  ];
}

/** The selected interests; where the official scores tie to rounding, the official choice. */
function untied({ fixture, official, config }: ParityCase, selected: Int32Array): number[] {
  const { interests, target, selected: chosen } = fixture.steps[0]!;
  const { K, d } = config.sizes;
  const table = fixture.params[official.table]!.values;
  const score = (b: number, k: number) => {
    let sum = 0;
    for (let i = 0; i < d; i++) {
      sum += interests![(b * K + k) * d + i]! * table[target[b]! * d + i]!;
    }
    return sum;
  };
  return Array.from(selected, (k, b) => {
    const [ours, best] = [score(b, k), score(b, chosen![b]!)];
    return Math.abs(ours - best) <= 1e-6 * Math.abs(best) ? chosen![b]! : k;
  });
}

/** Official parameters that we do not have must be without effect. */
function unused({ fixture, official, config, start, results }: ParityCase): Comparison[] {
  const { grads } = { ...TOLERANCE, ...fixture.tolerance };
  const ours = [
    official.table,
    ...Object.keys(start.dense).map((name) => official.parameters[name]![0]),
  ];
  return Object.keys(fixture.params).filter((name) => !ours.includes(name)).map((name) => {
    const gradient = results[0]!.grads![name] ?? [];
    const quantity = `gradient of ${name}, which ${config.model} lacks`;
    return absolute(quantity, gradient.map(() => 0), gradient, grads);
  });
}

/**
 * The losses of five steps and the parameters after them, of any engine.
 *
 * @param engine at parity's start
 * @param atStep is told of every step before it is taken
 */
export async function trainingParity(
  parity: ParityCase,
  engine: Engine,
  atStep: (step: FixtureStep) => void = () => {},
): Promise<Comparison[]> {
  const { fixture, batches, results } = parity;
  const { forward } = { ...TOLERANCE, ...fixture.tolerance };
  const got: Record<string, number>[] = [];
  for (const [i, batch] of batches.entries()) {
    atStep(fixture.steps[i]!);
    const { loss, softmaxLoss, routingPenalty, terms } = await engine.step(batch);
    got.push({
      loss,
      sampled_loss: softmaxLoss,
      routing_penalty: routingPenalty,
      attend_loss: terms?.["attend"] ?? 0,
      contrast_loss: terms?.["contrast"] ?? 0,
      construct_loss: terms?.["construct"] ?? 0,
    });
  }
  const losses = Object.keys(got[0]!).flatMap((name) => {
    const want = results.map((step) => (step as unknown as Record<string, number | null>)[name]);
    if (want.some((value) => value === null || value === undefined)) return [];
    const ours = got.map((losses) => losses[name]!);
    return [relative(`${name} of 5 steps`, ours, want as number[], forward)];
  });
  return [...losses, ...afterFiveSteps(parity, engine, parity.after, "5 steps")];
}

/** Parameters after five steps on the first batch, where the fixture has them. */
async function sameBatchParity(
  parity: ParityCase,
  engine: Engine,
  atStep: (step: FixtureStep) => void,
): Promise<Comparison[]> {
  const { fixture, batches, variant } = parity;
  if (variant !== "" || !fixture.params_after_same_batch) return [];
  atStep(fixture.steps[0]!);
  for (let i = 0; i < 5; i++) await engine.step(batches[0]!);
  return afterFiveSteps(parity, engine, fixture.params_after_same_batch, "5 times the same step");
}

function afterFiveSteps(
  { fixture, official, config }: ParityCase,
  engine: Engine,
  values: ByName,
  when: string,
): Comparison[] {
  const { params_after } = { ...TOLERANCE, ...fixture.tolerance };
  const after = engine.parameters();
  const want = inOurLayout(fixture, official, config, (name) => values[name]!);
  return [
    absolute(`${official.table} after ${when}`, after.table, want.table, params_after),
    ...Object.keys(after.dense).map((name) =>
      absolute(`${name} after ${when}`, after.dense[name]!, want.dense[name]!, params_after)
    ),
  ];
}

function relative(
  quantity: string,
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  tolerance: number,
): Comparison {
  const scale = Math.max(...Array.from(want, Math.abs), Number.MIN_VALUE);
  return { quantity, largestError: distance(got, want) / scale, tolerance };
}

function absolute(
  quantity: string,
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  tolerance: number,
): Comparison {
  return { quantity, largestError: distance(got, want), tolerance };
}

/** Largest difference; infinite if the lengths differ or a number is not one. */
function distance(got: ArrayLike<number>, want: ArrayLike<number>): number {
  if (got.length !== want.length) return Infinity;
  const differences = Array.from(got, (value, i) => Math.abs(value - want[i]!));
  return differences.some(Number.isNaN) ? Infinity : Math.max(0, ...differences);
}
