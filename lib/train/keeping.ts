/** The checkpoints of one training: when they are due, and what happens if one fails. */
import { writing } from "../base/disk.ts";
import { exists } from "../base/files.ts";
import { interruptRequested } from "../base/interrupt.ts";
import { type Checkpoint, writeCheckpoint } from "./checkpoint.ts";
import type { CheckpointMeta } from "./training_state.ts";

/** Milliseconds between two words on how far a save is that someone waits for. */
const TOLD_EVERY = 1000;

/**
 * Keeps a training's last checkpoint. One that cannot be written does not end the training: it is
 * told, once as long as the reason stays the same, and tried again when the next one is due.
 */
export class Keeping {
  /** the step of the last checkpoint on disk; null before the first */
  step: number | null = null;
  /** why the last try failed; null if it did not */
  failure: string | null = null;
  #tried = 0;
  #share: number | null = null; // of the checkpoint that is being written

  /**
   * @param path the file
   * @param interval least seconds of training between two checkpoints
   * @param lost why no later training finds the file; null if it does
   */
  constructor(
    readonly path: string,
    readonly interval: number,
    readonly lost: string | null,
  ) {}

  /** Notes the checkpoint that the training goes on from. */
  resumed(step: number, seconds: number): void {
    this.step = step;
    this.#tried = seconds;
  }

  /** Removes what an earlier training has left, which its owner does not want any more. */
  async forget(): Promise<void> {
    if (await exists(this.path)) await writing(this.path, () => Deno.remove(this.path));
  }

  /** Whether the next checkpoint is due after so many seconds of training. */
  isDue(seconds: number): boolean {
    return seconds - this.#tried >= this.interval;
  }

  /** Writes a checkpoint, or says why it could not. */
  async save(checkpoint: Checkpoint<CheckpointMeta>): Promise<void> {
    const { step, seconds } = checkpoint.meta;
    this.#tried = seconds;
    let told = performance.now();
    try {
      await writeCheckpoint(this.path, checkpoint, (share) => {
        this.#share = share;
        if (!interruptRequested() || performance.now() - told < TOLD_EVERY) return;
        told = performance.now();
        console.error(this.doing());
      });
      if (this.failure !== null) console.warn(`The checkpoint at step ${step} is saved again.`);
      this.step = step;
      this.failure = null;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (why !== this.failure) {
        console.warn(`${this.#unsaved(step, why)} The training goes on and tries again.`);
      }
      this.failure = why;
    } finally {
      this.#share = null;
    }
  }

  /** What happens after a request to stop: "Saving, 40 %." */
  doing(): string {
    if (this.#share === null) return "Stopping after this step or evaluation, then saving.";
    return `Saving, ${Math.floor(100 * this.#share)} %.`;
  }

  /** Why a training that stops at this step cannot go on from there; null if it can. */
  unsaved(step: number): string | null {
    return this.lost ?? (this.failure === null ? null : this.#unsaved(step, this.failure));
  }

  /**
   * Removes the checkpoint once the trained model, which is all that anybody needs of it, is saved.
   * One that stays is told, and so is a model that cannot be saved, whose checkpoint stays.
   */
  async replaceBy(saveModel: () => Promise<void>): Promise<void> {
    try {
      await saveModel();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const stays = this.step === null || this.lost !== null
        ? ""
        : ` The checkpoint of step ${this.step} stays, ` +
          `${this.path}: train once more (deno task train with --again), which goes on from there.`;
      console.warn(`The trained parameters could not be saved for loadModel: ${why}${stays}`);
      return;
    }
    try {
      if (await exists(this.path)) await Deno.remove(this.path);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      console.warn(`The checkpoint is not needed any more, but could not be removed: ${why}`);
    }
  }

  #unsaved(step: number, why: string): string {
    const last = this.step === null
      ? "there is none yet"
      : `the last one, of step ${this.step}, stays`;
    return `The checkpoint at step ${step} could not be saved: ${why} Of checkpoints, ${last}.`;
  }
}
