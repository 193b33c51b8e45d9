import assert from "node:assert/strict";
import { inFolder } from "../testing/in_folder.ts";
import { cgroupMemory } from "./cgroup_memory.ts";
import { dirname, join } from "./paths.ts";

/** What is left in a made-up file system. */
async function leftWith(files: Readonly<Record<string, string | number>>): Promise<number> {
  let left = NaN;
  await inFolder(async (root) => {
    for (const [name, content] of Object.entries(files)) {
      const path = join(root, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeTextFile(path, `${content}\n`);
    }
    left = cgroupMemory(root);
  });
  return left;
}

Deno.test("the limit of a job or a unit on its host is found around its group", async () => {
  const job = "sys/fs/cgroup/system.slice/slurmstepd.scope/job_7";
  const own = { "proc/self/cgroup": "0::/system.slice/slurmstepd.scope/job_7/step_0" };
  assert.equal(
    await leftWith({
      ...own,
      [`${job}/memory.max`]: 4000,
      [`${job}/memory.current`]: 1570,
      [`${job}/memory.stat`]: "anon 900\nactive_file 200\ninactive_file 300\nshmem 100\n" +
        "slab_reclaimable 70\nslab_unreclaimable 30\nslab 100",
      [`${job}/step_0/memory.max`]: "max",
    }),
    3000,
  );
  const slurm = "sys/fs/cgroup/memory/slurm/uid_1/job_7";
  assert.equal(
    await leftWith({
      "proc/self/cgroup": "9:cpu,cpuacct:/\n4:memory:/slurm/uid_1/job_7/step_0\n0::/",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712",
      [`${slurm}/memory.limit_in_bytes`]: 4000,
      [`${slurm}/memory.usage_in_bytes`]: 1500,
      [`${slurm}/memory.stat`]:
        "active_file 7\ntotal_active_file 200\ntotal_inactive_file 300\ntotal_rss 900",
    }),
    3000,
  );
});

Deno.test("in a container the mounted group is its own, whatever path the host says", async () => {
  const mounted = {
    "sys/fs/cgroup/memory/memory.limit_in_bytes": 4000,
    "sys/fs/cgroup/memory/memory.usage_in_bytes": 1000,
  };
  const path = { "proc/self/cgroup": "4:memory:/docker/0123abcd" };
  assert.equal(await leftWith({ ...path, ...mounted }), 3000);
  const current = { "sys/fs/cgroup/memory.max": 4000, "sys/fs/cgroup/memory.current": 5000 };
  for (const path of ["/", "/../../other.scope"]) {
    assert.equal(await leftWith({ "proc/self/cgroup": `0::${path}`, ...current }), 0);
  }
});

Deno.test("the tightest of the groups counts, and without a limit there is none", async () => {
  const outer = "sys/fs/cgroup/user.slice";
  const files = {
    "proc/self/cgroup": "0::/user.slice/run-1.scope",
    [`${outer}/memory.max`]: 9000,
    [`${outer}/memory.current`]: 8000,
    [`${outer}/run-1.scope/memory.max`]: 4000,
    [`${outer}/run-1.scope/memory.current`]: 500,
  };
  assert.equal(await leftWith(files), 1000);
  assert.equal(await leftWith({ "proc/self/cgroup": "0::/user.slice" }), Infinity);
  assert.equal(await leftWith({}), Infinity);
});
