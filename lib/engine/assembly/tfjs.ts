/** The kernels of the generic path; lib/engine/tfjs/wasm_kernels.ts is their other side. */
export { bytesOfBlocks, matMul } from "./tfjs_matmul";
export { tanhInPlace } from "./tanh";
