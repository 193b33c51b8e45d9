/** `deno task parity`: every fixture of the official code through our code. */
import { BadInput } from "../base/bad_input.ts";
import { fusedCovers, FusedEngine } from "../engine/fused/fused_engine.ts";
import { tfjsBackends, whyNot } from "../engine/tfjs/backends.ts";
import { evaluateParity, type EvaluationFixture } from "../testing/evaluate_parity.ts";
import { fixture, fixtureFolder, fixturesOf, type TrainingFixture } from "../testing/fixtures.ts";
import {
  type Comparison,
  configOf,
  gradientParity,
  hasModelOf,
  parametersOf,
  trainingParity,
} from "../testing/parity.ts";
import { AutogradEngine } from "../train/autograd_engine.ts";
import { runPlainCommand } from "./main.ts";

const usage = `deno task parity

Puts every fixture of the official code through our definition on every backend that covers it, and
prints a line for each with its largest error relative to what is allowed.`;

/** Prints a fixture's line; true if everything is within its tolerance. */
function report(name: string, by: string, comparisons: readonly Comparison[]): boolean {
  const worst = comparisons.reduce((a, b) =>
    a.largestError / a.tolerance >= b.largestError / b.tolerance ? a : b
  );
  const good = comparisons.every(({ largestError, tolerance }) => largestError <= tolerance);
  console.log(
    `${good ? "ok  " : "FAIL"} ${name.padEnd(16)} ${by.padEnd(16)} ` +
      `${String(comparisons.length).padStart(2)} quantities, largest error ` +
      `${worst.largestError.toExponential(1)} (${worst.quantity}, allowed ${worst.tolerance})`,
  );
  return good;
}

async function trainingFixture(name: string): Promise<boolean> {
  const values = fixture<TrainingFixture>(name);
  if (!hasModelOf(values)) {
    console.log(`skip ${name.padEnd(16)} the project has no model ${values.model}`);
    return true;
  }
  const config = configOf(values);
  const start = parametersOf(values);
  const good: boolean[] = [];
  for (const backend of tfjsBackends) {
    const reason = await whyNot(backend);
    if (reason !== null) {
      console.log(`skip ${name.padEnd(16)} definition/${backend}: ${reason}`);
      continue;
    }
    const engine = await AutogradEngine.create(config, start, backend);
    const gradients = await gradientParity(values, engine);
    const training = await trainingParity(values, engine);
    good.push(report(name, `definition/${backend}`, [...gradients, ...training]));
    engine.dispose();
  }
  if (fusedCovers(config) === null) {
    const engine = await FusedEngine.create(config, start);
    good.push(report(name, "fused", await trainingParity(values, engine)));
    engine.dispose();
  }
  return good.every(Boolean);
}

await runPlainCommand(usage, async () => {
  console.log(`fixtures of the official code in ${fixtureFolder()}`);
  let failures = 0;
  for (const name of fixturesOf("training")) {
    if (!await trainingFixture(name)) failures++;
  }
  for (const name of fixturesOf("evaluation")) {
    const { comparisons, swapped } = await evaluateParity(fixture<EvaluationFixture>(name));
    if (!report(name, "retrieval", comparisons)) failures++;
    const pairs = `${swapped} pairs of equal scores (to float32 rounding) in another order`;
    console.log(`     ${name.padEnd(16)} ${pairs}`);
  }
  if (failures > 0) {
    throw new BadInput("not at parity", fixtureFolder(), failures, "See the lines marked FAIL.");
  }
});
