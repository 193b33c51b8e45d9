/** The metrics of one list of items. */
import { BadInput } from "../base/bad_input.ts";
import { requireWhole } from "../base/given_numbers.ts";
import type { MetricsAt } from "./evaluation.ts";
import { userMetrics } from "./metrics.ts";

/** The largest number of an item: a list is handed on as 32 bits an item. */
const MOST_ITEM = 2 ** 32 - 1;

/**
 * Recall, HR and NDCG of one user's list, at the list's length.
 *
 * @param list    item ids, best first, each once
 * @param targets the user's next items, at least one
 * @throws {BadInput} if there are no targets, nothing is listed, an item is listed twice, or an id
 *   is not an integer >= 1
 */
export function listMetrics(list: readonly number[], targets: readonly number[]): MetricsAt {
  for (const [what, items] of Object.entries({ list, targets })) {
    if (items.length === 0) {
      throw new BadInput("no items", `listMetrics, ${what}`, "[]", "Give at least one.");
    }
    items.forEach((item, i) =>
      requireWhole(item, `listMetrics, ${what}, place ${i + 1}`, 1, MOST_ITEM)
    );
  }
  const above = new Set<number>();
  const again = list.findIndex((item) => {
    const { size } = above;
    return above.add(item).size === size;
  });
  if (again >= 0) {
    const where = `listMetrics, list, place ${again + 1}`;
    throw new BadInput("an item is there twice", where, list[again], "Give each once.");
  }
  const N = list.length;
  const { recall, hr, ndcg, ndcgReference } = userMetrics(
    Uint32Array.from(list),
    N,
    () => targets,
    [N],
  )[N]!;
  return {
    recall: recall[0]!,
    hr: hr[0]!,
    ndcg: ndcg[0]!,
    ndcgReference: ndcgReference[0]!,
  };
}
