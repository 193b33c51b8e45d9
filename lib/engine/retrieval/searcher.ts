/** The memory of a retriever, and the one or two threads that search in it. */
import type { Values } from "../../base/values.ts";
import { BadInput } from "../../base/bad_input.ts";
import { type Kernels, kernelsOf } from "./retrieval_kernels.ts";
import {
  type CataloguePlace,
  checkAddressable,
  FIRST_PLACE,
  placeCatalogue,
  Places,
  placeSearch,
  type Search,
  STAGED_ROWS,
  writeSearch,
} from "./retrieval_memory.ts";
import type { Start, Task } from "./retrieval_worker.ts";

/** What is asked about U users. */
export interface Question {
  /** [U, K, d] */
  readonly interests: Float32Array;
  /** interests of a user */
  readonly K: number;
  /** items to find for a user */
  readonly N: number;
  /** the items that user u must not be given, in any order */
  readonly exclude?: ((user: number) => ArrayLike<number>) | undefined;
  /** the only items whose places in the list of user u matter, in any order */
  readonly wanted?: ((user: number) => ArrayLike<number>) | undefined;
}

/** The best items of U users. */
export interface TopItems {
  /** [U, N] item ids, best first; 0 where a user has fewer than N candidates */
  readonly items: Uint32Array;
  /** [U, N] their scores, -Infinity where the item is 0 */
  readonly scores: Float32Array;
}

const NOTHING = new Uint32Array(0);
const PAGE = 65536;
const MOST_PAGES = 65536;
/** Users searched at a time: enough to reuse panels, few enough to stay in cache and responsive. */
const CHUNK_USERS = 1024;
/** Bytes that a chunk may take, unless four users take more. */
const CHUNK_BYTES = 32 * 2 ** 20;

/** An index and the searches in it. Sizes are not checked here. */
export class Searcher {
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: Kernels;
  readonly #catalogue: CataloguePlace;
  readonly #firstFree: number;
  readonly #worker: Worker | undefined;
  #disposed = false;
  /** refuses what the worker has not answered yet */
  #giveUp: (reason: Error) => void = () => {};

  /**
   * Reserves memory for a catalogue, and starts the second thread if there is to be one.
   *
   * @throws {BadInput} if the catalogue does not fit into WebAssembly's memory
   */
  constructor(module: WebAssembly.Module, itemCount: number, d: number, threads: 1 | 2) {
    const places = new Places(FIRST_PLACE);
    this.#catalogue = placeCatalogue(places, itemCount, d);
    this.#firstFree = places.end;
    const memory = { initial: pagesFor(this.#firstFree), maximum: MOST_PAGES, shared: true };
    this.#memory = given(this.#firstFree, () => new WebAssembly.Memory(memory));
    this.#kernels = kernelsOf(module, this.#memory);
    if (threads === 2) {
      this.#worker = new Worker(new URL("./retrieval_worker.ts", import.meta.url), {
        type: "module",
      });
      this.#worker.postMessage({ module, memory: this.#memory } satisfies Start);
    }
  }

