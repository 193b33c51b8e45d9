/** The toy user's training in the fused engine, for the page: every step kept. */
import { toy, toyItems } from "../analyze/toy/toy_user.ts";
import { toyBatch, toyConfig, toyStart } from "../analyze/toy/toy_start.ts";
import { FusedEngine } from "../engine/fused/fused_engine.ts";

/** How the toy is trained. */
export interface ToySettings {
  /** of RR, on a batch mean */
  readonly lambda: number;
  /** of IHN */
  readonly beta: number;
  readonly seed: number;
}

/** Steps of a toy's training. */
export const TOY_STEPS = 100;

/** The toy after a step. */
export interface ToyPicture {
  /** [K][L] */
  readonly A: readonly (readonly number[])[];
  /** [K] in the plane */
  readonly V: readonly (readonly [number, number])[];
  /** [items] in the plane, in the order of toyItems */
  readonly E: readonly (readonly [number, number])[];
}

/**
 * Trains the toy for {@linkcode TOY_STEPS}: d = 4, of which the last two coordinates stay zero.
 *
 * @returns the start and the state after every step
 */
export async function toyRun({ seed, ...objective }: ToySettings): Promise<ToyPicture[]> {
  const engine = await FusedEngine.create(toyConfig(4, objective), toyStart(seed, 4));
  const L = toy.history.length;
  const histories = { history: toyBatch.history.slice(0, L), length: Int32Array.of(L) };
  const point = (values: Float32Array, row: number) =>
    [values[4 * row]!, values[4 * row + 1]!] as const; // of [n, 4]
  const pictures: ToyPicture[] = [];
  for (let step = 0; step <= TOY_STEPS; step++) {
    if (step > 0) engine.step(toyBatch);
    const { interests, routing, K } = await engine.interests(histories);
    const { table } = engine.parameters();
    pictures.push({
      A: Array.from({ length: K }, (_, k) => [...routing!.subarray(k * L, (k + 1) * L)]),
      V: Array.from({ length: K }, (_, k) => point(interests, k)),
      E: toyItems.map((_, i) => point(table, i + 1)),
    });
  }
  engine.dispose();
  return pictures;
}
