import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { resolveConfig, type TrainConfig } from "./config.ts";

function complaint(config: unknown): string {
  try {
    resolveConfig(config as TrainConfig);
  } catch (error) {
    assert.ok(error instanceof BadInput);
    return error.message;
  }
  assert.fail("the configuration was accepted");
}

Deno.test("the defaults are the reference's settings", () => {
  const { B, L, K, S, d, learningRate } = resolveConfig({});
  assert.deepEqual({ B, L, K, S, d, learningRate }, {
    B: 128,
    L: 20,
    K: 4,
    S: 1280,
    d: 64,
    learningRate: 1e-3,
  });
});

Deno.test("RR is scaled as in the reference's code unless asked otherwise", () => {
  assert.equal(resolveConfig({ objective: { rr: { lambda: 1 } } }).objective.rr?.scaling, "code");
});

Deno.test("an unknown key is an error that names it and the known ones", () => {
  assert.match(
    complaint({ seeds: 3 }),
    /config\.seeds: unknown key: seeds, did you mean seed: 3\. Known here: model, .*seed/,
  );
  assert.match(
    complaint({ objective: { lambda: 3 } }),
    /config\.objective\.lambda.*did you mean objective\.rr\.lambda/,
  );
  assert.match(
    complaint({ objective: { rr: { lambda: 3, beta: 1 } } }),
    /rr\.beta.*did you mean objective\.ihn\.beta/,
  );
});

Deno.test("a value out of range is an error that names key and value", () => {
  assert.match(complaint({ B: 0 }), /config\.B.*: 0/);
  assert.match(complaint({ d: 30 }), /config\.d.*: 30/);
  assert.match(complaint({ model: "comirec" }), /config\.model.*"comirec"\./);
  assert.match(complaint({ objective: { ihn: { beta: -1 } } }), /objective\.ihn\.beta.*: -1/);
  assert.match(
    complaint({ objective: { ihn: { beta: 10_001 } } }),
    /objective\.ihn\.beta: has to be at most 10000: 10001/,
  );
  for (const threshold of [0, 0.5, 1, -2, -7]) {
    assert.match(
      complaint({ model: "re4", options: { threshold } }),
      /options\.threshold: has to be above 1, or -1 for the length of the history: .*Leave thresh/,
    );
  }
  for (const threshold of [-1, 1.5, 20]) {
    assert.equal(
      resolveConfig({ model: "re4", options: { threshold } }).options!.threshold,
      threshold,
    );
  }
});

Deno.test("a key that is misspelt, or at the wrong place, is told where it lives", () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [{ objective: { rr: { lamda: 100 } } }, /unknown key: lamda, did you mean lambda: 100\./],
    [{ rr: { lamda: 100 } }, /did you mean objective\.rr: .*lamda, did you mean lambda: 100\./],
    [{ options: { iterations: 3 } }, /options\.iterations: unknown key.* None is known here\./],
    [{ maxstep: 300 }, /^config\.maxstep: unknown key: maxstep, did you mean maxSteps: 300\./],
    [
      { beta: 1 },
      /unknown key: beta, did you mean objective\.ihn\.beta: 1\. Write objective: \{ ihn/,
    ],
    [
      { lambda: 9 },
      /did you mean objective\.rr\.lambda: 9\. Write objective: \{ rr: \{ lambda: 9 \} \}/,
    ],
    [{ ihn: { beta: 2 } }, /Write objective: \{ ihn: \{ beta: 2 \} \}\./],
    [
      { ihn: true },
      /It lives at objective\.ihn\. Also .* Write objective: \{ ihn: \{ beta: 1 \} \}\./,
    ],
    [{ batch_size: 64 }, /did you mean B: 64\./],
    [
      { maxstep: 3, sede: 2 },
      /did you mean maxSteps: 3\..*Also config\.sede: .*did you mean seed: 2/,
    ],
  ];
  for (const [config, expected] of cases) assert.match(complaint(config), expected);
  assert.doesNotMatch(complaint({ objective: { rr: { lamda: 100 } } }), /undefined/);
});

