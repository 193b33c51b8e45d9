/** Trainings that are declared before any has run, from which figures and tables are made. */
import type { TrainConfig } from "../train/config.ts";
import { type Study, study } from "./study.ts";

/** One declared training. */
export interface Point {
  /** the data set's name in data/manifest.json */
  readonly data: string;
  readonly config: TrainConfig;
}

/** A method as its configuration: which model with which options, which objective. */
export type Method = Pick<TrainConfig, "model" | "options" | "objective" | "K">;

/** A data set with what its trainings have in common. */
export interface Frame extends Pick<Study, "beta" | "lambda" | "seeds" | "settings"> {
  readonly data: string;
}

/**
 * The frame of a data set with a study.
 *
 * @throws {BadInput} for a data set without one
 */
export function frameOf(data: string): Frame {
  return { data, ...study(data) };
}

/** Each of some configurations with each seed, in the frame of a data set. */
export function pointsOf(
  { data, settings, seeds }: Frame,
  configs: readonly TrainConfig[],
): Point[] {
  return seeds.flatMap((seed) =>
    configs.map((config) => ({ data, config: { ...settings, ...config, seed } }))
  );
}

/** Without a fix, with either, and with both. */
export type Variant = "plain" | "+IHN" | "+RR" | "+IHN+RR";

/** The objectives of the four variants, with their beta and lambda. */
export function objectives(
  { beta, lambda }: Pick<Frame, "beta" | "lambda">,
): Readonly<Record<Variant, NonNullable<TrainConfig["objective"]>>> {
  const ihn = { beta };
  const rr = { lambda };
  return { "plain": {}, "+IHN": { ihn }, "+RR": { rr }, "+IHN+RR": { ihn, rr } };
}

/** ComiRec-SA in its four variants: the paper's subject. */
export function variants(
  strengths: Pick<Frame, "beta" | "lambda">,
): Readonly<Record<Variant, Method>> {
  const { plain, "+IHN": ihn, "+RR": rr, "+IHN+RR": both } = objectives(strengths);
  return {
    "plain": { objective: plain },
    "+IHN": { objective: ihn },
    "+RR": { objective: rr },
    "+IHN+RR": { objective: both },
  };
}
