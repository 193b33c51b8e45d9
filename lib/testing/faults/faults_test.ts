import assert from "node:assert/strict";
import manifestOfProject from "../../../deno.json" with { type: "json" };
import { join } from "../../base/paths.ts";
import { Random } from "../../base/random.ts";
import { fromCsv } from "../../data/from_csv.ts";
import { inFolder } from "../in_folder.ts";
import { badCommand, badPlaces, triedTasks } from "./bad_commands.ts";
import { FaultBench } from "./bench.ts";
import { findingsText, parts, runPart, wrongCount } from "./parts.ts";
import { complaintAbout } from "./plain.ts";

/** Trials in this test; `deno task faults` takes more, of more kinds. */
const counts: Readonly<Record<string, number>> = {
  trainings: 4,
  loadings: 2,
  merges: 2,
  "full-disks": 2,
  "read-only": 1,
  damages: 6,
  commands: 12,
};

for (const [name, count] of Object.entries(counts)) {
  Deno.test(`${count} ${parts[name]!.about}: nothing lost, nothing left, all plain`, async () => {
    const findings = await runPart(name, 7, count);
    assert.equal(wrongCount(findings), 0, findingsText(findings));
    assert.ok(findings.skipped || findings.trials === count);
  });
}

Deno.test("a message is plain if somebody has worded it", () => {
  assert.equal(complaintAbout("error: x.csv, line 3: not a number. Correct it."), null);
  const others = [
    "",
    "error: Uncaught (in promise) TypeError: x is not a function",
    "No such file or directory (os error 2)",
    "error: seed: undefined",
    "x\n    at run (file:///a/b.ts:3:4)",
  ];
  for (const text of others) assert.notEqual(complaintAbout(text), null, text);
});

Deno.test("bad commands are many, and the same for the same seed", () => {
  const commands = (seed: number) => {
    const random = new Random(seed);
    const bad = { file: "words", files: ["none", "empty"] };
    return Array.from({ length: 300 }, () => JSON.stringify(badCommand(random, bad)));
  };
  assert.deepEqual(commands(1), commands(1));
  assert.ok(new Set(commands(1)).size > 150);
});

Deno.test("every task but the tests is given bad commands", () => {
  const tasks = Object.keys(manifestOfProject.tasks).filter((task) => task !== "test");
  assert.deepEqual(tasks.filter((task) => !triedTasks.has(task)), []);
});

Deno.test("what no data can be read from is what its name says", () =>
  inFolder(async (folder) => {
    await badPlaces(folder);
    const read = (name: string) => fromCsv(join(folder, name), { user: 1, item: 2 });
    await assert.rejects(read("utf-16"), /text in UTF-16/);
    await assert.rejects(read("nul"), /nul/i);
    await assert.rejects(read("page.html"), /page/);
  }));

Deno.test({
  name: "what is left running or lying, and what is not plain, is found",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (folder) => {
      const bench = new FaultBench("example", folder, new Random(1));
      const script = join(folder, "bad.ts");
      await Deno.writeTextFile(
        script,
        `new Deno.Command("sleep", { args: ["60"], stdin: "null", stdout: "null", stderr: "null" })
          .spawn().unref();
        Deno.writeTextFileSync(Deno.env.get("REMI_RESULTS") + ".5-1.tmp", "");
        if (Deno.args[0] === "fail") throw new TypeError("x is undefined");`,
      );
      await bench.mustFail(script, []);
      await bench.mustFail(script, ["fail"]);
      await bench.noteRunning(100);
      await bench.noteLying();
      const { notPlain, running, lying } = bench.findings;
      assert.match(notPlain[0]!, /^not an error: bad/);
      assert.match(notPlain[1]!, /^a stack: bad fail/);
      assert.deepEqual(running.map((command) => command.split("/").at(-1)), [
        "sleep 60",
        "sleep 60",
      ]);
      assert.deepEqual(lying, ["results.5-1.tmp"]);
      await bench.noteRunning(100);
      assert.equal(bench.findings.running.length, 2);
    }),
});
