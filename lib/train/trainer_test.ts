import assert from "node:assert/strict";
import { exists } from "../base/files.ts";
import { whileLocked } from "../base/lock.ts";
import { join } from "../base/paths.ts";
import { synthetic } from "../data/synthetic.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import type { Measures } from "./run.ts";
import type { TrainConfig } from "./config.ts";
import { Diverged } from "./diverged.ts";
import { checkpointPath, trainingLock } from "./checkpoint.ts";
import type { TrainedModel } from "./trained_model.ts";
import type { TrainOptions } from "./train_options.ts";
import { train } from "./trainer.ts";
import { inFolder } from "../testing/in_folder.ts";
import { withTimes } from "../testing/with_times.ts";

const data = { users: 400, interests: 20, itemsPerInterest: 15, length: [8, 12], seed: 4 } as const;
const small: TrainConfig = {
  B: 16,
  L: 8,
  K: 2,
  S: 24,
  d: 8,
  objective: { ihn: { beta: 1 }, rr: { lambda: 10 } },
  evaluateEvery: 20,
  maxSteps: 100,
};

/** Everything about a result that must not depend on how it came about. */
function bits(trained: TrainedModel): unknown {
  const { run: { key, steps, bestStep, valid, test, curve }, parameters } = trained;
  return { key, steps, bestStep, valid, test, curve, parameters };
}

async function trained(config: TrainConfig, options: TrainOptions): Promise<TrainedModel> {
  const result = await train(withTimes(synthetic(data)), config, options);
  result.engine.dispose();
  return result;
}

/** A minute without a chance for anything else. */
const BUSY = "for (const end = Date.now() + 60_000; Date.now() < end;);";

/**
 * Trains in a process of its own, which sends itself a signal once it has passed step 50, and
 * another once it has trained, when nobody saves anything any more.
 */
async function signalled(
  signal: Deno.Signal,
  config: TrainConfig,
  folder: string,
  afterwards?: Deno.Signal,
) {
  const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const script = `
    import { train } from ${module("./trainer.ts")};
    import { synthetic } from ${module("../data/synthetic.ts")};
    import { withTimes } from ${module("../testing/with_times.ts")};
    let sent = false;
    const signal = ${JSON.stringify(signal)};
    const onProgress = async ({ step }) => {
      if (step < 50 || sent) return;
      sent = true;
      const heard = Promise.withResolvers();
      if (signal !== "SIGKILL") Deno.addSignalListener(signal, heard.resolve);
      Deno.kill(Deno.pid, signal);
      await heard.promise;
      Deno.removeSignalListener(signal, heard.resolve);
    };
    const dataset = withTimes(synthetic(${JSON.stringify(data)}));
    const options = { onProgress, checkpointSeconds: 0, folder: ${JSON.stringify(folder)} };
    const { run, unsaved } = await train(dataset, ${JSON.stringify(config)}, options);
    console.log(run.stop, run.steps, unsaved ?? "");
    ${afterwards ? `Deno.kill(Deno.pid, "${afterwards}"); ${BUSY}` : "Deno.exit();"}`;
  const process = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", script],
    env: { TMPDIR: folder },
  });
  const { stdout, stderr, code } = await process.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { said: text(stdout), error: text(stderr), code };
}

const trainings: Readonly<Record<string, TrainConfig>> = {
  "fused": { ...small, backend: "fused" },
  "wasm": { ...small, backend: "wasm" },
  "with noise, drawn interests and a further term": {
    ...small,
    backend: "wasm",
    model: "mind",
    objective: { selection: "bam", repel: { lambda: 1 } },
  },
};

/** Trainings that read more of the data; they are slow. */
const reading: Readonly<Record<string, TrainConfig>> = {
  "PIMI with times": { ...small, backend: "wasm", model: "pimi", objective: {} },
  "UMI with profiles": { ...small, backend: "wasm", model: "umi", objective: {} },
};

