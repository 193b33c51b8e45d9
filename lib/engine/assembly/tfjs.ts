/** The kernels of the generic path; lib/engine/tfjs is their other side. */
export { bytesOfBlocks, matMul } from "./tfjs_matmul";
export { smallMatMuls } from "./tfjs_small_matmul";
export { tanhInPlace } from "./tanh";
export { addTo } from "./adam";
export { attendRows, attendRowsBackward } from "./tfjs_attend_rows";
export { capsules, capsulesBackward, capsulesBackwardOfLast } from "./tfjs_capsules";
export { packTrained, spreadTrained, squashRowsBackward } from "./tfjs_mapped_capsules";
export { reconstruct } from "./tfjs_reconstruct";
export { gruBackward, gruForward } from "./tfjs_gru";
