/** The routing penalty of recorded or computed routing, by the definition that trains. */
import * as tf from "@tensorflow/tfjs-core";
import { BadInput } from "../base/bad_input.ts";
import { requireNumbers, requireWhole } from "../base/given_numbers.ts";
import { knownName } from "../base/known_name.ts";
import type { RoutingScaling } from "../engine/engine_config.ts";
import type { Sizes } from "../data/sizes.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { routingPenalty } from "../objective/routing_regularization.ts";

/**
 * {@linkcode routingPenalty} of some users, before lambda.
 *
 * @param routings [U][K][L] weights of users, 0 on padding
 * @param d        the size of an embedding, which the scaling "code" divides by
 * @throws {BadInput} if tfjs does not load, for another scaling, a d that is no size, or users of
 *   whom one has other numbers of rows or columns than the first
 */
export async function penaltyOf(
  routings: readonly (readonly (readonly number[])[])[],
  { d }: Pick<Sizes, "d">,
  scaling: RoutingScaling,
): Promise<number> {
  knownName(scaling, ["code", "batch-mean"], "penaltyOf, scaling");
  requireWhole(d, "penaltyOf, d");
  const K = routings[0]?.length ?? 0, L = routings[0]?.[0]?.length ?? 0;
  routings.forEach((rows, u) => {
    const where = `penaltyOf, routing ${u + 1}`;
    if (rows.length !== K) {
      throw new BadInput("not as many rows as the first", where, rows.length, `Give ${K}.`);
    }
    rows.forEach((row, k) => requireNumbers(row, `${where}, row ${k + 1}`, L));
  });
  await useTfjsBackend("cpu");
  return tf.tidy(() => {
    const users = tf.tensor3d(routings.map((rows) => rows.map((row) => [...row]))); // [U, K, L]
    return routingPenalty(users, scaling, d).dataSync<"float32">()[0]!;
  });
}
