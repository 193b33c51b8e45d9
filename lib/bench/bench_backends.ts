/** The same training step on every backend that loads, and on tfjs' wasm backend as it comes. */
import { type TfjsBackend, tfjsBackends, whyNot } from "../engine/tfjs/backends.ts";
import { Contest, isRatio } from "./contest.ts";
import type { Effort, Found, Target } from "./record.ts";
import { Starters } from "./starters.ts";
import { useKernels, wasmKernels } from "./bench_wasm_kernels.ts";

/** What a record of this says about itself. */
export const aboutBackends = "Training steps of REMI on 30,000 items, short histories, on every " +
  "backend, one thread each";

const ITEMS = 30_000;
/** Steps of a turn: about as long for each, but for the slowest. */
const TURN: Readonly<Record<string, number>> = { wasm: 3, cpu: 1, webgpu: 1 };
const OTHER_TURN = 6;
/** A second a step, here or wherever there is no GPU. */
const SLOW: readonly TfjsBackend[] = ["cpu", "webgpu"];

const targets: Readonly<Record<string, Target>> = {
  "wasm, its stock kernels": { atLeast: 40 },
  "tensorflow": { atLeast: 4 },
  "PyTorch": { atLeast: 3 },
};

/** Measures all backends. */
export function measureBackends(effort: Effort): Promise<Found> {
  // read by TensorFlow when it is loaded: one thread, as the others
  Deno.env.set("TF_NUM_INTRAOP_THREADS", "1");
  Deno.env.set("TF_NUM_INTEROP_THREADS", "1");
  return Starters.with(async (start) => {
    await start.fused("fused", "short", ITEMS);
    if (effort === "full") await start.torch("PyTorch", "short", ITEMS);
    for (const backend of tfjsBackends) {
      if (effort === "quick" && SLOW.includes(backend)) continue;
      if (backend === "wasm") {
        await startWasm(start);
        continue;
      }
      const reason = await whyNot(backend);
      if (reason !== null) start.without.push(`${backend}: ${reason}`);
      else await start.autograd(backend, "short", ITEMS, backend, TURN[backend] ?? OTHER_TURN);
    }
  }, async ({ contestants, without }) => {
    const contest = new Contest("step");
    await contest.run(contestants, effort === "quick" ? 2 : 8);
    const ratios = contestants.slice(1).map(({ name }) =>
      contest.ratio(`${name} / fused`, name, "fused", targets[name])
    );
    return { measurements: contest.measurements(), ratios: ratios.filter(isRatio), without };
  });
}

/** The wasm backend twice: with our kernels, and with those that it comes with. */
async function startWasm(start: Starters): Promise<void> {
  const kernels = await wasmKernels();
  if (typeof kernels === "string") return void start.without.push(`wasm: ${kernels}`);
  const { stock, ours } = kernels;
  const turn = TURN["wasm"];
  await start.autograd("wasm", "short", ITEMS, "wasm", turn, () => useKernels(ours));
  const name = "wasm, its stock kernels";
  await start.autograd(name, "short", ITEMS, "wasm", 1, () => useKernels(stock));
  start.atEnd(() => useKernels(ours));
}
