/** Memory of the kernels: where things lie in it, and how one gets it. */
import { BadInput } from "../../base/bad_input.ts";

/** Bytes of a WebAssembly memory at most. */
export const MEMORY_LIMIT = 2 ** 32;

const PAGE = 65536;

/** The next multiple. */
export function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}

/** Gives out addresses in bytes, one thing after the other, each in cache lines of its own. */
export class Addresses {
  /** the first byte that is still free; the kernels' constants lie below */
  top = PAGE;

  /** Where so many bytes begin. */
  bytes(n: number): number {
    const at = this.top;
    this.top = roundUp(this.top + n, 128);
    return at;
  }

  /** Where so many floats or integers of 32 bits begin. */
  floats(n: number): number {
    return this.bytes(4 * n);
  }

  /** Pages of 64 KiB that hold all of it. */
  get pages(): number {
    return Math.ceil(this.top / PAGE);
  }
}

/** What a memory grows with. */
const SIZES = "d, L, the batch, the negatives, or the catalogue";

/** @throws {BadInput} if so many pages are more than 4 GiB */
export function checkPages(pages: number, ofWhat: string): void {
  if (pages * PAGE <= MEMORY_LIMIT) return;
  const what = `the memory of ${ofWhat} would exceed WebAssembly's limit of 4 GiB (bytes)`;
  throw new BadInput(what, ofWhat, pages * PAGE, `Lower ${SIZES}.`);
}

/**
 * A memory of so many pages, all zeros.
 *
 * @throws {BadInput} if it would exceed 4 GiB, or the machine cannot give it
 */
export function newMemory(pages: number, ofWhat: string): WebAssembly.Memory {
  return given(
    pages,
    ofWhat,
    () => new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }),
  );
}

/**
 * Lets a memory have so many pages at least.
 *
 * @throws {BadInput} if it would exceed 4 GiB, or the machine cannot give it
 */
export function growTo(memory: WebAssembly.Memory, pages: number, ofWhat: string): void {
  const missing = pages - memory.buffer.byteLength / PAGE;
  if (missing > 0) given(pages, ofWhat, () => memory.grow(missing));
}

function given<T>(pages: number, ofWhat: string, allocate: () => T): T {
  checkPages(pages, ofWhat);
  try {
    return allocate();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const what = `the machine cannot give ${ofWhat} its memory (pages of 64 KiB)`;
    throw new BadInput(what, ofWhat, pages, `Close other programs, or lower ${SIZES}.`);
  }
}
