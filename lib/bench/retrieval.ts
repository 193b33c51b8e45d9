/** Exact top 50 of users with four interests, beside faiss' exact index; and whole evaluations. */
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { FusedEngine } from "../engine/fused/engine.ts";
import { Retriever } from "../engine/retrieval/retriever.ts";
import { type Catalogue, clustered } from "../engine/retrieval/test_catalogues.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { behaviours } from "./behaviours.ts";
import { timed } from "./clock.ts";
import { Contest, type Contestant } from "./contest.ts";
import { quickParameters, remi } from "./mid_training.ts";
import { PythonPeer } from "./python.ts";
import type { Effort, Found, Target } from "./record.ts";
import { isRatio } from "./steps.ts";

/** What a record of this says about itself. */
export const aboutRetrieval = "Exact top 50 (d 64), 1,024 users with 4 interests at once, on " +
  "vectors in clusters as trained ones; faiss answers each interest and is not charged for merging";

const K = 4, N = 50, d = 64, U = 1024;
/** Queries of a call of faiss: the faster size is taken. */
const BATCHES = [1024, 4096];
/** What faiss' matrix products take the processor for; they do not know all of them. */
const CORE_TYPES = [null, "Haswell", "SkylakeX"];

const targets: Readonly<Record<number, Target>> = {
  30_000: { atLeast: 1.3 },
  368_000: { atLeast: 1.7 },
};

/** Measures one catalogue after the other. */
export async function measureRetrieval(effort: Effort): Promise<Found> {
  const parts: Found[] = [];
  for (const items of effort === "quick" ? [30_000] : [30_000, 368_000]) {
    parts.push(await search(items, effort));
    parts.push(await evaluation(items, effort));
  }
  return {
    measurements: parts.flatMap(({ measurements }) => measurements),
    ratios: parts.flatMap(({ ratios }) => ratios),
    without: parts.flatMap(({ without }) => without),
  };
}

/** "30k items" */
function size(items: number): string {
  return `${items / 1000}k items`;
}

/** The index and faiss, each with one thread and with two. */
async function search(items: number, effort: Effort): Promise<Found> {
  const catalogue = clustered(new Random(1, "retrieval bench"), { items, d, U, K });
  const { table, interests } = catalogue;
  const folder = await Deno.makeTempDir();
  const retrievers: Retriever[] = [], peers: PythonPeer[] = [], without: string[] = [];
  const contestants: Contestant[] = [];
  const named = (who: string, threads: 1 | 2): string =>
    `${who}, ${size(items)}${threads === 2 ? ", 2 threads" : ""}`;
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
    for (const threads of [1, 2] as const) {
      const found = await fastestFaiss({ ...files, d, N, threads });
      if (typeof found === "string") {
        without.push(`faiss: ${found}`);
        break;
      }
      const { peer, batch } = found;
      peers.push(peer);
      contestants.push({ name: named("faiss", threads), threads, turn: () => peer.time(batch) });
    }
    const contest = new Contest("1,024 users");
    await contest.run(contestants, effort === "quick" ? 2 : items < 100_000 ? 8 : 5);
    const ratios = [
      contest.ratio(
        `faiss, ${size(items)}`,
        named("faiss", 1),
        named("index", 1),
        targets[items],
      ),
      contest.ratio(`faiss, ${size(items)}, 2 threads`, named("faiss", 2), named("index", 2)),
      contest.ratio(`index, ${size(items)}, 2 threads`, named("index", 1), named("index", 2)),
    ];
    return { measurements: contest.measurements(), ratios: ratios.filter(isRatio), without };
  } finally {
    for (const retriever of retrievers) retriever.dispose();
    for (const peer of peers) await peer.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** A whole validation: interests, index, search and metrics of 2,822 users, as on RetailRocket. */
async function evaluation(items: number, effort: Effort): Promise<Found> {
  const config = remi(items);
  const { offsets, items: all } = behaviours("short", items);
  const valid = { offsets: offsets.slice(0, 2823), items: all.slice(0, offsets[2822]) };
  const dataset = {
    name: "benchmark",
    itemCount: items,
    train: valid,
    valid,
    test: valid,
    hash: "benchmark",
  };
  const { table } = clustered(new Random(1, "evaluation bench"), { items, d, U: 1, K });
  const engine = await FusedEngine.create(config, { ...quickParameters(config), table });
  const evaluator = await Evaluator.create(dataset, config.sizes.L);
  try {
    const contest = new Contest("evaluation");
    const turn = () => timed(() => evaluator.metrics(engine, engine.parameters(), "valid"));
    const name = `evaluation of 2,822 users, ${size(items)}`;
    await contest.run([{ name, threads: 1, turn }], effort === "quick" ? 2 : 5);
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

/** A running faiss and the size of its calls. */
interface Faiss {
  readonly peer: PythonPeer;
  readonly batch: number;
}

/** The fastest of some settings, running; or why there is none. */
async function fastestFaiss(
  setup: Readonly<Record<string, unknown>> & { readonly threads: number },
): Promise<Faiss | string> {
  let fastest: Faiss | undefined, least = Infinity;
  for (const coreType of CORE_TYPES) {
    const environment: Record<string, string> = coreType ? { OPENBLAS_CORETYPE: coreType } : {};
    const peer = await PythonPeer.start("faiss_flat.py", setup, environment);
    if (typeof peer === "string") return peer;
    for (const batch of BATCHES) {
      // a processor without the instructions of that type ends it
      const time = await leastTime(peer, batch).catch(() => Infinity);
      if (time >= least) continue;
      if (fastest?.peer !== peer) await fastest?.peer.stop();
      [fastest, least] = [{ peer, batch }, time];
    }
    if (fastest?.peer !== peer) await peer.stop();
  }
  return fastest ?? "it ends when it searches";
}

async function leastTime(faiss: PythonPeer, batch: number): Promise<number> {
  const first = await faiss.time(batch), second = await faiss.time(batch);
  return Math.min(first.processor, second.processor);
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
