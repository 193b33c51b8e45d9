/** Labels at the left of published figures have room, whatever font a browser has. */
import assert from "node:assert/strict";
import { JSDOM } from "jsdom";
import { resultsPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { transformed } from "../show/picture/box.ts";
import { openFaces } from "../show/picture/fonts.ts";
import { textBox } from "../show/picture/text.ts";
import { testPublished } from "../testing/test_published.ts";

/** How much wider than in Arial a text is in DejaVu Sans or Verdana, at most. */
const WIDE = 1.17;

await testPublished("no label begins outside of its picture", ["results/figures"], async () => {
  const faces = await openFaces();
  const folder = resultsPath("figures");
  const cut: string[] = [];
  for (const { name } of Deno.readDirSync(folder)) {
    if (!name.endsWith(".svg")) continue;
    const { document } = new JSDOM(await Deno.readTextFile(join(folder, name))).window;
    for (const text of document.querySelectorAll("text[text-anchor=end]")) {
      let box = textBox(text, faces);
      for (let at: Element | null = text; at; at = at.parentElement) {
        box = transformed(box, at.getAttribute("transform"));
      }
      const isCut = box !== null && box.x1 - WIDE * (box.x1 - box.x0) < 0;
      if (isCut) cut.push(`${name}: ${text.textContent}`);
    }
  }
  assert.deepEqual(cut, []);
});
