/** Snapshots of several methods as the frames of one figure with a slider over steps. */
import { BadInput } from "../../base/bad_input.ts";
import type { RunSnapshots, Snapshot, UserSnapshot } from "../../results/snapshots.ts";
import { inHouseOrder } from "../../results/method.ts";
import { grouped } from "../../show/theme.ts";

/** Steps that a slider goes through: a notebook carries all of them. */
const MOST_STEPS = 10;

/** The name of the last frame: every method at its best step. */
export const BEST = "best";

/**
 * The methods in the house order.
 *
 * @throws {BadInput} for none, or for snapshots of different users or data
 */
export function sameUsers(recorded: readonly RunSnapshots[]): RunSnapshots[] {
  if (recorded.length === 0) {
    throw new BadInput("no snapshots", "figure's snapshots", "[]", "Record or load some.");
  }
  const who = ({ snapshots, data }: RunSnapshots) =>
    JSON.stringify([data.hash, snapshots[0]!.users.map(({ user, history }) => [user, history])]);
  const other = recorded.find((run) => who(run) !== who(recorded[0]!));
  if (other) {
    throw new BadInput(
      "snapshots of other users or data than the first",
      "figure's snapshots",
      other.key,
      "Compare methods on one data set and one L.",
    );
  }
  return inHouseOrder(recorded, ({ config }) => config);
}

/**
 * The steps at which there is a snapshot, but for best steps between them; evenly thinned out if
 * they are many. Then "best".
 */
export function frameNames(recorded: readonly RunSnapshots[]): string[] {
  const isOnGrid = (step: number, run: RunSnapshots) =>
    step !== run.bestStep ||
    recorded.some((other) =>
      other.bestStep !== step && other.snapshots.some((snapshot) => snapshot.step === step)
    );
  const steps = new Set(
    recorded.flatMap((run) =>
      run.snapshots.map(({ step }) => step).filter((step) => isOnGrid(step, run))
    ),
  );
  const all = [...steps].sort((a, b) => a - b);
  const kept = Math.min(MOST_STEPS, all.length);
  const at = (i: number) => all[Math.round(i * (all.length - 1) / Math.max(1, kept - 1))]!;
  return [...Array.from({ length: kept }, (_, i) => grouped(at(i))), BEST];
}

/** The snapshot that a frame shows of a run: the last one up to its step. */
export function snapshotAt({ snapshots, bestStep }: RunSnapshots, frame: string): Snapshot {
  const step = frame === BEST ? bestStep : Number(frame.replaceAll(",", ""));
  return snapshots.findLast((snapshot) => snapshot.step <= step) ?? snapshots[0]!;
}

/**
 * A user's routing [K][n].
 *
 * @throws {BadInput} for a model without
 */
export function routingOf({ routing, user }: UserSnapshot): readonly (readonly number[])[] {
  if (routing) return routing;
  throw new BadInput("a model without routing", "figure's snapshots, user", user, "Leave it out.");
}
