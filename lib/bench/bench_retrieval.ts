/** Exact top 50 of users with four interests, beside faiss' exact index; and whole evaluations. */
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { data } from "../data/load.ts";
import { FusedEngine } from "../engine/fused/fused_engine.ts";
import { Retriever } from "../engine/retrieval/retriever.ts";
import { type Catalogue, clustered, gaussian } from "../testing/catalogues.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { train } from "../train/trainer.ts";
import { behaviours } from "./behaviours.ts";
import { timed } from "./clock.ts";
import { Contest, type Contestant, isRatio } from "./contest.ts";
import { quickParameters, remi } from "./mid_training.ts";
import { PythonPeer } from "./python.ts";
import type { Effort, Found, Target } from "./record.ts";

/** What a record of this says about itself. */
export const aboutRetrieval = "Exact top 50 (d 64), 1,024 users with 4 interests at once; " +
  "faiss (IndexFlatIP at its best) answers each interest and is not charged for merging";

const K = 4, N = 50, d = 64, U = 1024;
/** Queries of a call of faiss: the faster size is taken. */
const BATCHES = [1024, 4096];
/** What faiss' matrix products take the processor for; they do not know all of them. */
const CORE_TYPES = [null, "Haswell", "SkylakeX"];

/** A catalogue with its name. */
interface Named extends Catalogue {
  /** "30k items, trained" */
  readonly name: string;
  readonly target?: Target;
}

/** Measures one catalogue after the other. */
export async function measureRetrieval(effort: Effort): Promise<Found> {
  const sizes = { items: 30_000, d, U, K };
  const small: Named = { ...gaussian(seeded(), sizes), name: "30k items, random" };
  const faiss = await fastestFaiss(small);
  const without = typeof faiss === "string" ? [`faiss: ${faiss}`] : [];
  const parts: Found[] = [];
  for await (const catalogue of effort === "quick" ? [small] : catalogues(small, without)) {
    parts.push(await search(catalogue, typeof faiss === "string" ? null : faiss, effort));
    parts.push(await evaluation(catalogue, effort));
  }
  return {
    measurements: parts.flatMap(({ measurements }) => measurements),
    ratios: parts.flatMap(({ ratios }) => ratios),
    without,
  };
}

function seeded(): Random {
  return new Random(1, "retrieval bench");
}

async function* catalogues(small: Named, without: string[]): AsyncGenerator<Named> {
  const trained = await trainedCatalogue();
  if (trained) yield trained;
  else without.push("trained vectors: retailrocket-comirec is not at hand");
  yield small;
  const sizes = { items: 368_000, d, U, K }, target = { atLeast: 1.7 };
  yield { ...gaussian(seeded(), sizes), name: "368k items, random", target };
  yield { ...clustered(seeded(), sizes), name: "368k items, clustered", target };
}

