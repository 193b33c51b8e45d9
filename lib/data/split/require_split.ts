/** Whether data is split as its record says, as far as the data itself shows it. */
import { BadInput } from "../../base/bad_input.ts";
import { type Dataset, type Interactions, userCount } from "../interactions.ts";
import { type Split, splitText } from "./split.ts";

/** The data set's parts, and what is said about them. */
type Shown = Pick<Dataset, "train" | "valid" | "test" | "kept">;

/**
 * Refuses a split that is said to be another than it is, and numbers of users and behaviours that
 * the parts cannot come from. The seed of a split by users cannot be told from the data.
 *
 * @param by how it is said to be split; undefined where nothing is said
 * @param where it is said
 * @throws {BadInput} naming what is not so
 */
export function requireSplit(
  shown: Shown,
  by: Split | undefined,
  where: string,
  remedy: string,
): void {
  const refuse = (what: string, value: unknown) => new BadInput(what, where, value, remedy);
  const { train, valid, test, kept } = shown;
  const parts = [train, valid, test];
  const hasTargets = [valid, test].every(({ targetsFrom }) => targetsFrom !== undefined);
  const isOne = by === undefined || fits(shown, by, hasTargets);
  if (!isOne) throw refuse("the files are not split so", splitText(by));
  if (kept === undefined) return;
  const users = Math.max(...parts.map(userCount));
  const behaviours = Math.max(...parts.map(({ items }) => items.length));
  const isAll = by?.by !== "leave-last-out" ||
    kept.users === users && kept.behaviours === behaviours;
  if (hasTargets && isAll && kept.users >= users && kept.behaviours >= behaviours) return;
  const found = hasTargets
    ? `in the files a part has ${users} users, one has ${behaviours} behaviours`
    : "in the files no users are in several parts";
  throw refuse(`not what was kept in all: ${found}`, kept);
}

function fits({ train, valid, test, kept }: Shown, by: Split, hasTargets: boolean): boolean {
  if (by.by === "users" || by.by === "reference") return !hasTargets;
  if (!hasTargets) return false;
  if (by.by === "leave-last-out") {
    const isLast = ({ offsets, targetsFrom }: Interactions) =>
      targetsFrom!.every((from, u) => from === offsets[u + 1]! - offsets[u]! - 1);
    const users = userCount(train);
    return [valid, test].every((part) => isLast(part) && userCount(part) === users);
  }
  const [start] = by.cuts;
  const ofAll = kept && "share" in start ? Math.floor(start.share * kept.behaviours) : Infinity;
  if (train.items.length > ofAll) return false;
  if (!train.times || !valid.times || !test.times) return true;
  const [ofTrain, ofValid, ofTest] = [spans(train), spans(valid), spans(test)];
  const [first, second] = by.cuts.map((cut) => "seconds" in cut ? cut.seconds : undefined);
  return isCut([ofTrain.history, ofValid.history], [ofValid.targets, ofTest.targets], first) &&
    isCut([ofTrain.history, ofValid.history, ofValid.targets, ofTest.history], [
      ofTest.targets,
    ], second);
}

interface Span {
  least: number;
  most: number;
}

/** When the behaviours of a part are; without targets all of them are history. */
function spans({ offsets, times, targetsFrom }: Interactions): { history: Span; targets: Span } {
  const history = { least: Infinity, most: -Infinity };
  const targets = { least: Infinity, most: -Infinity };
  for (let u = 0; u + 1 < offsets.length; u++) {
    const from = targetsFrom === undefined ? Infinity : offsets[u]! + targetsFrom[u]!;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      const span = at < from ? history : targets;
      span.least = Math.min(span.least, times![at]!);
      span.most = Math.max(span.most, times![at]!);
    }
  }
  return { history, targets };
}

/** Whether a moment, given or any, is after all of the one and not after any of the others. */
function isCut(before: readonly Span[], after: readonly Span[], moment?: number): boolean {
  const most = Math.max(...before.map((span) => span.most));
  const least = Math.min(...after.map((span) => span.least));
  return moment === undefined ? most < least : most < moment && moment <= least;
}
