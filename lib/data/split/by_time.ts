/** One cut in time for everyone: nothing that is trained on is later than what is asked for. */
import { countBelow } from "../../base/statistics.ts";
import { type Interactions, timesOf } from "../interactions.ts";
import type { Drop } from "../report.ts";
import type { Part, Parts } from "./split_parts.ts";
import { type Cut, momentText, SplitRefused } from "./split.ts";

/**
 * Train has what was before the first cut; valid asks for what was from then to the second, test
 * for what was from the second on, each with all that the user did before as the history.
 *
 * @param filtered sequences in order of time
 * @throws {SplitRefused} if there are no times, or there is nobody in a part
 */
export function byTime(filtered: Interactions, cuts: readonly [Cut, Cut], where: string): Parts {
  const { times } = filtered;
  if (times === undefined) {
    const remedy = "Name the column with the times, or split by users or leave-last-out.";
    throw new SplitRefused("a split by time of data without times", where, undefined, remedy);
  }
  const sorted = times.toSorted();
  const [first, second] = cuts.map((cut) =>
    "seconds" in cut ? cut.seconds : sorted[Math.floor(cut.share * sorted.length)]!
  ) as [number, number];
  const train = upTo(filtered, -Infinity, first).part;
  const valid = upTo(filtered, first, second);
  const test = upTo(filtered, second, Infinity);
  const [early, late] = [momentText(first), momentText(second)];
  for (
    const [name, part] of [["train", train], ["valid", valid.part], ["test", test.part]] as const
  ) {
    if (part.users.length > 0) continue;
    const span = `${momentText(sorted[0]!)} to ${momentText(sorted.at(-1)!)}`;
    throw new SplitRefused(
      `nobody is left in ${name}, cut at ${early} and ${late}`,
      where,
      span,
      "Cut elsewhere: users of valid and test need behaviours on both sides of their cut.",
    );
  }
  const { targets, cold } = coldTargets(filtered, train, test.part);
  const grouped = (count: number) => count.toLocaleString("en");
  return {
    train: { users: train.users, ends: train.ends! },
    valid: valid.part,
    test: test.part,
    drops: [valid.newcomers, test.newcomers].map((count, s): Drop => ({
      count,
      what: `users of ${["valid", "test"][s]}`,
      why: `no behaviour before ${[early, late][s]}, so no history`,
    })),
    notes: [
      `split: trained on what was before ${early}, valid targets from then on, ` +
      `test targets from ${late} on`,
      `${grouped(cold)} of ${grouped(targets)} test targets are items without a trained behaviour`,
    ],
  };
}

/** Users with a behaviour in [start, end), everything before `end`, targets from `start` on. */
function upTo(filtered: Interactions, start: number, end: number) {
  const [users, ends, targetsFrom]: number[][] = [[], [], []];
  let newcomers = 0;
  for (let u = 0; u + 1 < filtered.offsets.length; u++) {
    const times = timesOf(filtered, u)!;
    const [before, within] = [countBelow(times, start), countBelow(times, end)];
    if (before === within) continue;
    if (before === 0 && start !== -Infinity) {
      newcomers++;
      continue;
    }
    users!.push(u);
    ends!.push(within);
    targetsFrom!.push(before);
  }
  const part: Part = {
    users: Uint32Array.from(users!),
    ends: Uint32Array.from(ends!),
    targetsFrom: Uint32Array.from(targetsFrom!),
  };
  return { part, newcomers };
}

/** Test targets, and those of them whose item no trained behaviour has. */
function coldTargets({ offsets, items }: Interactions, train: Part, test: Part) {
  const trained = new Uint8Array(items.reduce((most, item) => Math.max(most, item), 0) + 1);
  const itemsOf = ({ users, ends }: Part, index: number, from = 0) => {
    const start = offsets[users[index]!]!;
    return items.subarray(start + from, start + ends![index]!);
  };
  train.users.forEach((_, index) => itemsOf(train, index).forEach((item) => trained[item] = 1));
  let [targets, cold] = [0, 0];
  test.users.forEach((_, index) =>
    itemsOf(test, index, test.targetsFrom![index]).forEach((item) => {
      targets++;
      if (trained[item] === 0) cold++;
    })
  );
  return { targets, cold };
}
