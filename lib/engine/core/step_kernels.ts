/**
 * The kernels of the fused step as TypeScript sees them, exported by lib/engine/assembly/fused.ts.
 * Every parameter whose name does not say otherwise is an address in the shared memory, in bytes.
 * What each kernel computes is written beside its source.
 */

/** Exports of the fused module. */
export interface Kernels {
  /** The padded sizes, once an instance (sizes.ts). */
  setSizes(d: number, hidden: number, interests: number): void;
  /** What the loss of all users shares, once an instance (softmax_loss.ts). */
  setNegatives(
    S: number,
    N4: number,
    D4: number,
    strideD4: number,
    G4: number,
    strideG4: number,
    beta: number,
    full: boolean,
  ): void;
  /** Adam's constants, once an instance (adam.ts). */
  setAdam(b1: number, b2: number, oneMinusB1: number, oneMinusB2: number, epsilon: number): void;
  /** The bias corrections of a step (adam.ts). */
  setAdamStep(rate: number, correction: number): void;
  /** The tables of exact lazy Adam, once an instance (lazy_adam.ts). */
  setLazyAdam(
    table: number,
    lastStep: number,
    perGap: number,
    maxGap: number,
    perStart: number,
    secondDecay: number,
    longestDecay: number,
    steps: number,
    settled: number,
    seriesFrom: number,
  ): void;

  /** Table rows by id (pack.ts). */
  gatherRows(table: number, stride: number, ids: number, n: number, to: number): void;
  /** The attention's input (pack.ts). */
  packHistory(
    H: number,
    n: number,
    P: number,
    positions: number,
    panels: number,
    X8: number,
    X4: number,
    strideX4: number,
    scratch: number,
  ): void;
  /** The negatives, packed both ways (pack.ts). */
  packNegatives(
    table: number,
    stride: number,
    ids: number,
    S: number,
    zeros: number,
    from: number,
    to: number,
    N4: number,
    D4: number,
    strideD4: number,
  ): void;
  /** A matrix packed over its columns (pack.ts). */
  packColumns(W: number, rows: number, columns: number, to: number): void;
  /** A matrix packed over its rows (pack.ts). */
  packRows(W: number, rows: number, columns: number, to: number): void;

  /** Routing logits (attention.ts). */
  attentionForward(
    W1C: number,
    X8: number,
    panels: number,
    Z: number,
    W2G: number,
    logits: number,
    scratch: number,
  ): void;
  /** Routing weights and interests (interests.ts). */
  interestsForward(
    weights: number,
    panels: number,
    offsets: number,
    users: number,
    H: number,
    V: number,
  ): void;
  /** The hard readout (interests.ts). */
  selectInterests(
    V: number,
    users: number,
    targets: number,
    readout: number,
    selected: number,
    positive: number,
  ): void;
  /** Softmax loss and its gradients; returns the users' sum (softmax_loss.ts). */
  softmaxLoss(
    users: number,
    firstUser: number,
    R: number,
    positive: number,
    E: number,
    weights: number,
    R8: number,
    X8: number,
    I8: number,
    terms: number,
    dR: number,
    dE: number,
  ): number;
  /** The same where every item meets its nearest interest (per_item_loss.ts). */
  perItemLoss(
    users: number,
    V: number,
    R: number,
    selected: number,
    positive: number,
    E: number,
    weights: number,
    V8: number,
    X8: number,
    I8: number,
    Y8: number,
    W8: number,
    terms: number,
    dV: number,
    dE: number,
  ): number;
  /** Gradients through interests and routing; returns the sum of c_k^2 (interests_backward.ts). */
  interestsBackward(
    weights: number,
    panels: number,
    offsets: number,
    users: number,
    H: number,
    dReadout: number,
    selected: number,
    scale: number,
    L: number,
    dLogits: number,
    dH: number,
  ): number;
  /** Gradients before the tanh (attention_backward.ts). */
  attentionBackwardHidden(
    Z: number,
    dLogits: number,
    panels: number,
    W2G: number,
    D: number,
    D8: number,
    Z8: number,
    stride8: number,
    scratch: number,
  ): void;
  /** Gradients of history rows and positions (attention_backward.ts). */
  attentionBackwardInput(
    W1R: number,
    D: number,
    panels: number,
    n: number,
    positions: number,
    dH: number,
    dP: number,
    L: number,
    scratch: number,
  ): void;
  /** Gradients of W1 and W2 (attention_backward.ts). */
  attentionBackwardWeights(
    X4: number,
    strideX4: number,
    D8: number,
    Z8: number,
    stride8: number,
    dLogits: number,
    rows: number,
    dW1: number,
    dW2T: number,
  ): void;
  /** Gradients of the negatives' rows (softmax_loss.ts). */
  negativesBackward(users: number, R: number, dN: number, from: number, to: number): void;

  /** The different ids and their occurrences; returns how many (rows.ts). */
  uniqueRows(
    ids: number,
    n: number,
    slots: number,
    rows: number,
    first: number,
    last: number,
    next: number,
  ): number;
  /** Brings the rows of a step to step t - 1 (lazy_adam.ts). */
  catchUp(rows: number, from: number, to: number, t: number): void;
  /** Brings a range of items to step t - 1 (lazy_adam.ts). */
  catchUpItems(from: number, to: number, t: number): void;
  /** Adam's step t of the rows of a step (lazy_adam.ts). */
  rowsAdam(
    rows: number,
    from: number,
    to: number,
    first: number,
    next: number,
    gradients: number,
    t: number,
    scratch: number,
  ): void;
  /** Adam's step of dense parameters (adam.ts). */
  adam(p: number, g: number, m: number, v: number, n: number): void;
  /** a += b (adam.ts). */
  addTo(a: number, b: number, n: number): void;
}

/** An instance of the module over a memory; each thread has its own. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as Kernels; // foreign boundary: WebAssembly exports are untyped
}
