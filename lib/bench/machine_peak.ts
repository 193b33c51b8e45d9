/** The most that this machine does in WebAssembly, on one thread. */
import { type Build, compiledModule } from "../engine/wasm/modules.ts";

/** Bytes of the stream: more than any cache holds. */
const STREAM = 2 ** 28;
const TURNS = 400_000;
const OPERATIONS_A_TURN = 80;

/** Exports of lib/engine/assembly/peak.ts. */
interface Kernels {
  multiplyAdd(turns: number, factor: number, summand: number): number;
  readAndWrite(at: number, bytes: number, factor: number): void;
}

/** Two short measurements, to be taken beside what is compared with them. */
export interface Peak {
  /** 10^9 float32 operations a second, multiply and add counted as two */
  gflops(): number;
  /** 10^9 bytes a second, read and written counted as two */
  gigabytes(): number;
}

/** Gets ready to measure. */
export async function peakOf(build: Build): Promise<Peak> {
  const memory = new WebAssembly.Memory({ initial: 4097, maximum: 4097, shared: true });
  const module = await compiledModule("peak", build);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = exports as unknown as Kernels; // foreign boundary: exports are untyped
  return {
    gflops: () =>
      TURNS * OPERATIONS_A_TURN / best(5, () => kernels.multiplyAdd(TURNS, 0.5, 1)) / 1e6,
    gigabytes: () => 2 * STREAM / best(2, () => kernels.readAndWrite(65536, STREAM, 1)) / 1e6,
  };
}

/** Milliseconds of the fastest of some runs: the others were interrupted. */
function best(runs: number, work: () => unknown): number {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
