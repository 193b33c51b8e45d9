/**
 * The kernels of the fused step as TypeScript sees them, exported by lib/engine/assembly/fused.ts.
 * Every parameter whose name does not say otherwise is an address in the shared memory, in bytes.
 * What each kernel computes is written beside its source.
 */

/** Exports of the fused module. */
export interface Kernels {
  setSizes(d: number, hidden: number, interests: number): void;
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
  setAdam(b1: number, b2: number, oneMinusB1: number, oneMinusB2: number, epsilon: number): void;
  setAdamStep(rate: number, correction: number): void;
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

  gatherRows(table: number, stride: number, ids: number, n: number, to: number): void;
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
  packColumns(W: number, rows: number, columns: number, to: number): void;
  packRows(W: number, rows: number, columns: number, to: number): void;

  attentionForward(
    W1C: number,
    X8: number,
    panels: number,
    Z: number,
    W2G: number,
    logits: number,
    scratch: number,
  ): void;
  interestsForward(
    weights: number,
    panels: number,
    offsets: number,
    users: number,
    H: number,
    V: number,
  ): void;
  selectInterests(
    V: number,
    users: number,
    targets: number,
    readout: number,
    selected: number,
    positive: number,
  ): void;
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
  negativesBackward(users: number, R: number, dN: number, from: number, to: number): void;

  uniqueRows(
    ids: number,
    n: number,
    slots: number,
    rows: number,
    first: number,
    last: number,
    next: number,
  ): number;
  catchUp(rows: number, from: number, to: number, t: number): void;
  catchUpItems(from: number, to: number, t: number): void;
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
  adam(p: number, g: number, m: number, v: number, n: number): void;
  addTo(a: number, b: number, n: number): void;
}

/** An instance of the module over a memory; each thread has its own. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as Kernels; // foreign boundary: WebAssembly exports are untyped
}
