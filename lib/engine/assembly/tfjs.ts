/** The kernels of the generic path; lib/engine/tfjs is their other side. */
export { bytesOfBlocks, matMul, matMulPacked, packRight } from "./tfjs_matmul";
export { smallMatMuls } from "./tfjs_small_matmul";
export { tanhInPlace } from "./tanh";
export { addTo } from "./adam";
export { capsules, capsulesBackward, capsulesBackwardOfLast } from "./tfjs_capsules";
export { packTrained, spreadTrained, squashRowsBackward } from "./tfjs_mapped_capsules";
export { bytesOfReconstruct, reconstruct } from "./tfjs_reconstruct";
export { routedSums, routedSumsBackward } from "./tfjs_routed_sums";
export { reattend, recontrast } from "./tfjs_backward_flows";
export { gruBackward, gruForward } from "./tfjs_gru";
export { bytesOfStar, bytesOfStarState, starBlock, starBlockBackward } from "./tfjs_star";
export { bytesOfTanhLayer, tanhLayer, tanhLayerBackward } from "./tfjs_tanh_layer";
export { timeEmbedding, timeEmbeddingBackward } from "./tfjs_time_embedding";
