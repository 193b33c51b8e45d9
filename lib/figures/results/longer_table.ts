/** What it costs to stop a training earlier than the reference does. */
import { recordedKeys } from "../../train/run.ts";
import type { Lengthened } from "../../results/studies.ts";
import { inHouseOrder, methodOf } from "../../results/method.ts";
import { signed } from "../../base/signed.ts";
import { type Table, table } from "../../show/table.ts";

/**
 * A row a training: its best step and test metrics in % under the study's stopping rule, and what
 * the reference's rule changes.
 *
 * @throws {BadInput} for no trainings
 */
export function longerTable(trainings: readonly Lengthened[]): Table {
  const byData = Map.groupBy(trainings, ({ short }) => short.data.name);
  const inOrder = [...byData.values()].flatMap((those) =>
    inHouseOrder(those, ({ short }) => short.config)
  );
  const rows = inOrder.map(({ short, longer }) => {
    const gain = (metric: "recall" | "hr") =>
      signed(100 * (longer.test[50]![metric] - short.test[50]![metric]));
    return {
      data: short.data.name,
      method: methodOf(short.config).name,
      seed: short.seed,
      "best step": short.bestStep,
      "R@50": 100 * short.test[50]!.recall,
      "best step, longer": longer.bestStep,
      "steps, longer": longer.steps,
      "R@50 gain": gain("recall"),
      "HR@50 gain": gain("hr"),
    };
  });
  return table(rows, {
    caption: "Test users: what the reference's stopping rule changes, in percentage points",
    runs: recordedKeys(trainings.flatMap(({ short, longer }) => [short, longer])),
    digits: { "R@50": 1 },
  });
}