for (const [name, config] of Object.entries({ ...trainings, ...reading })) {
  Deno.test(`a killed training goes on to the same bits (${name})`, () =>
    inFolder(async (folder) => {
      assert.equal((await signalled("SIGKILL", config, folder)).said, "");
      let resumedAt = Infinity;
      const onProgress = ({ step }: { step: number }) => {
        resumedAt = Math.min(resumedAt, step);
      };
      const resumed = await trained(config, { folder, onProgress });
      assert.ok(resumedAt >= 40 && resumedAt < 100, `resumed at ${resumedAt}`);
      assert.deepEqual(bits(resumed), bits(await trained(config, { folder })));
    }));
}

for (const [name, config] of Object.entries(trainings)) {
  Deno.test(`same configuration, data and seed give the same bits (${name})`, () =>
    inFolder(async (folder) => {
      const first = await trained(config, { folder });
      const second = await trained(config, { folder });
      const other = await trained({ ...config, seed: 2 }, { folder });
      assert.deepEqual(bits(first), bits(second));
      assert.notDeepEqual(first.parameters, other.parameters);
    }));

  Deno.test({
    name: `a training stopped by SIGINT goes on to the same bits (${name})`,
    ignore: Deno.build.os === "windows", // a process cannot send itself Ctrl-C there
    fn: () =>
      inFolder(async (folder) => {
        const { said, code } = await signalled("SIGINT", config, folder);
        assert.match(said, /^interrupted \d+$/);
        assert.equal(code, 0); // what stopped the training has not ended the program
        assert.ok(Number(said.split(" ")[1]) < 100, said);
        const resumed = await trained(config, { folder });
        assert.deepEqual(bits(resumed), bits(await trained(config, { folder })));
      }),
  });
}

Deno.test({
  name: "SIGTERM saves, says so, ends with 143, and the training goes on to the same bits",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const { said, error, code } = await signalled("SIGTERM", small, folder);
      assert.deepEqual({ said, code }, { said: "", code: 143 });
      assert.match(error, /^Terminated after \d+ steps\. Everything is saved/m);
      const resumed = await trained(small, { folder });
      assert.deepEqual(bits(resumed), bits(await trained(small, { folder })));
    }),
});

Deno.test({
  name: "outside of a training signals end the process, however busy it is",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      for (const [signal, expected] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
        const { said, code } = await signalled("SIGCONT", small, folder, signal);
        assert.match(said, /^max-steps \d+$/);
        assert.equal(code, expected);
      }
    }),
});

Deno.test("a finished training leaves its parameters and no checkpoint", () =>
  inFolder(async (folder) => {
    const { run } = await trained(small, { folder, checkpointSeconds: 0 });
    assert.equal(run.stop, "max-steps");
    assert.equal(await exists(checkpointPath(run.key, folder)), false);
    assert.equal(await exists(join(folder, `${run.key}.safetensors`)), true);
  }));

Deno.test("a training that records nothing does not wait for another of the same", () =>
  inFolder(async (folder) => {
    const { run: { key } } = await trained(small, { folder });
    await Deno.remove(join(folder, `${key}.safetensors`));
    const meanwhile = await whileLocked(
      trainingLock(key, folder),
      () => trained(small, { folder, checkpointSeconds: 0 }),
    );
    assert.equal(meanwhile.run.key, key);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  }));

Deno.test({
  name: "where another trains the same, one that is stopped says that nothing of it is kept",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const { run: { key } } = await trained(small, { folder });
      await Deno.remove(join(folder, `${key}.safetensors`));
      await whileLocked(trainingLock(key, folder), async () => {
        const byHand = await signalled("SIGINT", small, folder);
        assert.match(byHand.said, /^interrupted \d+ Another process trains the same, .* nothing/);
        const { error, code } = await signalled("SIGTERM", small, folder);
        assert.equal(code, 143);
        assert.match(error, /^Terminated after \d+ steps\. Another process trains the same/m);
      });
      assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
    }),
});

