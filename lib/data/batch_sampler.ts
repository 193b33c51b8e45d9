/** Training batches, drawn as the reference draws them. */
import { BadInput } from "../base/bad_input.ts";
import type { Random } from "../base/random.ts";
import type { Sizes } from "./sizes.ts";
import type { Batch } from "./batch.ts";
import { dayOf } from "./days.ts";
import { type Interactions, profileOf, userCount } from "./interactions.ts";

/** The first position that can be a target, so that a history has at least 4 items. */
export const FIRST_TARGET = 4;

/** Users that training examples can be drawn of: those with an item at the first target's place. */
export function trainableUsers(train: Interactions): number[] {
  const users: number[] = [];
  for (let u = 0; u < userCount(train); u++) {
    if (train.offsets[u + 1]! - train.offsets[u]! > FIRST_TARGET) users.push(u);
  }
  return users;
}

/**
 * Draws batches: B distinct users, uniformly; for each a target position, uniform in [4, length of
 * the user's sequence); the history is the last L items before it, padded with 0 on the right; S
 * negatives for the whole batch, uniform over items 1..itemCount with replacement. Days count from
 * the user's first click, whatever the history begins with.
 *
 * Two differences from the reference: it may also draw the padding item 0 as a negative (we do
 * not), and it has no users with fewer than 5 items (data published in ComiRec's format may; here
 * they are never drawn and counted in {@linkcode BatchSampler.tooShort}). Like the reference, a
 * negative may be the target itself.
 */
export class BatchSampler {
  /** users with fewer than 5 items, which cannot be drawn */
  readonly tooShort: number;
  /** where the draws come from; its state is all the state there is between batches */
  readonly random: Random;

  readonly #train: Interactions;
  readonly #sizes: Pick<Sizes, "B" | "L" | "S" | "itemCount">;
  /** users that can be drawn */
  readonly #eligible: Uint32Array;
  /** by index into eligible: the number of the batch that last drew it */
  readonly #drawnIn: Uint32Array;
  readonly #batch: Batch;
  #batchNumber = 0;

  /**
   * Finds the users that can be drawn.
   *
   * @param sizes S = 0 for the full softmax, which needs no negatives
   * @throws BadInput if fewer than B users can be drawn, or a size is not a positive integer
   */
  constructor(
    train: Interactions,
    sizes: Pick<Sizes, "B" | "L" | "S" | "itemCount">,
    random: Random,
  ) {
    const { B, L, S } = sizes;
    for (const [symbol, value, least] of [["B", B, 1], ["L", L, 1], ["S", S, 0]] as const) {
      if (!Number.isInteger(value) || value < least) {
        throw new BadInput("not a size", `size ${symbol}`, value, `Give an integer >= ${least}.`);
      }
    }
    const eligible = trainableUsers(train);
    if (eligible.length < B) {
      throw new BadInput(
        `fewer training users with more than ${FIRST_TARGET} items than a batch needs`,
        `batch size ${B}`,
        eligible.length,
        "Choose a smaller batch size or more data.",
      );
    }
    this.random = random;
    this.#train = train;
    this.#sizes = sizes;
    this.#eligible = Uint32Array.from(eligible);
    this.#drawnIn = new Uint32Array(eligible.length);
    this.tooShort = userCount(train) - eligible.length;
    this.#batch = {
      history: new Int32Array(B * L), // [B, L]
      length: new Int32Array(B), // [B]
      target: new Int32Array(B), // [B]
      negatives: new Int32Array(S), // [S]
      ...(train.times && { days: new Int32Array(B * L) }), // [B, L]
      ...(train.profile && {
        profile: new Int32Array(B * train.profile.length / userCount(train)), // [B, fields]
      }),
    };
  }

  /** The next batch. Its arrays are the same each time: copy what has to outlive the next call. */
  next(): Batch {
    const { random } = this;
    const { history, length, target, negatives, days, profile } = this.#batch;
    const { B, L, S, itemCount } = this.#sizes;
    const { offsets, items, times } = this.#train;
    this.#batchNumber++;
    history.fill(0);
    days?.fill(0);
    for (let b = 0; b < B; b++) {
      const u = this.#drawUser();
      const start = offsets[u]!;
      const position = FIRST_TARGET + random.below(offsets[u + 1]! - start - FIRST_TARGET);
      const kept = Math.min(position, L);
      target[b] = items[start + position]!;
      length[b] = kept;
      const from = start + position - kept;
      for (let l = 0; l < kept; l++) history[b * L + l] = items[from + l]!;
      if (times && days) {
        for (let l = 0; l < kept; l++) days[b * L + l] = dayOf(times[from + l]!, times[start]!);
      }
      const known = profileOf(this.#train, u);
      if (known) profile!.set(known, b * known.length);
    }
    for (let s = 0; s < S; s++) negatives[s] = 1 + random.below(itemCount);
    return this.#batch;
  }

  /** A user that this batch does not have yet; uniform, and independent of earlier batches. */
  #drawUser(): number {
    for (;;) {
      const index = this.random.below(this.#eligible.length);
      if (this.#drawnIn[index] === this.#batchNumber) continue;
      this.#drawnIn[index] = this.#batchNumber;
      return this.#eligible[index]!;
    }
  }
}
