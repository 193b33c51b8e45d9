/** What may compute, by the name a configuration gives it. */

/**
 * "auto" takes the fused engine where it covers the model, otherwise the first tfjs backend that
 * loads, in the order they have here; "webgpu" is taken by name only.
 */
export const backendNames = [
  "auto",
  "fused",
  "tensorflow-gpu",
  "tensorflow",
  "wasm",
  "cpu",
  "webgpu",
] as const;

/** One of {@linkcode backendNames}. */
export type BackendName = (typeof backendNames)[number];
