import assert from "node:assert/strict";
import { type Bundle, figureBundle } from "./bundle.ts";
import { exampleRouting } from "../testing/example_runs.ts";
import { figure } from "../figures/mod.ts";
import { numbersFold } from "./folded.ts";
import { type Frontend, markdown, notebook, show } from "./show.ts";
import { table } from "./table.ts";

function fakeFrontend() {
  const sent: { type: string; data: Bundle; id: string }[] = [];
  const frontend: Frontend = {
    broadcast: (type, { data, transient }) => {
      sent.push({ type, data, id: transient.display_id });
      return Promise.resolve();
    },
  };
  return { sent, frontend };
}

const routing = figure.routing(exampleRouting());

Deno.test("a figure is shown live, as a picture and in words", async () => {
  const bundle = await figureBundle(routing);
  const plotly = bundle["application/vnd.plotly.v1+json"] as { data: { z: { shape: string } }[] };
  assert.equal(plotly.data[0]!.z.shape, "4, 9");
  assert.equal(bundle["text/plain"], `${routing.alt} (from this notebook's own run)`);
  const [, address] = String(bundle["text/html"]).match(/src="([^"]+)"/)!;
  assert.match(await (await fetch(address!)).text(), /^<svg.*<\/svg>$/s);
  assert.match(String(bundle["text/html"]), /<img alt="An interest attends to/);
});

Deno.test("alt texts with quotes and angle brackets stay inside their attribute", async () => {
  const bundle = await figureBundle({ ...routing, alt: `"a" < b & c` });
  assert.match(String(bundle["text/html"]), /alt="&quot;a&quot; &lt; b &amp; c"/);
});

Deno.test("a live view updates in place, drafts as pictures only", async () => {
  const { sent, frontend } = fakeFrontend();
  const view = await show.live(routing, { frontend, draft: true });
  await view.update(routing, { draft: true });
  await view.update(routing);
  assert.deepEqual(sent.map((message) => message.type), [
    "display_data",
    "update_display_data",
    "update_display_data",
  ]);
  assert.equal(new Set(sent.map((message) => message.id)).size, 1);
  assert.deepEqual(sent.map(({ data }) => "application/vnd.plotly.v1+json" in data), [
    false,
    false,
    true,
  ]);
});

Deno.test("showing resolves only after the kernel has had time to send the output", async () => {
  const order: string[] = [];
  const frontend: Frontend = {
    broadcast: () => {
      setTimeout(() => order.push("sent on"), 20);
      return Promise.resolve();
    },
  };
  await show.live("text", { frontend });
  order.push("resolved");
  assert.deepEqual(order, ["sent on", "resolved"]);
});

Deno.test("the numbers of a figure are a table behind a summary", async () => {
  assert.equal(numbersFold({ ...routing, numbers: undefined }), null);
  const { sent, frontend } = fakeFrontend();
  await show.live(numbersFold({ numbers: [{ interest: 1, shoes: 0.25 }] })!, { frontend });
  assert.match(
    String(sent[0]!.data["text/html"]),
    /^<details><summary>Show the numbers<\/summary><table.*0\.25.*<\/details>$/,
  );
});

Deno.test("text, markdown and tables have their own forms", async () => {
  const { sent, frontend } = fakeFrontend();
  for (const thing of ["words", markdown("*made-up*"), table([{ a: 1, b: "x" }])]) {
    await show.live(thing, { frontend });
  }
  assert.deepEqual(sent.map((message) => Object.keys(message.data)), [
    ["text/html", "text/plain"],
    ["text/markdown", "text/plain"],
    ["text/html", "text/markdown", "text/plain"],
  ]);
});

Deno.test("outside of a notebook the words are printed", async () => {
  assert.equal(notebook(), null);
  const { log } = console;
  const printed: unknown[] = [];
  console.log = (line) => printed.push(line);
  try {
    await show(routing);
  } finally {
    console.log = log;
  }
  assert.deepEqual(printed, [`${routing.alt} (from this notebook's own run)`]);
});

Deno.test("what cannot be shown is refused in place of something that is shown, too", async () => {
  const sent: unknown[] = [];
  const frontend = { broadcast: (type: string) => Promise.resolve(void sent.push(type)) };
  for (const place of [frontend, null]) {
    const log = console.log;
    console.log = () => {};
    const view = await show.live("first", { frontend: place }).finally(() => console.log = log);
    await assert.rejects(() => view.update(5 as never), /^BadInput: show: takes a figure/);
    const promise = Promise.resolve("text") as never;
    await assert.rejects(() => view.update(promise), /this is a promise: write await before it/);
  }
  assert.deepEqual(sent, ["display_data"]);
});
