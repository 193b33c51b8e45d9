/** The toy user's training: ComiRec-SA on four items in a plane, every step kept. */
import { BadInput } from "../../base/bad_input.ts";
import { requireWhole } from "../../base/given_numbers.ts";
import { didYouMean } from "../../base/did_you_mean.ts";
import type { Engine } from "../../engine/engine.ts";
import { AutogradEngine } from "../../train/autograd_engine.ts";
import { MOST_BETA } from "../../engine/engine_config.ts";
import { toyBatch, toyConfig, toySizes, toyStart } from "./toy_start.ts";
import { toy, toyItems } from "./toy_user.ts";

/** How the toy is trained. */
export interface TrainToyOptions {
  /** 100 unless told */
  readonly steps?: number;
  /** of RR, on a batch mean; 0 unless told, which is without it */
  readonly lambda?: number;
  /** of IHN; 0 unless told, which is the plain sampled softmax */
  readonly beta?: number;
  /** of the small weights that it starts from; 3 unless told */
  readonly seed?: number;
}

/** The toy after some steps. */
export interface ToyFrame {
  readonly step: number;
  /** [K, L] routing over the history */
  readonly A: readonly (readonly number[])[];
  /** [L, d] the history's embeddings, which are trained too */
  readonly H: readonly (readonly number[])[];
  /** [items, d] the embeddings of all items, in the order of toyItems: history first */
  readonly E: readonly (readonly number[])[];
  /** [K, d] = A H */
  readonly V: readonly (readonly number[])[];
  /** the softmax loss, a mean over both targets */
  readonly loss: number;
  /** RR's penalty before lambda */
  readonly penalty: number;
  /** the interest that each of the two targets selects, from 0 */
  readonly selected: readonly number[];
}

/** A trained toy. */
export interface TrainedToy {
  /** [steps + 1] the start and the state after every step */
  readonly frames: readonly ToyFrame[];
  /**
   * Routing [K, items] and interests [K, d] of another history, of items numbered from 1.
   *
   * @throws {BadInput} for no item, more than the toy's history has, or another number
   */
  interestsOf(history: readonly number[]): Promise<{
    readonly A: readonly (readonly number[])[];
    readonly V: readonly (readonly number[])[];
  }>;
}

const { L } = toySizes;
const defaults = { steps: 100, lambda: 0, beta: 0, seed: 3 } as const;

/**
 * Trains the toy, d = 2, by the readable definition: both targets in every step, with Adam, all
 * parameters and the items' embeddings. Deterministic.
 *
 * @throws {BadInput} for an option that is unknown or out of range
 */
export async function trainToy(options: TrainToyOptions = {}): Promise<TrainedToy> {
  const { steps, lambda, beta, seed } = checked(options);
  const engine = await AutogradEngine.definition(
    toyConfig(2, { lambda, beta }),
    toyStart(seed),
    "cpu",
  );
  const frames: ToyFrame[] = [];
  for (let step = 0; step <= steps; step++) {
    if (step > 0) await engine.step(toyBatch);
    frames.push(await frameOf(engine, step));
  }
  return { frames, interestsOf: (history) => interestsOf(engine, checkedItems(history)) };
}

async function frameOf(engine: AutogradEngine, step: number): Promise<ToyFrame> {
  const { A, V } = await interestsOf(engine, toy.history.map((_, l) => 1 + l));
  const { losses, selected } = await engine.gradients(toyBatch);
  const E = rowsOf(engine.parameters().table, 2).slice(1); // without padding
  return {
    step,
    A,
    V,
    H: E.slice(0, L),
    E,
    loss: losses.softmaxLoss,
    penalty: losses.routingPenalty,
    selected: [...selected],
  };
}

async function interestsOf(engine: Engine, items: readonly number[]) {
  const history = Int32Array.from({ length: L }, (_, l) => items[l] ?? 0);
  const length = Int32Array.of(items.length);
  const { interests, routing } = await engine.interests({ history, length });
  return {
    A: rowsOf(routing!, L).map((row) => row.slice(0, items.length)),
    V: rowsOf(interests, 2),
  };
}

function rowsOf(flat: Float32Array, width: number): number[][] {
  return Array.from(
    { length: flat.length / width },
    (_, row) => [...flat.subarray(row * width, (row + 1) * width)],
  );
}

function checked(options: TrainToyOptions): Required<TrainToyOptions> {
  const keys = Object.keys(defaults);
  for (const [key, value] of Object.entries(options)) {
    const where = `trainToy, ${key}`;
    if (!keys.includes(key)) {
      throw new BadInput(
        `unknown option${didYouMean(key, keys)}`,
        where,
        value,
        `Known here: ${keys.join(", ")}.`,
      );
    }
    const whole = key === "steps" || key === "seed";
    const least = key === "steps" ? 1 : 0, most = whole ? Number.MAX_SAFE_INTEGER : MOST_BETA;
    const isNumber = whole ? Number.isInteger(value) : typeof value === "number";
    if (isNumber && value >= least && value <= most) continue;
    throw new BadInput(
      whole ? `not a whole number from ${least} on` : `not a number from ${least} to ${most}`,
      where,
      value,
      `Leave it out for ${defaults[key as keyof typeof defaults]}.`,
    );
  }
  return { ...defaults, ...options };
}

function checkedItems(history: readonly number[]): readonly number[] {
  const where = "interestsOf of trainToy";
  if (!Array.isArray(history) || history.length < 1 || history.length > L) {
    const remedy = "For example [1, 2, 3, 4].";
    throw new BadInput(`not a list of 1 to ${L} items`, where, history, remedy);
  }
  for (const item of history) requireWhole(item, `${where}, item`, 1, toyItems.length);
  return history;
}
