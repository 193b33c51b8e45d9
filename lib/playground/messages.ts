/** What the page and its worker say to each other. */
import type { Frame } from "./frame.ts";
import type { PlaygroundMeasures } from "./held_out.ts";
import type { PlaygroundSettings } from "./playground_settings.ts";
import type { ToyPicture, ToySettings } from "./toy_run.ts";

/**
 * To the worker. It takes steps when it is asked to and at no other time: who starts, stops and
 * sets the speed is the page, which asks once a picture.
 */
export type ToWorker =
  | { readonly kind: "begin"; readonly settings: PlaygroundSettings; readonly user: number }
  | { readonly kind: "advance"; readonly steps: number; readonly user: number }
  | { readonly kind: "state" }
  | { readonly kind: "toy"; readonly settings: ToySettings };

/** From the worker: one answer a message, in their order. */
export type FromWorker =
  | {
    readonly kind: "frame";
    readonly frame: Frame;
    /** every measurement so far */
    readonly curve: readonly PlaygroundMeasures[];
    readonly begun: Begun;
    /** of computing the steps, ms */
    readonly took: number;
  }
  | { readonly kind: "state"; readonly step: number; readonly state: string }
  | { readonly kind: "toy"; readonly pictures: readonly ToyPicture[] }
  | {
    readonly kind: "failed";
    /** what was asked for */
    readonly of: ToWorker["kind"];
    readonly message: string;
  };

/** What stays the same for a whole training. */
export interface Begun {
  readonly settings: PlaygroundSettings;
  /** held-out users */
  readonly users: number;
  /** planted interests in all */
  readonly planted: number;
  /** [itemCount + 1] the planted interest of an item, from 0 */
  readonly interestOfItem: readonly number[];
}
