/** The kernels of the fused training step; lib/engine/fused calls them in order. */
export { addProduct, product } from "./tile";
