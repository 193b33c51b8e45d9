/**
 * Our kernels on the tfjs wasm backend. Its matrix product with a transposed operand and its tanh
 * are ten times slower than the machine allows; ours (lib/engine/assembly/tfjs.ts) take their place
 * and leave everything they do not cover to the stock kernel. Its Identity, which autograd calls
 * for every tensor that it keeps, copies; ours counts one more user of the same values.
 *
 * They compute in a memory of their own: values are copied in and out through the backend's public
 * methods. That costs a tenth of what the kernels take and leaves nothing to go wrong with a heap
 * that is not ours, that grows, and whose views detach.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { compiledModule } from "../wasm/modules.ts";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels {
  bytesOfBlocks(): number;
  matMul(
    A: number,
    transposedA: boolean,
    B: number,
    transposedB: boolean,
    m: number,
    k: number,
    n: number,
    C: number,
    blocks: number,
  ): void;
  tanhInPlace(x: number, n: number): void;
}

/** What is used of the wasm backend: new tensors, tensors' values, and how many share them. */
type Heap = Pick<BackendWasm, "makeOutput" | "typedArrayFromHeap" | "incRef">;

const PAGE = 65536;
/** Addresses below belong to the module's constants. */
const START = PAGE;
/** What needs more memory than this is left to the stock kernels, as ours do not give it back. */
const LIMIT = 2 ** 29;

/** A matrix product's sizes: C [batch, m, n] = A [batch or 1, m, k] B [batch or 1, k, n]. */
interface ProductSizes {
  readonly batch: number;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** shape of C */
  readonly shape: number[];
  /** floats from one matrix of the batch to the next; 0 where one serves all */
  readonly stepA: number;
  readonly stepB: number;
}

/** The kernels over their own memory. */
class WasmKernels {
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: Kernels;

  constructor(module: WebAssembly.Module) {
    this.#memory = new WebAssembly.Memory({ initial: 2, maximum: PAGE, shared: true });
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.#kernels = exports as unknown as Kernels; // foreign boundary: exports are untyped
  }

  /** Whether a product fits into the memory. */
  holds({ batch, m, k, n }: ProductSizes): boolean {
    return 4 * (batch * (m * k + k * n) + roundUp(m, 4) * roundUp(n, 8)) < LIMIT;
  }

  /** C = A B of the whole batch. */
  matMul(
    A: Float32Array,
    transposedA: boolean,
    B: Float32Array,
    transposedB: boolean,
    { batch, m, k, n, stepA, stepB }: ProductSizes,
    C: Float32Array,
  ): void {
    const kernels = this.#kernels;
    const ldc = roundUp(n, 8);
    const at = this.#layOut([
      4 * A.length,
      4 * B.length,
      4 * roundUp(m, 4) * ldc,
      kernels.bytesOfBlocks(),
    ]);
    const [a, b, c, blocks] = at as [number, number, number, number];
    this.#floats(a, A.length).set(A);
    this.#floats(b, B.length).set(B);
    const padded = this.#floats(c, m * ldc); // [m, ldc]
    for (let i = 0; i < batch; i++) {
      const [Ai, Bi] = [a + 4 * i * stepA, b + 4 * i * stepB];
      kernels.matMul(Ai, transposedA, Bi, transposedB, m, k, n, c, blocks);
      if (ldc === n) C.set(padded, i * m * n);
      else copyRows(padded, ldc, C.subarray(i * m * n, (i + 1) * m * n), n);
    }
  }

  /** y = tanh x. */
  tanh(x: Float32Array, y: Float32Array): void {
    const size = roundUp(x.length, 4);
    const [at] = this.#layOut([4 * size]) as [number];
    const values = this.#floats(at, x.length);
    values.set(x);
    this.#kernels.tanhInPlace(at, size);
    y.set(values);
  }

  /** Addresses of buffers that lie one after the other. */
  #layOut(bytes: readonly number[]): number[] {
    let top = START;
    const addresses = bytes.map((size) => {
      const at = top;
      top = roundUp(top + size, 128);
      return at;
    });
    const missing = Math.ceil((top - this.#memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#memory.grow(missing);
    return addresses;
  }

  #floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length);
  }
}

