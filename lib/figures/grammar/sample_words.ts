/** In the captions' words: the valid users and the negatives that a model is analysed on. */
import type { RunSnapshots, UserSnapshot } from "../../results/snapshots.ts";
import { study, studyNames } from "../../results/study.ts";
import type { Run } from "../../train/run.ts";
import { grouped } from "../../show/theme.ts";

/** The sample of recorded measures and margins; where there are fewer valid users, all of them. */
const SAMPLE = { users: 100, negatives: 1280 } as const;

/**
 * The users of runs' measures: "100 valid users" of data that is published on, and "up to 100 valid
 * users" of other data, which may have fewer: a run does not tell.
 */
export function measuredUsersOf(runs: readonly Pick<Run, "data">[]): string {
  const known = runs.every(({ data: { name, hash } }) =>
    studyNames.includes(name) && study(name).hash === hash
  );
  return `${known ? "" : "up to "}${SAMPLE.users} valid users`;
}

/** The number of negatives of a run's measures. */
export const measuredNegatives: string = grouped(SAMPLE.negatives);

/** "100 valid users × 1,280 uniform negatives": whose margins a training's snapshots count. */
export function marginsInWords(recorded: RunSnapshots): string {
  return `${usersOfMargins(recorded)} valid users × ${measuredNegatives} uniform negatives`;
}

/**
 * The users whose margins were counted. Negatives that are a user's target are not counted, so the
 * number is exact where the catalogue has more items than there are such users.
 */
export function usersOfMargins({ snapshots }: RunSnapshots): number {
  const counted = snapshots[0]!.margins.selected.reduce((sum, count) => sum + count, 0);
  return Math.ceil(counted / SAMPLE.negatives);
}

/** "12 valid users with 8 to 20 items": those whose routing snapshots hold. */
export function usersInWords(users: readonly UserSnapshot[]): string {
  const lengths = users.map(({ history }) => history.length);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  const items = shortest === longest ? shortest : `${shortest} to ${longest}`;
  return `${users.length} valid users with ${items} items`;
}
