/** The worker's side of the playground: a training that does what it is told. */
import type { Begun, FromWorker, ToWorker } from "./messages.ts";
import { Playground } from "./playground.ts";
import { toyRun } from "./toy_run.ts";

/** One training at a time, driven by messages. */
export class Answering {
  #playground: Playground | null = null;
  /** why there is no training */
  #none: unknown = new Error("no training has begun");

  /** The answer to a message; messages have to be given one after the other. */
  async answer(message: ToWorker): Promise<FromWorker> {
    try {
      return await this.#answer(message);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      return { kind: "failed", of: message.kind, message: words };
    }
  }

  async #answer(message: ToWorker): Promise<FromWorker> {
    if (message.kind === "toy") {
      return { kind: "toy", pictures: await toyRun(message.settings) };
    }
    if (message.kind === "begin") {
      this.#playground?.dispose();
      this.#playground = null;
      try {
        this.#playground = await Playground.begin(message.settings);
      } catch (error) {
        this.#none = error; // whatever is asked next is answered with the cause
      }
    }
    const playground = this.#playground;
    if (playground === null) throw this.#none;
    if (message.kind === "state") {
      return { kind: "state", step: playground.step, state: playground.state() };
    }
    const started = performance.now();
    if (message.kind === "advance") await playground.advance(message.steps);
    const took = performance.now() - started;
    const frame = await playground.frame(message.user % playground.users);
    return { kind: "frame", frame, curve: playground.curve, begun: begunOf(playground), took };
  }
}

function begunOf({ settings, users, dataset: { truth } }: Playground): Begun {
  const interestOfItem = [...truth!.interestOfItem];
  const planted = Math.max(...interestOfItem) + 1;
  return { settings, users, planted, interestOfItem };
}
