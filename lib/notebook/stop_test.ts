/** Stop in the real kernel, with cells queued as JupyterLab queues them. */
import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { type ExecuteReply, Kernel } from "./client/kernel_client.ts";
import { until } from "../testing/until.ts";

const SETUP = `import { show, stoppedModel, synthetic, table, train, watch } from "../lib/mod.ts";
const clicks = synthetic({ users: 600, interests: 5, itemsPerInterest: 40, seed: 2 });
const folder = await Deno.makeTempDir();
const config = { B: 16, L: 8, K: 2, S: 24, d: 8, evaluateEvery: 100, maxSteps: 1_000_000 };`;

/** What a training shows once it is under way. */
const STEP = /step [1-9]/i;

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** A kernel with the library loaded, whose training stops by an interrupt. */
async function inKernel(test: (notebook: Notebook) => Promise<void>): Promise<void> {
  await using kernel = await Kernel.start(projectPath("notebooks"));
  const shown: string[] = [];
  kernel.onPublished = ({ content: { text, data = {} } }) =>
    void shown.push(String(text ?? (data as Record<string, unknown>)["text/plain"] ?? ""));
  const run = (code: string) => kernel.execute(code, 60, () => {});
  const notebook = {
    run,
    shown,
    async interruptOnce(text: RegExp) {
      await until(() => shown.some((line) => text.test(line)), `${text}`, 60);
      kernel.interrupt();
    },
    interrupt: () => kernel.interrupt(),
    fence: () => kernel.fence(20),
  };
  assert.equal((await run(SETUP)).error, null);
  try {
    await test(notebook);
  } finally {
    await run("await Deno.remove(folder, { recursive: true });");
  }
}

interface Notebook {
  run(code: string): Promise<ExecuteReply>;
  /** Interrupts once this was shown. */
  interruptOnce(text: RegExp): Promise<void>;
  interrupt(): void;
  fence(): Promise<void>;
  readonly shown: readonly string[];
}

const options = { ignore: Deno.build.os === "windows" }; // there is no SIGINT to send there

Deno.test(
  "stop ends the run of all cells; a cell run afterwards is accepted",
  options,
  () =>
    inKernel(async ({ run, interruptOnce, shown, fence }) => {
      const queued = [
        "const first = await train(clicks, config, { folder });",
        "const plain = 1 + 1;\nawait new Promise((resolve) => setTimeout(resolve, 700));",
        "const second = await train(clicks, { ...config, K: 4 }, { folder });",
        "await show(table([{ a: 1 }]));",
      ].map(run);
      await interruptOnce(STEP);
      const [first, plain, second, shownTable] = await Promise.all(queued);
      assert.match(first!.error!.message, /^Stopped by hand at step [\d,]+; everything is saved\./);
      assert.equal(first!.error!.name, "Stopped");
      assert.equal(first!.error!.stack, first!.error!.message);
      assert.equal(plain!.status, "ok"); // it calls nothing of the library
      assert.match(second!.error!.message, /^Not run: stopped above\./);
      assert.match(shownTable!.error!.message, /^Not run: stopped above\./);
      await pause(500);
      const model = await run("console.log(plain, stoppedModel().run.stop, stoppedModel().run);");
      assert.equal(model.error, null);
      await fence();
      assert.match(shown.join("\n"), /2 interrupted Run .*stopped by hand at step/s);
      const on = await run("await train(clicks, { ...config, K: 4, maxSteps: 100 }, { folder });");
      assert.equal(on.error, null);
    }),
);

Deno.test(
  "stop in watch says what is missing, and the same call goes on",
  options,
  () =>
    inKernel(async ({ run, interruptOnce, shown, fence }) => {
      const cell = "const both = await watch(clicks, [{ ...config, K: 1, maxSteps: steps }, " +
        "{ ...config, maxSteps: 200 }], { folder });";
      await run("var steps = 1_000_000;");
      const stopped = run(cell);
      const after = run('await show("both");');
      await interruptOnce(STEP);
      const message = (await stopped).error!.message;
      assert.match(
        message,
        /^Stopped by hand at step [\d,]+ in training 1 of 2; missing are 1: \{/,
      );
      assert.match((await after).error!.message, /^Not run: stopped above/);
      await pause(500);
      await run("steps = 200;");
      assert.equal((await run(cell.replace("const both", "var whole"))).error, null);
      await run("console.log(whole.map(({ model }) => model.run.stop).join());");
      await fence();
      assert.match(shown.join("\n"), /max-steps,max-steps/);
    }),
);

Deno.test(
  "stop ends other long work at its next chance",
  options,
  () =>
    inKernel(async ({ run, interruptOnce }) => {
      await run('import { switchObjective } from "../lib/mod.ts";');
      await run("const short = await train(clicks, { ...config, maxSteps: 100 }, { folder });");
      const long = run(
        'setTimeout(() => console.log("begun"), 100);\n' +
          "await switchObjective(short, {}, [1_000_000]);",
      );
      const after = run('await show("after");');
      await interruptOnce(/begun/);
      assert.match(
        (await long).error!.message,
        /^Stopped by hand during the training with another/,
      );
      assert.match((await after).error!.message, /^Not run: stopped above/);
    }),
);

Deno.test(
  "a mistake in a cell is one sentence without a stack",
  options,
  () =>
    inKernel(async ({ run }) => {
      const { error } = await run("await train(clicks, { maxstep: 3 });");
      assert.match(
        error!.message,
        /^config\.maxstep: unknown key: maxstep, did you mean maxSteps: 3/,
      );
      assert.equal(error!.stack, error!.message);
      const promise = await run(
        "await show(train(clicks, { ...config, maxSteps: 100 }, { folder }));",
      );
      assert.match(
        promise.error!.stack,
        /^show: this is a promise: write await before it\.[^\n]*$/,
      );
    }),
);

Deno.test(
  "stop in plain code holds for the cells that wait; at rest for none",
  options,
  () =>
    inKernel(async ({ run, interruptOnce, interrupt }) => {
      const queued = [
        'await new Promise((resolve) => {\n  Deno.addSignalListener("SIGINT", resolve);\n' +
        '  console.log("listens");\n});',
        'await show("x");',
        'throw new Error("its own");',
        'await show("y");',
      ].map(run);
      await interruptOnce(/listens/);
      const [plain, first, own, second] = await Promise.all(queued);
      assert.equal(plain!.error, null);
      assert.match(first!.error!.message, /^Not run: stopped above/);
      assert.equal(own!.error!.message, "its own");
      assert.match(second!.error!.message, /^Not run: stopped above/);
      await pause(500);
      interrupt();
      await pause(500);
      assert.equal((await run('await show("z");')).error, null);
    }),
);
