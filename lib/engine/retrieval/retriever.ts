/**
 * Exact top-N retrieval over the whole catalogue, with the serving rule of multi-interest models:
 *
 *     score(u, i) = max_k v_k . e_i,   i = 1..itemCount
 *
 * Most items are ruled out by products of small integers and a bound that is proven in
 * lib/engine/assembly/retrieval_scan.ts; what is left is scored in float32. The result is that of a
 * loop over all items, bit for bit.
 */
import type { Values } from "../../base/values.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Build } from "../wasm/modules.ts";
import { retrievalModule } from "./retrieval_kernels.ts";
import { checkCatalogue } from "./retrieval_memory.ts";
import { retrieverDisposed, Searcher, type TopItems } from "./searcher.ts";

/** The best items of U users. */
export type { TopItems };

/** How a retriever works; nothing here changes what it finds. */
export interface RetrieverOptions {
  /** 2 shares the users between this thread and a worker; 1 unless said otherwise */
  readonly threads?: 1 | 2;
  /** the build of the WebAssembly module; the faster one that runs here unless said otherwise */
  readonly build?: Build;
}

/** What to leave out of an answer, and what of it matters. */
export interface TopOptions {
  /** the items that user u (0..U-1) must not be given, in any order, for example those seen */
  readonly exclude?: (user: number) => ArrayLike<number>;
  /**
   * the only items whose places in the list of user u matter, for example the targets: the search
   * for a user ends as soon as none of them can be in the list any more. A list with one of them is
   * the whole answer; one with none holds items that are better than all of them, not the N best
   */
  readonly wanted?: (user: number) => ArrayLike<number>;
}

/** An item of a user's list. */
export interface BestItem {
  readonly id: number;
  readonly score: number;
}

/** An index of one embedding table that answers which items score best. */
export class Retriever {
  #searcher: Searcher | null;
  #work: Promise<unknown> = Promise.resolve();

  private constructor(searcher: Searcher, readonly itemCount: number, readonly d: number) {
    this.#searcher = searcher;
  }

  /**
   * An index of a table.
   *
   * @param table [itemCount + 1, d], row 0 is padding and never a candidate
   * @param d embedding size, a multiple of 4 up to 1024
   * @throws {BadInput} for another d, a table that is no whole number of rows, a value that is not
   *     finite, or a catalogue beyond the 4 GiB that WebAssembly can address
   */
  static async create(
    table: Values<Float32Array>,
    d: number,
    { threads = 1, build }: RetrieverOptions = {},
  ): Promise<Retriever> {
    const itemCount = table.length / d - 1;
    checkCatalogue("Retriever", Math.ceil(itemCount), d);
    if (!Number.isInteger(itemCount) || itemCount < 1) {
      throw new BadInput(
        "not at least two whole rows",
        "Retriever: table",
        `${table.length} values, d ${d}`,
        "Hand over [itemCount + 1, d] values.",
      );
    }
    const searcher = new Searcher(await retrievalModule(build), itemCount, d, threads);
    const retriever = new Retriever(searcher, itemCount, d);
    try {
      await retriever.update(table);
    } catch (error) {
      retriever.dispose();
      throw error;
    }
    return retriever;
  }

  /**
   * Replaces the table by another of the same size. Its values are copied when the answers asked
   * for before are done.
   *
   * @throws {BadInput} for another size, or a value that is not finite; after the latter the
   *     retriever answers nothing sensible until the next update
   */
  update(table: Values<Float32Array>): Promise<void> {
    return this.#inTurn((searcher) => {
      if (table.length !== (this.itemCount + 1) * this.d) {
        throw new BadInput(
          `not [${this.itemCount + 1}, ${this.d}]`,
          "Retriever.update: table",
          `${table.length} values`,
          "Create a new retriever for a table of another size.",
        );
      }
      searcher.index(table);
    });
  }

  /**
   * The N items with the highest scores of every user: by score, equal scores by smaller item id.
   *
   * Scores are float32: for each interest eight sums of every eighth product, added as `score` in
   * retrieval_scan.ts says, then the maximum over interests. Same input, same bits, on every
   * machine and for any number of threads.
   *
   * @param interests [U, K, d]; K = 1 is a single-vector model
   * @throws {BadInput} for other sizes, values that are not finite, or vectors so long that a score
   *     could leave float32
   */
  topN(
    interests: Float32Array,
    U: number,
    K: number,
    N: number,
    { exclude, wanted }: TopOptions = {},
  ): Promise<TopItems> {
    return this.#inTurn(async (searcher) => {
      requireSize("U", U, 0);
      requireSize("K", K, 1);
      requireSize("N", N, 1);
      if (interests.length !== U * K * this.d) {
        throw new BadInput(
          `not [${U}, ${K}, ${this.d}]`,
          "Retriever.topN: interests",
          `${interests.length} values`,
          "Hand over [U, K, d] values of the table's d.",
        );
      }
      return await searcher.answer({ interests, K, N, exclude, wanted });
    });
  }

  /**
   * The N best items of one user, fewer where the catalogue ends.
   *
   * @param interests [K][d]
   * @param exclude the items that the user must not be given
   * @throws {BadInput} as {@linkcode Retriever.topN}
   */
  async best(
    interests: readonly Float32Array[],
    N: number,
    exclude: ArrayLike<number> = [],
  ): Promise<BestItem[]> {
    requireSize("N", N, 1);
    const flat = Float32Array.from(interests.flatMap((vector) => [...vector])); // [1, K, d]
    const most = Math.min(N, this.itemCount); // memory is for what there can be
    const { items, scores } = await this.topN(flat, 1, interests.length, most, {
      exclude: () => exclude,
    });
    return Array.from(items, (id, at) => ({ id, score: scores[at]! })).filter(({ id }) => id > 0);
  }

  /**
   * Ends the worker and lets the memory go. What is asked afterwards is refused, as is what was
   * asked before and not answered yet.
   */
  dispose(): void {
    this.#searcher?.dispose();
    this.#searcher = null;
  }

  /** One task after the other: they all use the same memory. */
  #inTurn<T>(task: (searcher: Searcher) => T | Promise<T>): Promise<T> {
    const result = this.#work.then(() => {
      if (this.#searcher === null) throw retrieverDisposed();
      return task(this.#searcher);
    });
    this.#work = result.catch(() => {});
    return result;
  }
}

function requireSize(name: "U" | "K" | "N", value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new BadInput("not a size", `Retriever.topN: ${name}`, value, `At least ${least}.`);
}
