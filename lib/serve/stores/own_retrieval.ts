/** Our own retrieval over an export, and how a store's list stands against it. */
import { Retriever } from "../../engine/retrieval/retriever.ts";
import type { Exported } from "../exported.ts";
import type { StoreItem, VectorStore } from "./vector_store.ts";

/**
 * Scores that float32 cannot tell apart when products are added in another order: of two items this
 * close, either may come first.
 */
const TIE = 1e-5;

/** How a list stands against our own. */
export type Agreement = "same" | "same but for ties" | "different";

/** Our own exact retrieval, over the vectors of an export. */
export async function openOwnRetrieval({ items, manifest: { d } }: Exported): Promise<VectorStore> {
  const table = new Float32Array((items.length + 1) * d); // [items + 1, d], 0 is padding
  for (const { id, vector } of items) table.set(vector, id * d);
  const retriever = await Retriever.create(table, d);
  return {
    name: "our own retrieval",
    async top({ interests, seen }, { n, withSeen }) {
      return await retriever.best(interests, n, withSeen ? [] : seen);
    },
    close() {
      retriever.dispose();
      return Promise.resolve();
    },
  };
}

/** Whether a store's list is our own: ids and order, where scores are no ties. */
export function agreementOf(own: readonly StoreItem[], other: readonly StoreItem[]): Agreement {
  if (own.length !== other.length) return "different";
  if (own.every(({ id }, at) => id === other[at]!.id)) return "same";
  const near = own.every(({ score }, at) =>
    Math.abs(score - other[at]!.score) <= TIE * Math.max(1, Math.abs(score))
  );
  const scoreOf = new Map(own.map(({ id, score }) => [id, score]));
  const last = own.at(-1)!.score; // an item that we leave out ties with our last
  const fits = other.every(({ id, score }) =>
    Math.abs(score - (scoreOf.get(id) ?? last)) <= TIE * Math.max(1, Math.abs(score))
  );
  return near && fits ? "same but for ties" : "different";
}
