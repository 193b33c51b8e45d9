/** What the code computes, not how it is written: codes of one fingerprint train to equal bits. */
import { createHash } from "node:crypto";
import { Random } from "../base/random.ts";
import { stretches } from "../base/values.ts";
import type { Batch } from "../data/batch.ts";
import type { Sizes } from "../data/sizes.ts";
import type { BackendName } from "../engine/backend_names.ts";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOptions } from "../model/options.ts";
import { modelOf } from "../model/registry.ts";
import type { ResolvedConfig } from "./config.ts";
import { createEngine } from "./create_engine.ts";

/** Steps of the tiny training. */
const STEPS = 20;

const adam = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** By what is computed; the code does not change while a process runs. */
const known = new Map<string, Promise<string>>();

/**
 * The hash of the state after 20 steps on a fixed tiny set, 16 digits: for this model with its
 * options, this kind of objective and this backend, whatever its sizes, weights and data are. It is
 * computed once a process and takes some milliseconds.
 *
 * @param backend an engine's: "fused", "wasm", …
 * @throws {BadInput} if the backend does not load
 */
export function fingerprint(config: ResolvedConfig, backend: string): Promise<string> {
  const { model, options } = config;
  const objective = kindOf(config.objective);
  const what = JSON.stringify([model, options, objective, backend]);
  const found = known.get(what) ?? compute(model, options, objective, backend as BackendName);
  known.set(what, found);
  return found;
}

/** An objective with the same parts, whatever their weights. */
function kindOf({ softmax, ihn, rr, selection, repel }: ObjectiveConfig): ObjectiveConfig {
  return {
    softmax,
    ...(ihn && { ihn: { beta: ihn.beta === 0 ? 0 : 1 } }),
    ...(rr && { rr: { lambda: 1, scaling: rr.scaling } }),
    ...(selection && { selection }),
    ...(repel && { repel: { lambda: 1 } }),
  };
}

async function compute(
  name: string,
  options: ResolvedConfig["options"],
  objective: ObjectiveConfig,
  backend: BackendName,
): Promise<string> {
  const model = modelOf(name);
  const K = model.vectors === "one" ? 1 : 3;
  const S = objective.softmax === "full" ? 0 : 10;
  const plain: Sizes = { B: 6, L: 7, K, S, d: 8, itemCount: 50 };
  const needs = model.needs?.(plain, modelOptions(model, options));
  const sizes: Sizes = needs?.profile ? { ...plain, profile: [2, 3] } : plain;
  const config = { model: name, ...(options && { options }), sizes, objective, adam, seed: 1 };
  const { engine } = await createEngine(
    config,
    initialParameters(model, sizes, 1, options),
    backend,
  );
  try {
    const random = new Random(1, "fingerprint");
    for (let t = 0; t < STEPS; t++) await engine.step(drawBatch(sizes, random));
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

/** Uniform items, histories of all lengths, with everything that a model may read. */
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