/** What REMI has learned of RetailRocket after 2,000 steps; null if the data are not at hand. */
async function trainedCatalogue(): Promise<Named | null> {
  const dataset = await data("retailrocket-comirec").catch(() => null);
  if (dataset === null) return null;
  const folder = await Deno.makeTempDir();
  try {
    const config = { objective: { ihn: { beta: 0.1 }, rr: { lambda: 100 } }, maxSteps: 2000 };
    const { engine, parameters } = await train(dataset, config, { folder, restart: true });
    const histories = evaluationCases(dataset.valid, 20).histories(0, U);
    const { interests } = await engine.interests(histories);
    engine.dispose();
    const target = { atLeast: 1.3 };
    return { table: parameters.table, interests, d, name: "30k items, trained", target };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The index and faiss, each with one thread and, where it does not take too long, with two. */
async function search(
  catalogue: Named,
  faiss: FaissSettings | null,
  effort: Effort,
): Promise<Found> {
  const { table, interests, target } = catalogue;
  const large = table.length > 100_000 * d;
  const folder = await Deno.makeTempDir();
  const retrievers: Retriever[] = [], peers: PythonPeer[] = [];
  const contestants: Contestant[] = [];
  const named = (who: string, threads: 1 | 2): string =>
    `${who}, ${catalogue.name}${threads === 2 ? ", 2 threads" : ""}`;
  try {
    for (const threads of [1, 2] as const) {
      const retriever = await Retriever.create(table, d, { threads });
      retrievers.push(retriever);
      contestants.push({
        name: named("index", threads),
        threads,
        turn: () => timed(() => retriever.topN(interests, U, K, N)),
      });
    }
    const files = await writeCatalogue(catalogue, folder);
    for (const threads of faiss ? large ? [1] as const : [1, 2] as const : []) {
      const { environment, batch } = faiss!;
      const setup = { ...files, d, N, threads };
      const peer = await PythonPeer.start("faiss_flat.py", setup, environment);
      if (typeof peer === "string") throw new Error(peer);
      peers.push(peer);
      contestants.push({ name: named("faiss", threads), threads, turn: () => peer.time(batch) });
    }
    const contest = new Contest("1,024 users");
    await contest.run(contestants, effort === "quick" ? 2 : large ? 4 : 8);
    const { name } = catalogue;
    const ratios = [
      contest.ratio(`faiss / index, ${name}`, named("faiss", 1), named("index", 1), target),
      contest.ratio(`faiss / index, ${name}, 2 threads`, named("faiss", 2), named("index", 2)),
      contest.ratio(`1 / 2 threads, ${name}`, named("index", 1), named("index", 2)),
    ];
    return { measurements: contest.measurements(), ratios: ratios.filter(isRatio), without: [] };
  } finally {
    for (const retriever of retrievers) retriever.dispose();
    for (const peer of peers) await peer.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** A whole validation: interests, index, search and metrics of 2,822 users, as on RetailRocket. */
async function evaluation({ table, name }: Named, effort: Effort): Promise<Found> {
  const itemCount = table.length / d - 1;
  const config = remi(itemCount);
  const { offsets, items: all } = behaviours("short", itemCount);
  const valid = { offsets: offsets.slice(0, 2823), items: all.slice(0, offsets[2822]) };
  const splits = { train: valid, valid, test: valid };
  const dataset = { name: "benchmark", hash: "benchmark", itemCount, ...splits };
  const engine = await FusedEngine.create(config, { ...quickParameters(config), table });
  const evaluator = await Evaluator.create(dataset, config.sizes.L);
  try {
    const contest = new Contest("evaluation");
    const turn = () => timed(() => evaluator.metrics(engine, { table: engine.table() }, "valid"));
    const contestant = { name: `evaluation of 2,822 users, ${name}`, threads: 1 as const, turn };
    await contest.run([contestant], effort === "quick" ? 2 : 4);
    return { measurements: contest.measurements(), ratios: [], without: [] };
  } finally {
    evaluator.dispose();
    engine.dispose();
  }
}

async function writeCatalogue({ table, interests }: Catalogue, folder: string) {
  const files = { items: join(folder, "items.f32"), queries: join(folder, "queries.f32") };
  await Deno.writeFile(files.items, bytesOf(table.subarray(d))); // without the padding row
  await Deno.writeFile(files.queries, bytesOf(interests));
  return files;
}

/** How faiss is run. */
interface FaissSettings {
  readonly environment: Readonly<Record<string, string>>;
  /** queries of a call */
  readonly batch: number;
}

/** The fastest of some settings, tried on one catalogue; or in plain words why there is none. */
async function fastestFaiss(catalogue: Catalogue): Promise<FaissSettings | string> {
  const folder = await Deno.makeTempDir();
  let fastest: FaissSettings | undefined, least = Infinity;
  try {
    const setup = { ...await writeCatalogue(catalogue, folder), d, N, threads: 1 };
    for (const type of CORE_TYPES) {
      const environment: Record<string, string> = type ? { OPENBLAS_CORETYPE: type } : {};
      const peer = await PythonPeer.start("faiss_flat.py", setup, environment);
      if (typeof peer === "string") return peer;
      for (const batch of BATCHES) {
        // a processor without the instructions of that type ends it
        const time = await leastTime(peer, batch).catch(() => Infinity);
        if (time < least) [fastest, least] = [{ environment, batch }, time];
      }
      await peer.stop();
    }
    return fastest ?? "it ends when it searches";
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function leastTime(faiss: PythonPeer, batch: number): Promise<number> {
  const first = await faiss.time(batch), second = await faiss.time(batch);
  return Math.min(first.processor, second.processor);
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
