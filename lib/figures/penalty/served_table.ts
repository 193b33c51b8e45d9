/** Trained models served in three ways: as they are, and with one vector a user. */
import { singleVectorMetrics } from "../../analyze/single_vector.ts";
import type { MetricsAt } from "../../evaluate/evaluation.ts";
import { recordedKeys } from "../../train/run.ts";
import type { TrainedModel } from "../../train/trained_model.ts";
import { type Row, type Table, table } from "../../show/table.ts";

/**
 * A row a model: recall@50 and HR@50 of the test users in %, served with its own interests, with
 * the mean of its interests, and with the mean of the history's embeddings.
 *
 * @param models by name
 * @throws {BadInput} for no models
 */
export async function servedTable(models: Readonly<Record<string, TrainedModel>>): Promise<Table> {
  const rows: Row[] = [];
  for (const [name, model] of Object.entries(models)) {
    rows.push({
      model: name,
      ...shown("own", model.run.test[50]!),
      ...shown("mean interest", (await singleVectorMetrics(model, "mean interest"))[50]!),
      ...shown("mean item", (await singleVectorMetrics(model, "mean item"))[50]!),
    });
  }
  const runs = Object.values(models).map(({ run }) => run);
  return table(rows, {
    caption:
      `Test users of ${runs[0]?.data.name}, %, served with the model's own interests, with their ` +
      `mean, with the mean of the history's embeddings`,
    digits: 1,
    runs: recordedKeys(runs),
  });
}

function shown(servedWith: string, { recall, hr }: MetricsAt): Row {
  return { [`R@50: ${servedWith}`]: 100 * recall, [`HR@50: ${servedWith}`]: 100 * hr };
}
