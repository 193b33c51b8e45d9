/** The routing penalty of recorded or computed routing, by the definition that trains. */
import * as tf from "@tensorflow/tfjs-core";
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
 * @throws {BadInput} if tfjs does not load, or for another scaling
 */
export async function penaltyOf(
  routings: readonly (readonly (readonly number[])[])[],
  { d }: Pick<Sizes, "d">,
  scaling: RoutingScaling,
): Promise<number> {
  knownName(scaling, ["code", "batch-mean"], "penaltyOf, scaling");
  await useTfjsBackend("cpu");
  return tf.tidy(() => {
    const users = tf.tensor3d(routings.map((rows) => rows.map((row) => [...row]))); // [U, K, L]
    return routingPenalty(users, scaling, d).dataSync<"float32">()[0]!;
  });
}
