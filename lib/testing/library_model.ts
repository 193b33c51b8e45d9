/** A small model of the example table, and an export of it, for tests of what is served. */
import { exampleTable } from "../data/example_table.ts";
import { fromCsv } from "../data/from_csv.ts";
import type { Dataset } from "../data/interactions.ts";
import { exportVectors } from "../serve/export.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { train } from "../train/trainer.ts";
import { inFolder } from "./in_folder.ts";

/** The columns of the example table. */
export const libraryColumns = { user: "reader", item: "title", time: "borrowed" } as const;

/** The example table, read. */
export async function libraryData(): Promise<Dataset> {
  return await fromCsv(exampleTable(), { ...libraryColumns, name: "town-library" });
}

/** Runs a test with a model that knows little, and a folder for what the test writes. */
export async function withLibraryModel(
  test: (model: TrainedModel, folder: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const config = { d: 16, S: 40, B: 32, maxSteps: 20, evaluateEvery: 10 };
    const model = await train(await libraryData(), config, { folder });
    try {
      await test(model, folder);
    } finally {
      model.engine.dispose();
    }
  });
}

/** The same with an export of the model in the folder. */
export async function withLibraryExport(
  test: (folder: string, model: TrainedModel) => Promise<void>,
): Promise<void> {
  await withLibraryModel(async (model, folder) => {
    const to = `${folder}/export`;
    await exportVectors(model, to);
    await test(to, model);
  });
}