Deno.test("REMI is no model, and is told what it is", () => {
  for (const model of ["remi", "REMI"]) {
    assert.match(complaint({ model }), /REMI is model: "comirec-sa" with objective: \{ ihn/);
  }
  assert.match(complaint({ model: "ComiRec-SA" }), /did you mean "comirec-sa"/);
  for (const name of ["constructor", "toString"]) { // which every object has
    assert.match(complaint({ model: name }), /not one of comirec-sa.* Write model: "comirec-sa"/);
    assert.match(complaint({ [name]: 1 }), /unknown key: \w+: 1\. Known here/);
  }
});

Deno.test("a value of the wrong type is told the right one", () => {
  assert.match(
    complaint({ B: "128" }),
    /config\.B: a number .*"128"\. Write B: 128\. Without quotes/,
  );
  assert.match(complaint({ model: "youtube-dnn", K: "4" }), /config\.K: a number .*Write K: 4/);
  assert.match(complaint({ objective: { ihn: true } }), /ihn: an object .*Write objective: \{ ihn/);
  assert.match(complaint({ objective: { ihn: 3 } }), /Write objective: \{ ihn: \{ beta: 3 \} \}/);
  assert.match(complaint({ objective: { rr: false } }), /Or leave it out/);
  assert.match(complaint({ seed: 1.5 }), /config\.seed: a whole number is expected: 1\.5/);
  assert.match(complaint(null), /config: not a configuration/);
  assert.match(complaint("remi"), /config: not a configuration/);
  assert.match(complaint(Promise.resolve({})), /a promise: write await before it/);
});

Deno.test("a model with a single vector has K = 1 and no routing to regularize", () => {
  assert.equal(resolveConfig({ model: "youtube-dnn" }).K, 1);
  assert.match(complaint({ model: "youtube-dnn", K: 4 }), /config\.K.*K = 1.*: 4/);
  assert.match(
    complaint({ model: "youtube-dnn", objective: { rr: { lambda: 1 } } }),
    /objective\.rr.*without routing/,
  );
});

Deno.test("IHN needs sampled negatives", () => {
  assert.match(complaint({ objective: { softmax: "full", ihn: { beta: 1 } } }), /full softmax/);
});

Deno.test("a model's own options are strict, complete, and named where they are wrong", () => {
  assert.deepEqual(resolveConfig({ model: "youtube-dnn" }).options, { sum: "all" });
  assert.equal("options" in resolveConfig({}), false);
  assert.match(
    complaint({ model: "youtube-dnn", options: { summ: "real" } }),
    /config\.options\.summ: unknown key: summ, did you mean sum/,
  );
  assert.match(complaint({ model: "youtube-dnn", options: { sum: "no" } }), /options\.sum.*"no"/);
  assert.match(complaint({ options: { sum: "all" } }), /config\.options\.sum: unknown key/);
});

Deno.test("a selection that is the model's own is not written, another is", () => {
  const { objective } = resolveConfig({ objective: { selection: "hard" } });
  assert.deepEqual(objective, { softmax: "sampled" });
  const drawn = resolveConfig({ objective: { selection: "bam", repel: { lambda: 2 } } });
  assert.deepEqual(drawn.objective, {
    softmax: "sampled",
    selection: "bam",
    repel: { lambda: 2 },
  });
});

Deno.test("what does not go together is refused with a sentence", () => {
  const rr = { rr: { lambda: 100 } };
  for (const model of ["mind", "comirec-dr"]) {
    assert.match(complaint({ model, objective: rr }), /objective\.rr.*carries no gradient/);
    const trained = resolveConfig({ model, objective: rr, options: { stopGradient: false } });
    assert.equal(trained.objective.rr?.lambda, 100);
  }
  const gated = resolveConfig({ model: "umi", objective: rr });
  assert.equal(gated.options?.["stopGradient"], true);
  assert.match(
    complaint({ model: "gru4rec", objective: { selection: "bam" } }),
    /objective\.selection.*no interest to select/,
  );
  assert.match(
    complaint({ K: 1, objective: { repel: { lambda: 1 } } }),
    /objective\.repel.*single/,
  );
  assert.match(
    complaint({ model: "umi-hn", objective: { selection: "hard" } }),
    /objective\.selection.*ask for comirec-sa/,
  );
  assert.match(
    complaint({ model: "popularity", objective: { ihn: { beta: 1 } } }),
    /objective.*counts and minimizes nothing/,
  );
});

Deno.test("a setting that changes nothing is refused, its default is not", () => {
  const full = { objective: { softmax: "full" as const } };
  assert.match(complaint({ ...full, S: 77 }), /config\.S: the full softmax .*: 77\. Leave S out/);
  assert.match(
    complaint({ model: "popularity", learningRate: 3 }),
    /config\.learningRate: popularity counts.*: 3/,
  );
  for (const selection of ["bam", "per-item"] as const) {
    for (const model of ["comirec-sa", "gru4rec"]) {
      assert.match(
        complaint({ model, K: 1, objective: { selection } }),
        /objective\.selection: a single vector leaves no interest to select/,
      );
    }
  }
  const { S, learningRate } = resolveConfig({});
  assert.equal(resolveConfig({ ...full, S }).S, S);
  assert.equal(resolveConfig({ model: "popularity", learningRate }).learningRate, learningRate);
  // negatives are drawn between the targets that it counts
  assert.equal(resolveConfig({ model: "popularity", S: 9 }).S, 9);
  assert.equal(resolveConfig({ model: "umi", K: 1 }).objective.selection, "per-item");
  assert.equal(resolveConfig({ K: 1, objective: { selection: "hard" } }).K, 1);
});

Deno.test("a model has the learning rate that its authors need, unless another is said", () => {
  assert.equal(resolveConfig({ model: "comirec-dr" }).learningRate, 0.005);
  assert.equal(resolveConfig({ model: "comirec-dr", learningRate: 1e-3 }).learningRate, 1e-3);
  assert.equal(resolveConfig({ model: "mind" }).learningRate, 1e-3);
});

Deno.test("UMI's own loss is written where it is trained", () => {
  assert.equal(resolveConfig({ model: "umi-hn" }).objective.selection, "per-item");
  const umi = resolveConfig({ model: "umi", objective: { selection: "hard" } });
  assert.equal(umi.objective.selection, "hard");
  assert.deepEqual(resolveConfig(umi), umi);
});
