/** Takes snapshots during a training and keeps them safe beside its checkpoint. */
import { BadInput } from "../base/bad_input.ts";
import { readText } from "../base/disk.ts";
import { exists, sha256, writeAtomically } from "../base/files.ts";
import { join } from "../base/paths.ts";
import type { Dataset } from "../data/interactions.ts";
import { encodeCurve } from "../results/curves.ts";
import { checkedTaken, type RunSnapshots, type Snapshot } from "../results/snapshots.ts";
import { checkpointFolder } from "../train/checkpoint.ts";
import { resolveConfig, type ResolvedConfig, type TrainConfig } from "../train/config.ts";
import { runKey } from "../train/run_key.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import type { Probe } from "../train/train_options.ts";
import { snapshotTaker } from "./snapshot_taker.ts";

/**
 * Records the snapshots of one training: at the evaluations nearest to steps that grow by a factor
 * of sqrt(2), at the last step if that is `maxSteps`, and at the best step.
 *
 * ```ts
 * const recorder = new SnapshotRecorder(dataset, config);
 * const trained = await train(dataset, config, { probes: [recorder.probe] });
 * await writeSnapshots(await recorder.finish(trained));
 * await recorder.forget();
 * ```
 *
 * It changes no bit of the training, for the reasons given at `analysisProbe`. Snapshots taken are
 * written beside the checkpoint at once, so that a training that goes on later has lost none.
 */
export class SnapshotRecorder {
  readonly #config: ResolvedConfig;
  readonly #take: ReturnType<typeof snapshotTaker>;
  readonly #path: string;
  #taken: readonly Snapshot[] | undefined;

  /**
   * @param config the training's
   * @param folder the training's, where checkpoints go
   * @throws {BadInput} on a configuration that cannot be trained, or data without a valid user
   */
  constructor(dataset: Dataset, config: TrainConfig = {}, folder: string = checkpointFolder()) {
    this.#config = resolveConfig(config);
    this.#take = snapshotTaker(dataset, config);
    this.#path = join(folder, `${runKey(this.#config, dataset)}.snapshots`);
  }

  /**
   * The probe to hand to the trainer; it measures nothing that goes into the run.
   *
   * Throws BadInput if the training goes on from a checkpoint and its earlier snapshots are not
   * there.
   */
  readonly probe: Probe = async (engine, step) => {
    const earlier = await this.#upTo(step - 1);
    if (this.#isDue(step)) {
      this.#taken = [...earlier, await this.#take(engine, step)];
      await this.#keep(this.#taken);
    }
    return {};
  };

  /**
   * All snapshots of a training that has ended, with the one of its best step.
   *
   * @throws {BadInput} if earlier ones are not there
   */
  async finish({ run, engine }: TrainedModel): Promise<RunSnapshots> {
    const taken = [...await this.#upTo(run.steps)];
    if (!taken.some(({ step }) => step === run.bestStep)) {
      taken.push(await this.#take(engine, run.bestStep));
    }
    const { key, config, data, seed, bestStep } = run;
    const curve = sha256(encodeCurve(run.curve));
    const snapshots = taken.sort((a, b) => a.step - b.step);
    return { key, config, data, seed, bestStep, curve, snapshots };
  }

  /** Removes what was kept beside the checkpoint, once the snapshots are recorded. */
  async forget(): Promise<void> {
    if (await exists(this.#path)) await Deno.remove(this.#path);
  }

  /** The snapshots up to a step; later ones are of a training whose last steps were lost. */
  async #upTo(last: number): Promise<Snapshot[]> {
    // before the first evaluation none is needed, so that those of a training that is begun anew,
    // or a damaged file of it, say nothing
    this.#taken ??= last < this.#config.evaluateEvery ? [] : await this.#kept();
    const taken = this.#taken.filter(({ step }) => step <= last);
    const { evaluateEvery } = this.#config;
    for (let step = evaluateEvery; step <= last; step += evaluateEvery) {
      if (!this.#isDue(step) || taken.some((snapshot) => snapshot.step === step)) continue;
      throw new BadInput(
        "this training was begun without snapshots, or they were deleted; missing is that of step",
        this.#path,
        step,
        "Begin it anew with --restart, or in code with restart: true.",
      );
    }
    return taken;
  }

  async #kept(): Promise<readonly Snapshot[]> {
    if (!await exists(this.#path)) return [];
    const { record, why } = checkedTaken(await readText(this.#path));
    if (record) return record;
    const remedy = "Restore the file, or begin anew with --restart, in code with restart: true.";
    throw new BadInput(`not the snapshots of a training (${why})`, this.#path, undefined, remedy);
  }

  /** Like a checkpoint: what cannot be written now is written with the next. */
  async #keep(taken: readonly Snapshot[]): Promise<void> {
    try {
      await writeAtomically(this.#path, JSON.stringify(taken));
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      console.warn(`Snapshots are kept in memory only, and tried again: ${error.message}`);
    }
  }

  /** Whether an evaluation is the one nearest to some evaluateEvery sqrt(2)^i, or the last. */
  #isDue(step: number): boolean {
    const { evaluateEvery, maxSteps } = this.#config;
    const evaluation = step / evaluateEvery;
    const i = Math.round(2 * Math.log2(evaluation));
    return step === maxSteps || Math.round(2 ** (i / 2)) === evaluation;
  }
}
