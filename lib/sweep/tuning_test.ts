import assert from "node:assert/strict";
import {
  type Candidate,
  choiceOf,
  type Trial,
  tuningStages,
  type TuningStart,
  wholeTuning,
} from "./tuning.ts";

const RATE = 0.001;
const START = { seed: 1, learningRate: RATE };

/** A tuning on recalls by a formula; what it trained, in order, and what it came to. */
function tuned(
  recall: (trial: Trial) => number,
  budget = Infinity,
  start: TuningStart = START,
) {
  const known = new Map<string, number>();
  const valid = (trial: Trial) => known.get(JSON.stringify(trial));
  const trained: Trial[] = [];
  for (;;) {
    const stages = tuningStages(valid, start);
    const missing = stages.flatMap(({ trials }) => trials)
      .filter((trial) => valid(trial) === undefined);
    if (missing.length === 0 || trained.length === budget) {
      return { trained, stages, choice: choiceOf(stages, valid) };
    }
    trained.push(missing[0]!);
    known.set(JSON.stringify(missing[0]), recall(missing[0]!));
  }
}

/** Best at lambda 100, beta 0.1 and a rate of 0.003. */
function smooth({ candidate: { lambda, beta, learningRate }, seed }: Trial): number {
  const off = (x: number, best: number) => Math.abs(Math.log10(x + 1e-3) - Math.log10(best));
  return 0.5 - off(lambda, 100) / 20 - off(beta, 0.1) / 20 - off(learningRate, 0.003) / 20 +
    seed / 1000;
}

Deno.test("a tuning finds the best of a smooth landscape in thirteen trainings", () => {
  const { trained, stages, choice } = tuned(smooth);
  assert.equal(trained.length, wholeTuning());
  assert.equal(wholeTuning(), 13);
  assert.equal(new Set(trained.map((trial) => JSON.stringify(trial))).size, 13);
  assert.deepEqual(stages.map(({ trials }) => trials.length), [4, 3, 2, 4]);
  assert.deepEqual(choice!.chosen, { lambda: 100, beta: 0.1, learningRate: 0.003 });
  assert.deepEqual(choice!.ahead.map(({ seed }) => seed), [2, 3]);
  assert.ok(choice!.fresh && choice!.ahead.every(({ by }) => by > 0));
});

Deno.test("a tuning that goes on from what is recorded trains nothing twice", () => {
  const { trained } = tuned(smooth);
  for (const budget of [1, 5, 9, 12]) {
    assert.deepEqual(tuned(smooth, budget).trained, trained.slice(0, budget));
  }
});

Deno.test("a small budget ends in the best of what was trained, and says what decided", () => {
  const one = tuned(smooth, 1).choice!;
  assert.deepEqual([one.chosen.lambda, one.runnerUp], [0, null]);
  const three = tuned(smooth, 3).choice!;
  assert.deepEqual([three.chosen.lambda, three.runnerUp!.lambda, three.fresh], [100, 10, false]);
  assert.deepEqual(three.ahead.map(({ seed }) => seed), [1]);
  assert.equal(choiceOf(tuningStages(() => undefined, START), () => undefined), null);
});

Deno.test("between the two best the further seeds decide, not the one that chose them", () => {
  const lucky = (trial: Trial) =>
    smooth(trial) + (trial.candidate.beta === 1 && trial.seed === 1 ? 0.2 : 0);
  const { choice } = tuned(lucky);
  assert.equal(choice!.chosen.beta, 1); // the runner-up has another rate only
  const rate = (trial: Trial) =>
    smooth(trial) + (trial.candidate.learningRate === 0.0003 && trial.seed === 1 ? 0.2 : 0);
  const turned = tuned(rate).choice!;
  assert.equal(turned.chosen.learningRate, 0.003);
  assert.equal(turned.runnerUp!.learningRate, 0.0003);
  assert.ok(turned.ahead.every(({ by }) => by > 0));
});

Deno.test("what fails is never chosen and does not end the rest", () => {
  const diverges = (trial: Trial) =>
    trial.candidate.learningRate > RATE ? -Infinity : smooth(trial);
  const { trained, choice } = tuned(diverges);
  assert.equal(trained.length, wholeTuning());
  assert.equal(choice!.chosen.learningRate, RATE);
});

Deno.test("of equals the simplest is chosen", () => {
  const none: Candidate = { lambda: 0, beta: 0, learningRate: RATE };
  assert.deepEqual(tuned(() => 0.3).choice!.chosen, none);
});

Deno.test("what the model does not take is not tried, and the rest is", () => {
  const without = (...names: ("lambda" | "beta")[]) => {
    const { trained, stages, choice } = tuned(smooth, Infinity, { ...START, without: names });
    assert.equal(trained.length, wholeTuning(names));
    return { sizes: stages.map(({ trials }) => trials.length), chosen: choice!.chosen };
  };
  const rate = { learningRate: 0.003 };
  assert.deepEqual(without("beta"), {
    sizes: [4, 2, 4],
    chosen: { ...rate, lambda: 100, beta: 0 },
  });
  assert.deepEqual(without("lambda"), {
    sizes: [1, 3, 2, 4],
    chosen: { ...rate, lambda: 0, beta: 0.1 },
  });
  assert.deepEqual(without("lambda", "beta").sizes, [1, 2, 4]);
});

Deno.test("when all fail the tuning ends, with nothing chosen", () => {
  const { trained, choice } = tuned(() => -Infinity);
  assert.equal(trained.length, 4); // those of lambda
  assert.equal(choice, null);
});

Deno.test("one candidate that does not fail is chosen, without further seeds", () => {
  const { trained, choice } = tuned(({ candidate: { lambda, beta, learningRate } }) =>
    lambda === 10 && beta === 0 && learningRate === RATE ? 0.3 : -Infinity
  );
  assert.equal(trained.length, wholeTuning() - 4);
  assert.deepEqual([choice!.chosen.lambda, choice!.runnerUp], [10, null]);
});

Deno.test("a further seed in which one of the two failed decides nothing, and is named", () => {
  const { choice: best } = tuned(smooth);
  const failing = (fails: (trial: Trial) => boolean) =>
    tuned((trial) => trial.seed > 1 && fails(trial) ? -Infinity : smooth(trial)).choice!;
  const isBest = ({ candidate }: Trial) => candidate.learningRate === best!.chosen.learningRate;
  const one = failing((trial) => isBest(trial) && trial.seed === 3);
  assert.deepEqual(one.chosen, best!.chosen);
  assert.deepEqual([one.ahead.map(({ seed }) => seed), one.fresh, one.failed], [[2], true, [3]]);
  for (const fails of [isBest, () => true]) {
    const none = failing(fails);
    assert.deepEqual([none.chosen, none.fresh, none.failed], [best!.chosen, false, [2, 3]]);
    assert.deepEqual(none.ahead.map(({ seed }) => seed), [1]);
    assert.ok(none.ahead.every(({ by }) => Number.isFinite(by) && by > 0));
  }
});
