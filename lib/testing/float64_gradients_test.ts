import "./in_double.ts";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import type { Sizes } from "../data/sizes.ts";
import type { Parameters } from "../engine/engine.ts";
import { AutogradEngine } from "../train/autograd_engine.ts";
import { largeParameters, type ModelCase, modelCases, richBatch } from "./model_cases.ts";

/** Step of the central differences; in double precision their error is about its square. */
const H = 1e-5;
const TOLERANCE = 1e-6;

const small: Sizes = { B: 3, L: 5, K: 3, S: 7, d: 8, itemCount: 12 };
const smallest: Sizes = { B: 2, L: 1, K: 1, S: 1, d: 4, itemCount: 2 };

/** Parameters moved along a direction. */
function moved(at: Parameters, along: Parameters, by: number): Parameters {
  const sum = (x: Float32Array, y: Float32Array) => x.map((value, i) => value + by * y[i]!);
  const dense = Object.entries(at.dense).map(([name, values]) =>
    [name, sum(values, along.dense[name]!)] as const
  );
  return { table: sum(at.table, along.table), dense: Object.fromEntries(dense) };
}

/** A random direction in one tensor, 0 in all others and in the padding row. */
function directions(start: Parameters, d: number, random: Random): [string, Parameters][] {
  const zero = (x: Float32Array) => new Float32Array(x.length);
  const none = (): { table: Float32Array; dense: Record<string, Float32Array> } => ({
    table: zero(start.table),
    dense: Object.fromEntries(Object.entries(start.dense).map(([name, x]) => [name, zero(x)])),
  });
  const table = none();
  table.table.forEach((_, i) => table.table[i] = i < d ? 0 : random.normal());
  return [
    ["table", table],
    ...Object.keys(start.dense).map((name): [string, Parameters] => {
      const one = none();
      one.dense[name]!.forEach((_, i) => one.dense[name]![i] = random.normal());
      return [name, one];
    }),
  ];
}

async function checkGradients({ name, model, config }: ModelCase): Promise<void> {
  const random = new Random(7, name);
  const start = largeParameters({ name, model, config }, random);
  const batch = richBatch(config.sizes, random);
  const engine = await AutogradEngine.definition(config, start, "cpu");
  const { rows, dense } = await engine.gradients(batch);
  const { d, itemCount } = config.sizes;
  const negatives = config.objective.softmax === "full"
    ? Int32Array.from({ length: itemCount }, (_, i) => i + 1)
    : batch.negatives;
  const ids = [...batch.history, ...batch.target, ...negatives];
  const table = new Float32Array(start.table.length);
  rows.flatMap((part) => [...part]).forEach((g, i) =>
    table[ids[Math.floor(i / d)]! * d + i % d]! += g
  );
  const gradient = { table, dense };
  const lossAt = async (parameters: Parameters) => {
    engine.load(parameters);
    return (await engine.gradients(batch)).losses.loss;
  };
  for (const [tensor, along] of directions(start, d, random)) {
    const slope = (await lossAt(moved(start, along, H)) - await lossAt(moved(start, along, -H))) /
      (2 * H);
    const [of, by] = tensor === "table"
      ? [gradient.table, along.table]
      : [gradient.dense[tensor]!, along.dense[tensor]!];
    const want = of.reduce((sum, g, i) => sum + g * by[i]!, 0);
    const scale = Math.max(1e-3, Math.hypot(...of) * Math.hypot(...by) / Math.sqrt(of.length));
    const error = Math.abs(slope - want) / scale;
    assert.ok(error <= TOLERANCE, `${tensor}: ${slope} by differences, ${want} by gradient`);
  }
  engine.dispose();
}

const cases = [
  ...modelCases(small),
  ...modelCases(smallest).filter(({ name }) => /sampled softmax$|maximum$|BaM$/.test(name)),
];
for (const test of cases) {
  const { name, model, config: { options, sizes: { L, K } } } = test;
  // a routing that is held constant has no numerical derivative; capsules_test.ts has one
  const held = options["stopGradient"] === true;
  if (held || model.counts) continue;
  Deno.test(`float64 differences agree: ${name}, L ${L}, K ${K}`, () => checkGradients(test));
}
