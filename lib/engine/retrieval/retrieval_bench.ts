/**
 * Users a second of the exact top 50 (d = 64, K = 4): this index, and beside it, in turn, faiss'
 * IndexFlatIP at its best batch size where Python with faiss is at hand.
 *
 *     deno run -A lib/engine/retrieval/retrieval_bench.ts [threads]
 *
 * faiss answers the four interests of a user separately and is not charged for merging them.
 */
import { Random } from "../../base/random.ts";
import { Faiss } from "./faiss.ts";
import { Retriever } from "./retriever.ts";
import { type Catalogue, clustered, gaussian } from "./test_catalogues.ts";

/** One line of the benchmark; rates are users a second. */
export interface RetrievalRate {
  /** this index or faiss' */
  readonly method: "index" | "faiss";
  /** what the vectors are like */
  readonly vectors: string;
  /** size of the catalogue */
  readonly items: number;
  /** threads of either method */
  readonly threads: 1 | 2;
  /** the median round */
  readonly median: number;
  /** the slowest round */
  readonly slowest: number;
  /** the fastest round */
  readonly fastest: number;
}

const K = 4, N = 50, d = 64, U = 1024;
const BATCHES = [1024, 4096];
const ROUNDS = 3;

/** Measures one catalogue, the methods in turn. */
export async function retrievalRates(
  vectors: string,
  catalogue: Catalogue,
  threads: 1 | 2,
): Promise<RetrievalRate[]> {
  const { table, interests } = catalogue;
  const retriever = await Retriever.create(table, d, { threads });
  const faiss = await Faiss.start(catalogue, N, threads);
  try {
    await retriever.topN(interests.subarray(0, 64 * K * d), 64, K, N); // warms both threads up
    let batch = BATCHES[0]!, best = Infinity;
    for (const size of faiss ? BATCHES : []) {
      const seconds = await faiss!.seconds(size);
      if (seconds < best) [batch, best] = [size, seconds];
    }
    const ours: number[] = [], theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await retriever.topN(interests, U, K, N);
      ours.push((performance.now() - start) / 1000);
      if (faiss) theirs.push(await faiss.seconds(batch));
    }
    const about = { vectors, items: retriever.itemCount, threads };
    return [
      { method: "index", ...about, ...rates(ours) },
      ...(faiss ? [{ method: "faiss" as const, ...about, ...rates(theirs) }] : []),
    ];
  } finally {
    retriever.dispose();
    await faiss?.stop();
  }
}

/** The benchmark's catalogues: 30 and 368 thousand items, without and with structure. */
export function* benchmarkCatalogues(): Generator<readonly [string, Catalogue]> {
  for (const items of [30_000, 368_000]) {
    const sizes = { items, d, U, K };
    yield ["random", gaussian(new Random(1, "retrieval bench"), sizes)];
    yield ["clustered", clustered(new Random(1, "retrieval bench"), sizes)];
  }
}

function rates(seconds: readonly number[]): Pick<RetrievalRate, "median" | "slowest" | "fastest"> {
  const sorted = seconds.map((s) => U / s).sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, slowest: sorted[0]!, fastest: sorted.at(-1)! };
}

if (import.meta.main) {
  const threads = Deno.args[0] === "2" ? 2 : 1;
  for (const [vectors, catalogue] of benchmarkCatalogues()) {
    const measured = await retrievalRates(vectors, catalogue, threads);
    for (const { method, items, median, slowest, fastest } of measured) {
      const range = `(${slowest.toFixed(0)}-${fastest.toFixed(0)})`;
      console.log(
        `${vectors.padEnd(9)} ${String(items).padStart(7)} items, ${threads} thread(s), ` +
          `${method}: ${median.toFixed(0)} users/s ${range}`,
      );
    }
    const [ours, theirs] = measured;
    if (theirs) console.log(`    ${(ours!.median / theirs.median).toFixed(2)} times faiss`);
    else console.log("    faiss is not at hand (python3, or the Python that REMI_PYTHON names)");
  }
}
