/** The page's side of a training, with a worker that answers when the test says so. */
import assert from "node:assert/strict";
import { Answering } from "../answering.ts";
import type { FromWorker, ToWorker } from "../messages.ts";
import { defaultSettings } from "../playground_settings.ts";
import { type Picture, TrainingLoop } from "./training_loop.ts";

const begun = await new Answering().answer({ kind: "begin", settings: defaultSettings, user: 0 });
assert.equal(begun.kind, "frame");
const start = begun as Picture;

/** A picture of a step and a user. */
function pictureOf(step: number, user = 0): Picture {
  const { frame } = start;
  return { ...start, frame: { ...frame, step, user: { ...frame.user, user } } };
}

/** A worker that remembers what it is asked. */
class Asked {
  readonly messages: ToWorker[] = [];
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;

  postMessage(message: ToWorker): void {
    this.messages.push(message);
  }

  answer(data: FromWorker): void {
    this.onmessage!({ data });
  }

  /** What was asked since the last call, in short. */
  news(): string[] {
    return this.messages.splice(0).map((message) =>
      message.kind === "advance" ? `advance ${message.steps}` : message.kind
    );
  }
}

/** A loop with its worker and what it told. */
function looped() {
  const [worker, told, frames]: [Asked, string[], (() => void)[]] = [new Asked(), [], []];
  globalThis.requestAnimationFrame = (callback) => frames.push(() => callback(0));
  const loop = new TrainingLoop(worker as unknown as Worker, { // foreign: the browser's class
    picture: ({ frame }) => told.push(`picture ${frame.step}`),
    state: (step) => told.push(`state ${step}`),
    toy: () => told.push("toy"),
    failed: (message) => told.push(`failed: ${message}`),
    toyFailed: (message) => told.push(`toy failed: ${message}`),
    running: (is) => told.push(is ? "runs" : "stopped"),
  });
  return { worker, told, loop, frames };
}

Deno.test("a start that fails tells its cause, and nothing takes the place of it", async () => {
  const { worker, told, loop, frames } = looped();
  const answering = new Answering();
  loop.begin({ ...defaultSettings, seed: 1e20 }, Infinity);
  loop.run(true);
  const answerAll = async () => {
    for (let most = 9; most > 0 && worker.messages.length > 0; most--) {
      worker.answer(await answering.answer(worker.messages.shift()!));
    }
  };
  await answerAll();
  assert.equal(told.length, 3, told.join("\n"));
  assert.deepEqual(told.slice(0, 2), ["runs", "stopped"]);
  assert.match(told[2]!, /^failed: .*seed/);
  frames.forEach((frame) => frame());
  await answerAll();
  loop.advance(1); // by hand, all the same
  await answerAll();
  assert.equal(told.at(-1), told[2]);
});

Deno.test("settings that were chosen before a failure came are begun", () => {
  const { worker, told, loop } = looped();
  loop.begin(defaultSettings, Infinity);
  loop.run(true);
  loop.begin({ ...defaultSettings, K: 2 }, Infinity);
  assert.deepEqual(worker.news(), ["begin"]);
  worker.answer({ kind: "failed", of: "begin", message: "no memory" });
  assert.deepEqual(worker.news(), ["begin"]);
  assert.deepEqual(told, ["runs"]);
});

Deno.test("a worker that breaks stops the training, and a toy that fails does not", () => {
  const { worker, told, loop } = looped();
  loop.begin(defaultSettings, Infinity);
  loop.run(true);
  worker.answer({ kind: "failed", of: "toy", message: "no toy" });
  assert.deepEqual(told, ["runs", "toy failed: no toy"]);
  worker.onerror!({ message: "broken" });
  assert.deepEqual(told.slice(2), ["stopped", "failed: broken"]);
  assert.deepEqual(worker.news(), ["begin"]);
});

Deno.test("a step that is asked for while a picture is on its way is taken after it", () => {
  const { worker, told, loop } = looped();
  loop.begin(defaultSettings, Infinity);
  loop.run(true);
  loop.run(false);
  loop.advance(1);
  loop.advance(0); // another look takes nothing from it
  assert.deepEqual(worker.news(), ["begin"]);
  worker.answer(pictureOf(0));
  assert.deepEqual(worker.news(), ["advance 1"]);
  worker.answer(pictureOf(1));
  assert.deepEqual(worker.news(), ["state"]);
  worker.answer({ kind: "state", step: 1, state: "abc" });
  assert.equal(told.at(-1), "state 1");
});

Deno.test("a new training owes no step of the one before", () => {
  const { worker, loop } = looped();
  loop.begin(defaultSettings, Infinity);
  loop.advance(1);
  loop.begin(defaultSettings, Infinity);
  worker.answer(pictureOf(0));
  worker.answer(pictureOf(0));
  assert.deepEqual(worker.news(), ["begin", "begin", "state"]);
});

Deno.test("a training that is begun where the one before stopped, stops there as well", () => {
  const { worker, told, loop, frames } = looped();
  loop.begin(defaultSettings, 5);
  worker.answer(pictureOf(5)); // as after five steps
  loop.advance(0);
  loop.begin(defaultSettings, 5);
  loop.run(true);
  worker.answer(pictureOf(5));
  worker.answer(pictureOf(0));
  assert.deepEqual(worker.news(), ["begin", "state", "advance 0", "begin"]);
  frames[0]!();
  worker.answer(pictureOf(5));
  assert.equal(loop.running, false);
  assert.equal(told.at(-1), "stopped");
});

Deno.test("a user that was chosen with the last picture on its way is shown", () => {
  const { worker, loop } = looped();
  loop.begin(defaultSettings, 5);
  loop.run(true);
  loop.user = 3;
  worker.answer(pictureOf(5, 0));
  assert.deepEqual(worker.news(), ["begin", "advance 0"]);
});

Deno.test("a user that there is not is the one that is shown, and is not asked for again", () => {
  const { worker, loop } = looped();
  loop.user = start.begun.users + 5;
  loop.begin(defaultSettings, Infinity);
  worker.answer(pictureOf(0, 5));
  assert.equal(loop.user, 5);
  assert.deepEqual(worker.news(), ["begin", "state"]);
});
