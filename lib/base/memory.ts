/** Memory planned before anything is allocated: what does not fit is refused at once, by part. */
import { Hindrance } from "./bad_input.ts";
import { cgroupMemory } from "./cgroup_memory.ts";

/** Something that is kept in memory. */
export interface MemoryPart {
  /** "the embedding table with Adam's moments" */
  readonly what: string;
  readonly bytes: number;
  /** what makes it smaller: "d", "the batch B" */
  readonly lower: readonly string[];
}

/** Plans below this are not compared with what there is. */
const NEVER_MIND = 2 ** 26;

const GIB = 2 ** 30;

/** Bytes that this process may take: what the machine has left, or what its control groups do. */
export function availableMemory(): number {
  const { available, free, total } = Deno.systemMemoryInfo();
  return Math.min(available || free || total, cgroupMemory());
}

/**
 * Refuses what does not fit.
 *
 * @param where what needs it: "training on books"
 * @param further what else can be done, asked only then
 * @throws {Hindrance} with the parts in GiB, what there is, and what makes the largest part smaller
 */
export function requireMemory(
  where: string,
  parts: readonly MemoryPart[],
  further: () => string = () => "",
  available?: number,
): void {
  const needed = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  if (needed < NEVER_MIND) return;
  available ??= availableMemory();
  if (needed <= available) return;
  const sorted = [...parts].sort((a, b) => b.bytes - a.bytes);
  const [more, listed] = [further(), sorted.filter(({ bytes }) => bytes > needed / 100)];
  throw new Hindrance(
    `needs more memory than the ${gib(available)} there are`,
    where,
    gib(needed),
    `That is ${listed.map(({ what, bytes }) => `${gib(bytes)} for ${what}`).join(", ")}. ` +
      `Lower ${sorted[0]!.lower.join(" or ")}.${more && ` ${more}`}`,
  );
}

/** "1.5 GiB" */
function gib(bytes: number): string {
  return `${(bytes / GIB).toLocaleString("en", { maximumSignificantDigits: 3 })} GiB`;
}
