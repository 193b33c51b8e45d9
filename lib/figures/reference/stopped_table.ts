/** Gradients of capsule networks with the reference's stop-gradient and without. */
import type { StoppedGradient } from "../../analyze/stopped_gradient.ts";
import { type Table, table } from "../../show/table.ts";

/** Gradients by what they are called: "MIND", "ComiRec-DR, N(0, 1) start". */
export type StoppedByModel = Readonly<Record<string, readonly StoppedGradient[]>>;

/** A row a model and parameter; lengths are those of the gradients at the start. */
export function stoppedTable(found: StoppedByModel): Table {
  const rows = Object.entries(found).flatMap(([model, its]) =>
    its.map(({ parameter, stopped, lifted, cosine, ofPenalty }) => ({
      model,
      parameter,
      "stopped, length": stopped.toPrecision(3),
      "lifted, length": lifted.toPrecision(3),
      "cosine of the two": cosine,
      "RR's own, length": ofPenalty.toPrecision(3),
    }))
  );
  return table(rows, {
    digits: 2,
    caption: "Gradients at the start, means over batches; RR's is 0 where the routing is stopped",
  });
}

/** "cosine 0.98 for W of MIND, …": how much of the direction the stop changes. */
export function stoppedInWords(found: StoppedByModel): string {
  return Object.entries(found).flatMap(([model, its]) =>
    its.filter(({ parameter }) => parameter === "W")
      .map(({ cosine }) => `${cosine.toFixed(2)} (${model})`)
  ).join(", ");
}
