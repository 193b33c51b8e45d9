import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { JSDOM } from "jsdom";
import { figure } from "../../figures/mod.ts";
import { table } from "../../show/table.ts";
import { renderedFigures, renderedTables } from "../render_all.ts";
import { lecture } from "./lecture.ts";
import { slidesHtml } from "./slides_page.ts";

const slides = lecture.flatMap(({ slides }) => slides);

const example = {
  title: "Part",
  slides: [
    { title: "One", minutes: 59, notes: "Say *this*.", text: "$$x^2$$" },
    {
      title: "Two",
      minutes: 4,
      notes: "And that.",
      figure: () => Promise.resolve(figure.framework()),
      table: () => Promise.resolve(table([{ a: 1 }])),
      code: { notebook: "01", name: "sampledSoftmax" },
      source: "notebook 01",
    },
  ],
};
const html = await slidesHtml([example]);
const { document } = new JSDOM(html).window; // parsed, not run

Deno.test("the lecture takes 90 minutes, in six parts after its opening", () => {
  assert.equal(slides.reduce((all, { minutes }) => all + minutes, 0), 90);
  assert.equal(lecture.length, 7);
});

Deno.test("each slide says how long it takes and until when", () => {
  const notes = [...document.querySelectorAll("aside.notes")].map(({ textContent }) =>
    textContent!
  );
  assert.match(notes[0]!, /^59 min, until 0:59Say this\./);
  assert.match(notes[1]!, /^4 min, until 1:03And that\./);
});

Deno.test("numbers stand in figures and tables only, and those name their command", () => {
  for (const { title, notes, text = "", figure, table, source } of slides) {
    const words = `${title} ${notes} ${text.replace(/\$\$[\s\S]*?\$\$/g, "")}`;
    assert.doesNotMatch(words, /\d\s*%|\d\.\d|\d{3},?\d{3}|\bpoints? of/, title);
    if (figure ?? table) assert.ok(source, title);
    const [, name] = source?.match(/^deno task figures ([\w-]+)$/) ?? [];
    if (name === undefined) continue;
    assert.ok(Object.hasOwn({ ...renderedFigures, ...renderedTables }, name), name);
  }
});

Deno.test("a slide shows its figure without title, its table, and its notebook's own code", () => {
  const [, second] = document.querySelectorAll("section");
  assert.match(second!.querySelector("img")!.src, /^data:image\/svg\+xml/);
  assert.equal(second!.querySelector("img")!.alt, figure.framework().alt);
  assert.equal(second!.querySelector(".table td")!.textContent, "1");
  assert.match(second!.querySelector("pre code")!.textContent!, /^const sampledSoftmax = /);
  assert.match(second!.querySelector(".foot")!.textContent!, /notebook 01$/);
});

Deno.test("the deck loads nothing, and only its own scripts run", () => {
  const policy = document.querySelector("meta[http-equiv]")!.getAttribute("content")!;
  const hashes = [...document.querySelectorAll("script")].map((script) =>
    `'sha256-${createHash("sha256").update(script.textContent!).digest("base64")}'`
  );
  assert.equal(hashes.length, 2);
  assert.equal(policy.match(/script-src ([^;]*);/)![1], hashes.join(" "));
  for (const element of document.querySelectorAll("[src], link")) {
    assert.match(element.getAttribute("src") ?? "", /^data:/);
  }
  for (const style of document.querySelectorAll("style")) {
    assert.doesNotMatch(style.textContent!, /url\((?!["']?data:)|@import/);
  }
});

Deno.test("what a notebook does not define is refused by name", async () => {
  const lost = { ...example.slides[0]!, code: { notebook: "01", name: "noSuchName" } };
  await assert.rejects(
    () => slidesHtml([{ title: "Part", slides: [lost] }]),
    /slides, notebook 01: not defined in it: "noSuchName"/,
  );
});
