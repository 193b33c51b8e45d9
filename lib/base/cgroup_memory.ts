/** What control groups leave a process of memory: the limits of schedulers and containers. */
import { join } from "./paths.ts";

/** One version of control groups. */
interface Hierarchy {
  /** as /proc/self/cgroup names it */
  readonly controller: string;
  readonly mount: string;
  readonly limit: string;
  readonly used: string;
  /** lines of memory.stat: caches, which count as used and are given back when it is needed */
  readonly cache: RegExp;
}

const hierarchies: readonly Hierarchy[] = [
  {
    controller: "",
    mount: "sys/fs/cgroup",
    limit: "memory.max",
    used: "memory.current",
    cache: /^(?:(?:in)?active_file|slab_reclaimable) (\d+)$/gm,
  },
  {
    controller: "memory",
    mount: "sys/fs/cgroup/memory",
    limit: "memory.limit_in_bytes",
    used: "memory.usage_in_bytes",
    cache: /^total_(?:in)?active_file (\d+)$/gm,
  },
];

/**
 * Bytes that the control groups of this process leave it. A limit counts for all in a group and in
 * the groups within it, so what these use already is subtracted; the least of the process's own
 * group and the groups around it is left, in either version of control groups.
 *
 * @param root of the file system
 * @returns Infinity where there is no limit, or no such groups
 */
export function cgroupMemory(root = "/"): number {
  const own = read(join(root, "proc", "self", "cgroup")).matchAll(/^\d+:([^:]*):\/(.*)$/gm);
  const left = Array.from(own, ([, controllers, path]) => {
    const hierarchy = hierarchies.find(({ controller }) =>
      controllers!.split(",").includes(controller)
    );
    if (!hierarchy) return Infinity;
    const mount = join(root, hierarchy.mount);
    return Math.min(...aroundOf(path!).map((group) => leftIn(join(mount, group), hierarchy)));
  });
  return Math.min(Infinity, ...left);
}

/**
 * A group and those around it, up to the mounted one. In a container the path may be that of the
 * host, which is not mounted: then the mounted group is the container's own.
 */
function aroundOf(path: string): string[] {
  const names = path.split("/").filter(Boolean);
  if (names.includes("..")) return [""];
  return Array.from({ length: names.length + 1 }, (_, n) => names.slice(0, n).join("/"));
}

function leftIn(group: string, { limit, used, cache }: Hierarchy): number {
  const most = numberIn(join(group, limit));
  if (Number.isNaN(most)) return Infinity; // "max", or no such file
  const given = Array.from(read(join(group, "memory.stat")).matchAll(cache), ([, n]) => Number(n))
    .reduce((sum, bytes) => sum + bytes, 0);
  const kept = Math.max(0, (numberIn(join(group, used)) || 0) - given);
  return Math.max(0, most - kept);
}

function numberIn(path: string): number {
  return Number.parseInt(read(path), 10);
}

function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return ""; // not Linux, or no such group
  }
}
