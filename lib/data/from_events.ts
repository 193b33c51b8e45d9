/** From events or sequences to a data set: filter, split, labels, hash, report. */
import { BadInput } from "../base/bad_input.ts";
import { basename } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { datasetHash } from "./dataset_hash.ts";
import { EventLog, type Repeats } from "./events.ts";
import { filterAndSplit } from "./filter_and_split.ts";
import type { Dataset } from "./interactions.ts";
import { type CsvColumns, readCsv } from "./parse/csv.ts";
import type { LoadReport } from "./report.ts";

/** The seed of the split of every registered data set, so that everyone has the same one. */
export const SPLIT_SEED = 1;

/**
 * Filters and splits the events of a log; items keep their ids as labels.
 *
 * @param from source and format for the report
 * @throws BadInput if the filter leaves fewer than 10 users
 */
export function datasetFromEvents(
  name: string,
  events: EventLog,
  repeats: Repeats,
  from: Pick<LoadReport, "source" | "format">,
): Dataset {
  const { interactions, repeated, reorderedUsers } = events.sequences(repeats);
  const random = new Random(SPLIT_SEED, "split");
  const split = filterAndSplit(interactions, events.items.size, random, from.source);
  const { itemCount, train, valid, test, sourceOfItem } = split;
  const labels = Array.from(
    sourceOfItem,
    (item, number) => number === 0 ? "" : events.items.name(item),
  );
  const notes: string[] = [];
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
  return {
    name,
    itemCount,
    train,
    valid,
    test,
    hash: datasetHash(split),
    labels,
    report: {
      ...from,
      drops: [...events.drops, ...split.drops].filter((drop) => drop.count > 0),
      notes,
    },
  };
}

/**
 * A data set from sequences in memory: one a user, items by any id, oldest first.
 *
 *     const shop = datasetFromSequences("shop", [["shoes", "socks", "shoes", …], …]);
 *
 * @throws BadInput if the filter leaves fewer than 10 users
 */
export function datasetFromSequences(
  name: string,
  sequences: Iterable<Iterable<string | number>>,
): Dataset {
  const events = new EventLog();
  let count = 0;
  for (const sequence of sequences) {
    const user = events.users.internText(String(count++));
    for (const item of sequence) events.add(user, events.items.internText(String(item)));
  }
  return datasetFromEvents(name, events, "keep", { source: name, format: "sequences in memory" });
}

/**
 * A data set from the reader's own table: a text file with a header line, plain or gzip, separated
 * by comma, semicolon or tab. Repeats are kept, as behaviours of their own. `report` of the result
 * says what was left out.
 *
 *     const shop = await fromCsv("clicks.csv", { user: "visitor", item: "product", time: "at" });
 *
 * @throws BadInput with line and value if a line cannot be read, a column is missing, or the
 *   filter leaves fewer than 10 users
 */
export async function fromCsv(path: string, columns: CsvColumns): Promise<Dataset> {
  for (const key of Object.keys(columns)) {
    if (!["user", "item", "time"].includes(key)) {
      throw new BadInput(
        "unknown column role",
        `columns of ${path}`,
        key,
        "Name user, item, time.",
      );
    }
  }
  const events = new EventLog();
  await readCsv(path, columns, events);
  const name = basename(path).replace(/\.gz$/, "").replace(/\.[^.]+$/, "");
  return datasetFromEvents(name, events, "keep", { source: path, format: "table" });
}
