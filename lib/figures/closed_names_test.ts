/** Cells are not type-checked: a name from a closed list that is misspelt must not mean another. */
import assert from "node:assert/strict";
import { penaltyOf } from "../analyze/penalty_of.ts";
import { newestRecord } from "../bench/record.ts";
import { exampleCollapse } from "../testing/example_collapses.ts";
import { exampleSweep } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { generalityTable } from "./main_results/generality_table.ts";
import { mainResults } from "./main_results/main_results.ts";
import { figure } from "./mod.ts";
import { sweepTable } from "./results/sweep_table.ts";

/** A name where the compiler would want another. */
const misspelt = (name: string) => name as never;

Deno.test("misspelt names are refused with those that there are", () =>
  inFolder(async (folder) => {
    const sweep = { over: "beta", show: ["Recall@50"] } as const;
    const calls: [() => unknown, RegExp][] = [
      [
        () => figure.sweep(exampleSweep, { ...sweep, over: misspelt("bta") }),
        /figure\.sweep, over: no such name, did you mean beta.*"beta", "lambda", "K"/,
      ],
      [
        () => figure.sweep(exampleSweep, { ...sweep, show: [misspelt("recall@50")] }),
        /figure\.sweep, show: no such name, did you mean Recall@50/,
      ],
      [() => sweepTable(exampleSweep, { over: misspelt("rate"), folder }), /sweepTable, over: no/],
      [
        () => figure.measures(exampleCollapse, [misspelt("effective-item")]),
        /figure\.measures, measures: no such name, did you mean effective-items/,
      ],
      [
        () => generalityTable([], misspelt("coverage@50"), folder),
        /generalityTable, quantity: .*"R@20"/,
      ],
      [() => mainResults(misspelt("tuned"), folder), /mainResults, question: .*"main", "profiles"/],
      [() => newestRecord(misspelt("scale"), folder), /newestRecord, kind: .*"paper-scale"/],
      [
        () => penaltyOf([[[1, 0]]], { d: 2 }, misspelt("batch mean")),
        /penaltyOf, scaling: no such name, did you mean batch-mean/,
      ],
    ];
    for (const [call, message] of calls) {
      await assert.rejects(async () => await call(), message);
    }
  }));
