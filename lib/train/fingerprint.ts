/**
 * What the code computes, not how it is written: codes of one fingerprint train to equal bits, as
 * far as two tiny trainings tell, which go through every kind of step.
 */
import type { Sizes } from "../data/sizes.ts";
import type { BackendName } from "../engine/backend_names.ts";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import { modelOptions } from "../model/options.ts";
import { modelOf } from "../model/registry.ts";
import type { ResolvedConfig } from "./config.ts";
import { lateState, stateAfter } from "./state_after.ts";

/** Steps of the tiny training from the start. */
const STEPS = 20;

const adam = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** By what is computed; the code does not change while a process runs. */
const known = new Map<string, Promise<string>>();

/**
 * The hash of the state after 20 steps on a fixed tiny set, 16 digits, and of a late state after 3
 * steps of larger batches, another 16: for this model with its options, this kind of objective and
 * this backend, whatever its sizes, weights and data are. It is computed once a process and takes
 * some milliseconds.
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

/**
 * Whether what recorded a fingerprint computed what this code does. Those of 16 digits, recorded
 * before late states were looked at, speak of the first steps only.
 */
export function isSameArithmetic(recorded: string, now: string): boolean {
  return recorded.length >= 16 && now.startsWith(recorded);
}

/** An objective with the same parts, whatever their weights. */
function kindOf({ softmax, ihn, rr, selection, repel }: ObjectiveConfig): ObjectiveConfig {
  return {
    softmax,
    ...(ihn && { ihn: { beta: ihn.beta === 0 ? 0 : 1 } }),
    ...(rr && { rr: { lambda: 1, scaling: rr.scaling } }),
    ...(selection && { selection }),
    ...(repel && { repel: { lambda: repel.lambda === 0 ? 0 : 1 } }),
  };
}

async function compute(
  name: string,
  options: ResolvedConfig["options"],
  objective: ObjectiveConfig,
  backend: BackendName,
): Promise<string> {
  const model = modelOf(name);
  const several = model.vectors === "several", sampled = objective.softmax === "sampled";
  const configOf = (size: Pick<Sizes, "B" | "L" | "K" | "S" | "itemCount">) => {
    const plain: Sizes = { ...size, d: model.kernelWidth ?? 8 };
    const needs = model.needs?.(plain, modelOptions(model, options));
    const sizes: Sizes = needs?.profile ? { ...plain, profile: [2, 3] } : plain;
    return { model: name, ...(options && { options }), sizes, objective, adam, seed: 1 };
  };
  const first = { B: 6, L: 7, K: several ? 3 : 1, S: sampled ? 10 : 0, itemCount: 50 };
  const late = { B: 50, L: 11, K: several ? 5 : 1, S: sampled ? 300 : 0, itemCount: 700 };
  return await stateAfter(STEPS, configOf(first), backend) +
    await lateState(configOf(late), backend);
}
