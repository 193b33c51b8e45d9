/** A memory of our kernels' own, beside the heap of tfjs. */
import * as tf from "@tensorflow/tfjs-core";
import { growTo, roundUp } from "../core/addresses.ts";
import type { Heap } from "./wasm_heap.ts";

const PAGE = 65536;
/** Addresses below belong to the module's constants. */
const START = PAGE;

/** It grows to what was asked for at most, and is not given back. */
export class OwnMemory {
  readonly #memory = new WebAssembly.Memory({ initial: 2, maximum: PAGE, shared: true });

  /** The exports of a module over it. */
  instantiate(module: WebAssembly.Module): WebAssembly.Exports {
    return new WebAssembly.Instance(module, { env: { memory: this.#memory } }).exports;
  }

  /**
   * Addresses of buffers that lie one after the other; what earlier calls laid out is given up.
   *
   * @throws {BadInput} if they would exceed 4 GiB, or the machine cannot give them
   */
  layOut(bytes: readonly number[]): number[] {
    let top = START;
    const addresses = bytes.map((size) => {
      const at = top;
      top = roundUp(top + size, 128);
      return at;
    });
    growTo(this.#memory, Math.ceil(top / PAGE), "the encoder");
    return addresses;
  }

  /** Floats at an address. */
  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length);
  }

  /** Integers at an address. */
  integers(at: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, length);
  }

  /**
   * Computes on copies: of the inputs, floats or integers, and for floats of these shapes that are
   * 0 before.
   *
   * @param scratch bytes besides
   * @param compute with the addresses of the inputs, of the results, and of the scratch
   * @returns the results on the heap
   * @throws {BadInput} if all of it would exceed 4 GiB, or the machine cannot give it
   */
  exchange(
    heap: Heap,
    inputs: readonly tf.TensorInfo[],
    shapes: readonly (readonly number[])[],
    scratch: number,
    compute: (inputs: readonly number[], results: readonly number[], scratch: number) => void,
  ): tf.TensorInfo[] {
    const all = [...inputs.map(({ shape }) => shape), ...shapes];
    const sizes = all.map((shape) => tf.util.sizeFromShape([...shape]));
    const addresses = this.layOut([...sizes.map((n) => 4 * n), scratch]);
    // on the heap only now: nobody would let go what a refusal leaves there
    const results = shapes.map((shape) => heap.makeOutput([...shape], "float32"));
    const { buffer } = this.#memory;
    inputs.forEach((input, i) => {
      const View = input.dtype === "int32" ? Int32Array : Float32Array;
      new View(buffer, addresses[i]!, sizes[i]!).set(heap.typedArrayFromHeap(input));
    });
    const [from, to] = [addresses.slice(0, inputs.length), addresses.slice(inputs.length, -1)];
    const views = to.map((at, i) => this.floats(at, sizes[inputs.length + i]!));
    for (const view of views) view.fill(0);
    compute(from, to, addresses.at(-1)!);
    results.forEach((result, i) => heap.typedArrayFromHeap(result).set(views[i]!));
    return results;
  }
}
