/** Every model with every objective that it allows, on small random batches. */
import type { Random } from "../base/random.ts";
import type { Batch } from "../data/batch.ts";
import type { Sizes } from "../data/sizes.ts";
import type { EngineConfig, ObjectiveConfig } from "../engine/engine_config.ts";
import type { Parameters } from "../engine/engine.ts";
import type { Model, Options } from "../model/model.ts";
import { modelOptions } from "../model/options.ts";
import { models } from "../model/registry.ts";
import { wrongCombination } from "../train/combinations.ts";
import { adam, smallSizes, uniformBatch } from "./training_cases.ts";

/** Every part of the objective, alone and joined. */
export const allObjectives: Readonly<Record<string, ObjectiveConfig>> = {
  "sampled softmax": { softmax: "sampled" },
  "full softmax": { softmax: "full" },
  "IHN": { softmax: "sampled", ihn: { beta: 2 } },
  "RR": { softmax: "sampled", rr: { lambda: 100, scaling: "code" } },
  "RR of the batch mean": { softmax: "sampled", rr: { lambda: 3, scaling: "batch-mean" } },
  "per-item maximum": { softmax: "sampled", selection: "per-item" },
  "per-item maximum of all": { softmax: "full", selection: "per-item" },
  "BaM": { softmax: "sampled", selection: "bam" },
  "repel": { softmax: "sampled", repel: { lambda: 2 } },
  "REMI": { softmax: "sampled", ihn: { beta: 1 }, rr: { lambda: 100, scaling: "code" } },
  "everything": {
    softmax: "sampled",
    ihn: { beta: 1 },
    rr: { lambda: 100, scaling: "code" },
    selection: "per-item",
    repel: { lambda: 2 },
  },
};

/** A model's options besides those it has anyway. */
const otherOptions: Readonly<Record<string, readonly Options[]>> = {
  "mind": [{ stopGradient: false }, { stopGradient: false, relu: true }],
  "comirec-dr": [{ stopGradient: false, initialisation: "normal" }],
  "umi": [{ stopGradient: false }],
  "youtube-dnn": [{ sum: "real" }],
  "pimi": [{ clock: "time", span: 9, dropout: 0, initialisation: "glorot" }],
  "re4": [{ attend: 1, contrast: 1, construct: 1, threshold: 3 }],
  "gru4rec": [{ dropout: 0 }],
};

/** A model, its options and an objective that go together. */
export interface ModelCase {
  readonly name: string;
  readonly model: Model;
  readonly config: EngineConfig & { readonly options: Options };
}

/** All of them, at the given sizes (K is 1 for a single vector). */
export function modelCases(sizes: Sizes = smallSizes): ModelCase[] {
  return models.flatMap((model) =>
    [{}, ...otherOptions[model.name] ?? []].flatMap((said) => {
      const options = modelOptions(model, said);
      const ofModel = {
        ...sizes,
        K: model.vectors === "one" ? 1 : sizes.K,
        profile: [2, 7, 21],
      };
      return Object.entries(allObjectives)
        .filter(([, objective]) =>
          wrongCombination(model, options, { K: ofModel.K, objective }) === null
        )
        .map(([name, objective]) => ({
          name: [model.title(options), JSON.stringify(said), name].join(", "),
          model,
          config: { model: model.name, options, sizes: ofModel, objective, adam },
        }));
    })
  );
}

/** One case of every model and options: the one whose objective has the most parts. */
export function richestCases(sizes: Sizes = smallSizes): ModelCase[] {
  const byTraining = new Map(
    modelCases(sizes).map((test) => {
      const { model, options } = test.config;
      return [JSON.stringify([model, options]), test]; // the last one stays
    }),
  );
  return [...byTraining.values()];
}

/** A batch with days and profiles, histories of every length. */
export function richBatch(sizes: Sizes, random: Random): Batch {
  const { B, L, profile = [] } = sizes;
  const batch = uniformBatch(sizes, random);
  const days = Int32Array.from(batch.history, (item) => item === 0 ? 0 : random.below(12));
  for (let b = 0; b < B; b++) days.subarray(b * L, b * L + batch.length[b]!).sort();
  const categories = Array.from({ length: B }, () => profile.map((n) => random.below(n)));
  return { ...batch, days, profile: Int32Array.from(categories.flat()) };
}

/** Normal parameters in the model's shapes, large enough for every part to have a gradient. */
export function largeParameters({ model, config }: ModelCase, random: Random): Parameters {
  const { sizes, options } = config;
  const drawn = (shape: readonly number[], deviation: number): Float32Array => {
    const size = shape.reduce((a, b) => a * b, 1);
    return new Float32Array(size).map(() => deviation * random.normal());
  };
  const dense = Object.entries(model.parameters(sizes, options)).map(([name, { shape }]) =>
    [name, drawn(shape, 1 / Math.sqrt(shape.at(-2) ?? 4))] as const
  );
  const table = drawn([sizes.itemCount + 1, sizes.d], 1.5 / Math.sqrt(sizes.d));
  if (model.zeroPadding) table.fill(0, 0, sizes.d);
  return { table, dense: Object.fromEntries(dense) };
}
