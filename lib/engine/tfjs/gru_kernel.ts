/**
 * A recurrent layer over packed histories (lib/engine/assembly/tfjs_gru.ts) as two kernels of the
 * tfjs wasm backend that it does not come with: a dozen ops a position become one, the products
 * with the items and the gradients of both matrices are one product over all positions each, and
 * the recurrent matrix is packed once for all.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { MatMulKernels } from "./kernel_memory.ts";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernels' names: inputs x [n, c], W [c, 3 H] and U [H, 3 H], attribute sizes, how many users
 * each position has, the longest histories first. Gives the states [n, H], and gates [n, 4 H] that
 * the gradient asks for.
 */
export const GRU = "Gru";
/** Gives the gradients of x, W and U from x, W, U, states, gates and dy [n, H]. */
export const GRU_GRADIENT = "GruGradient";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels extends MatMulKernels {
  packRight(B: number, transposed: boolean, k: number, n: number, to: number): void;
  matMulPacked(
    A: number,
    transposedA: boolean,
    packed: number,
    m: number,
    k: number,
    n: number,
    C: number,
    blocks: number,
  ): void;
  addTo(a: number, b: number, n: number): void;
  gruForward(
    m: number,
    H: number,
    x: number,
    g: number,
    h: number,
    gates: number,
    next: number,
  ): void;
  gruBackward(
    m: number,
    H: number,
    gates: number,
    h: number,
    dNext: number,
    dx: number,
    dg: number,
  ): void;
}

/** Whether the current backend has the kernels and they compute these sizes. */
export function gruCovers(W: tf.Tensor2D, U: tf.Tensor2D): boolean {
  const known = tf.getKernel(GRU, tf.getBackend()) !== undefined;
  return known && W.shape[0] % 8 === 0 && U.shape[0] % 8 === 0;
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerGru(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped
  const blocks = kernels.bytesOfBlocks();

  tf.registerKernel({
    kernelName: GRU,
    backendName: "wasm",
    kernelFunc({ inputs: { x, W, U }, attrs }) {
      const sizes = attrs!["sizes"] as number[];
      const [n, c] = x!.shape as [number, number], H = U!.shape[0]!, B = sizes[0]!;
      const shapes = [[n, H], [n, 4 * H]];
      // what x gives, U packed, a state of all users, and what it gives, with room for tiles
      const floats = [(n + 4) * 3 * H, 3 * H * H, B * H, (B + 4) * 3 * H];
      const scratch = blocks + 4 * floats.reduce((a, b) => a + b);
      return memory.exchange(heap, [x!, W!, U!], shapes, scratch, (from, to, free) => {
        const [X, w, u] = from as [number, number, number];
        const [states, gates] = to as [number, number];
        const ofX = free + blocks, packed = ofX + 4 * floats[0]!;
        const start = packed + 4 * floats[1]!, ofState = start + 4 * floats[2]!;
        kernels.matMul(X, false, w, false, n, c, 3 * H, ofX, free);
        kernels.packRight(u, false, H, 3 * H, packed);
        memory.floats(start, floats[2]!).fill(0);
        memory.floats(ofState, floats[3]!).fill(0);
        let first = 0, h = start;
        sizes.forEach((m, position) => {
          if (position > 0) kernels.matMulPacked(h, false, packed, m, H, 3 * H, ofState, free);
          const next = states + 4 * first * H;
          const [part, kept] = [ofX + 12 * first * H, gates + 16 * first * H];
          kernels.gruForward(m, H, part, ofState, h, kept, next);
          first += m;
          h = next;
        });
      });
    },
  });

  tf.registerKernel({
    kernelName: GRU_GRADIENT,
    backendName: "wasm",
    kernelFunc({ inputs: { x, W, U, states, gates, dy }, attrs }) {
      const sizes = attrs!["sizes"] as number[];
      const [n, c] = x!.shape as [number, number], H = U!.shape[0]!, B = sizes[0]!;
      const inputs = [x!, W!, U!, states!, gates!, dy!];
      const shapes = [x!.shape, W!.shape, U!.shape];
      // dx and dg of all rows, the states before them, U packed, and products with room for tiles
      const floats = [n * 3 * H, n * 3 * H, n * H, 3 * H * H, (n + 4) * Math.max(c, H)];
      const scratch = blocks + 4 * floats.reduce((a, b) => a + b);
      return memory.exchange(heap, inputs, shapes, scratch, (from, to, free) => {
        const [X, w, u, h, kept, dH] = from as Addresses, [dX, dW, dU] = to as Results;
        const ofX = free + blocks, dG = ofX + 4 * floats[0]!, before = dG + 4 * floats[1]!;
        const packed = before + 4 * floats[2]!, back = packed + 4 * floats[3]!;
        fillBefore(sizes, H, h, before);
        kernels.packRight(u, true, 3 * H, H, packed);
        let first = n;
        for (let position = sizes.length - 1; position >= 0; position--) {
          const m = sizes[position]!;
          first -= m;
          const row = 4 * first * H, dNext = dH + row, dg = dG + 3 * row;
          kernels.gruBackward(m, H, kept + 4 * row, before + row, dNext, ofX + 3 * row, dg);
          if (position === 0) break;
          const earlier = dNext - 4 * sizes[position - 1]! * H;
          kernels.matMulPacked(dg, false, packed, m, 3 * H, H, back, free);
          kernels.addTo(earlier, back, m * H);
          kernels.addTo(earlier, dNext, m * H);
        }
        kernels.matMul(ofX, false, w, true, n, 3 * H, c, back, free);
        memory.floats(dX, n * c).set(memory.floats(back, n * c));
        kernels.matMul(X, true, ofX, false, c, n, 3 * H, dW, free);
        if (n === B) return;
        const later = 4 * B * H; // no product reaches the first states
        kernels.matMul(before + later, true, dG + 3 * later, false, H, n - B, 3 * H, dU, free);
      });
    },
  });

  /** The state before that of each row: 0 at first positions. */
  function fillBefore(sizes: readonly number[], H: number, states: number, to: number): void {
    const B = sizes[0]!;
    memory.floats(to, B * H).fill(0);
    let first = B, last = 0;
    for (const m of sizes.slice(1)) {
      memory.floats(to + 4 * first * H, m * H).set(memory.floats(states + 4 * last * H, m * H));
      last = first;
      first += m;
    }
  }
}

/** Of the gradient's inputs. */
type Addresses = readonly [number, number, number, number, number, number];
/** Of the gradients. */
type Results = readonly [number, number, number];
