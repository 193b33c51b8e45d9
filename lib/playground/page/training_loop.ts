/** The page's side of a training: it asks the worker for steps, a picture at a time. */
import type { FromWorker, ToWorker } from "../messages.ts";
import type { PlaygroundSettings } from "../playground_settings.ts";
import type { ToyPicture, ToySettings } from "../toy_run.ts";

/** Steps a second that one can choose. */
export const PACES = [2, 10, 30, 60, 150, 300, 600, 1500] as const;

/** Milliseconds of steps between two pictures at most, so that there are 30 a second. */
const BUDGET = 16;

/** A picture of the training. */
export type Picture = Extract<FromWorker, { kind: "frame" }>;

/** What the page does with answers. */
export interface Listener {
  picture(picture: Picture): void;
  state(step: number, state: string): void;
  toy(pictures: readonly ToyPicture[]): void;
  failed(message: string): void;
  toyFailed(message: string): void;
  /** it has started or stopped */
  running(is: boolean): void;
}

/** Starts, stops, and keeps the pace. */
export class TrainingLoop {
  /** the held-out user that is shown, or will be */
  user = 0;
  /** index into {@linkcode PACES} */
  pace = 3;
  #running = false;
  #waiting = false;
  #begin: PlaygroundSettings | null = null;
  #step = 0;
  #stopAt = Infinity;
  /** steps that the pace asks for */
  #owed = 0;
  /** steps that were asked for by hand while an answer was awaited */
  #asked = 0;
  #last = 0;
  #msPerStep = 1;

  constructor(private readonly worker: Worker, private readonly listener: Listener) {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#heard(data);
    worker.onerror = ({ message }) => this.#stopped(message || "the worker could not be started");
  }

  /** Whether it trains. */
  get running(): boolean {
    return this.#running;
  }

  /** Begins a training anew; goes on until `stopAt` if it runs. */
  begin(settings: PlaygroundSettings, stopAt: number): void {
    this.#begin = settings;
    this.#stopAt = stopAt;
    this.#step = 0;
    this.#asked = 0;
    this.#flush();
  }

  /** Starts or stops. */
  run(is: boolean): void {
    if (this.#running === is) return;
    if (!is) {
      this.#halt();
      if (!this.#waiting) this.#askState();
      return;
    }
    if (this.#step >= this.#stopAt) this.#stopAt = Infinity;
    this.#asked = 0;
    this.#running = true;
    this.#last = performance.now();
    this.listener.running(true);
    requestAnimationFrame(() => this.#tick());
  }

  /** Takes so many steps, or none for another look; after the answer that is awaited, if one is. */
  advance(steps: number): void {
    if (this.#waiting) this.#asked = Math.max(this.#asked, steps);
    else this.#send({ kind: "advance", steps, user: this.user });
  }

  /** Asks for a training of the toy, whatever else is under way. */
  toy(settings: ToySettings): void {
    this.worker.postMessage({ kind: "toy", settings } satisfies ToWorker);
  }

  #tick(): void {
    if (!this.#running) return;
    requestAnimationFrame(() => this.#tick());
    const now = performance.now();
    this.#owed += PACES[this.pace]! * Math.min(200, now - this.#last) / 1000;
    this.#last = now;
    const most = Math.max(1, Math.floor(BUDGET / this.#msPerStep));
    const left = this.#stopAt - this.#step;
    const steps = Math.min(Math.floor(this.#owed), most, left);
    if (this.#waiting || steps < 1) return;
    this.#owed = Math.min(this.#owed - steps, most); // what cannot be kept up with is let go
    this.#send({ kind: "advance", steps, user: this.user });
  }

  #heard(answer: FromWorker): void {
    if (answer.kind === "failed") return this.#failed(answer);
    if (answer.kind === "toy") return this.listener.toy(answer.pictures);
    if (answer.kind === "state") {
      const current = answer.step === this.#step && !this.#waiting;
      return current ? this.listener.state(answer.step, answer.state) : undefined;
    }
    this.#waiting = false;
    if (this.#begin) return this.#flush();
    const steps = answer.frame.step - this.#step;
    if (steps > 0) this.#msPerStep += 0.2 * (answer.took / steps - this.#msPerStep);
    this.#step = answer.frame.step;
    const { user } = answer.frame.user;
    if ((this.user - user) % answer.begun.users === 0) this.user = user; // there are no more users
    this.listener.picture(answer);
    if (this.#running && this.#step >= this.#stopAt) this.#halt();
    if (this.#running) return;
    const asked = this.#asked;
    this.#asked = 0;
    if (asked > 0 || user !== this.user) this.advance(asked);
    else this.#askState();
  }

  #failed({ of, message }: Extract<FromWorker, { kind: "failed" }>): void {
    if (of === "toy") return this.listener.toyFailed(message);
    if (of !== "state") this.#waiting = false;
    if (this.#begin) return this.#flush(); // what failed is no longer asked for
    this.#stopped(message);
  }

  /** Stops because of a failure, and asks nothing: an answer would take the place of the cause. */
  #stopped(message: string): void {
    this.#asked = 0;
    this.#halt();
    this.listener.failed(message);
  }

  #halt(): void {
    if (!this.#running) return;
    this.#running = false;
    this.listener.running(false);
  }

  #flush(): void {
    if (this.#waiting || !this.#begin) return;
    this.#send({ kind: "begin", settings: this.#begin, user: this.user });
    this.#begin = null;
    this.#owed = 0;
  }

  #askState(): void {
    this.worker.postMessage({ kind: "state" } satisfies ToWorker);
  }

  #send(message: ToWorker): void {
    this.#waiting = true;
    this.worker.postMessage(message);
  }
}
