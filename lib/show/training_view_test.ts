import assert from "node:assert/strict";
import { exampleProgress } from "../testing/example_runs.ts";
import { toSvg } from "./picture/picture.ts";
import { show } from "./show.ts";
import { trainingFigure } from "./training_figure.ts";
import { notebookTrainingView, terminalTrainingView } from "./training_view.ts";

Deno.test("a live figure is drawn at most twice a second and ends alive", async () => {
  const sent: string[][] = [];
  const frontend = {
    broadcast: (type: string, { data }: { data: object }) => {
      sent.push([type, Object.keys(data).some((k) => /plotly/.test(k)) ? "live" : "picture"]);
      return Promise.resolve();
    },
  };
  let now = 0;
  const view = notebookTrainingView(
    (thing, options) => show.live(thing, { ...options, frontend }),
    () => now,
  );
  for (now = 0; now < 1200; now += 100) await view(exampleProgress(1 + now / 100));
  assert.deepEqual(sent, [
    ["display_data", "picture"],
    ["update_display_data", "picture"],
    ["update_display_data", "picture"],
  ]);
  await view(exampleProgress(13, "early-stopping"));
  assert.deepEqual(sent.at(-1), ["update_display_data", "live"]);
});

Deno.test("drawing takes a small share of a training, however slow it is", async () => {
  let now = 0;
  let drawn = 0;
  const draw = () => {
    drawn++;
    now += 1000; // a slow machine
    return Promise.resolve();
  };
  const view = notebookTrainingView(() => draw().then(() => ({ update: draw })), () => now);
  for (; now < 100_000; now += 100) await view(exampleProgress(1));
  assert.ok(drawn >= 4 && drawn <= 7, `${drawn} drawings in 100 s`);
});

Deno.test("a training's figure says how far it is, and in the end what came out", async () => {
  const running = trainingFigure(exampleProgress(3));
  assert.match(running.alt, /^Step 600 of at most 20,000 · 212 steps\/s · 1 min 33 s left/);
  const ended = trainingFigure(exampleProgress(3, "interrupted"));
  assert.match(ended.alt, /^Valid recall@50 \d+\.\d % at step 600; stopped by hand at step [\d,]+/);
  assert.match(await toSvg(ended), /best \d+\.\d %/);
  const sampled = trainingFigure(exampleProgress(3, "max-steps", 5000));
  assert.match(sampled.alt, /^Valid recall@50 \d+\.\d % of 5,000 users at step 600; ended/);
  await toSvg(trainingFigure(exampleProgress(0))); // before the first evaluation
});

function fakeTerminal(width: number | null) {
  const written: string[] = [];
  return { written, terminal: { width: () => width, write: (text: string) => written.push(text) } };
}

Deno.test("a terminal's line is rewritten in place and never wider than the terminal", () => {
  const { written, terminal } = fakeTerminal(40);
  let now = 0;
  const view = terminalTrainingView(terminal, () => now);
  view(exampleProgress(1));
  now = 100;
  view(exampleProgress(2)); // too early
  now = 250;
  view(exampleProgress(3));
  view(exampleProgress(4, "max-steps"));
  assert.equal(written.length, 4); // title and three lines
  const lines = written.slice(1);
  assert.ok(lines.every((line) => line.startsWith("\r") && line.trim().length < 40));
  assert.deepEqual(lines.map((line) => line.endsWith("\n")), [false, false, true]);
});

Deno.test("a log gets whole lines, rarely", () => {
  const { written, terminal } = fakeTerminal(null);
  let now = 0;
  const view = terminalTrainingView(terminal, () => now);
  for (now = 0; now <= 60_000; now += 1000) view(exampleProgress(1 + now / 10_000));
  view(exampleProgress(30, "early-stopping"));
  const lines = written.join("").trimEnd().split("\n");
  assert.equal(lines.length, 1 + 3 + 1);
  assert.doesNotMatch(written.join(""), /\r/);
  assert.match(lines.at(-1)!, /Valid recall@50 .* ended at step 6,000/);
  const sampled = fakeTerminal(null);
  terminalTrainingView(sampled.terminal)(exampleProgress(2, null, 5000));
  assert.match(sampled.written.join(""), /best valid recall@50 \d+\.\d % of 5,000 users$/m);
});

Deno.test("a second training's figure replaces a whole one by way of a picture", async () => {
  const drafts: boolean[] = [];
  const update = (_: unknown, options?: { readonly draft: boolean }) =>
    Promise.resolve(void drafts.push(options!.draft));
  const view = notebookTrainingView((_, options) => {
    drafts.push(options!.draft!);
    return Promise.resolve({ update });
  }, () => 0); // no time passes
  await view(exampleProgress(1));
  await view(exampleProgress(2, "max-steps"));
  await view(exampleProgress(1)); // shown at once
  await view(exampleProgress(2, "max-steps"));
  await view(exampleProgress(2, "max-steps")); // taken up at its end
  assert.deepEqual(drafts, [true, false, true, false, true, false]);
});

Deno.test("a second training has its own title in a terminal", () => {
  const { written, terminal } = fakeTerminal(200);
  const view = terminalTrainingView(terminal, () => 0);
  for (let training = 0; training < 2; training++) {
    view(exampleProgress(1));
    view(exampleProgress(2, "max-steps"));
  }
  assert.deepEqual(written.map((text) => text.startsWith("\r")), [
    ...[false, true, true],
    ...[false, true, true],
  ]);
});
