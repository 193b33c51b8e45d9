/**
 * The sizes that every kernel of the fused step works with. They are padded, so that every matrix
 * product is a whole number of tiles; padded columns hold zeros and get zero gradients, so they
 * stay zero. Set once an instance.
 */

/** embedding size, a multiple of 8 */
export let d: i32 = 0;
/** bytes of one embedding */
export let rowBytes: usize = 0;
/** width of the attention's hidden layer, a multiple of 8 */
export let hidden: i32 = 0;
/** interests; the kernels work on groups of four, the last one filled up with unused heads */
export let heads: i32 = 0;
/** groups of four interests */
export let groups: i32 = 0;

/** Sets all sizes. */
export function setSizes(embedding: i32, hiddenWidth: i32, interests: i32): void {
  d = embedding;
  rowBytes = <usize>embedding << 2;
  hidden = hiddenWidth;
  heads = interests;
  groups = (interests + 3) >> 2;
}
