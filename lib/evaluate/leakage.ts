/** What a split trains on that came after what it asks for: counted, where the data has times. */
import { countUpTo } from "../base/statistics.ts";
import { type Dataset, type Interactions, timesOf } from "../data/interactions.ts";
import { evaluationCases } from "./cases.ts";

/** What of the training data is later than what the test asks for. */
export interface Leakage {
  /** test users with a history and a target */
  readonly users: number;
  /** those of them with a trained behaviour later than their first target */
  readonly usersWithLater: number;
  /**
   * share of all trained behaviours that is later than a user's first target, mean over users; 0
   * where there is no such behaviour or no such user
   */
  readonly laterShare: number;
  /** test targets */
  readonly targets: number;
  /** trained behaviours on a target's own item, sum over targets: one on the items of two is two */
  readonly onTargets: number;
  /** those of them that are later than that target */
  readonly onTargetsLater: number;
}

/**
 * Counts what would not have been known when it was asked for. Under a split by users nearly
 * everything is asked for in the midst of what is trained on; under a split by time nothing is.
 *
 *     leakage(await fromCsv("events.csv", { user: 1, item: 2, time: 3, split: "time" }))
 *
 * @returns undefined where the data has no times
 */
export function leakage({ train, test, itemCount }: Dataset): Leakage | undefined {
  if (!train.times || !test.times) return undefined;
  const sorted = train.times.toSorted();
  const byItem = timesByItem(train, itemCount);
  const cases = evaluationCases(test, 1);
  let [usersWithLater, later, targets, onTargets, onTargetsLater] = [0, 0, 0, 0, 0];
  for (let u = 0; u < cases.count; u++) {
    const times = timesOf(test, cases.users[u]!)!.subarray(cases.seen(u).length);
    const after = sorted.length - countUpTo(sorted, times[0]!);
    if (after > 0) {
      later += after / sorted.length;
      usersWithLater++;
    }
    cases.targets(u).forEach((item, at) => {
      const trained = byItem(item);
      targets++;
      onTargets += trained.length;
      onTargetsLater += trained.length - countUpTo(trained, times[at]!);
    });
  }
  const users = cases.count;
  const laterShare = later / Math.max(1, users);
  return { users, usersWithLater, laterShare, targets, onTargets, onTargetsLater };
}

/** The same as a sentence; it says so where the data has no times, or nothing to ask for. */
export function leakageText(dataset: Dataset): string {
  const leak = leakage(dataset);
  if (leak === undefined) return "what leaks cannot be counted: there are no times";
  const { users, usersWithLater, laterShare, targets, onTargets, onTargetsLater } = leak;
  const grouped = (count: number) => count.toLocaleString("en");
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  if (users === 0) {
    return "what leaks cannot be counted: there is no test user with a history and a target";
  }
  if (usersWithLater === 0) {
    return "what leaks: nothing; no trained behaviour is later than a test user's first target";
  }
  const inAll = `what leaks: for ${grouped(usersWithLater)} of ${grouped(users)} test users ` +
    `something later than their first target is trained on, ${percent(laterShare)} of all ` +
    "trained behaviours in the mean";
  if (onTargets === 0) return `${inAll}; no target's item is trained on`;
  return `${inAll}; of ${grouped(onTargets)} pairs of one of ${grouped(targets)} targets and a ` +
    `trained behaviour on its item, ${percent(onTargetsLater / onTargets)} have it later`;
}

/** The sorted times of the trained behaviours on an item: views, not copies. */
function timesByItem({ items, times }: Interactions, itemCount: number) {
  const offsets = new Uint32Array(itemCount + 2);
  for (const item of items) offsets[item + 1]!++;
  for (let item = 0; item <= itemCount; item++) offsets[item + 1]! += offsets[item]!;
  const next = offsets.slice();
  const grouped = new Float64Array(items.length);
  items.forEach((item, at) => grouped[next[item]!++] = times![at]!);
  const timesOfItem = (item: number) => grouped.subarray(offsets[item], offsets[item + 1]);
  for (let item = 1; item <= itemCount; item++) timesOfItem(item).sort();
  return timesOfItem;
}
