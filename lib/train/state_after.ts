/** The state of an engine after some steps on drawn batches, as one hash. */
import { createHash } from "node:crypto";
import { Random } from "../base/random.ts";
import { stretches, type Values } from "../base/values.ts";
import type { Batch } from "../data/batch.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import type { Interactions } from "../data/interactions.ts";
import type { Sizes } from "../data/sizes.ts";
import type { BackendName } from "../engine/backend_names.ts";
import type { Engine, EngineState } from "../engine/engine.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { createEngine } from "./create_engine.ts";

/**
 * The step of a late state: beyond the first steps, whose catch-up is replayed, by more than the
 * missed steps after which a row no longer moves.
 */
export const LATE_STEP = 1000;

/**
 * Takes so many steps from the usual start on batches of uniform items, with histories of all
 * lengths and everything that a model may read.
 *
 * @returns 16 digits of the sha256 of names and values of everything that the engine remembers
 * @throws {BadInput} if the backend does not load, or does not compute this configuration
 */
export function stateAfter(
  steps: number,
  config: EngineConfig,
  backend: BackendName,
): Promise<string> {
  return hashed(config, backend, async (engine) => {
    const random = new Random(config.seed ?? 1, "fingerprint");
    for (let t = 0; t < steps; t++) await engine.step(drawBatch(config.sizes, random));
    return [];
  });
}

/**
 * Takes three steps from a drawn state late in a training, on batches that the sampler draws from
 * drawn users, and brings all rows up to date: what the first steps do not come to, as the series
 * of the catch-up, long gaps, the sampler and serving.
 *
 * @param config B of at least 34, so that either half of a batch has users, and at most 100
 * @returns and throws as {@linkcode stateAfter}
 */
export function lateState(config: EngineConfig, backend: BackendName): Promise<string> {
  return hashed(config, backend, async (engine) => {
    const random = new Random(config.seed ?? 1, "late fingerprint");
    engine.restore(aged(engine.state(), random));
    const sampler = new BatchSampler(drawUsers(config.sizes, random), config.sizes, random);
    for (let t = 0; t < 3; t++) await engine.step(sampler.next());
    engine.table(); // brings every row up to date
    const { interests } = await engine.interests(sampler.next());
    return [interests];
  });
}

/** The hash of what an engine remembers and says after it did something. */
async function hashed(
  config: EngineConfig,
  backend: BackendName,
  work: (engine: Engine) => Promise<readonly Float32Array[]>,
): Promise<string> {
  const { sizes, seed = 1, options } = config;
  const start = initialParameters(modelOf(config.model), sizes, seed, options);
  const { engine } = await createEngine(config, start, backend);
  try {
    const said = await work(engine);
    const hash = createHash("sha256");
    const update = (values: Values<Float32Array | Uint32Array>) => {
      for (const [, stretch] of stretches(values)) {
        hash.update(new Uint8Array(stretch.slice().buffer));
      }
    };
    for (const [name, values] of Object.entries(engine.stateInPlace().arrays).sort()) {
      hash.update(name);
      update(values);
    }
    said.forEach(update);
    return hash.digest("hex").slice(0, 16);
  } finally {
    engine.dispose();
  }
}

/** The state as if it were late: moments drawn, and every row last touched at a drawn step. */
function aged({ arrays }: EngineState, random: Random): EngineState {
  const moments: Readonly<Record<string, () => number>> = {
    ".m": () => 0.01 * random.normal(),
    ".v": () => (0.01 + 0.01 * random.uniform()) ** 2,
    ".last": () => 1 + random.below(LATE_STEP),
  };
  const drawn = Object.entries(arrays).sort().map(([name, values]) => {
    const draw = moments[name.slice(name.lastIndexOf("."))];
    return [name, draw ? values.map(draw) : values] as const;
  });
  return { step: LATE_STEP, arrays: Object.fromEntries(drawn) };
}

/** A hundred users with 5 to 30 items, times and profiles. */
function drawUsers({ itemCount, profile }: Sizes, random: Random): Interactions {
  const users = 100;
  const offsets = new Uint32Array(users + 1);
  for (let u = 0; u < users; u++) offsets[u + 1] = offsets[u]! + 5 + random.below(26);
  const items = Uint32Array.from({ length: offsets[users]! }, () => 1 + random.below(itemCount));
  const times = Float64Array.from(items, (_, i) => 40_000 * i);
  return {
    offsets,
    items,
    times,
    ...(profile && {
      profile: Int32Array.from(
        { length: users * profile.length },
        (_, i) => random.below(profile[i % profile.length]!),
      ),
    }),
  };
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
