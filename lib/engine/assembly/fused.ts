/** The kernels of the fused step; lib/engine/core/step_kernels.ts is their other side. */
export { setSizes } from "./sizes";
export { gatherRows, packColumns, packHistory, packNegatives, packRows } from "./pack";
export { attentionForward } from "./attention";
export {
  attentionBackwardHidden,
  attentionBackwardInput,
  attentionBackwardWeights,
} from "./attention_backward";
export { interestsForward, selectInterests } from "./interests";
export { interestsBackward } from "./interests_backward";
export { negativesBackward, setNegatives, softmaxLoss } from "./softmax_loss";
export { perItemLoss } from "./per_item_loss";
export { uniqueRows } from "./rows";
export { adam, addTo, setAdam, setAdamStep } from "./adam";
export { catchUp, catchUpItems, rowsAdam, setLazyAdam } from "./lazy_adam";
