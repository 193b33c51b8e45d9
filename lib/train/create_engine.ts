/** Which engine computes a training, and why not a better one. */
import type { BackendName } from "../engine/backend_names.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import type { Engine, Parameters } from "../engine/engine.ts";
import { checkParameters } from "../engine/checks.ts";
import { FusedEngine } from "../engine/fused/fused_engine.ts";
import {
  automaticBackends,
  type TfjsBackend,
  tfjsBackends,
  useTfjsBackend,
} from "../engine/tfjs/backends.ts";
import { BadInput } from "../base/bad_input.ts";
import { parameterLengths } from "../model/model.ts";
import { modelOptions } from "../model/options.ts";
import { modelOf } from "../model/registry.ts";
import { AutogradEngine } from "./autograd_engine.ts";

/** An engine and, in plain words, what it is and why better ones were passed over. */
export interface ChosenEngine {
  readonly engine: Engine;
  /** "the fused engine" */
  readonly inWords: string;
  /** engines that "auto" would rather have had, each with why it has not */
  readonly passedOver: readonly string[];
}

/**
 * The engine of that name; "auto" takes the fused one where it covers the configuration and does
 * not refuse it (memory, WebAssembly), otherwise the first tfjs backend that loads: with the
 * kernels for what no model changes, or alone where they refuse.
 *
 * @throws {BadInput} if the named engine cannot compute this configuration or does not load, or the
 *   parameters are not the model's
 */
export async function createEngine(
  config: EngineConfig,
  parameters: Parameters,
  backend: BackendName,
): Promise<ChosenEngine> {
  const model = modelOf(config.model);
  const options = modelOptions(model, config.options);
  checkParameters(parameters, parameterLengths(model, config.sizes, options));
  const passedOver: string[] = [];
  if (backend === "fused" || backend === "auto") {
    try {
      const engine = await FusedEngine.create(config, parameters);
      return { engine, inWords: "the fused engine", passedOver };
    } catch (error) {
      if (backend === "fused" || !(error instanceof BadInput)) throw error;
      passedOver.push(`fused: ${error.what}`);
    }
  }
  const candidates: readonly TfjsBackend[] = backend === "auto"
    ? automaticBackends
    : tfjsBackends.filter((name) => name === backend);
  for (const name of candidates) {
    try {
      return await onTfjs(config, parameters, name, passedOver);
    } catch (error) {
      if (backend !== "auto" || !(error instanceof BadInput)) throw error;
      passedOver.push(`${name}: ${error.message}`);
    }
  }
  throw new BadInput("no backend loads here", "config.backend", backend, passedOver.join(" "));
}

/** An engine on that tfjs backend. */
async function onTfjs(
  config: EngineConfig,
  parameters: Parameters,
  backend: TfjsBackend,
  passedOver: readonly string[],
): Promise<ChosenEngine> {
  await useTfjsBackend(backend);
  const named = `TensorFlow.js on ${backend}`;
  try {
    const engine = await AutogradEngine.create(config, parameters, backend);
    return { engine, inWords: `${named}, rows and loss by our kernels`, passedOver };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const engine = await AutogradEngine.definition(config, parameters, backend);
    return {
      engine,
      inWords: `${named}, alone`,
      passedOver: [...passedOver, `our kernels: ${error.what}`],
    };
  }
}
