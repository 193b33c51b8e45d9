/** What a snapshot of a model holds: a few users with their routing, and the margins of many. */
import { Random } from "../base/random.ts";
import type { Values } from "../base/values.ts";
import type { Dataset } from "../data/interactions.ts";
import type { Engine } from "../engine/engine.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import type { Snapshot } from "../results/snapshots.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import { marginHistograms } from "./margins.ts";
import { casesOf, drawSample, type Sample } from "./sample.ts";
import { userScores, vectorsByUser } from "./scores.ts";

/** Users whose routing is kept. */
const USERS = 12;
/** Their histories: long enough to be worth looking at, short enough to be looked at. */
const [SHORTEST, LONGEST] = [8, 20];
/** The sample on which margins are counted. */
const MARGINS = { users: 100, negatives: 1280 } as const;
/** Digits of a routing weight after the point. */
const DIGITS = 4;

/**
 * Makes the function that takes a snapshot: always of the same twelve valid users, whatever seed,
 * method and K, and of the margins of 100 valid users with 1,280 negatives.
 *
 * The twelve are drawn from the users with 8 to 20 real positions; where fewer than twelve have so
 * many, they are those with the longest histories.
 *
 * @param config the training's
 * @throws {BadInput} on a configuration that cannot be trained, or data without a valid user
 */
export function snapshotTaker(
  dataset: Dataset,
  config: TrainConfig = {},
): (engine: Engine, step: number) => Promise<Snapshot> {
  const { L, d } = resolveConfig(config);
  const many = drawSample(dataset, L, MARGINS);
  const few = usersToLookAt(dataset, L);
  return async (engine, step) => {
    const table = engine.table();
    const { K, interests } = await engine.interests(many);
    return {
      step,
      users: await usersAt(engine, few, table),
      margins: marginHistograms(userScores(vectorsByUser(interests, K, d), table, many)),
    };
  };
}

function usersToLookAt(dataset: Dataset, L: number): Sample {
  const cases = evaluationCases(dataset.valid, L);
  const all = Array.from({ length: cases.count }, (_, u) => u);
  const fit = all.filter((u) => cases.length[u]! >= SHORTEST && cases.length[u]! <= LONGEST);
  const longest = all.sort((a, b) => cases.length[b]! - cases.length[a]! || a - b);
  const chosen = fit.length >= USERS
    ? new Random(0, "users to look at").distinct(fit.length, USERS).map((i) => fit[i]!)
    : longest.slice(0, USERS).sort((a, b) => a - b);
  return { ...casesOf(cases, chosen), negatives: new Int32Array(0) };
}

async function usersAt(
  engine: Engine,
  sample: Sample,
  table: Values<Float32Array>,
): Promise<Snapshot["users"]> {
  const { K, interests, routing } = await engine.interests(sample);
  const U = sample.users.length;
  const L = sample.history.length / U;
  const vectors = vectorsByUser(interests, K, interests.length / (U * K));
  return [...userScores(vectors, table, sample)].map(({ positives }, u) => {
    const n = sample.length[u]!;
    const row = (k: number) => {
      const from = (u * K + k) * L;
      return Array.from(routing!.subarray(from, from + n), (a) => Number(a.toFixed(DIGITS)));
    };
    return {
      user: sample.users[u]!,
      history: [...sample.history.subarray(u * L, u * L + n)],
      target: sample.target[u]!,
      selected: positives.indexOf(Math.max(...positives)),
      routing: routing && Array.from({ length: K }, (_, k) => row(k)), // [K][n]
    };
  });
}
