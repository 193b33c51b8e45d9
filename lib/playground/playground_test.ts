/** The playground's training: what it is, what a link and a cell say of it, and its presets. */
import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { projectPath } from "../base/files.ts";
import { join, toFileUrl } from "../base/paths.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import type { PlaygroundMeasures } from "./held_out.ts";
import { Playground } from "./playground.ts";
import {
  cellOf,
  controls,
  defaultSettings,
  linkOf,
  settingIn,
  settingsOf,
} from "./playground_settings.ts";
import { PRESET_STEPS, type PresetName, presets } from "./presets.ts";

Deno.test("a link carries all settings, and what is wrong with one is told", () => {
  const settings = { ...defaultSettings, K: 6, beta: 0.5, learningRate: 0.003, seed: 12 };
  assert.deepEqual(settingsOf(linkOf(settings)), settings);
  assert.deepEqual(settingsOf("K=2"), { ...defaultSettings, K: 2 });
  const tooLarge = `seed=${2n ** 53n + 1n}`; // it would be another number
  for (const wrong of ["K=7", "beta=", "k=2", "seed=1.5", "seed=-1", tooLarge, "S=x"]) {
    assert.throws(() => settingsOf(wrong), BadInput, wrong);
  }
});

Deno.test("a value that is refused is blamed on where it was written", () => {
  assert.equal(settingIn("seed", "12", "the field seed"), 12);
  assert.equal(settingIn("beta", "0.5", "the field β"), 0.5);
  for (const wrong of ["-5", "1.5", "", "x"]) {
    assert.throws(() => settingIn("seed", wrong, "the toy's field seed"), /^BadInput: the toy's/);
    assert.throws(() => settingsOf(`seed=${wrong}`), /^BadInput: the link, seed: not a value of/);
  }
});

Deno.test("every preset can be set by hand", () => {
  for (const { settings } of Object.values(presets)) {
    assert.deepEqual(Object.keys(settings), Object.keys(controls));
    assert.deepEqual(settingsOf(linkOf(settings)), settings);
  }
});

Deno.test("looking changes no bit, however often it is done", async () => {
  const [watched, alone] = await Promise.all([1, 2].map(() => Playground.begin(defaultSettings)));
  for (let step = 0; step < 60; step++) {
    await watched!.advance(1);
    await watched!.frame(step % watched!.users);
  }
  await alone!.advance(60);
  assert.equal(watched!.state(), alone!.state());
  assert.deepEqual(watched!.curve, alone!.curve);
  const { user, items } = await alone!.frame(3);
  assert.deepEqual(await watched!.frame(3), await alone!.frame(3));
  for (const row of user.routing) {
    const sum = row.reduce((a, b) => a + b);
    assert.ok(Math.abs(sum - 1) < 1e-5, `${sum}`);
  }
  assert.ok(items.every(([x, y]) => Math.hypot(x, y) <= 1 + 1e-9));
  [watched!, alone!].forEach((playground) => playground.dispose());
});

Deno.test("the cell takes all steps, and looks at the user that is shown", () => {
  for (const steps of [1, 500, 5000]) {
    const cell = cellOf(defaultSettings, steps, 17);
    assert.ok(Number(cell.match(/patience: (\d+)/)?.[1]) >= steps / 25, cell);
    assert.match(cell, /follow\(trained, { user: 17 }\)/);
  }
});

Deno.test("the cell trains the same, but for last bits", async () => {
  const settings = { ...defaultSettings, beta: 1, lambda: 10, seed: 5 };
  const folder = await Deno.makeTempDir();
  try {
    const from = (...parts: string[]) => toFileUrl(projectPath("lib", ...parts)).href;
    const [, ...lines] = cellOf(settings, 100, 0).split("\n");
    const module = join(folder, "cell.ts");
    await Deno.writeTextFile(
      module,
      [
        `import { synthetic } from "${from("data", "synthetic.ts")}";`,
        `import { train } from "${from("train", "trainer.ts")}";`,
        ...lines.filter((line) => !line.startsWith("await show")),
        "export { trained };",
      ].join("\n"),
    );
    const { trained } = await import(toFileUrl(module).href) as { trained: TrainedModel };
    const playground = await Playground.begin(settings);
    await playground.advance(100);
    const { run } = trained;
    assert.equal(run.steps, 100);
    const here = playground.curve.find(({ step }) => step === run.bestStep)!;
    const there = run.test[20]!.recall;
    assert.ok(Math.abs(here.recall - there) < 0.005, `${here.recall}, in the cell ${there}`);
    assert.ok(here.recall > 0.15, "it has learnt something");
    playground.dispose();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

for (const seed of [1, 2, 3, 4, 5]) {
  Deno.test(`every preset shows what its sentence says, seed ${seed}`, async () => {
    const measures: Partial<Record<PresetName, PlaygroundMeasures>> = {};
    for (const [name, { settings }] of Object.entries(presets)) {
      const playground = await Playground.begin({ ...settings, seed });
      await playground.advance(PRESET_STEPS);
      measures[name as PresetName] = playground.curve.at(-1)!;
      playground.dispose();
    }
    const all = measures as Record<PresetName, PlaygroundMeasures>;
    for (const [name, preset] of Object.entries(presets)) {
      assert.ok(preset.holds(all), `${name}: ${JSON.stringify(all, null, 1)}`);
    }
  });
}
