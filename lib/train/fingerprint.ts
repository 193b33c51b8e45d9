/** What the code computes, not how it is written: codes of one fingerprint train to equal bits. */
import type { Sizes } from "../data/sizes.ts";
import type { BackendName } from "../engine/backend_names.ts";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import { modelOptions } from "../model/options.ts";
import { modelOf } from "../model/registry.ts";
import type { ResolvedConfig } from "./config.ts";
import { stateAfter } from "./state_after.ts";

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
  const plain: Sizes = { B: 6, L: 7, K, S, d: model.kernelWidth ?? 8, itemCount: 50 };
  const needs = model.needs?.(plain, modelOptions(model, options));
  const sizes: Sizes = needs?.profile ? { ...plain, profile: [2, 3] } : plain;
  const config = { model: name, ...(options && { options }), sizes, objective, adam, seed: 1 };
  return await stateAfter(STEPS, config, backend);
}
