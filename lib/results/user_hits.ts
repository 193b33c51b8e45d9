/**
 * The hits of a run's test users as Parquet, one file a run in results/users: a row a user, with
 * `user` (its index in the test split), `targets` (how many it has), `repeated` (how many of those
 * repeat an earlier one) and `ranks` (the ranks up to 50 of its hits, ascending). Every metric at
 * every cut-off up to 50 follows from it, exactly:
 *
 *     Recall@N = |{ r in ranks : r <= N }| / targets
 *     NDCG@N   = sum of 1 / log2(r + 1) over r <= N in ranks,
 *                over the sum of 1 / log2(r + 1) for r = 1..min(N, targets - repeated)
 */
import { parquetReadObjects, type SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import type { MetricsAt } from "../evaluate/evaluation.ts";
import { CUTOFFS, meanMetrics, metricsOfHits, type UserHits } from "../evaluate/metrics.ts";
import type { RunLine } from "./record_schema.ts";
import { decodedOnce, readRunFile, RECORD_AGAIN, runFilePath } from "./run_files.ts";

const schema: SchemaElement[] = [
  { name: "root", num_children: 4 },
  { name: "user", type: "INT32", repetition_type: "REQUIRED" },
  { name: "targets", type: "INT32", repetition_type: "REQUIRED" },
  { name: "repeated", type: "INT32", repetition_type: "REQUIRED" },
  { name: "ranks", converted_type: "LIST", num_children: 1, repetition_type: "REQUIRED" },
  { name: "list", num_children: 1, repetition_type: "REPEATED" },
  { name: "element", type: "INT32", converted_type: "UINT_8", repetition_type: "REQUIRED" },
];

/** Users are written together: encodings of few values are small only over many. */
const TOGETHER = 1_000_000;

/** The bytes of a file of hits. Equal hits give equal bytes. */
export function encodeHits({ users, targets, repeated, ranks }: UserHits): Uint8Array {
  const columnData = [
    { name: "user", data: Array.from(users), encoding: "DELTA_BINARY_PACKED" as const },
    { name: "targets", data: Array.from(targets) },
    { name: "repeated", data: Array.from(repeated) },
    { name: "ranks", data: ranks.map((found) => Array.from(found)) },
  ];
  const buffer = parquetWriteBuffer({
    columnData,
    schema,
    statistics: false,
    rowGroupSize: TOGETHER,
  });
  return new Uint8Array(buffer);
}

const deepest = Math.max(...CUTOFFS);

/** A row as it should be. */
interface Row {
  readonly user: number;
  readonly targets: number;
  readonly repeated: number;
  readonly ranks: readonly number[];
}

/** What is wrong with a row; null if nothing is. Written out, for there are thousands a file. */
function complaint({ user, targets, repeated, ranks }: Partial<Row>): string | null {
  for (const [name, value] of Object.entries({ user, targets, repeated })) {
    if (!Number.isInteger(value) || value! < 0) return `${name} is ${value}, not a number of them`;
  }
  if (!Array.isArray(ranks)) return "ranks are no list";
  for (const [i, rank] of ranks.entries()) {
    if (!Number.isInteger(rank) || rank < 1 || rank > deepest) {
      return `rank ${rank} is not one of 1 to ${deepest}`;
    }
    if (i > 0 && rank <= ranks[i - 1]!) return "its ranks do not rise";
  }
  if (repeated! >= targets!) return `${targets} targets, of which ${repeated} repeat another`;
  return ranks.length > targets! - repeated! ? "more hits than targets" : null;
}

/**
 * The hits in a file.
 *
 * @param where it comes from, for messages
 * @throws {BadInput} if it cannot be one: naming the row
 */
export async function decodeHits(bytes: Uint8Array, where: string): Promise<UserHits> {
  const read = await parquetReadObjects({ file: bytes.slice().buffer });
  const rows = read as Row[]; // if nothing is wrong with them
  for (const [i, row] of rows.entries()) {
    const why = complaint(row);
    if (why === null) continue;
    const what = `not a file of users' hits (row ${i}: ${why})`;
    throw new BadInput(what, where, undefined, RECORD_AGAIN);
  }
  return {
    users: Uint32Array.from(rows, ({ user }) => user),
    targets: Uint32Array.from(rows, ({ targets }) => targets),
    repeated: Uint32Array.from(rows, ({ repeated }) => repeated),
    ranks: rows.map(({ ranks }) => ranks),
  };
}

const hitsOnce = decodedOnce(decodeHits);

/**
 * The hits of a recorded run's test users, whose metrics are the run's to the bit; null for a run
 * that was recorded without.
 *
 * @throws {BadInput} if the file is not the one that was recorded, or gives other metrics
 */
export async function readHits(
  { key, users: hash, test }: Pick<RunLine, "key" | "users" | "test">,
  folder: string = resultsPath(),
): Promise<UserHits | null> {
  if (hash === undefined) return null;
  const path = runFilePath("users", key, folder);
  const hits = await hitsOnce(hash, await readRunFile("users", key, hash, folder), path);
  requireMetrics(hits, { key, test }, path);
  return hits;
}

/**
 * Refuses hits that are not those of a run: their means are its metrics to the bit.
 *
 * @param where they come from, for messages
 * @throws {BadInput} naming the metric and both values
 */
export function requireMetrics(
  hits: UserHits,
  { key, test }: Pick<RunLine, "key" | "test">,
  where: string,
): void {
  for (const [N, metrics] of Object.entries(meanMetrics(metricsOfHits(hits)))) {
    for (const [name, value] of Object.entries(metrics)) {
      const recorded = test[Number(N)]![name as keyof MetricsAt];
      if (recorded === value) continue;
      const what = `these hits give ${name}@${N} ${value}, but run ${key} has`;
      throw new BadInput(what, where, recorded, RECORD_AGAIN);
    }
  }
}
