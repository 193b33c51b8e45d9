/** A training step, drawing its batch included: catalogue sizes, threads, and PyTorch's. */
import type { HistoryLengths } from "./behaviours.ts";
import { measureBoundsChecks } from "./bounds_checks.ts";
import { Contest, isRatio } from "./contest.ts";
import type { Effort, Found } from "./record.ts";
import { Starters } from "./starters.ts";

/** What a record of this says about itself. */
export const aboutSteps = "Training steps of REMI (B 128, L 20, K 4, S 1,280, d 64), drawing " +
  "batches included; short histories: 5.7 of 20 positions, as RetailRocket's";

/** Turns that count. */
const ROUNDS = 12;
/** Short histories on catalogues of four sizes. */
function short(effort: Effort): Promise<Found> {
  return Starters.with(async (start) => {
    await start.fused("fused, 30k items", "short", 30_000);
    await start.fused("fused, 368k items", "short", 368_000);
    await start.torch("PyTorch, 30k items", "short", 30_000);
    if (effort === "quick") return;
    await start.torch("PyTorch, 368k items", "short", 368_000);
    await start.torch("PyTorch, 30k items, as it comes", "short", 30_000, { keepMemory: false });
    await start.fused("fused, 82k items", "short", 82_000);
    await start.fused("fused, 1M items", "short", 1_000_000);
    const relaxedSimd = { relaxedSimd: true };
    await start.fused("fused, 30k items, relaxed SIMD", "short", 30_000, relaxedSimd);
    await start.fused("fused, 368k items, relaxed SIMD", "short", 368_000, relaxedSimd);
    await start.torch("PyTorch compiled, 30k items", "short", 30_000, { compile: true });
    await start.autograd("autograd on wasm, 82k items", "short", 82_000, "wasm");
    await start.autograd("autograd on wasm, 368k items", "short", 368_000, "wasm");
  }, async ({ contestants, without }) => {
    const contest = new Contest("step");
    await contest.run(contestants, effort === "quick" ? 3 : ROUNDS);
    const small = "fused, 30k items";
    const ratios = [
      contest.ratio("PyTorch / fused, 30k items", "PyTorch, 30k items", small, { atLeast: 3 }),
      contest.ratio(
        "compiled PyTorch / fused, 30k items",
        "PyTorch compiled, 30k items",
        small,
        { atLeast: 3 },
      ),
      contest.ratio("PyTorch / fused, 368k items", "PyTorch, 368k items", "fused, 368k items", {
        atLeast: 4,
      }),
      contest.ratio(
        "PyTorch as it comes / fused, 30k items",
        "PyTorch, 30k items, as it comes",
        small,
      ),
      contest.ratio("fused, 1M / 30k items", "fused, 1M items", small, { atMost: 1.4 }),
      contest.ratio("fused, 368k / 82k items", "fused, 368k items", "fused, 82k items"),
      contest.ratio(
        "autograd on wasm, 368k / 82k items",
        "autograd on wasm, 368k items",
        "autograd on wasm, 82k items",
      ),
      contest.ratio("plain / relaxed SIMD", small, `${small}, relaxed SIMD`),
      ...["30k", "368k"].map((size) =>
        contest.ratio(
          `PyTorch / fused with relaxed SIMD, ${size} items`,
          `PyTorch, ${size} items`,
          `fused, ${size} items, relaxed SIMD`,
        )
      ),
    ];
    return { measurements: contest.measurements(), ratios: ratios.filter(isRatio), without };
  });
}

/** Full histories: more arithmetic, no padding that could be left out. */
function full(): Promise<Found> {
  return Starters.with(async (start) => {
    await start.fused("fused, full histories", "full", 30_000);
    await start.torch("PyTorch, full histories", "full", 30_000);
  }, async ({ contestants, without }) => {
    const contest = new Contest("step");
    await contest.run(contestants, ROUNDS);
    const ratio = contest.ratio(
      "PyTorch / fused, full histories",
      "PyTorch, full histories",
      "fused, full histories",
      { atLeast: 1.5 },
    );
    return { measurements: contest.measurements(), ratios: [ratio].filter(isRatio), without };
  });
}

/** One thread against two, on 30,000 items. */
function twoThreads(lengths: HistoryLengths): Promise<Found> {
  const [one, two] = [`1 thread, ${lengths} histories`, `2 threads, ${lengths} histories`];
  return Starters.with(async (start) => {
    await start.fused(one, lengths, 30_000);
    await start.fused(two, lengths, 30_000, { threads: 2 });
  }, async ({ contestants }) => {
    const contest = new Contest("step");
    await contest.run(contestants, 2 * ROUNDS);
    const measurements = contest.measurements();
    const { wall, processor } = measurements[1]!;
    // nothing is asked of two threads that others left one processor
    const had = processor!.median / wall.median;
    const target = had > 1.5 ? { atLeast: 1.4 } : undefined;
    const ratio = contest.ratio(`1 / 2 threads, ${lengths} histories`, one, two, target);
    const without = target ? [] : [`a second processor for ${two}: others kept it busy`];
    return { measurements, ratios: [ratio].filter(isRatio), without };
  });
}

/** Measures steps on short and on full histories. */
export async function measureSteps(effort: Effort): Promise<Found> {
  const parts = [await short(effort), await measureBoundsChecks(effort)];
  if (effort === "full") {
    parts.push(await full(), await twoThreads("short"), await twoThreads("full"));
  }
  return {
    measurements: parts.flatMap(({ measurements }) => measurements),
    ratios: parts.flatMap(({ ratios }) => ratios),
    without: [...new Set(parts.flatMap(({ without }) => without))],
  };
}
