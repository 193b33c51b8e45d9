/** Clicks of 400 made-up users: data for trainings of a moment. */
import { synthetic } from "../data/synthetic.ts";
import type { TrainConfig } from "../train/config.ts";

/** Their knobs. */
export const smallKnobs = {
  users: 400,
  interests: 20,
  itemsPerInterest: 15,
  length: [8, 12],
  seed: 4,
} as const;

/** The data. */
export const smallClicks = synthetic(smallKnobs);

/** A configuration that takes 100 steps on it, with an evaluation at every 20th. */
export const smallConfig = {
  ...{ B: 16, L: 8, K: 2, S: 24, d: 8 },
  evaluateEvery: 20,
  maxSteps: 100,
} as const satisfies TrainConfig;
