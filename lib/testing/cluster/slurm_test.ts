import assert from "node:assert/strict";
import { exists, projectPath, projectRoot } from "../../base/files.ts";
import { join } from "../../base/paths.ts";
import { mergeResults } from "../../results/merge.ts";
import { readRuns, type StoredRun } from "../../results/store.ts";
import { inFolder } from "../in_folder.ts";
import { until } from "../until.ts";
import { startSlurm, whyNoSlurm } from "./slurm.ts";

/** A plan with more trainings than are trained here, so that each task has one. */
const PLAN = "synthetic";
const TASKS = [1, 2, 3];
const ENV = { REMI_TASKS: "1000" };

/** What a training came to, without when and where. */
function outcome({ key, curve, steps, bestStep, valid, test }: StoredRun) {
  return { key, curve, steps, bestStep, valid, test };
}

async function outcomes(folder: string) {
  return (await readRuns(folder)).runs.map(outcome).sort((a, b) => a.key < b.key ? -1 : 1);
}

/** One of the trainings without a cluster, and without a stop. */
async function trainHere(task: number, folder: string): Promise<void> {
  const share = ["--shard", `${task}/${ENV.REMI_TASKS}`];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", projectPath("lib", "cli", "sweep.ts"), PLAN, ...share],
    cwd: projectRoot,
    env: { REMI_RESULTS: folder },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

const reason = await whyNoSlurm();

Deno.test({
  name: `an array of Slurm loses nothing when a task is stopped and requeued${
    reason ? ` (skipped: ${reason})` : ""
  }`,
  ignore: reason !== null,
  fn: () =>
    inFolder(async (folder) => {
      const [results, logs] = [join(folder, "tasks"), join(folder, "logs")];
      for (const name of ["slurm", "logs"]) await Deno.mkdir(join(folder, name));
      const slurm = await startSlurm(join(folder, "slurm"));
      try {
        const script = projectPath("cluster", "slurm.sh");
        const env = { ...ENV, REMI_CLUSTER_RESULTS: results };
        const submit = (array: string) =>
          slurm.run("sbatch", [
            ...["--parsable", "--chdir", projectRoot, `--array=${array}`],
            ...["--output", join(logs, "%a.log"), "--mem=1G", script, PLAN],
          ], env);
        const job = await submit("1-3");
        const stateOf = (job: string) =>
          slurm.run("squeue", ["-h", "-j", job, "-t", "all", "-o", "%T"]);
        const log = (task: number) => Deno.readTextFile(join(logs, `${task}.log`)).catch(() => "");
        const begun = async (task: number) =>
          (await log(task)).includes("begun") &&
          await exists(join(results, `${task}`, "checkpoints"));
        await until(() => begun(2), "the second task's training", 120);
        await new Promise((resolve) => setTimeout(resolve, 3000)); // in the middle of it
        await slurm.run("scancel", ["--batch", "--signal=INT", `${job}_2`]);
        await until(async () => (await log(2)).includes("Stopped."), "the stop", 60);
        for (const task of TASKS) {
          const ended = async () => (await stateOf(`${job}_${task}`)) === "COMPLETED";
          await until(ended, `task ${task}'s end`, 300);
        }
        assert.equal((await log(2)).match(/^begun/gm)?.length, 2, await log(2));

        // what is recorded already is not trained again
        const again = await submit("2");
        const ended = async () => (await stateOf(again)) === "COMPLETED";
        await until(ended, "the task that has nothing to do", 60);
        assert.match((await log(2)).trim().split("\n").at(-1)!, /; 0 to do here/);

        // what is cancelled stays so
        const cancelled = await submit("4");
        await until(() => begun(4), "the fourth task", 60);
        await slurm.run("scancel", [cancelled]);
        const gone = async () => (await stateOf(cancelled)) === "CANCELLED";
        await until(gone, "the end of what was cancelled", 60);
        await new Promise((resolve) => setTimeout(resolve, 2000));
        assert.equal(await stateOf(cancelled), "CANCELLED");
      } finally {
        await slurm.stop();
      }
      const merged = join(folder, "merged");
      for (const task of TASKS) {
        const { added, conflicts } = await mergeResults(join(results, `${task}`), merged);
        assert.deepEqual([added, conflicts], [1, []]);
      }
      const whole = join(folder, "whole");
      await trainHere(2, whole);
      const [stopped] = await outcomes(join(results, "2"));
      assert.deepEqual([stopped], await outcomes(whole));
      assert.equal((await outcomes(merged)).filter(({ key }) => key === stopped!.key).length, 1);
    }),
});

Deno.test({
  name: "an array of Slurm that would leave out trainings is refused before any begins",
  ignore: Deno.build.os === "windows", // which has no bash
  fn: async () => {
    const begin = async (env: Record<string, string>) => {
      const { code, stderr } = await new Deno.Command("bash", {
        args: [projectPath("cluster", "slurm.sh"), "no-such-plan"],
        env: { SLURM_SUBMIT_DIR: projectRoot, SLURM_ARRAY_TASK_ID: "2", REMI_TASKS: "", ...env },
      }).output();
      return { code, said: new TextDecoder().decode(stderr) };
    };
    const array = (MIN: string, MAX: string, COUNT: string) => ({
      SLURM_ARRAY_TASK_MIN: MIN,
      SLURM_ARRAY_TASK_MAX: MAX,
      SLURM_ARRAY_TASK_COUNT: COUNT,
    });
    for (const gap of [array("2", "37", "36"), array("1", "35", "18")]) { // 2-37, 1-35:2
      const { code, said } = await begin(gap);
      assert.equal(code, 2);
      assert.match(said, /some of the plan would not be trained\. Submit --array=1-<tasks>/);
    }
    for (const fine of [array("1", "3", "3"), { ...array("2", "2", "1"), REMI_TASKS: "3" }]) {
      assert.match((await begin(fine)).said, /unknown plan: "no-such-plan"/);
    }
  },
});
