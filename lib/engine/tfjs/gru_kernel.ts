/**
 * A recurrent layer over packed histories (lib/engine/assembly/tfjs_gru.ts) as two kernels of the
 * tfjs wasm backend that it does not come with: a dozen ops a position become one, and the gradient
 * of the recurrent matrix one product over all positions.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { MatMulKernels } from "./kernel_memory.ts";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernels' names: inputs x [n, 3 H] and U [H, 3 H], attribute sizes, how many users each
 * position has, the longest histories first. Gives the states [n, H], and gates [n, 4 H] that the
 * gradient asks for.
 */
export const GRU = "Gru";
/** Gives the gradients of x and U from x, U, states, gates and dy [n, H]. */
export const GRU_GRADIENT = "GruGradient";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels extends MatMulKernels {
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
export function gruCovers(U: tf.Tensor2D): boolean {
  return tf.getKernel(GRU, tf.getBackend()) !== undefined && U.shape[0] % 8 === 0;
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerGru(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped
  const blocks = kernels.bytesOfBlocks();

  tf.registerKernel({
    kernelName: GRU,
    backendName: "wasm",
    kernelFunc({ inputs: { x, U }, attrs }) {
      const sizes = attrs!["sizes"] as number[];
      const n = x!.shape[0]!, H = U!.shape[0]!, B = sizes[0]!;
      const room = 4 * (B + 4) * H; // bytes of a state of all users
      const shapes = [[n, H], [n, 4 * H]];
      return memory.exchange(heap, [x!, U!], shapes, blocks + 4 * room, (from, to, free) => {
        const [X, u] = from as [number, number], [states, gates] = to as [number, number];
        const start = free + blocks, ofState = start + room;
        memory.floats(start, room).fill(0); // as many floats as a state has bytes
        let first = 0, h = start;
        sizes.forEach((m, position) => {
          if (position > 0) kernels.matMul(h, false, u, false, m, H, 3 * H, ofState, free);
          const next = states + 4 * first * H;
          const [x, kept] = [X + 12 * first * H, gates + 16 * first * H];
          kernels.gruForward(m, H, x, ofState, h, kept, next);
          first += m;
          h = next;
        });
      });
    },
  });

  tf.registerKernel({
    kernelName: GRU_GRADIENT,
    backendName: "wasm",
    kernelFunc({ inputs: { x, U, states, gates, dy }, attrs }) {
      const sizes = attrs!["sizes"] as number[];
      const n = x!.shape[0]!, H = U!.shape[0]!, B = sizes[0]!;
      const inputs = [U!, states!, gates!, dy!];
      const shapes = [x!.shape, U!.shape];
      // dg of all rows, the states before them, and what a position hands back, with room for tiles
      const floats = [n * 3 * H, n * H, (Math.max(B, H) + 4) * 3 * H];
      const scratch = blocks + 4 * floats.reduce((a, b) => a + b);
      return memory.exchange(heap, inputs, shapes, scratch, (from, to, free) => {
        const [u, h, kept, dH] = from as [number, number, number, number];
        const [dX, dU] = to as [number, number];
        const dG = free + blocks, before = dG + 4 * floats[0]!, back = before + 4 * floats[1]!;
        fillBefore(sizes, H, h, before);
        let first = n;
        for (let position = sizes.length - 1; position >= 0; position--) {
          const m = sizes[position]!;
          first -= m;
          const row = 4 * first * H, dNext = dH + row, dg = dG + 3 * row;
          kernels.gruBackward(m, H, kept + 4 * row, before + row, dNext, dX + 3 * row, dg);
          if (position === 0) break;
          const earlier = dNext - 4 * sizes[position - 1]! * H;
          kernels.matMul(dg, false, u, true, m, 3 * H, H, back, free);
          kernels.addTo(earlier, back, m * H);
          kernels.addTo(earlier, dNext, m * H);
        }
        if (n === B) return;
        const later = 4 * B * H; // no product reaches the first states
        kernels.matMul(before + later, true, dG + 3 * later, false, H, n - B, 3 * H, back, free);
        memory.floats(dU, 3 * H * H).set(memory.floats(back, 3 * H * H));
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
