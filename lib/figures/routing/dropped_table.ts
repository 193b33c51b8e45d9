/** The table of what a history's items are worth to a model. */
import { mean } from "../../base/statistics.ts";
import { byAttention, type DroppedItem } from "../../analyze/dropped_items.ts";
import { recordedKeys } from "../../train/run.ts";
import type { DroppedItems } from "./dropped_items.ts";
import { styleOfRun } from "../../compare/methods.ts";
import { type Row, type Table, table } from "../../show/table.ts";

/** The least change of a list, in %, that counts. */
const NOTICED = 10;

/**
 * Items of the histories by whether an interest sees them, and by what leaving one of them out does
 * to the served list; two rows a method more where some are not seen.
 */
export function droppedTable(models: readonly DroppedItems[]): Table {
  const rows = models.flatMap(({ run, users }): Row[] => {
    const { name } = styleOfRun(run.config);
    const all = users.flat().length;
    const { seen, later, before } = byAttention(users);
    const rowOf = (what: string, items: readonly DroppedItem[]): Row => {
      const changes = items.map(({ change }) => 100 * change);
      return {
        method: name,
        "item left out": what,
        "share of all (%)": 100 * items.length / all,
        "list changed (%)": mean(changes),
        [`changed by ${NOTICED} % or more (% of them)`]: mean(
          changes.map((change) => change >= NOTICED ? 100 : 0),
        ),
      };
    };
    return [
      rowOf("seen by an interest", seen),
      ...(later.length > 0 ? [rowOf("not seen, later than all that are", later)] : []),
      ...(before.length > 0 ? [rowOf("not seen, before one that is", before)] : []),
    ];
  });
  return table(rows, {
    caption: `${models[0]!.run.data.name}, valid users, one item of the history left out`,
    digits: 1,
    runs: recordedKeys(models.map(({ run }) => run)),
  });
}