/**
 * Puts our kernels in place of the stock ones of the wasm backend, which must be the current one.
 *
 * @throws {TypeError} if this is not the backend they are written for; the stock kernels stay
 */
export async function installWasmKernels(): Promise<void> {
  const heap = wasmHeap();
  const ours = new WasmKernels(await compiledModule("tfjs", "simd"));
  const stockMatMul = tf.getKernel(tf.BatchMatMul, "wasm");
  const stockTanh = tf.getKernel(tf.Tanh, "wasm");
  const stockIdentity = tf.getKernel(tf.Identity, "wasm");

  replaceKernel({
    ...stockMatMul,
    kernelFunc(call) {
      const [a, b] = [call.inputs["a"]!, call.inputs["b"]!];
      const { transposeA, transposeB } = call.attrs as unknown as tf.BatchMatMulAttrs;
      const sizes = productSizes(a, b, transposeA, transposeB);
      if (sizes === null || !ours.holds(sizes)) return stockMatMul.kernelFunc(call);
      const c = heap.makeOutput(sizes.shape, "float32"); // before the views: the heap may grow
      ours.matMul(floats(heap, a), transposeA, floats(heap, b), transposeB, sizes, floats(heap, c));
      return c;
    },
  });
  replaceKernel({
    ...stockTanh,
    kernelFunc(call) {
      const x = call.inputs["x"]!;
      const size = tf.util.sizeFromShape(x.shape);
      if (x.dtype !== "float32" || size === 0 || 4 * size > LIMIT) {
        return stockTanh.kernelFunc(call);
      }
      const y = heap.makeOutput(x.shape, "float32");
      ours.tanh(floats(heap, x), floats(heap, y));
      return y;
    },
  });
  replaceKernel({
    ...stockIdentity,
    kernelFunc(call) {
      const { dataId, shape, dtype } = call.inputs["x"]!;
      heap.incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}

function replaceKernel(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}

/** Foreign boundary: what tfjs hands out as its backend is not typed as the wasm backend's. */
function wasmHeap(): Heap {
  const heap = tf.backend() as unknown as Partial<Heap>;
  const methods = [heap.makeOutput, heap.typedArrayFromHeap, heap.incRef];
  if (methods.some((method) => typeof method !== "function")) {
    throw new TypeError(
      "this wasm backend is not that of tfjs 4.22: it computes with its own, slower kernels",
    );
  }
  return heap as Heap;
}

function floats(heap: Heap, tensor: tf.TensorInfo): Float32Array {
  return heap.typedArrayFromHeap(tensor) as Float32Array;
}

/** The sizes of a product that we cover; null for one that is left to the stock kernel. */
function productSizes(
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
): ProductSizes | null {
  if (a.dtype !== "float32" || b.dtype !== "float32") return null;
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [ofA, ofB] = [tf.util.sizeFromShape(batchA), tf.util.sizeFromShape(batchB)];
  const [m, k] = transposed(a.shape, transposeA);
  const [kB, n] = transposed(b.shape, transposeB);
  // the stock kernel says what is wrong with sizes that do not fit, and has empty results
  if (k !== kB || ofA * ofB * m * k * n === 0) return null;
  if (ofA !== 1 && ofB !== 1 && !tf.util.arraysEqual(batchA, batchB)) return null;
  const batch = ofA === 1 ? batchB : batchA;
  return {
    batch: Math.max(ofA, ofB),
    m,
    k,
    n,
    shape: [...batch, m, n],
    stepA: ofA === 1 ? 0 : m * k,
    stepB: ofB === 1 ? 0 : k * n,
  };
}

function transposed(shape: readonly number[], swap: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return swap ? [columns, rows] : [rows, columns];
}

function copyRows(from: Float32Array, stride: number, to: Float32Array, length: number): void {
  for (let row = 0; row * length < to.length; row++) {
    for (let i = 0; i < length; i++) to[row * length + i] = from[row * stride + i]!;
  }
}

function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}