Deno.test("early stopping ends a training that no longer gets better, at its best step", () =>
  inFolder(async (folder) => {
    const config = { ...small, learningRate: 1e-9, patience: 3, maxSteps: 10_000 };
    const { run } = await trained(config, { folder });
    assert.equal(run.stop, "early-stopping");
    assert.equal(run.steps - run.bestStep, 3 * 20);
    const best = Math.max(...run.curve.map(({ valid }) => valid[50]!.recall));
    assert.equal(run.valid[50]!.recall, best);
  }));

Deno.test("a sample of the validation users is all that a training's steps do not depend on", () =>
  inFolder(async (folder) => {
    const seen: (number | null)[] = [];
    const onProgress = ({ validationUsers }: { validationUsers: number | null }) => {
      seen.push(validationUsers);
    };
    const sampled = { ...small, validationUsers: 12 };
    const all = await trained(small, { folder, onProgress });
    const some = await trained(sampled, { folder, onProgress });
    assert.deepEqual([...new Set(seen)], [null, 12]);
    const losses = ({ run }: TrainedModel) => run.curve.map(({ step, loss }) => ({ step, loss }));
    assert.deepEqual(losses(some), losses(all));
    const cases = evaluationCases(synthetic(data).valid, small.L!, { users: 12, seed: 1 });
    const recalls = some.run.curve.map(({ valid }) => valid[50]!.hr * cases.count);
    assert.ok(recalls.every((users) => Math.abs(users - Math.round(users)) < 1e-9));
    assert.equal(
      some.run.valid,
      some.run.curve.find(({ step }) => step === some.run.bestStep)!.valid,
    );
    const again = await trained(sampled, { folder, restart: true });
    assert.deepEqual(bits(again), bits(some));
    const other = await trained({ ...sampled, validationUsers: 13 }, { folder });
    assert.notEqual(other.run.key, some.run.key);
    const everyone = await trained({ ...small, validationUsers: 10_000 }, { folder });
    assert.deepEqual(everyone.run.test, all.run.test);
    assert.deepEqual(everyone.run.curve, all.run.curve);
  }));

Deno.test("a loss that is not finite stops the training, says so, and keeps the checkpoint", () =>
  inFolder(async (folder) => {
    await assert.rejects(
      () => trained({ ...small, learningRate: 1e30 }, { folder }),
      (error: Error) => {
        assert.ok(error instanceof Diverged);
        assert.match(
          error.message,
          /step \d+: the loss is not finite.*learningRate \(now 1e\+30\)/,
        );
        return true;
      },
    );
  }));

Deno.test("probes are measured at every evaluation and recorded", () =>
  inFolder(async (folder) => {
    let calls = 0;
    const probe = (): Promise<Measures> => Promise.resolve({ calls: ++calls });
    const { run } = await trained(small, { folder, probes: [probe] });
    assert.deepEqual(
      run.curve.map(({ measures }) => measures),
      [1, 2, 3, 4, 5].map((n) => ({
        calls: n,
      })),
    );
  }));

Deno.test("a checkpoint of another backend is refused unless restarted", () =>
  inFolder(async (folder) => {
    await signalled("SIGKILL", { ...small, backend: "cpu" }, folder);
    const config = { ...small, backend: "wasm" as const };
    await assert.rejects(() => trained(config, { folder }), /begun by the backend cpu/);
    assert.equal((await trained(config, { folder, restart: true })).run.steps, 100);
  }));

Deno.test("sequences with an item that is none are refused with user and position", () =>
  inFolder(async (folder) => {
    const dataset = synthetic(data);
    const { offsets, items } = dataset.train;
    const wrong = { offsets, items: items.with(offsets[3]! + 2, dataset.itemCount + 5) };
    await assert.rejects(
      train({ ...dataset, train: wrong }, small, { folder }),
      /train split: position 2 of user 3: no such item: \d+\. Items are numbered 1\.\./,
    );
  }));
