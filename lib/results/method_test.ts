import assert from "node:assert/strict";
import { modelNames } from "../model/registry.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import { inHouseOrder, type MethodConfig, methodInWords, methodOf, ofMethod } from "./method.ts";

const ihn = { beta: 1 };
const rr = { lambda: 100 };
const objectives = [{}, { ihn }, { rr }, { ihn, rr }];

/** CIE lightness L* of #rrggbb. */
function lightness(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const Y = 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  return Y > 216 / 24389 ? 116 * Math.cbrt(Y) - 16 : Y * 24389 / 27;
}

Deno.test("a configuration decides the method; beta and lambda 0 are none", () => {
  const of = (objective: MethodConfig["objective"]) => methodOf({ objective });
  assert.deepEqual(objectives.map((objective) => of(objective).name), [
    "ComiRec-SA",
    "IHN alone",
    "RR alone",
    "REMI",
  ]);
  assert.deepEqual(objectives.map((objective) => of(objective).variant), [
    "plain",
    "+IHN",
    "+RR",
    "+IHN+RR",
  ]);
  assert.equal(of({ ihn: { beta: 0 }, rr: { lambda: 0 } }).variant, "plain");
  const full = of({ softmax: "full", rr });
  assert.deepEqual([full.name, full.dash, full.softmax], [
    "RR alone, full softmax",
    "dash",
    "full",
  ]);
  assert.equal(full.colour, of({ rr }).colour);
  assert.equal(methodOf({ model: "youtube-dnn" }).name, "YouTube DNN");
});

Deno.test("no two models of the tables look alike", () => {
  const looks = modelNames.map((model) => methodOf({ model }));
  assert.equal(new Set(looks.map(({ colour }) => colour)).size, looks.length);
  assert.equal(new Set(looks.map(({ symbol }) => symbol)).size, looks.length);
});

Deno.test("strengths are told where they are asked for", () => {
  const scaling = "batch-mean" as const;
  assert.equal(methodInWords({ objective: { ihn, rr } }), "REMI (beta 1, lambda 100)");
  assert.equal(
    methodInWords({ objective: { rr: { ...rr, scaling: "code" } } }),
    "RR alone (lambda 100)",
  );
  assert.match(
    methodInWords({ objective: { rr: { ...rr, scaling } } }),
    /lambda 100, scaling batch-mean/,
  );
  assert.equal(methodInWords({ objective: { softmax: "full" } }), "ComiRec-SA, full softmax");
});

Deno.test("models and remedies that it has not met have names, and styles that differ", () => {
  const models = ["comirec-sa", "youtube-dnn", "gru4rec", "mind", "comirec-dr", "pimi", "re4"];
  const more = ["umi", "umi-hn", "popularity", "masked-mean", "unheard-of", "pimi-without-time"];
  const methods = [...models, ...more].flatMap((model) =>
    objectives.map((objective) => methodOf({ model, objective }))
  );
  assert.equal(new Set(methods.map(({ name }) => name)).size, methods.length);
  assert.equal(new Set(methods.map(({ colour }) => colour)).size, methods.length);
  methods.forEach(({ colour }) => assert.match(colour, /^#[0-9a-f]{6}$/));
  assert.equal(methodOf({ model: "mind", objective: { ihn, rr } }).name, "MIND + IHN + RR");
  assert.deepEqual(methodOf({ model: "mind" }), methodOf({ model: "mind" }));
  const later: object = { rr, mixup: { alpha: 2 } };
  const strange = methodOf({ objective: later });
  assert.deepEqual([strange.variant, strange.name], ["+RR+MIXUP", "ComiRec-SA + RR + MIXUP"]);
  assert.equal(
    methodInWords({ objective: later }),
    "ComiRec-SA + RR + MIXUP (lambda 100, alpha 2)",
  );
});

Deno.test("selection, repel and the options of a model are told", () => {
  const objective = { selection: "bam", repel: { lambda: 2 } } as const;
  assert.equal(methodInWords({ objective }), "ComiRec-SA + BaM + repel (lambda 2)");
  assert.equal(methodOf({ objective }).name, "ComiRec-SA + BaM + repel");
  assert.equal(methodOf({ objective: { rr, selection: "hard" } }).name, "RR alone");
  const masked = methodOf({ model: "youtube-dnn", options: { sum: "real" } });
  assert.equal(masked.name, "YouTube DNN, masked mean");
  assert.notEqual(masked.colour, methodOf({ model: "youtube-dnn" }).colour);
  assert.equal(methodOf({ model: "youtube-dnn", options: { unheard: 1 } }).name, "YouTube DNN");
});

Deno.test("the variants of a model differ in lightness, also when printed in grey", () => {
  for (const [model, apart] of [["comirec-sa", 11], ["youtube-dnn", 5], ["mind", 5]] as const) {
    const ls = objectives.map((objective) => lightness(methodOf({ model, objective }).colour))
      .sort((a, b) => a - b);
    ls.slice(1).forEach((l, i) => assert.ok(l - ls[i]! >= apart, `${model}: ${ls}`));
  }
});

Deno.test("methods of the house share neither colour nor marker", () => {
  const house = [
    ...objectives.map((objective) => methodOf({ objective })),
    methodOf({ model: "youtube-dnn" }),
  ];
  assert.equal(new Set(house.map(({ colour }) => colour)).size, 5);
  assert.equal(new Set(house.map(({ symbol }) => symbol)).size, 5);
});

Deno.test("the house order is by model, then by what is added", () => {
  const items = ["umi", "youtube-dnn", "comirec-sa"].flatMap((model) =>
    objectives.toReversed().map((objective) => ({ config: { model, objective } }))
  );
  const names = inHouseOrder(items, ({ config }) => config).map(({ config }) =>
    methodOf(config).name
  );
  assert.deepEqual(names.slice(0, 5), [
    "ComiRec-SA",
    "IHN alone",
    "RR alone",
    "REMI",
    "YouTube DNN",
  ]);
  assert.deepEqual(names.slice(-2), ["UMI + RR", "UMI + IHN + RR"]);
  assert.deepEqual(ofMethod(items, "REMI").map(({ config }) => config.model), ["comirec-sa"]);
});

Deno.test("a method is called what its model's options make of it", () => {
  const named = (config: TrainConfig) => methodInWords(resolveConfig(config));
  assert.equal(named({ model: "pimi" }), "PIMI without time");
  assert.equal(named({ model: "pimi", options: { clock: "time" } }), "PIMI");
  assert.equal(named({ model: "umi", objective: { selection: "hard" } }), "UMI + hard readout");
  assert.equal(named({ model: "umi-hn" }), "UMI_HN");
  assert.equal(
    named({ model: "mind", objective: { ihn: { beta: 1 } } }),
    "MIND + IHN (beta 1)",
  );
});
