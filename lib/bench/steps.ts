/** A training step, drawing its batch included: catalogue sizes, threads, and PyTorch's. */
import { FusedEngine, type FusedOptions } from "../engine/fused/engine.ts";
import type { TfjsBackend } from "../engine/tfjs/backends.ts";
import { AutogradEngine } from "../train/autograd_engine.ts";
import { behaviours, type HistoryLengths, writeBehaviours } from "./behaviours.ts";
import { Contest, type Contestant } from "./contest.ts";
import { enterTraining, quickParameters, remi, trainingSteps } from "./mid_training.ts";
import { keepFreedMemory, PythonPeer } from "./python.ts";
import type { Effort, Found, Ratio } from "./record.ts";

/** What a record of this says about itself. */
export const aboutSteps = "Training steps of REMI (B 128, L 20, K 4, S 1,280, d 64), drawing " +
  "batches included; short histories: 5.7 of 20 positions, as RetailRocket's";

/** Turns that count. */
const ROUNDS = 12;
/** Steps of one turn: about as long for each. */
const TURN = { fused: 30, torch: 10, autograd: 3 } as const;

/** How PyTorch is run. */
interface TorchOptions {
  /** torch.compile between rows and loss; false */
  readonly compile?: boolean;
  /** an allocator that keeps freed memory for the next step; true */
  readonly keepMemory?: boolean;
}

/** Opens contestants, and closes them all at the end. */
export class Starters {
  readonly contestants: Contestant[] = [];
  readonly without: string[] = [];
  readonly #closing: (() => Promise<void> | void)[] = [];

  private constructor(readonly folder: string) {}

  /** Opens as many as `open` asks for, lets `use` have them, and closes them whatever happens. */
  static async with<T>(
    open: (starters: Starters) => Promise<void>,
    use: (starters: Starters) => Promise<T>,
  ): Promise<T> {
    const starters = new Starters(await Deno.makeTempDir());
    try {
      await open(starters);
      return await use(starters);
    } finally {
      for (const close of starters.#closing) await close();
      await Deno.remove(starters.folder, { recursive: true });
    }
  }

  /** What to do at the end as well. */
  atEnd(close: () => void): void {
    this.#closing.push(close);
  }

  /** The fused engine. */
  async fused(
    name: string,
    lengths: HistoryLengths,
    itemCount: number,
    options: FusedOptions = {},
  ): Promise<void> {
    const config = remi(itemCount);
    const engine = await FusedEngine.create(config, quickParameters(config), options);
    enterTraining(engine);
    this.#closing.push(() => engine.dispose());
    const train = behaviours(lengths, itemCount);
    const threads = options.threads ?? 1;
    this.contestants.push(trainingSteps(name, threads, engine, config, train, TURN.fused));
  }

  /** The readable definition on a tfjs backend. */
  async autograd(
    name: string,
    lengths: HistoryLengths,
    itemCount: number,
    backend: TfjsBackend,
    steps: number = TURN.autograd,
    before: () => void = () => {},
  ): Promise<void> {
    const config = remi(itemCount);
    const engine = await AutogradEngine.create(config, quickParameters(config), backend);
    enterTraining(engine);
    this.#closing.push(() => engine.dispose());
    const train = behaviours(lengths, itemCount);
    const contestant = trainingSteps(name, 1, engine, config, train, steps);
    const turn = (): ReturnType<Contestant["turn"]> => {
      before();
      return contestant.turn();
    };
    this.contestants.push({ ...contestant, turn });
  }

  /** PyTorch, or a word on why not. */
  async torch(
    name: string,
    lengths: HistoryLengths,
    itemCount: number,
    { compile = false, keepMemory = true }: TorchOptions = {},
  ): Promise<void> {
    const { sizes, objective } = remi(itemCount);
    const train = behaviours(lengths, itemCount);
    const peer = await PythonPeer.start("torch_step.py", {
      file: await writeBehaviours(train, this.folder, `${lengths}-${itemCount}`),
      users: train.offsets.length - 1,
      ...sizes,
      beta: objective.ihn!.beta,
      lambda: objective.rr!.lambda,
      threads: 1,
      compile,
    }, keepMemory ? keepFreedMemory : {});
    if (typeof peer === "string") {
      this.without.push(`${name}: ${peer}`);
      return;
    }
    this.#closing.push(() => peer.stop());
    this.contestants.push({ name, threads: 1, turn: () => peer.time(TURN.torch) });
  }
}

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
    await start.fused("fused, 30k items, relaxed SIMD", "short", 30_000, { relaxedSimd: true });
    await start.torch("PyTorch compiled, 30k items", "short", 30_000, { compile: true });
    await start.autograd("definition on wasm, 82k items", "short", 82_000, "wasm");
    await start.autograd("definition on wasm, 368k items", "short", 368_000, "wasm");
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
        "definition on wasm, 368k / 82k items",
        "definition on wasm, 368k items",
        "definition on wasm, 82k items",
      ),
      contest.ratio("plain / relaxed SIMD", small, `${small}, relaxed SIMD`),
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

/** Whether both contestants took part. */
export function isRatio(ratio: Ratio | null): ratio is Ratio {
  return ratio !== null;
}

/** Measures steps on short and on full histories. */
export async function measureSteps(effort: Effort): Promise<Found> {
  if (effort === "quick") return await short(effort);
  const threads = [await twoThreads("short"), await twoThreads("full")];
  const parts = [await short(effort), await full(), ...threads];
  return {
    measurements: parts.flatMap(({ measurements }) => measurements),
    ratios: parts.flatMap(({ ratios }) => ratios),
    without: [...new Set(parts.flatMap(({ without }) => without))],
  };
}
