import assert from "node:assert/strict";
import { projectPath, projectRoot } from "../base/files.ts";
import { type Effects, parseArgs } from "./main.ts";
import { outcomeOf, testArguments, testEnvironment } from "./run_tests.ts";

const { tasks } = JSON.parse(await Deno.readTextFile(projectPath("deno.json"))) as {
  tasks: Record<string, { command: string }>;
};

for (const [name, { command }] of Object.entries(tasks)) {
  const run = async (option: string) => {
    const args = [...command.split(" ").slice(1), option];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args,
      cwd: projectRoot,
      env: { NO_COLOR: "1" },
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { code, out: out!, err: err! };
  };

  Deno.test(`${name} --help says how to use it`, async () => {
    const { code, out } = await run("--help");
    assert.equal(code, 0);
    assert.ok(out.includes(`deno task ${name}`), out);
  });

  Deno.test(`${name} refuses an option that it does not know`, async () => {
    const { code, err } = await run("--no-such-option");
    assert.notEqual(code, 0);
    assert.match(err, /^error: .*--no-such-option/m);
  });
}

Deno.test("an option that is misspelt is told the one that was meant", () => {
  const options = { "max-steps": { type: "string" }, B: { type: "string" } } as const;
  const parse = (option: string) => () => parseArgs({ args: [option, "3"], options });
  assert.throws(
    parse("--max-step"),
    /^Error: unknown option: --max-step, did you mean --max-steps$/,
  );
  assert.throws(parse("--maxSteps"), /did you mean --max-steps$/);
  assert.throws(parse("--b"), /did you mean --B$/);
  assert.throws(parse("--temperature"), /^Error: unknown option: --temperature$/);
});

Deno.test("all of lib is tested unless a folder or file is named", () => {
  assert.deepEqual(testArguments([]), ["lib"]);
  assert.deepEqual(testArguments(["--filter", "text"]), ["lib", "--filter", "text"]);
  assert.deepEqual(testArguments(["--filter=a", "--fail-fast"]), [
    "lib",
    "--filter=a",
    "--fail-fast",
  ]);
  assert.deepEqual(testArguments(["--filter", "text", "lib/base"]), [
    "--filter",
    "text",
    "lib/base",
  ]);
});

Deno.test("tests are of the project's results, wherever the caller's own lie", () => {
  const env = { PATH: "/bin", REMI_DATA: "/data" };
  const tests = testEnvironment({ ...env, REMI_RESULTS: "/results", REMI_MIRROR: "http://near" });
  assert.deepEqual(tests, { ...env, NO_COLOR: "1" });
});

Deno.test("what is given twice, given nothing, or without an effect is an error", () => {
  const options = {
    seed: { type: "string" },
    only: { type: "string", multiple: true },
    separator: { type: "string" },
    list: { type: "boolean", default: false },
    help: { type: "boolean" },
  } as const;
  const effects: Effects = {
    needs: { separator: "only" },
    excludes: { list: ["names", "seed"] },
    names: 2,
  };
  const parse = (...args: string[]) =>
    parseArgs({ args, options, allowPositionals: true }, effects);
  const { values, positionals } = parse("a", "--only", "x", "--only=y", "--separator", "\t", "b");
  assert.deepEqual([values.only, values.separator, positionals], [["x", "y"], "\t", ["a", "b"]]);
  assert.equal(parse("a", "--list", "--help").values.help, true);
  const wrong: [string[], RegExp][] = [
    [["--seed", "1", "--seed=2"], /given twice: --seed, of which only the last would count/],
    [["--list", "--list"], /given twice: --list/],
    [["a", "a"], /given twice: a$/],
    [["--seed", ""], /--seed is given nothing/],
    [["--only=  "], /--only is given nothing/],
    [["--separator=", "--only=x"], /--separator is given nothing/],
    [["--separator", ";"], /--separator does nothing without --only/],
    [["--list", "--seed", "1"], /--seed does nothing beside --list/],
    [["--list", "books"], /books does nothing beside --list/],
    [["a", " "], /an argument is empty/],
    [["a", "b", "c"], /unexpected argument: c/],
  ];
  for (const [args, message] of wrong) assert.throws(() => parse(...args), message);
});

Deno.test("tests come to what their summary says, whatever the runtime's end after it", () => {
  const passed = "a test ... ok (1ms)\n\nok | 3 passed (12 steps) | 0 failed | 2 ignored (1m2s)\n";
  assert.deepEqual(outcomeOf(passed, 0), { counts: "3 passed, 0 failed, 2 skipped", code: 0 });
  assert.equal(outcomeOf(passed, 134).code, 0);
  assert.equal(outcomeOf(passed, 1).code, 1);
  const failed = "FAILED | 3 passed | 1 failed (1 step) (3s)\n";
  assert.deepEqual(outcomeOf(failed, 1), { counts: "3 passed, 1 failed", code: 1 });
  assert.equal(outcomeOf(failed, 134).code, 134);
  assert.deepEqual(outcomeOf("killed on the way\n", 137), {
    counts: "0 passed, 1 failed",
    code: 137,
  });
});
