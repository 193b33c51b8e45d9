/** What a fixture asks to be compared: its own training, and its variants. */
import type { Batch } from "../data/batch.ts";
import { dayOf } from "../data/days.ts";
import type { EngineConfig, ObjectiveConfig } from "../engine/engine_config.ts";
import type { Parameters } from "../engine/engine.ts";
import { modelOf } from "../model/registry.ts";
import { objective } from "../objective/objective.ts";
import type { ByName, FixtureStep, StepResults, TrainingFixture } from "./fixtures.ts";
import {
  type Objective,
  tensorflowSampledSoftmax,
  umiWithOwnNegatives,
} from "./official_losses.ts";
import { type OfficialModel, officialModels } from "./official_models.ts";

/** A training of the official code, to be repeated by an engine of ours. */
export interface ParityCase {
  readonly fixture: TrainingFixture;
  /** "" for the fixture's own training, else the variant's name */
  readonly variant: string;
  readonly official: OfficialModel;
  readonly config: EngineConfig;
  readonly start: Parameters;
  readonly batches: readonly Batch[];
  readonly results: readonly StepResults[];
  readonly after: ByName;
  /** what an engine has to minimize in the given step */
  objectiveIn(step: () => FixtureStep): Objective;
}

/** The cases of a fixture; none if the project does not have its model. */
export function casesOf(fixture: TrainingFixture): ParityCase[] {
  if (!Object.hasOwn(officialModels, fixture.model)) return [];
  const official = officialModels[fixture.model]!;
  const variants = Object.entries(fixture.variants ?? {}).map(([variant, values]) =>
    caseOf(
      fixture,
      official,
      variant,
      values.beta,
      values.lambda_,
      values.steps,
      values.params_after,
    )
  );
  const { config: { beta, lambda_ }, steps, params_after } = fixture;
  return [caseOf(fixture, official, "", beta, lambda_, steps, params_after), ...variants];
}

function caseOf(
  fixture: TrainingFixture,
  official: OfficialModel,
  variant: string,
  beta: number,
  lambda: number,
  results: readonly StepResults[],
  after: ByName,
): ParityCase {
  const batches = fixture.steps.map((step) => batchOf(step, official, variant !== ""));
  const perItem = variant === "shared_umi" ||
    official.model === "umi-hn" || (official.model === "umi" && variant === "");
  const objective: ObjectiveConfig = {
    softmax: "sampled",
    ...(beta > 0 && { ihn: { beta } }),
    ...(lambda > 0 && { rr: { lambda, scaling: "code" as const } }),
    ...(perItem && { selection: "per-item" as const }),
  };
  const { config: c } = fixture;
  const profile = official.profile?.map((table) => fixture.params[table]!.shape[0]!);
  const config: EngineConfig = {
    model: official.model,
    options: modelOf(official.model).options.parse({
      ...official.options?.(fixture),
      ...(variant === "stop_gradient" && { stopGradient: true }),
    }),
    sizes: {
      B: c.batch,
      L: c.length,
      K: c.interests,
      S: batches[0]!.negatives.length,
      d: c.dim,
      itemCount: c.items - 1,
      ...(profile && { profile }),
    },
    objective,
    adam: { learningRate: c.lr, beta1: c.adam.beta1, beta2: c.adam.beta2, epsilon: c.adam.eps },
  };
  const start = inOurLayout(fixture, official, config, (name) => fixture.params[name]!.values);
  const objectiveIn = objectiveOf(official, variant);
  return { fixture, variant, official, config, start, batches, results, after, objectiveIn };
}

function objectiveOf({ model }: OfficialModel, variant: string): ParityCase["objectiveIn"] {
  if (variant === "" && model === "pimi") return tensorflowSampledSoftmax;
  if (variant === "" && model === "umi") return () => umiWithOwnNegatives;
  return () => objective;
}

function batchOf(step: FixtureStep, { profile }: OfficialModel, ofVariant: boolean): Batch {
  const { history, mask, target, negatives, negatives_uniform, timestamps } = step;
  const { gender, age, occupation, routing_logits_init } = step;
  const drawn = ofVariant && negatives_uniform ? negatives_uniform : negatives.flat();
  return {
    history: Int32Array.from(history.flat()),
    length: Int32Array.from(mask, (row) => row.reduce((a, b) => a + b, 0)),
    target: Int32Array.from(target),
    negatives: Int32Array.from(drawn),
    ...(timestamps && {
      days: Int32Array.from(
        timestamps.flatMap((row, b) => row.map((t, l) => mask[b]![l] ? dayOf(t, row[0]!) : 0)),
      ),
    }),
    ...(profile && {
      profile: Int32Array.from(target.flatMap((_, b) => [gender![b]!, age![b]!, occupation![b]!])),
    }),
    ...(routing_logits_init && { noise: { routing: Float32Array.from(routing_logits_init) } }),
  };
}

/** Official numbers by our names and in our layouts; 0 where a model keeps item 0 at zero. */
export function inOurLayout(
  fixture: TrainingFixture,
  official: OfficialModel,
  { model, options, sizes }: EngineConfig,
  values: (officialName: string) => readonly number[],
): Parameters {
  const definition = modelOf(model);
  const table = Float32Array.from(values(official.table));
  if (definition.zeroPadding) table.fill(0, 0, sizes.d);
  const names = Object.keys(definition.parameters(sizes, options!));
  const dense = names.map((name) => {
    const [officialName, transposed] = official.parameters[name]!;
    const array = Float32Array.from(values(officialName));
    const [rows, columns] = fixture.params[officialName]!.shape.slice(-2) as [number, number];
    return [name, transposed ? lastAxesTransposed(array, rows, columns) : array] as const;
  });
  return { table, dense: Object.fromEntries(dense) };
}

/** [..., rows, columns] as [..., columns, rows] */
function lastAxesTransposed(array: Float32Array, rows: number, columns: number): Float32Array {
  const size = rows * columns;
  return array.map((_, i) => {
    const at = i % size;
    return array[i - at + (at % rows) * columns + Math.floor(at / rows)]!;
  });
}
