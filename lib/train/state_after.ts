/** The state of an engine after some steps on drawn batches, as one hash. */
import { createHash } from "node:crypto";
import { Random } from "../base/random.ts";
import { stretches } from "../base/values.ts";
import type { Batch } from "../data/batch.ts";
import type { Sizes } from "../data/sizes.ts";
import type { BackendName } from "../engine/backend_names.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { createEngine } from "./create_engine.ts";

/**
 * Takes so many steps from the usual start on batches of uniform items, with histories of all
 * lengths and everything that a model may read.
 *
 * @returns 16 digits of the sha256 of names and values of everything that the engine remembers
 * @throws {BadInput} if the backend does not load, or does not compute this configuration
 */
export async function stateAfter(
  steps: number,
  config: EngineConfig,
  backend: BackendName,
): Promise<string> {
  const { sizes, seed = 1, options } = config;
  const start = initialParameters(modelOf(config.model), sizes, seed, options);
  const { engine } = await createEngine(config, start, backend);
  try {
    const random = new Random(seed, "fingerprint");
    for (let t = 0; t < steps; t++) await engine.step(drawBatch(sizes, random));
    const hash = createHash("sha256");
    for (const [name, values] of Object.entries(engine.stateInPlace().arrays).sort()) {
      hash.update(name);
      for (const [, stretch] of stretches(values)) {
        hash.update(new Uint8Array(stretch.slice().buffer));
      }
    }
    return hash.digest("hex").slice(0, 16);
  } finally {
    engine.dispose();
  }
}

function drawBatch({ B, L, S, itemCount, profile = [] }: Sizes, random: Random): Batch {
  const draw = (n: number, below: number) =>
    Int32Array.from({ length: n }, () => random.below(below));
  const length = draw(B, L).map((n) => n + 1);
  const real = (i: number) => i % L < length[Math.floor(i / L)]!;
  return {
    history: draw(B * L, itemCount).map((item, i) => real(i) ? item + 1 : 0), // [B, L]
    length,
    target: draw(B, itemCount).map((item) => item + 1),
    negatives: draw(S, itemCount).map((item) => item + 1),
    days: draw(B * L, 9).map((day, i) => real(i) ? day : 0),
    profile: Int32Array.from(
      { length: B * profile.length },
      (_, i) => random.below(profile[i % profile.length]!),
    ),
  };
}
