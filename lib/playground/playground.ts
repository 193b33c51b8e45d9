/**
 * One training of the playground: the library's own data, start, batches, fused engine and
 * evaluation, a step at a time. What is looked at is asked of a second engine that is given the
 * first one's state, so that looking changes no bit of the training.
 */
import { createHash } from "node:crypto";
import { Random } from "../base/random.ts";
import { stretches } from "../base/values.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import type { Dataset } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import { FusedEngine } from "../engine/fused/fused_engine.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { engineConfig, resolveConfig } from "../train/config.ts";
import { type Frame, frameOf } from "./frame.ts";
import { heldOut, type PlaygroundMeasures } from "./held_out.ts";
import type { Seen } from "./look.ts";
import {
  dataOptions,
  EVALUATE_EVERY,
  type PlaygroundSettings,
  trainConfig,
} from "./playground_settings.ts";

/** Items of a list: a tenth of the catalogue. */
export const LIST_ITEMS = 20;

/** A training that can be looked at after any step. */
export class Playground {
  /** measures of the held-out users at the start and every 25 steps */
  readonly curve: PlaygroundMeasures[] = [];
  #step = 0;

  private constructor(
    readonly settings: PlaygroundSettings,
    readonly dataset: Dataset,
    private readonly engine: FusedEngine,
    private readonly looking: FusedEngine,
    private readonly sampler: BatchSampler,
    private readonly evaluator: Evaluator,
  ) {}

  /** The start of a training. */
  static async begin(settings: PlaygroundSettings): Promise<Playground> {
    const dataset = synthetic(dataOptions(settings));
    const config = resolveConfig(trainConfig(settings));
    const setup = engineConfig(config, dataset);
    const start = initialParameters(modelOf(config.model), setup.sizes, config.seed);
    const playground = new Playground(
      settings,
      dataset,
      await FusedEngine.create(setup, start),
      await FusedEngine.create(setup, start),
      new BatchSampler(dataset.train, setup.sizes, new Random(config.seed, "batches")),
      await Evaluator.create(dataset, config.L, { cutoffs: [LIST_ITEMS] }),
    );
    await playground.#measure();
    return playground;
  }

  /** Steps taken. */
  get step(): number {
    return this.#step;
  }

  /** Users of the test split, who are looked at; none of them is trained on. */
  get users(): number {
    return this.evaluator.cases("test").count;
  }

  /** Takes so many steps. */
  async advance(steps: number): Promise<void> {
    for (let i = 0; i < steps; i++) {
      this.engine.step(this.sampler.next());
      this.#step++;
      if (this.#step % EVALUATE_EVERY === 0) await this.#measure();
    }
  }

  /**
   * What there is to see of a user.
   *
   * @param user among those of the test split, from 0
   */
  async frame(user: number): Promise<Frame> {
    return frameOf(await this.#seen(user, user + 1), this.dataset, this.#step);
  }

  /** 16 digits of the sha256 of everything that the engine remembers. */
  state(): string {
    const hash = createHash("sha256");
    for (const [name, values] of Object.entries(this.engine.stateInPlace().arrays).sort()) {
      hash.update(name);
      for (const [, stretch] of stretches(values)) {
        hash.update(new Uint8Array(stretch.slice().buffer));
      }
    }
    return hash.digest("hex").slice(0, 16);
  }

  /** Lets the memory go. */
  dispose(): void {
    this.engine.dispose();
    this.looking.dispose();
    this.evaluator.dispose();
  }

  /** Users first..end - 1 at the training's present state. */
  async #seen(first: number, end: number): Promise<Seen> {
    const { dataset: { itemCount }, looking, settings: { beta, S } } = this;
    const cases = this.evaluator.cases("test");
    looking.restore(this.engine.stateInPlace());
    const users = await looking.interests(cases.histories(first, end));
    return { cases, first, users, table: looking.table(), itemCount, beta, S };
  }

  async #measure(): Promise<void> {
    const seen = await this.#seen(0, this.users);
    const metrics = await this.evaluator.metrics(this.looking, seen, "test");
    this.curve.push(heldOut(seen, this.#step, metrics[LIST_ITEMS]!.recall));
  }
}
