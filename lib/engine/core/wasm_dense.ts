/** Dense parameters in a memory of their own, updated by the kernels. */
import type { AdamConfig } from "../engine_config.ts";
import { compiledModule } from "../wasm/modules.ts";
import { Addresses, newMemory, roundUp } from "./addresses.ts";
import type { DenseMemory, Moments } from "./dense_memory.ts";
import { instantiate, type Kernels } from "./step_kernels.ts";

/** Room for as many arrays as it was made for. */
export class WasmDense implements DenseMemory {
  readonly #addresses: Iterator<number>;
  readonly #gradient: number;

  private constructor(
    private readonly kernels: Kernels,
    private readonly buffer: ArrayBufferLike,
    private readonly adam: AdamConfig,
    addresses: readonly number[],
  ) {
    const [gradient, ...arrays] = addresses;
    this.#gradient = gradient!;
    this.#addresses = arrays.values();
  }

  /**
   * A memory for parameters of these sizes, each with two moments.
   *
   * @throws {BadInput} if it would exceed 4 GiB or what the machine has, or the machine lacks the
   *   instructions
   */
  static async create(sizes: readonly number[], adam: AdamConfig): Promise<WasmDense> {
    const at = new Addresses();
    const lengths = [Math.max(4, ...sizes), ...sizes.flatMap((n) => [n, n, n])];
    const addresses = lengths.map((n) => at.floats(roundUp(n, 4)));
    const module = await compiledModule("fused", "simd");
    const memory = newMemory(at.pages, "the dense parameters");
    const kernels = instantiate(module, memory);
    const { beta1, beta2, epsilon } = adam;
    kernels.setAdam(beta1, beta2, 1 - beta1, 1 - beta2, epsilon);
    return new WasmDense(kernels, memory.buffer, adam, addresses);
  }

  zeros(n: number): Float32Array {
    return new Float32Array(this.buffer, this.#addresses.next().value as number, n);
  }

  step(values: Float32Array, { m, v }: Moments, gradient: Float32Array, t: number): void {
    const { learningRate, beta1, beta2 } = this.adam;
    const padded = roundUp(values.length, 4);
    const g = new Float32Array(this.buffer, this.#gradient, padded);
    g.set(gradient);
    g.fill(0, gradient.length);
    this.kernels.setAdamStep(learningRate / (1 - beta1 ** t), 1 / (1 - beta2 ** t));
    this.kernels.adam(values.byteOffset, this.#gradient, m.byteOffset, v.byteOffset, padded);
  }
}
