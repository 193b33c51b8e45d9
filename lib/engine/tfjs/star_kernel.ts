/**
 * All blocks of PIMI's star graph (lib/engine/assembly/tfjs_star.ts) as two kernels of the tfjs
 * wasm backend that it does not come with: a hundred ops on small tensors, most of which only copy
 * and add.
 */
import * as tf from "@tensorflow/tfjs-core";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/** Tensors of the graph; those of a block follow those of the block before. */
export interface StarTensors {
  /** start [n, d], embedded [n, d], centre [B, d], then ofItems [4 n] and ofCentres [B (L + 1)] */
  readonly graph: readonly tf.Tensor[];
  /** of each block W [d, d] of query, key, value, output, then b [d] of query, value, output */
  readonly weights: readonly tf.Tensor[];
  /** of each block items [n, 4, 4] and centre [B, 4, L + 1], the last without; or none */
  readonly kept: readonly tf.Tensor[];
}

/** The kernels' names. Gives the last items [n, d], and what the gradient asks for. */
const STAR = "Star";
/** Gives the gradients of start, embedded, centre and the weights. */
const STAR_GRADIENT = "StarGradient";

/** Weights of a block: four matrices, three biases. */
const MATRICES = 4, BIASES = 3, WEIGHTS = MATRICES + BIASES;

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels {
  bytesOfStar(L: number, d: number): number;
  bytesOfStarState(n: number, B: number, L: number, d: number): number;
  starBlock(
    n: number,
    B: number,
    L: number,
    d: number,
    X: number,
    weights: number,
    ofItems: number,
    ofCentres: number,
    keptItems: number,
    keptCentres: number,
    last: boolean,
    state: number,
    scratch: number,
  ): void;
  starBlockBackward(
    n: number,
    B: number,
    L: number,
    d: number,
    X: number,
    weights: number,
    ofItems: number,
    ofCentres: number,
    keptItems: number,
    keptCentres: number,
    last: boolean,
    state: number,
    dC: number,
    dX: number,
    dWeights: number,
    scratch: number,
  ): void;
}

/** Whether the current backend has the kernels and they compute these sizes. */
export function starCovers(nodes: tf.Tensor2D, heads: number): boolean {
  const known = tf.getKernel(STAR, tf.getBackend()) !== undefined;
  return known && heads === 4 && nodes.shape[1] % 32 === 0;
}

/** The last items [n, d], and the state for {@linkcode starGradients}. */
export function runStar(given: StarTensors): tf.Tensor[] {
  return run(STAR, given, []);
}

/** The gradients of start, embedded, centre and the weights. */
export function starGradients(given: StarTensors, state: tf.Tensor, dy: tf.Tensor): tf.Tensor[] {
  return run(STAR_GRADIENT, given, [state, dy]);
}

