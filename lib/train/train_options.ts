/** What a training is given besides its configuration. */
import type { Values } from "../base/values.ts";
import type { Engine } from "../engine/engine.ts";
import type { Retriever } from "../engine/retrieval/retriever.ts";
import type { ProgressListener } from "./progress.ts";
import type { Measures } from "./run.ts";
import type { TrainedModel } from "./trained_model.ts";

/**
 * Measures something about the model at every evaluation, after so many steps; it must not draw
 * from the training's generator.
 */
export type Probe = (engine: Engine, step: number, current: Current) => Promise<Measures>;

/** What an evaluation has at hand: large models are not copied for every probe. */
export interface Current {
  /** [itemCount + 1, d] the engine's table; valid until the next step */
  readonly table: Values<Float32Array>;
  /** its index */
  readonly retriever: Retriever;
}

/** Where finished trainings are recorded. */
export interface RecordPlace {
  /**
   * Asked before the first step, when no other process trains the same: throws if nothing can be
   * recorded, or if there is nothing to do any more.
   */
  ready(): Promise<void>;
  /** Records a finished training; until it returns, everything to record it again is kept. */
  record(trained: TrainedModel): Promise<void>;
}

/** What a training is given besides its configuration. */
export interface TrainOptions {
  readonly onProgress?: ProgressListener;
  readonly probes?: readonly Probe[];
  /** where it is recorded when it is finished; nowhere unless said otherwise */
  readonly record?: RecordPlace;
  /** start anew even if an interrupted training of the same key could go on */
  readonly restart?: boolean;
  /** go on with a checkpoint of code that computes something else; the run then says so */
  readonly acceptCode?: boolean;
  /** where checkpoints and the trained parameters go; results/checkpoints unless said otherwise */
  readonly folder?: string;
  /** least seconds between two checkpoints, which are written at evaluations only; default 20 */
  readonly checkpointSeconds?: number;
}
