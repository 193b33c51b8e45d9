import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { recordable } from "../testing/example_runs.ts";
import { resolveConfig } from "../train/config.ts";
import { runKey } from "../train/run_key.ts";
import { answersOf } from "./answers.ts";
import { whyLeftOut } from "./left_out.ts";
import { questions } from "./questions.ts";
import { recordedLines } from "./recorded.ts";
import { study, studyNames } from "./study.ts";

const results = projectPath("results");

Deno.test("no run of a published table or figure is left out of any", async () => {
  const points = Object.values(questions).flatMap(({ points }) => points);
  const asked = (await answersOf(points, results)).flatMap(({ run }) => run ?? []);
  const swept = await Promise.all(studyNames.map((name) => recordedLines(name, {}, results)));
  const ofStudies = swept.flat();
  assert.ok(asked.some((run) => !ofStudies.some(({ key }) => key === run.key)));
  const left = [...asked, ...ofStudies].map((run) => [run.key, whyLeftOut(run)] as const);
  assert.deepEqual(left.filter(([, why]) => why !== null), []);
});

Deno.test("a run on own data, and one that no study has, are left out with a reason", () => {
  const { settings, hash } = study("synthetic");
  const of = (name: string, d: number) => {
    const config = resolveConfig({ ...settings, d });
    const data = { name, hash };
    return recordable({ key: runKey(config, data), config, data });
  };
  assert.equal(whyLeftOut(of("synthetic", settings.d!)), null);
  assert.equal(whyLeftOut(of("synthetic", 32)), "d 32");
  assert.equal(whyLeftOut(of("my-clicks", settings.d!)), "a data set without a study");
});
