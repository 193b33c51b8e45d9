/** What a training step does whatever the model: as its definition, or by the kernels. */
import type { DenseMemory } from "../engine/core/dense_memory.ts";
import type { Rows } from "../engine/core/rows.ts";
import { type LossSizes, SoftmaxKernels } from "../engine/core/softmax_kernels.ts";
import { WasmDense } from "../engine/core/wasm_dense.ts";
import { type TableSize, WasmRows } from "../engine/core/wasm_rows.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import type { TfjsBackend } from "../engine/tfjs/backends.ts";
import { parameterLengths } from "../model/model.ts";
import { kernelInterests, kernelSoftmaxLoss } from "../objective/kernel_softmax_loss.ts";
import { type SoftmaxLoss, softmaxLoss } from "../objective/softmax_loss.ts";
import { plainArrays } from "./adam.ts";
import { EmbeddingTable } from "./embedding_table.ts";
import type { Definition } from "./forward_pass.ts";

/** The table, a memory for dense parameters, and the softmax term. */
export interface Core {
  /** all of them 0 */
  readonly rows: Rows;
  readonly dense: DenseMemory;
  readonly softmaxLoss: SoftmaxLoss;
}

/** What makes a core. */
export type NewCore = (definition: Definition, backend: TfjsBackend) => Promise<Core>;

/** Backends whose tensors cannot be read at once, or only by waiting for a GPU. */
const onGpu: readonly TfjsBackend[] = ["tensorflow-gpu", "webgpu"];

/** The readable definition. */
export const definitionCore: NewCore = ({ config: { sizes, adam } }) =>
  Promise.resolve({
    rows: new EmbeddingTable(new Float32Array((sizes.itemCount + 1) * sizes.d), sizes.d, adam),
    dense: plainArrays(adam),
    softmaxLoss,
  });

/**
 * The kernels. On a GPU the softmax term is the definition's, which computes it where its tensors
 * are.
 *
 * @throws {BadInput} if they do not cover the optimizer, the memory would exceed 4 GiB or what the
 *   machine has, or it lacks the instructions
 */
export const kernelCore: NewCore = async ({ config, model, options }, backend) => {
  const { sizes, adam, objective } = config;
  const { table: _, ...dense } = parameterLengths(model, sizes, options);
  const byKernels = !onGpu.includes(backend) && !model.counts;
  return {
    rows: await WasmRows.create(tableSize(config), adam),
    dense: await WasmDense.create(Object.values(dense), adam),
    softmaxLoss: byKernels
      ? kernelSoftmaxLoss(await SoftmaxKernels.create(lossSizes(config), objective))
      : softmaxLoss,
  };
};

/** @throws {BadInput} if the kernels' memory would exceed 4 GiB: known before anything is made */
export function checkKernelMemory(config: EngineConfig): void {
  WasmRows.checkSize(tableSize(config), config.adam);
  SoftmaxKernels.checkSize(lossSizes(config), config.objective);
}

function tableSize(config: EngineConfig): TableSize {
  const { B, L, d, itemCount } = config.sizes;
  // histories, targets, negatives, and the row of the padding
  return { rows: itemCount + 1, d, touched: B * L + B + lossSizes(config).S + 1 };
}

function lossSizes({ sizes: { B, K, S, d, itemCount }, objective }: EngineConfig): LossSizes {
  const negatives = objective.softmax === "full" ? itemCount : S;
  return { B, K: kernelInterests(objective, K), S: negatives, d };
}