function run(kernel: string, { graph, weights, kept }: StarTensors, more: tf.Tensor[]) {
  const inputs = [...graph, ...weights, ...kept, ...more].map((tensor, i) => [`${i}`, tensor]);
  const attrs = { blocks: weights.length / WEIGHTS, dropped: kept.length > 0 };
  return tf.engine().runKernel<tf.Tensor[]>(kernel, Object.fromEntries(inputs), attrs);
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerStar(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped

  /** Sizes, inputs in their order, and how many numbers everything has. */
  function understood({ inputs, attrs }: { inputs: tf.NamedTensorInfoMap; attrs?: object }) {
    const { blocks, dropped } = attrs as { blocks: number; dropped: boolean };
    const all = Object.keys(inputs).map((_, i) => inputs[i]!);
    const [n, d] = all[0]!.shape as [number, number], B = all[2]!.shape[0]!;
    const L = tf.util.sizeFromShape(all[4]!.shape) / B - 1;
    const ofState = kernels.bytesOfStarState(n, B, L, d) / 4;
    const rows = 3 * n + B + 5; // with room for a product's last rows
    return {
      n,
      B,
      L,
      d,
      blocks,
      dropped,
      all,
      ofState,
      rows,
      weights: d * (MATRICES * d + BIASES),
    };
  }

  type Understood = ReturnType<typeof understood>;

  /** Addresses of what a block has, with its weights and X where the kernel wants them. */
  function blockOf(at: Understood, from: readonly number[], i: number, X: number, W: number) {
    const { n, B, d, blocks, dropped } = at;
    const copy = (to: number, address: number, length: number) =>
      memory.floats(to, length).set(memory.floats(address, length));
    let to = W;
    for (let j = 0; j < WEIGHTS; j++) {
      const length = j < MATRICES ? d * d : d;
      copy(to, from[5 + i * WEIGHTS + j]!, length);
      to += 4 * length;
    }
    copy(X + 4 * n * d, from[1]!, n * d);
    memory.floats(X + 4 * (2 * n + B) * d, d).fill(0);
    const noise = 5 + blocks * WEIGHTS + 2 * i, last = i === blocks - 1;
    return {
      last,
      keptItems: dropped ? from[noise]! : 0,
      keptCentres: dropped && !last ? from[noise + 1]! : 0,
      /** puts items [n, d] and centres [B, d] at their places */
      begin(items: number, centres: number) {
        copy(X, items, n * d);
        copy(X + 8 * n * d, centres, B * d);
      },
    };
  }

  /** Where a state has the new items and centres. */
  function newRows({ n, B, L, d, ofState }: Understood, state: number) {
    const up = (count: number) => 4 * Math.ceil(count / 4);
    const centres = state + 4 * (ofState - up(B) * d);
    return { items: centres - 4 * up(B) * (2 * d + 4 * (L + 1)) - 4 * up(n) * d, centres };
  }

  tf.registerKernel({
    kernelName: STAR,
    backendName: "wasm",
    kernelFunc(call) {
      const at = understood(call);
      const { n, B, L, d, blocks, all, ofState, rows, weights } = at;
      const shapes = [[n, d], [blocks * ofState]];
      const scratch = 4 * (rows * d + weights) + kernels.bytesOfStar(L, d);
      return memory.exchange(heap, all, shapes, scratch, (from, [y, state], X) => {
        const W = X + 4 * rows * d, free = W + 4 * weights;
        let items = from[0]!, centres = from[2]!;
        for (let i = 0; i < blocks; i++) {
          const { last, keptItems, keptCentres, begin } = blockOf(at, from, i, X, W);
          begin(items, centres);
          const own = state! + 4 * i * ofState;
          const noise = [keptItems, keptCentres] as const;
          const where = [X, W, from[3]!, from[4]!, ...noise] as const;
          kernels.starBlock(n, B, L, d, ...where, last, own, free);
          ({ items, centres } = newRows(at, own));
        }
        memory.floats(y!, n * d).set(memory.floats(items, n * d));
      });
    },
  });

  tf.registerKernel({
    kernelName: STAR_GRADIENT,
    backendName: "wasm",
    kernelFunc(call) {
      const at = understood(call);
      const { n, B, L, d, blocks, all, ofState, rows, weights } = at;
      const ofWeights = all.slice(5, 5 + blocks * WEIGHTS);
      const shapes = [...all.slice(0, 3), ...ofWeights].map(({ shape }) => shape);
      const floats = 2 * rows * d + (B + 4) * d + 2 * weights;
      const scratch = 4 * floats + kernels.bytesOfStar(L, d);
      return memory.exchange(heap, all, shapes, scratch, (from, to, X) => {
        const dX = X + 4 * rows * d, dC = dX + 4 * rows * d;
        const W = dC + 4 * (B + 4) * d, dW = W + 4 * weights, free = dW + 4 * weights;
        const [state, dy] = from.slice(-2) as [number, number];
        const dItems = memory.floats(dX, n * d), dEmbedded = memory.floats(dX + 4 * n * d, n * d);
        const dCentres = memory.floats(dX + 8 * n * d, B * d);
        const dNew = memory.floats(dX + 4 * (2 * n + B + 1) * d, n * d);
        memory.floats(dX, rows * d).fill(0);
        dNew.set(memory.floats(dy, n * d));
        for (let i = blocks - 1; i >= 0; i--) {
          const { last, keptItems, keptCentres, begin } = blockOf(at, from, i, X, W);
          const own = state + 4 * i * ofState;
          const before = newRows(at, own - 4 * ofState);
          begin(...(i === 0 ? [from[0]!, from[2]!] : [before.items, before.centres]) as Pair);
          const after = memory.floats(newRows(at, own).items, n * d);
          memory.floats(X + 4 * (2 * n + B + 1) * d, n * d).set(after);
          memory.floats(dW, weights).fill(0);
          const noise = [keptItems, keptCentres] as const;
          const where = [X, W, from[3]!, from[4]!, ...noise] as const;
          kernels.starBlockBackward(n, B, L, d, ...where, last, own, dC, dX, dW, free);
          let gradient = dW;
          for (let j = 0; j < WEIGHTS; j++) {
            const length = j < MATRICES ? d * d : d;
            memory.floats(to[3 + i * WEIGHTS + j]!, length).set(memory.floats(gradient, length));
            gradient += 4 * length;
          }
          if (i === 0) break;
          dNew.set(dItems);
          memory.floats(dC, B * d).set(dCentres);
          dItems.fill(0);
          dCentres.fill(0);
        }
        [dItems, dEmbedded, dCentres].forEach((gradient, i) =>
          memory.floats(to[i]!, gradient.length).set(gradient)
        );
      });
    },
  });
}

type Pair = [number, number];
