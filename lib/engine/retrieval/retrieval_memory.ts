/** Where everything lies in the memory of the retrieval module. */
import { BadInput } from "../../base/bad_input.ts";

/** The first address that is free for a catalogue. */
export const FIRST_PLACE = 4096;

/** Bytes that a WebAssembly memory can have. */
const MOST_BYTES = 2 ** 32;

/** Where the catalogue lies: addresses and sizes. */
export interface Catalogue {
  /** [itemCount, d] f32, embeddings by falling norm */
  readonly rows: number;
  /** [itemCount] f32, by item - 1 */
  readonly norms: number;
  /** [itemCount] u32, items by falling norm */
  readonly order: number;
  /** eight items each, as retrieval_catalogue.ts describes */
  readonly panels: number;
  /** [itemCount] u32, by item - 1: where the item is in the order */
  readonly places: number;
  /** items are numbered 1..itemCount */
  readonly itemCount: number;
  /** embedding size */
  readonly d: number;
}

/** One question to the kernel: the fields of its class Search, in the kernel's order. */
export interface Search extends Catalogue {
  /** [users, K, d] f32 */
  readonly interests: number;
  /** number of users */
  readonly users: number;
  /** interests of a user */
  readonly K: number;
  /** items to find for a user */
  readonly N: number;
  /** [users + 1] u32: user u's are excluded[ends[u]..ends[u + 1]) */
  readonly excludedEnds: number;
  /** u32 items, rising within a user */
  readonly excluded: number;
  /** [users + 1] u32, the same for the items that matter; 0 if all do */
  readonly wantedEnds: number;
  /** u32 items */
  readonly wanted: number;
  /** [tiles, d / 4, 4, 4] i8, the interests' codes */
  readonly codes: number;
  /** [tiles, 16] f32, as retrieval_question.ts describes */
  readonly constants: number;
  /** [users] f32, the largest norm of a user's interests */
  readonly lengths: number;
  /** [users] f32, the best score of a user's wanted items */
  readonly ceilings: number;
  /** 0; the kernel counts here what its threads have taken */
  readonly next: number;
  /** [users, N] pairs of (f32 score, u32 item), best first: the answer */
  readonly best: number;
}

const SEARCH_FIELDS = [
  ...["rows", "norms", "order", "panels", "places", "itemCount", "d"],
  ...["interests", "users", "K", "N", "excludedEnds", "excluded", "wantedEnds", "wanted"],
  ...["codes", "constants", "lengths", "ceilings", "next", "best"],
] as readonly (keyof Search)[];

/** Writes a question where the kernel reads it. */
export function writeSearch(memory: WebAssembly.Memory, address: number, search: Search): void {
  const fields = new Uint32Array(memory.buffer, address, SEARCH_FIELDS.length);
  SEARCH_FIELDS.forEach((name, i) => fields[i] = search[name]);
}

/** Hands out addresses one after the other, each a multiple of 64. */
export class Places {
  /**
   * Starts at the first free address.
   *
   * @param end the first free address, now and later
   */
  constructor(public end: number) {}

  /** The address of that many bytes. */
  take(bytes: number): number {
    const address = this.end;
    this.end = Math.ceil((address + bytes) / 64) * 64;
    return address;
  }
}

/** Rows of a table that come in at a time. */
export const STAGED_ROWS = 1024;

/** A catalogue with the scratch that building it needs. */
export interface CataloguePlace extends Catalogue {
  /** [2048] u32, for sorting */
  readonly counters: number;
  /** rows on their way in */
  readonly staged: number;
}

/** A question with its surroundings. */
export interface SearchPlace {
  /** where the question is written */
  readonly address: number;
  /** scratch of each thread */
  readonly scratch: readonly [number, number];
  /** the question */
  readonly search: Search;
}

/** Where a catalogue goes. */
export function placeCatalogue(places: Places, itemCount: number, d: number): CataloguePlace {
  return {
    rows: places.take(itemCount * d * 4),
    norms: places.take(itemCount * 4),
    order: places.take(itemCount * 4),
    panels: places.take(Math.ceil(itemCount / 8) * (8 * d + 48)),
    places: places.take(itemCount * 4),
    itemCount,
    d,
    counters: places.take(2048 * 4),
    staged: places.take(STAGED_ROWS * d * 4),
  };
}

/** Bytes of a catalogue's index. */
export function catalogueBytes(itemCount: number, d: number): number {
  const places = new Places(FIRST_PLACE);
  placeCatalogue(places, itemCount, d);
  return places.end;
}

/**
 * Refuses a catalogue that cannot be indexed.
 *
 * @throws {BadInput} for a d that is no multiple of 4 up to 1024, or an index beyond 4 GiB
 */
export function checkCatalogue(where: string, itemCount: number, d: number): void {
  if (!Number.isInteger(d) || d < 4 || d > 1024 || d % 4 !== 0) {
    throw new BadInput("not a multiple of 4 in 4..1024", `${where}: d`, d, "Choose another d.");
  }
  checkAddressable(`${where}: the index of ${itemCount} items`, catalogueBytes(itemCount, d));
}

/** @throws {BadInput} beyond what WebAssembly can address */
export function checkAddressable(where: string, bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new BadInput(
    "more than the 4 GiB that WebAssembly can address",
    where,
    `${(bytes / 2 ** 30).toFixed(1)} GiB`,
    "Use a smaller catalogue, embedding size or N.",
  );
}

/**
 * Where a question about some users goes, with its scratch and its answer.
 *
 * @param excludedItems how many items are excluded, of all users together
 * @param wantedItems how many are wanted; null if all items matter
 */
export function placeSearch(
  places: Places,
  catalogue: Catalogue,
  users: number,
  K: number,
  N: number,
  excludedItems: number,
  wantedItems: number | null,
): SearchPlace {
  const { rows, norms, order, panels, places: placesOfItems, itemCount, d } = catalogue;
  const tilesOfUnit = Math.ceil(K / 4);
  const tiles = K > 2 ? users * tilesOfUnit : Math.ceil(users * K / 4);
  return {
    address: places.take(SEARCH_FIELDS.length * 4),
    scratch: [places.take(256 + 4 * tilesOfUnit), places.take(256 + 4 * tilesOfUnit)],
    search: {
      ...{ rows, norms, order, panels, places: placesOfItems, itemCount, d },
      interests: places.take(users * K * d * 4),
      ...{ users, K, N },
      excludedEnds: places.take((users + 1) * 4),
      excluded: places.take(excludedItems * 4),
      wantedEnds: wantedItems === null ? 0 : places.take((users + 1) * 4),
      wanted: places.take((wantedItems ?? 0) * 4),
      codes: places.take(tiles * d * 4),
      constants: places.take(tiles * 64),
      lengths: places.take(users * 4),
      ceilings: places.take(users * 4),
      next: 0,
      best: places.take(users * N * 8),
    },
  };
}
