/**
 * What computes: the one interface behind which the trainer, the evaluation and the notebooks see a
 * model. Two things implement it: tfjs autograd for the encoder of any model, with the kernels of
 * lib/engine/core for the rest or with all of it readable (lib/train/autograd_engine.ts), and the
 * fused WebAssembly engine (lib/engine/fused). Nothing but speed tells them apart; tests hold them
 * together.
 */
import { copyOf, type Values } from "../base/values.ts";
import type { Batch, Histories } from "../data/batch.ts";

/** What a training step reports, before the step's update. */
export interface StepLosses {
  /** softmax term, lambda times the routing penalty, and the further terms times their weights */
  readonly loss: number;
  /** the softmax term alone (sampled, full or IHN) */
  readonly softmaxLoss: number;
  /**
   * the routing penalty of the batch in its configured scaling, before lambda; 0 without routing
   */
  readonly routingPenalty: number;
  /** further parts of the loss by name, before their weights; absent if there are none */
  readonly terms?: Readonly<Record<string, number>>;
}

/** What a model says about users. */
export interface UserInterests {
  /** interests a user */
  readonly K: number;
  /** [U, K, d] */
  readonly interests: Float32Array;
  /** [U, K, L] routing weights, 0 on padding; null for models without routing */
  readonly routing: Float32Array | null;
}

/** Parameter values without optimizer state. */
export interface Parameters {
  /** [itemCount + 1, d], row 0 is padding */
  readonly table: Float32Array;
  /** dense parameters by name, e.g. W1 [d, 4d] row-major */
  readonly dense: Readonly<Record<string, Float32Array>>;
}

/**
 * Everything needed to go on bit-identically: the values as they are (rows that the lazy optimizer
 * has not brought current stay as they are), their Adam moments, and the step each row was last
 * touched at.
 */
export interface EngineState {
  /** number of steps taken */
  readonly step: number;
  /**
   * "table", "table.m", "table.v" [itemCount + 1, d], "table.last" [itemCount + 1] (Uint32Array),
   * and for every dense parameter P: "P", "P.m", "P.v".
   */
  readonly arrays: Readonly<Record<string, Float32Array | Uint32Array>>;
}

/** A state in place: its arrays are handed over from where they lie, valid until the next step. */
export interface StateInPlace {
  readonly step: number;
  /** those of {@linkcode EngineState} */
  readonly arrays: Readonly<Record<string, Values<Float32Array | Uint32Array>>>;
}

/** A model with its parameters and optimizer, ready to train and to be asked. */
export interface Engine {
  /** "fused", "wasm", "cpu", ... */
  readonly backend: string;
  /** Takes one optimizer step and reports the losses at the parameters before it. */
  step(batch: Batch): StepLosses | Promise<StepLosses>;
  /**
   * Interests and routing of any number of users. Rows that lag behind may be brought to the last
   * step for it: to the same values but for rounding, so the steps that follow depend in their last
   * bits on whether and when this was asked.
   */
  interests(histories: Histories): Promise<UserInterests>;
  /**
   * The current parameters, every row of the table brought to the last step. Copies.
   *
   * @param into earlier ones of this engine, all of which are overwritten and returned; new arrays
   *   unless given
   */
  parameters(into?: Parameters): Parameters;
  /** The table of the same, [itemCount + 1, d], from where it lies; valid until the next step. */
  table(): Values<Float32Array>;
  /** Replaces the parameter values and forgets the optimizer's moments. */
  load(parameters: Parameters): void;
  /** A copy of the state, without changing it. */
  state(): EngineState;
  /** The state without copying it: as large as it is, it can be written to a file. */
  stateInPlace(): StateInPlace;
  /** Puts a saved state back. @throws {BadInput} if names or sizes do not fit */
  restore(state: StateInPlace): void;
  /** Lets tensors, memory and workers go; whatever is asked afterwards is refused. */
  dispose(): void;
}

/** What an engine says that was disposed of. */
export function engineDisposed(): Error {
  return new Error("this engine was disposed of");
}

/** A copy of a state. */
export function copyOfState({ step, arrays }: StateInPlace): EngineState {
  const copied = Object.entries(arrays).map(([name, values]) => [name, copyOf(values)] as const);
  return { step, arrays: Object.fromEntries(copied) };
}
