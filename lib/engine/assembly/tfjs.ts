/** The kernels of the generic path; lib/engine/tfjs/kernel_memory.ts is their other side. */
export { bytesOfBlocks, matMul } from "./tfjs_matmul";
export { smallMatMuls } from "./tfjs_small_matmul";
export { tanhInPlace } from "./tanh";
