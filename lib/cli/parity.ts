/** `deno task parity`: every fixture of the official code through our code. */
import { BadInput } from "../base/bad_input.ts";
import { fusedCovers, FusedEngine } from "../engine/fused/fused_engine.ts";
import { tfjsBackends, whyNot } from "../engine/tfjs/backends.ts";
import { evaluateParity, type EvaluationFixture } from "../testing/evaluate_parity.ts";
import { fixture, fixtureFolder, fixturesOf, type TrainingFixture } from "../testing/fixtures.ts";
import {
  autogradParity,
  type Comparison,
  trainingParity,
  waysToCompute,
} from "../testing/parity.ts";
import { casesOf, type ParityCase } from "../testing/parity_cases.ts";
import { atParity, worstOf } from "../testing/parity_summary.ts";
import { runPlainCommand } from "./main.ts";

const usage = `deno task parity

Puts every fixture of the official code through our definition, and through the same with rows and
loss by our kernels, on every backend that loads, and through the fused engine where it covers the
model. Prints a line for each with its largest error relative to what is allowed.`;

/** Columns that a fixture's and a variant's name take. */
const NAME = 32;

/** Prints a fixture's line; true if everything is within its tolerance. */
function report(name: string, by: string, comparisons: readonly Comparison[]): boolean {
  const [worst, good] = [worstOf(comparisons), atParity(comparisons)];
  console.log(
    `${good ? "ok  " : "FAIL"} ${name.padEnd(NAME)} ${by.padEnd(16)} ` +
      `${String(comparisons.length).padStart(2)} quantities, largest error ` +
      `${worst.largestError.toExponential(1)} (${worst.quantity}, allowed ${worst.tolerance})`,
  );
  return good;
}

async function training(name: string, parity: ParityCase): Promise<boolean> {
  const which = [name, parity.variant].filter(Boolean).join(" ");
  const good: boolean[] = [];
  for (const backend of tfjsBackends) {
    const reason = await whyNot(backend);
    if (reason !== null) {
      console.log(`skip ${which.padEnd(NAME)} ${backend}: ${reason}`);
      continue;
    }
    for (const way of waysToCompute) {
      const comparisons = await autogradParity(parity, way, backend);
      good.push(report(which, `${way}/${backend}`, comparisons));
    }
  }
  if (fusedCovers(parity.config) === null) {
    const engine = await FusedEngine.create(parity.config, parity.start);
    good.push(report(which, "fused", await trainingParity(parity, engine)));
    engine.dispose();
  }
  return good.every(Boolean);
}

await runPlainCommand(usage, async () => {
  console.log(`fixtures of the official code in ${fixtureFolder()}`);
  let failures = 0;
  let compared = 0;
  for (const name of fixturesOf("training")) {
    const values = fixture<TrainingFixture>(name);
    const cases = casesOf(values);
    if (cases.length === 0) console.log(`skip ${name}: the project has no model ${values.model}`);
    for (const parity of cases) {
      compared++;
      if (!await training(name, parity)) failures++;
    }
  }
  for (const name of fixturesOf("evaluation")) {
    compared++;
    const { comparisons, swapped } = await evaluateParity(fixture<EvaluationFixture>(name));
    if (!report(name, "retrieval", comparisons)) failures++;
    const pairs = `${swapped} pairs of equal scores (to float32 rounding) in another order`;
    console.log(`     ${name.padEnd(16)} ${pairs}`);
  }
  if (compared === 0) {
    const remedy = "Correct or unset REMI_FIXTURES.";
    throw new BadInput("nothing was compared", fixtureFolder(), undefined, remedy);
  }
  if (failures > 0) {
    throw new BadInput("not at parity", fixtureFolder(), failures, "See the lines marked FAIL.");
  }
});
