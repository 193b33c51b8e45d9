import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import type { Dataset } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import { methodInWords } from "../results/method.ts";
import { inFolder } from "../testing/in_folder.ts";
import { withTimes } from "../testing/with_times.ts";
import type { TrainConfig } from "./config.ts";
import { loadModel } from "./load_model.ts";
import { aboutUser } from "./one_history.ts";
import { train } from "./trainer.ts";

const plain = synthetic({ users: 400, interests: 20, itemsPerInterest: 15, length: [8, 12] });
const timed = withTimes(plain);
const { profiles: _profiles, profilesHash: _hash, ...unknown } = plain;
const config = { B: 16, L: 4, K: 2, S: 24, d: 8, maxSteps: 2, backend: "cpu" } as const;

async function refused(run: () => Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(run, (error: Error) => {
    assert.ok(error instanceof BadInput, String(error.stack));
    assert.match(error.message, message);
    return true;
  });
}

Deno.test("PIMI's clock is the times, or the order without any, and the run says which", () =>
  inFolder(async (folder) => {
    const trained = async (dataset: Dataset, options?: TrainConfig["options"]) => {
      const model = await train(
        dataset,
        { ...config, model: "pimi", ...(options && { options }) },
        {
          folder,
        },
      );
      model.engine.dispose();
      return model;
    };
    const [order, time, asked] = [
      await trained(plain),
      await trained(timed),
      await trained(timed, { clock: "order" }),
    ];
    const names = [order, time, asked].map(({ run }) => methodInWords(run.config));
    assert.deepEqual(names, ["PIMI without time", "PIMI", "PIMI without time"]);
    assert.equal(order.run.config.options!.clock, "order");
    assert.equal(time.run.config.options!.clock, "time");
    assert.deepEqual(time.run.data, {
      name: "synthetic",
      hash: plain.hash,
      timesHash: timed.timesHash,
    });
    assert.deepEqual(asked.run.data, { name: "synthetic", hash: plain.hash });
    assert.equal(asked.run.key, order.run.key);
    assert.deepEqual(asked.parameters, order.parameters);
    assert.notDeepEqual(time.parameters, order.parameters);
    await refused(() => trained(plain, { clock: "time" }), /no times, which the model reads/);
    await refused(() => loadModel(`${folder}/${time.run.key}.safetensors`, plain), /other times/);
  }));

Deno.test("other models' runs say nothing of times and profiles", () =>
  inFolder(async (folder) => {
    const { run, engine } = await train(timed, config, { folder });
    engine.dispose();
    assert.deepEqual(run.data, { name: "synthetic", hash: plain.hash });
  }));

Deno.test("interests of a user are those of the evaluation, with its times and profile", () =>
  inFolder(async (folder) => {
    for (const name of ["pimi", "umi"]) {
      const model = await train(timed, { ...config, model: name }, { folder });
      const cases = evaluationCases(timed.test, config.L);
      const all = await model.engine.interests(cases);
      const [u, size] = [3, all.interests.length / cases.count];
      const seen = cases.seen(u);
      const about = aboutUser(timed, timed.test, cases.users[u]!, seen.length);
      const { interests } = await model.interestsOf(seen, about);
      const want = all.interests.subarray(u * size, (u + 1) * size);
      assert.deepEqual(interests.flatMap((vector) => [...vector]), [...want]);
      const later = { ...about, times: Array.from(about.times!, (t, l) => t + l * l * 86_400) };
      const other = await model.interestsOf(seen, later);
      if (name === "pimi") assert.notDeepEqual(other.interests, interests);
      else assert.deepEqual(other.interests, interests);
      assert.equal((await model.recommend(seen, 5, about)).length, 5);
      await refused(() => model.interestsOf(seen), /reads what the histories do not have/);
      await refused(() => model.interestsOf(seen, { ...about, times: [1, 2] }), /not \d+ times: 2/);
      const none = Array.from(about.times!).with(1, NaN);
      await refused(() => model.interestsOf(seen, { ...about, times: none }), /no time: NaN/);
      const wrong = { ...about.profile, age: "old" };
      await refused(
        () => model.interestsOf(seen, { ...about, profile: wrong }),
        /no such category/,
      );
      const strange = { ...about.profile, height: "2 m" };
      await refused(
        () => model.interestsOf(seen, { ...about, profile: strange }),
        /no field of a profile.*"height".*group, age, region/,
      );
      model.engine.dispose();
    }
  }));

Deno.test("UMI is refused where users have no profiles", () =>
  inFolder(async (folder) => {
    await refused(
      () => train(unknown, { ...config, model: "umi" }, { folder }),
      /synthetic, for model umi: it has no profiles of its users.*--profiles/,
    );
  }));
