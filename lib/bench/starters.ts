/** Engines and processes as contestants that take training steps. */
import type { EngineConfig } from "../engine/engine_config.ts";
import { fusedCovers } from "../engine/fused/covers.ts";
import { FusedEngine, type FusedOptions } from "../engine/fused/fused_engine.ts";
import type { TfjsBackend } from "../engine/tfjs/backends.ts";
import { AutogradEngine } from "../train/autograd_engine.ts";
import { createEngine } from "../train/create_engine.ts";
import { behaviours, type HistoryLengths, writeBehaviours } from "./behaviours.ts";
import type { Contestant } from "./contest.ts";
import { enterTraining, quickParameters, remi, trainingSteps } from "./mid_training.ts";
import { keepFreedMemory, PythonPeer } from "./python.ts";

/** Steps of one turn: about as long for each. */
const TURN = { fused: 30, torch: 10, autograd: 3 } as const;

/** Turns before the first round, in which V8 compiles what tfjs and a model are made of. */
const WARMING = 6;

/** How PyTorch is run. */
interface TorchOptions {
  /** what it trains; REMI */
  readonly config?: EngineConfig;
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

  /** Encoder by autograd on a tfjs backend, rows and loss by the kernels. */
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

  /** Any configuration on short histories, by the engine that covers it: fused, or on wasm. */
  async ours(name: string, config: EngineConfig): Promise<void> {
    const backend = fusedCovers(config) === null ? "fused" : "wasm";
    const { engine } = await createEngine(config, quickParameters(config), backend);
    enterTraining(engine);
    this.#closing.push(() => engine.dispose());
    const train = behaviours("short", config.sizes.itemCount);
    const contestant = trainingSteps(name, 1, engine, config, train, TURN.torch);
    for (let i = 0; i < WARMING; i++) await contestant.turn();
    this.contestants.push(contestant);
  }

  /** PyTorch, or a word on why not. */
  async torch(
    name: string,
    lengths: HistoryLengths,
    itemCount: number,
    { config = remi(itemCount), compile = false, keepMemory = true }: TorchOptions = {},
  ): Promise<void> {
    const { model, sizes, objective } = config;
    const train = behaviours(lengths, itemCount);
    const peer = await PythonPeer.start("torch_step.py", {
      file: await writeBehaviours(train, this.folder, `${lengths}-${itemCount}`),
      users: train.offsets.length - 1,
      model,
      ...sizes,
      beta: objective.ihn?.beta ?? 0,
      lambda: objective.rr?.lambda ?? 0,
      perItem: objective.selection === "per-item",
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
