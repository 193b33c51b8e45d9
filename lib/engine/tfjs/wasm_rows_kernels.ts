/** Rows from place to place on the heap of the tfjs wasm backend, row by row. */
import * as tf from "@tensorflow/tfjs-core";
import { floats, type Heap, replaceKernel } from "./wasm_heap.ts";

/**
 * The name of a kernel that the backend does not come with: inputs x [n, c] and at [n], attribute
 * count. Gives [count, c], row i of x at at[i], and 0 elsewhere.
 */
export const PLACED_ROWS = "PlacedRows";

/** Registers it, and a look-up of rows in place of the stock one, which goes number by number. */
export function installRowKernels(heap: Heap): void {
  const stockGather = tf.getKernel(tf.GatherV2, "wasm");
  const places = (at: tf.TensorInfo) => heap.typedArrayFromHeap(at) as Int32Array;

  replaceKernel({
    ...stockGather,
    kernelFunc(call) {
      const [x, indices] = [call.inputs["x"]!, call.inputs["indices"]!];
      const { axis, batchDims } = call.attrs as unknown as tf.GatherV2Attrs;
      const [rows, ...rest] = x.shape;
      const covered = x.dtype === "float32" && indices.dtype === "int32" && axis === 0 &&
        batchDims === 0 && places(indices).every((row) => row >= 0 && row < rows!);
      if (!covered) return stockGather.kernelFunc(call);
      const y = heap.makeOutput([...indices.shape, ...rest], "float32");
      const at = places(indices); // anew: the heap may have grown
      const [from, to] = [floats(heap, x), floats(heap, y)], width = to.length / at.length;
      const copy = copyBetween(from, to, width);
      for (let i = 0; i < at.length; i++) copy(at[i]!, i);
      return y;
    },
  });
  tf.registerKernel({
    kernelName: PLACED_ROWS,
    backendName: "wasm",
    kernelFunc({ inputs: { x, at: indices }, attrs }) {
      const y = heap.makeOutput([attrs!["count"] as number, x!.shape[1]!], "float32");
      const at = places(indices!);
      const copy = copyBetween(floats(heap, x!), floats(heap, y).fill(0), x!.shape[1]!);
      for (let i = 0; i < at.length; i++) copy(i, at[i]!);
      return y;
    },
  });
}

/** Copies row i of x to row j of y; both lie on one heap. */
function copyBetween(x: Float32Array, y: Float32Array, width: number) {
  const whole = new Float32Array(y.buffer);
  const [from, to] = [x.byteOffset / 4, y.byteOffset / 4];
  return (i: number, j: number): void => {
    const start = from + i * width;
    whole.copyWithin(to + j * width, start, start + width);
  };
}
