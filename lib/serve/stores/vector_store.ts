/** What every vector store is asked here. */
import type { Exported, ExportedUser } from "../exported.ts";

/** A place of a list, as a store gives it. */
export interface StoreItem {
  readonly id: number;
  /** the largest inner product with one of the user's interests */
  readonly score: number;
}

/** How long a list is, and what may be in it. */
export interface StoreQuery {
  readonly n: number;
  /** whether what the user had may come again */
  readonly withSeen: boolean;
}

/** A query for n items, or for all where the catalogue ends before: stores keep room for n. */
export function storeQuery({ items }: Exported, n: number, withSeen: boolean): StoreQuery {
  return { n: Math.min(n, items.length), withSeen };
}

/** A vector store with an export in it. */
export interface VectorStore {
  /** "LanceDB" */
  readonly name: string;
  /** The n best items for a user, the best first, equal scores by smaller id. */
  top(user: ExportedUser, query: StoreQuery): Promise<StoreItem[]>;
  close(): Promise<void>;
}

/** Opens a store and puts an export into it, in place of what was there of another. */
export type OpenStore = (exported: Exported, folder: string) => Promise<VectorStore>;

/** Lists of single interests as one list: an item counts once, with its largest score. */
export function mergedByMaximum(found: readonly StoreItem[], n: number): StoreItem[] {
  const best = new Map<number, number>();
  for (const { id, score } of found) best.set(id, Math.max(score, best.get(id) ?? -Infinity));
  return [...best].map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, n);
}
