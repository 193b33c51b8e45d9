/** From events to a data set: filter, split, labels, hash, report. */
import { BadInput } from "../base/bad_input.ts";
import { besides, datasetHash } from "./dataset_hash.ts";
import type { EventLog, Repeats } from "./events.ts";
import { filterAndSplit, SPLITS } from "./filter_and_split.ts";
import type { Dataset, Interactions } from "./interactions.ts";
import { crowdedUser, lookAlikes } from "./look_alikes.ts";
import { neverUsed } from "./never_used.ts";
import { profilesOf, type SourceProfiles } from "./profiles.ts";
import type { LoadReport } from "./report.ts";
import type { SplitChoice } from "./split/split.ts";

/**
 * Filters and splits the events of a log; items keep their ids as labels.
 *
 * @param from source and format for the report
 * @param profiles what the source says about its users, if anything
 * @throws BadInput if the filter leaves fewer than 10 users, if none of them has a profile, or if
 *   they cannot be split so
 */
export function datasetFromEvents(
  name: string,
  events: EventLog,
  repeats: Repeats,
  from: Pick<LoadReport, "source" | "format">,
  { by, split: how }: SplitChoice,
  profiles?: SourceProfiles,
): Dataset {
  refuseEmpty(events, from.source);
  const { interactions, repeated, reorderedUsers, equalTimes } = events.sequences(repeats);
  const told = [...events.notes, ...lookAlikes(events), ...crowdedUser(events, interactions)];
  const gone = events.allDrops().map(({ count, what, why }) => `left out ${count} ${what}: ${why}`);
  const known = [...told, ...gone];
  const split = filterAndSplit(interactions, events.items.size, by, from.source, known);
  const { itemCount, sourceOfItem, sourceOfUser, kept } = split;
  const ids = (name: (typeof SPLITS)[number]) =>
    Array.from(sourceOfUser[name], (u) => events.users.name(u));
  const userIds = { train: ids("train"), valid: ids("valid"), test: ids("test") };
  const about = profiles && profilesOf(profiles, SPLITS.map((name) => userIds[name]));
  const [train, valid, test] = SPLITS.map((name, s): Interactions => ({
    ...split[name],
    ...(about && { profile: about.bySplit[s]! }),
  })) as [Interactions, Interactions, Interactions];
  const labels = Array.from(
    sourceOfItem,
    (item, number) => number === 0 ? "" : events.items.name(item),
  );
  const notes = [...told];
  if (repeats === "last") {
    events.drop(repeated, "events", "the same user has a later one on the same item");
  } else if (repeated > 0) {
    const count = repeated.toLocaleString("en");
    notes.push(`kept ${count} repeats: the same user has a later event on the same item`);
  }
  if (reorderedUsers > 0) {
    const count = reorderedUsers.toLocaleString("en");
    notes.push(`sorted by time: the file lists ${count} users' events in another order`);
  }
  if (equalTimes > 0) {
    const count = equalTimes.toLocaleString("en");
    notes.push(
      `equal times: ${count} events are at the time of the user's event before them; ` +
        "these keep the file's order",
    );
  }
  notes.push(...about?.notes ?? [], ...split.notes);
  if (kept) notes.push(...neverUsed({ train, valid, test }));
  return {
    name,
    itemCount,
    train,
    valid,
    test,
    hash: datasetHash(split),
    ...(how !== undefined && { split: how }),
    ...(kept && { kept }),
    ...besides({ train, valid, test, ...(about && { profiles: about.profiles }) }),
    labels,
    userIds,
    report: {
      ...from,
      drops: [...events.allDrops(), ...split.drops].filter((drop) => drop.count > 0),
      notes,
    },
  };
}

/** Says what was left out where nothing remains, rather than that there are too few users. */
function refuseEmpty(events: EventLog, source: string): void {
  if (events.length > 0) return;
  const drops = events.allDrops().map(({ count, what, why }) => `${count} ${what} (${why})`);
  throw new BadInput(
    "nothing is left to read",
    source,
    drops.length > 0 ? `left out ${drops.join("; ")}` : "no event",
    "Check that the columns are the ones that hold user, item and time.",
  );
}
