/**
 * Our kernels on the tfjs wasm backend. Its matrix product with a transposed operand and its tanh
 * are ten times slower than the machine allows; ours (lib/engine/assembly/tfjs.ts) take their place
 * and leave everything they do not cover to the stock kernel. Its look-up of rows goes number by
 * number, ours row by row; for every part of a tensor it copies the whole. Its Identity, which
 * autograd calls for every tensor that it keeps, copies; ours counts one more user of the same
 * values.
 *
 * They compute in a memory of their own: values are copied in and out through the backend's public
 * methods. That costs a tenth of what the kernels take and leaves nothing to go wrong with a heap
 * that is not ours, that grows, and whose views detach.
 */
import * as tf from "@tensorflow/tfjs-core";
import { compiledModule } from "../wasm/modules.ts";
import { registerBackwardFlows } from "./backward_flows_kernels.ts";
import { registerCapsules } from "./capsules_kernel.ts";
import { registerGru } from "./gru_kernel.ts";
import { LIMIT, type ProductSizes, WasmKernels } from "./kernel_memory.ts";
import { registerMappedCapsules } from "./mapped_capsules_kernel.ts";
import { registerPositionProducts } from "./position_products_kernel.ts";
import { registerReconstruct } from "./reconstruct_kernel.ts";
import { registerRoutedSums } from "./routed_sums_kernel.ts";
import { registerStar } from "./star_kernel.ts";
import { registerTanhLayer } from "./tanh_layer_kernel.ts";
import { registerTimeEmbedding } from "./time_embedding_kernel.ts";
import { floats, type Heap, replaceKernel, wasmHeap } from "./wasm_heap.ts";
import { installRowKernels } from "./wasm_rows_kernels.ts";

/**
 * Puts our kernels in place of the stock ones of the wasm backend, which must be the current one.
 *
 * @throws {TypeError} if this is not the backend they are written for; the stock kernels stay
 */
export async function installWasmKernels(): Promise<void> {
  const heap = wasmHeap();
  const module = await compiledModule("tfjs", "simd");
  const ours = new WasmKernels(module);
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
  installRowKernels(heap);
  for (const name of [tf.Slice, tf.SplitV, tf.Unpack]) {
    const stock = tf.getKernel(name, "wasm");
    replaceKernel({
      ...stock,
      kernelFunc(call) {
        const x = (call.inputs["x"] ?? call.inputs["value"])!;
        if (x.dtype !== "float32" || x.shape.length > 4) return stock.kernelFunc(call);
        return stock.kernelFunc({ ...call, backend: withoutCopying(heap, x) });
      },
    });
  }
  replaceKernel({
    ...stockIdentity,
    kernelFunc(call) {
      const { dataId, shape, dtype } = call.inputs["x"]!;
      heap.incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
  registerBackwardFlows(module, heap);
  registerCapsules(module, heap);
  registerGru(module, heap);
  registerMappedCapsules(module, heap);
  registerPositionProducts(module, heap);
  registerReconstruct(module, heap);
  registerRoutedSums(module, heap);
  registerStar(module, heap);
  registerTanhLayer(module, heap);
  registerTimeEmbedding(module, heap);
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

/**
 * The backend as the stock kernels for parts of x see it: they take parts of the values that it
 * reads, where it would copy them all. A view is made anew each time, as the heap may have grown.
 */
function withoutCopying(heap: Heap, x: tf.TensorInfo): tf.KernelBackend {
  const values = {
    subarray: (from: number, to: number) => floats(heap, x).subarray(from, to),
  };
  const seen = {
    readSync: () => values,
    makeOutput: heap.makeOutput.bind(heap),
    typedArrayFromHeap: heap.typedArrayFromHeap.bind(heap),
    dataIdMap: heap.dataIdMap,
  };
  return seen as unknown as tf.KernelBackend; // foreign boundary: all that those kernels use
}