  /**
   * Indexes a table [itemCount + 1, d].
   *
   * @throws {BadInput} if a row's norm is not a finite float32
   */
  index(table: Values<Float32Array>): void {
    const { rows, norms, order, places, counters, panels, staged, itemCount, d } = this.#catalogue;
    this.#inStages(table, (first, count) => {
      const fine = this.#kernels.measureNorms(staged, d, count, norms + 4 * (first - 1));
      if (fine === count) return;
      const refused = first + fine;
      throw new BadInput(
        "no finite norm",
        `Retriever: row ${refused} of the table`,
        table.subarray(refused * d, (refused + 1) * d),
        "Look for a training that has diverged.",
      );
    });
    this.#kernels.orderByNorm(norms, itemCount, order, places, counters);
    this.#inStages(table, (first, count) => {
      this.#kernels.placeRows(staged, d, first, count, places, rows);
    });
    this.#kernels.packPanels(rows, d, itemCount, panels);
  }

  /**
   * Answers a question about all its users, chunk by chunk.
   *
   * @throws {BadInput} if an interest is not finite, a score could leave float32, an excluded item
   *   is no item number, or N is beyond the memory
   * @throws {Error} if it is disposed of before it is done
   */
  async answer(question: Question): Promise<TopItems> {
    const { interests, K, N } = question;
    const U = interests.length / (K * this.#catalogue.d);
    const chunk = this.#usersOfChunk(K, N);
    const answer = { items: new Uint32Array(U * N), scores: new Float32Array(U * N) }; // [U, N]
    for (let first = 0; first < U; first += chunk) {
      await this.#search(question, first, Math.min(first + chunk, U), answer);
      // A turn of the event loop, so that a stop button is heard during a long evaluation.
      if (first + chunk < U) await new Promise((resolve) => setTimeout(resolve, 0));
      if (this.#disposed) throw retrieverDisposed();
    }
    return answer;
  }

  /** Ends the worker, and refuses the question that it is at. */
  dispose(): void {
    this.#disposed = true;
    this.#worker?.terminate();
    this.#giveUp(retrieverDisposed());
  }

  /** Brings the rows of items 1, 2, ... in, some at a time. */
  #inStages(table: Values<Float32Array>, use: (first: number, count: number) => void): void {
    const { staged, itemCount, d } = this.#catalogue;
    for (let first = 1; first <= itemCount; first += STAGED_ROWS) {
      const count = Math.min(STAGED_ROWS, itemCount + 1 - first);
      this.#floats(staged, count * d).set(table.subarray(first * d, (first + count) * d));
      use(first, count);
    }
  }

  /** Answers for users first..end - 1. */
  async #search(question: Question, first: number, end: number, answer: TopItems): Promise<void> {
    const { interests, K, N } = question;
    const users = end - first, size = K * this.#catalogue.d;
    const excluded = listsOf(question.exclude ?? (() => NOTHING), "excluded", first, end);
    const wanted = question.wanted && listsOf(question.wanted, "wanted", first, end);
    const places = new Places(this.#firstFree);
    const lengths = [lengthOf(excluded), wanted ? lengthOf(wanted) : null] as const;
    const place = placeSearch(places, this.#catalogue, users, K, N, ...lengths);
    const missing = pagesFor(places.end) - this.#memory.buffer.byteLength / PAGE;
    if (missing > 0) given(places.end, () => this.#memory.grow(missing));

    const { address, search, scratch } = place;
    writeSearch(this.#memory, address, search);
    this.#floats(search.interests, users * size).set(interests.subarray(first * size, end * size));
    this.#writeLists(excluded, search.excludedEnds, search.excluded);
    if (wanted) this.#writeLists(wanted, search.wantedEnds, search.wanted);
    const theirs = this.#worker && this.#ask(this.#worker, { address, scratch: scratch[1] });
    const mine = this.#kernels.search(address, scratch[0]);
    refuse([mine, await theirs ?? 0], first);
    this.#read(search, first, answer);
  }

  /** Writes a list a user, one after the other, and where each ends. */
  #writeLists(lists: readonly Uint32Array[], endsAt: number, itemsAt: number): void {
    const ends = this.#words(endsAt, lists.length + 1);
    ends[0] = 0;
    lists.forEach((items, u) => {
      this.#words(itemsAt + 4 * ends[u]!, items.length).set(items);
      ends[u + 1] = ends[u]! + items.length;
    });
  }

  #ask(worker: Worker, task: Task): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject;
      worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(task);
    });
  }

  #read({ best, users, N }: Search, first: number, { items, scores }: TopItems): void {
    const ids = this.#words(best, 2 * users * N), values = this.#floats(best, 2 * users * N);
    for (let i = 0; i < users * N; i++) { // pairs of (score, item)
      scores[first * N + i] = values[2 * i]!;
      items[first * N + i] = ids[2 * i + 1]!;
    }
  }

  #usersOfChunk(K: number, N: number): number {
    const four = new Places(0);
    placeSearch(four, this.#catalogue, 4, K, N, 0, null);
    checkAddressable("Retriever: memory", this.#firstFree + four.end);
    return 4 * Math.max(1, Math.min(CHUNK_USERS / 4, Math.floor(CHUNK_BYTES / four.end)));
  }

  #floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, length);
  }

  #words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, address, length);
  }
}

/** What a retriever says that was disposed of. */
export function retrieverDisposed(): Error {
  return new Error("this retriever was disposed of");
}

function pagesFor(bytes: number): number {
  checkAddressable("Retriever: memory", bytes);
  return Math.ceil(bytes / PAGE);
}

/** The lists of users first..end - 1; an item beyond the catalogue is never given anyway. */
function listsOf(
  items: (user: number) => ArrayLike<number>,
  what: "excluded" | "wanted",
  first: number,
  end: number,
): Uint32Array[] {
  return Array.from({ length: end - first }, (_, u) => sorted(items(first + u), what, first + u));
}

/** Items, rising. */
function sorted(items: ArrayLike<number>, what: "excluded" | "wanted", u: number): Uint32Array {
  const rising = Uint32Array.from(items).sort();
  const wrong = Array.from(items).find((item) => item >>> 0 !== item);
  if (wrong === undefined) return rising;
  const remedy = "Hand over item numbers.";
  throw new BadInput("not an item number", `Retriever: ${what} for user ${u}`, wrong, remedy);
}

function lengthOf(lists: readonly Uint32Array[]): number {
  return lists.reduce((sum, items) => sum + items.length, 0);
}

/** @throws {BadInput} if the machine cannot give that memory */
function given<T>(bytes: number, allocate: () => T): T {
  try {
    return allocate();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new BadInput(
      "the machine cannot give the retrieval its memory",
      "Retriever: memory",
      `${bytes} bytes`,
      "Close other programs, or use a smaller catalogue, embedding size or N.",
    );
  }
}

/** Turns what the threads refused into an error about the first such user. */
function refuse(refusals: readonly number[], first: number): void {
  const refused = refusals.filter((code) => code !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  const code = refused[0];
  if (code === undefined) return;
  throw new BadInput(
    code > 0
      ? "an interest without a finite norm"
      : "interests and embeddings so long that scores leave float32",
    "Retriever.topN: interests",
    `user ${first + Math.abs(code) - 1}`,
    "Look for a training that has diverged.",
  );
}
