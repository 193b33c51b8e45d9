/** A plan: the trainings that figures are drawn from, declared before any of them has run. */
import type { TrainConfig } from "../train/config.ts";

/** One training of a plan. */
export interface Point {
  /** the data set's name in data/manifest.json */
  readonly data: string;
  readonly config: TrainConfig;
}

/** A method as its configuration: which model, which objective. */
export type Method = Pick<TrainConfig, "model" | "objective" | "K">;

/** The four variants of the paper's subject, with their beta and lambda. */
export function variants(
  { beta, lambda }: { readonly beta: number; readonly lambda: number },
): Readonly<Record<"plain" | "+IHN" | "+RR" | "+IHN+RR", Method>> {
  const ihn = { beta };
  const rr = { lambda };
  return {
    "plain": {},
    "+IHN": { objective: { ihn } },
    "+RR": { objective: { rr } },
    "+IHN+RR": { objective: { ihn, rr } },
  };
}
