/** The routing penalty of recorded or computed routing, by the definition that trains. */
import * as tf from "@tensorflow/tfjs-core";
import type { RoutingScaling } from "../engine/engine_config.ts";
import type { Sizes } from "../data/sizes.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { routingPenalty } from "../objective/routing_regularization.ts";

/**
 * {@linkcode routingPenalty} of some users, before lambda.
 *
 * @param routing [U, K, L] weights, 0 on padding
 * @throws {BadInput} if tfjs does not load
 */
export async function penaltyOf(
  routing: Float32Array,
  { K, L, d }: Pick<Sizes, "K" | "L" | "d">,
  scaling: RoutingScaling,
): Promise<number> {
  await useTfjsBackend("cpu");
  return tf.tidy(() => {
    const users = tf.tensor3d(routing, [routing.length / (K * L), K, L]);
    return routingPenalty(users, scaling, d).dataSync<"float32">()[0]!;
  });
}
