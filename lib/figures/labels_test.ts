import assert from "node:assert/strict";
import { JSDOM } from "jsdom";
import { compactJson, plotlyJson } from "../show/plotly_json.ts";
import { toSvg } from "../show/picture/picture.ts";
import { captioned, live } from "../show/theme.ts";
import { everyFigure } from "../testing/every_figure.ts";

/** Labels that plotly, a picture or a program could take for something else; "word" is in each. */
const HOSTILE = [
  "<u>word</u> <a href='x'>y</a><br>$word^{$ &lt;i&gt; %{word}",
  `\u0000\u001b[31mword\r\n\u202e\ud800\ufffe ${"long ".repeat(100)}${"x".repeat(400)}`,
  "__proto__",
];

/** Keys of what figures are of whose texts come from people's data. */
const LABELS = ["label", "about"];

/** A copy in which all labels, and the names of data sets and routings, are another one. */
function relabelled<T>(value: T, label: string): T {
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((one) => relabelled(one, label)) as T;
  if (typeof value !== "object" || value === null || value instanceof Map) return value;
  const isNamed = "name" in value && ("hash" in value || "rows" in value); // data, a routing
  const changed = Object.entries(value).map(([key, part]) => {
    if (LABELS.includes(key) || (isNamed && key === "name")) return [key, label];
    if (key === "labels") return [key, part.map(() => label)];
    if (key === "data" && typeof part === "string") return [key, label];
    return [key, typeof part === "function" ? part : relabelled(part, label)];
  });
  return Object.assign(Object.create(Object.getPrototypeOf(value)), Object.fromEntries(changed));
}

/** Every text of a figure that plotly reads. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => key === "meta" ? [] : texts(part));
}

for (const [name, make] of Object.entries(everyFigure)) {
  Deno.test(`figure.${name} shows labels as they are, whatever they are`, async () => {
    const usual = JSON.stringify(plotlyJson(await make()));
    for (const label of HOSTILE) {
      const made = captioned(await make((of) => relabelled(of, label)));
      if (JSON.stringify(plotlyJson(made)) === usual) continue; // no label in it
      for (const text of [...texts(plotlyJson(made)), ...texts(compactJson(live(made)))]) {
        assert.doesNotMatch(text, /<u>word|\$word|%\{word|&lt;i&gt;|x{61}/, text);
        assert.doesNotMatch(text, /\p{Cc}|\u202e|\ufffe/u, JSON.stringify(text));
      }
      const { document } = new JSDOM(await toSvg(made)).window;
      assert.equal(document.querySelector("a"), null);
      const [before = ""] = label.match(/^.*?(?=word)/) ?? [];
      for (const { textContent } of document.querySelectorAll("text")) {
        const shown = textContent!.replaceAll("\u00a0", " ");
        if (!shown.includes("word") || /\p{Cc}/u.test(before)) continue;
        assert.ok(shown.includes(`${before}word`), shown);
      }
    }
  });
}
