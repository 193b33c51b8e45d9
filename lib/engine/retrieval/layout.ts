/** Where everything lies in the memory of the retrieval module. */

/** Where the catalogue lies: addresses and sizes. */
export interface Catalogue {
  readonly rows: number;
  readonly norms: number;
  readonly order: number;
  readonly panels: number;
  readonly itemCount: number;
  readonly d: number;
}

/** One question to the kernel: the fields of its class Search, in the kernel's order. */
export interface Search extends Catalogue {
  readonly interests: number;
  readonly users: number;
  readonly K: number;
  readonly N: number;
  readonly excludedEnds: number;
  readonly excluded: number;
  readonly codes: number;
  readonly constants: number;
  readonly lengths: number;
  readonly next: number;
  readonly best: number;
}

const SEARCH_FIELDS = [
  ...["rows", "norms", "order", "panels", "itemCount", "d"],
  ...["interests", "users", "K", "N", "excludedEnds", "excluded"],
  ...["codes", "constants", "lengths", "next", "best"],
] as readonly (keyof Search)[];

/** Writes a question where the kernel reads it. */
export function writeSearch(memory: WebAssembly.Memory, address: number, search: Search): void {
  const fields = new Uint32Array(memory.buffer, address, SEARCH_FIELDS.length);
  SEARCH_FIELDS.forEach((name, i) => fields[i] = search[name]);
}

/** Hands out addresses one after the other, each a multiple of 64. */
export class Places {
  /** @param end the first free address */
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
  readonly places: number;
  readonly counters: number;
  /** rows on their way in */
  readonly staged: number;
}

/** A question, where it is written itself, and scratch for two threads. */
export interface SearchPlace {
  readonly address: number;
  readonly scratch: readonly [number, number];
  readonly search: Search;
}

/** Where a catalogue goes. */
export function placeCatalogue(places: Places, itemCount: number, d: number): CataloguePlace {
  return {
    rows: places.take(itemCount * d * 4),
    norms: places.take(itemCount * 4),
    order: places.take(itemCount * 4),
    panels: places.take(Math.ceil(itemCount / 8) * (8 * d + 48)),
    itemCount,
    d,
    places: places.take(itemCount * 4),
    counters: places.take(2048 * 4),
    staged: places.take(STAGED_ROWS * d * 4),
  };
}

/** Where a question about some users goes, with its scratch and its answer. */
export function placeSearch(
  places: Places,
  catalogue: Catalogue,
  users: number,
  K: number,
  N: number,
  excludedItems: number,
): SearchPlace {
  const { rows, norms, order, panels, itemCount, d } = catalogue;
  const tilesOfUnit = Math.ceil(K / 4);
  const tiles = K > 2 ? users * tilesOfUnit : Math.ceil(users * K / 4);
  return {
    address: places.take(SEARCH_FIELDS.length * 4),
    scratch: [places.take(256 + 4 * tilesOfUnit), places.take(256 + 4 * tilesOfUnit)],
    search: {
      ...{ rows, norms, order, panels, itemCount, d },
      interests: places.take(users * K * d * 4),
      ...{ users, K, N },
      excludedEnds: places.take((users + 1) * 4),
      excluded: places.take(excludedItems * 4),
      codes: places.take(tiles * d * 4),
      constants: places.take(tiles * 64),
      lengths: places.take(users * 4),
      next: 0,
      best: places.take(users * N * 8),
    },
  };
}
