/**
 * Ids of a file, each stored once. Ids are compared and kept as bytes: strings cut from a larger
 * text would keep the whole text alive, and a Map of ten million of them fills the heap.
 */
import { BadInput } from "../base/bad_input.ts";
import { Growable } from "./growable.ts";

const ARENA_BITS = 22;
const ARENA = 1 << ARENA_BITS;

/** The number of no id: the source has no value there. */
export const NO_ID = -1;

/** Bytes that an id may have: its length is stored in two bytes before it. */
export const LONGEST_ID = 0xffff;

/** Numbers ids 0, 1, 2, … in order of first appearance; 4 GiB of them at most. */
export class Interner {
  readonly #arenas: Uint8Array[] = [new Uint8Array(ARENA)];
  #used = 0; // bytes of the last arena
  readonly #places = new Growable((n) => new Uint32Array(n)); // arena * ARENA + offset
  readonly #hashes = new Growable((n) => new Uint32Array(n));
  #table = new Int32Array(1 << 10); // open addressing; number + 1, 0 is free
  readonly #scratch = new Uint8Array(LONGEST_ID + 1);

  /** How many different ids there are. */
  get size(): number {
    return this.#places.length;
  }

  /** The number of the id in bytes[start, end), at most LONGEST_ID; a new one if it is new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const slot = this.#slotOf(hash, bytes, start, end);
    const known = this.#table[slot]! - 1;
    if (known >= 0) return known;
    const number = this.size;
    this.#table[slot] = number + 1;
    this.#hashes.push(hash);
    this.#store(bytes, start, end);
    if (this.size * 2 > this.#table.length) this.#growTable();
    return number;
  }

  /**
   * The number of an id given as text.
   *
   * @param where the text is, for the error
   * @throws BadInput if it is longer than LONGEST_ID bytes, or has half a surrogate pair: two such
   *   texts would become one
   */
  internText(text: string, where: string): number {
    const { read, written } = new TextEncoder().encodeInto(text, this.#scratch);
    if (read === text.length && text.isWellFormed()) return this.intern(this.#scratch, 0, written);
    const what = read < text.length ? `longer than ${LONGEST_ID} bytes` : "half a character";
    throw new BadInput(`an id that is ${what}`, where, text, "Correct or remove it.");
  }

  /** The number of an id given as text; NO_ID if it was never seen. */
  find(text: string): number {
    const bytes = new TextEncoder().encode(text);
    const hash = hashOf(bytes, 0, bytes.length);
    return this.#table[this.#slotOf(hash, bytes, 0, bytes.length)]! - 1;
  }

  /** The id with a number. */
  name(number: number): string {
    const place = this.#places.at(number);
    const arena = this.#arenas[place >>> ARENA_BITS]!;
    const at = place & (ARENA - 1);
    const length = arena[at]! | arena[at + 1]! << 8;
    return UTF8.decode(arena.subarray(at + 2, at + 2 + length));
  }

  /** Whether an id begins with 0, ends in .0 or is not ASCII: cheaper than making its text. */
  mayHaveOtherForm(number: number): boolean {
    const place = this.#places.at(number);
    const arena = this.#arenas[place >>> ARENA_BITS]!;
    const at = place & (ARENA - 1);
    const [start, end] = [at + 2, at + 2 + (arena[at]! | arena[at + 1]! << 8)];
    if (end - start < 2) return end > start && arena[start]! >= 0x80;
    if (arena[start] === 48 || arena[end - 1] === 48 && arena.subarray(start, end).includes(46)) {
      return true;
    }
    for (let i = start; i < end; i++) if (arena[i]! >= 0x80) return true;
    return false;
  }

  /** The slot of the table that holds an id, or the free one where it belongs. */
  #slotOf(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = this.#table[slot]! - 1;
      if (number < 0) return slot;
      if (this.#hashes.at(number) === hash && this.#equals(number, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #equals(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const place = this.#places.at(number);
    const arena = this.#arenas[place >>> ARENA_BITS]!;
    const at = place & (ARENA - 1);
    if ((arena[at]! | arena[at + 1]! << 8) !== end - start) return false;
    for (let i = start, j = at + 2; i < end; i++, j++) {
      if (arena[j] !== bytes[i]) return false;
    }
    return true;
  }

  #store(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.#used + 2 + length > ARENA) {
      this.#arenas.push(new Uint8Array(ARENA));
      this.#used = 0;
    }
    const arena = this.#arenas.at(-1)!;
    this.#places.push((this.#arenas.length - 1) * ARENA + this.#used);
    arena[this.#used++] = length & 0xff;
    arena[this.#used++] = length >>> 8;
    for (let i = start; i < end; i++) arena[this.#used++] = bytes[i]!;
  }

  #growTable(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = this.#hashes.at(number) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = number + 1;
    }
    this.#table = table;
  }
}

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** FNV-1a over the bytes, with MurmurHash3's last mix because the table uses the low bits only. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let i = start; i < end; i++) value = Math.imul(value ^ bytes[i]!, 0x01000193);
  value = Math.imul(value ^ value >>> 16, 0x85ebca6b);
  value = Math.imul(value ^ value >>> 13, 0xc2b2ae35);
  return (value ^ value >>> 16) >>> 0;
}
