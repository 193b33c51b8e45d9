import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { JSDOM } from "jsdom";
import { join } from "../../base/paths.ts";
import { whileLocked } from "../../base/lock.ts";
import { type Notebook, type Output, writeNotebook } from "../file/ipynb.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { mathFont } from "./math_font.ts";
import { pagesFolder, writePages } from "./page.ts";
import { MarkdownRenderer } from "./page_markdown.ts";
import { outputHtml } from "./page_outputs.ts";
import { code, notebookOf, withNotebooks } from "../../testing/example_notebooks.ts";
import { withEnv } from "../../testing/with_env.ts";

const SVG = `<img alt="bars" src="data:image/svg+xml;base64,PHN2Zy8+">`;

function rich(data: Record<string, unknown>): Output {
  return { output_type: "display_data", data, metadata: {} };
}

function markdown(): MarkdownRenderer {
  return new MarkdownRenderer("x.ipynb", ".");
}

/** The pages of some notebooks, by file name. */
async function pages(notebooks: Record<string, Notebook>): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  await withNotebooks(notebooks, async (folder) => {
    const paths = Object.keys(notebooks).map((name) => join(folder, name));
    await writePages(paths, join(folder, "html"));
    for (const { name } of Deno.readDirSync(join(folder, "html"))) {
      made[name] = await Deno.readTextFile(join(folder, "html", name));
    }
  });
  return made;
}

Deno.test("pages go where the other results go", () =>
  withEnv({ REMI_RESULTS: "/elsewhere" }, () => {
    assert.equal(pagesFolder(), join("/elsewhere", "html"));
  }));

Deno.test("a notebook beside the one whose page is written may be none, and is left out", () =>
  withNotebooks({ "00_a.ipynb": notebookOf("# A") }, async (folder) => {
    await Deno.writeTextFile(join(folder, "01_b.ipynb"), "{");
    const said: string[] = [];
    const { warn } = console;
    console.warn = (line: string) => said.push(line);
    try {
      await writePages([join(folder, "00_a.ipynb")], join(folder, "html"));
    } finally {
      console.warn = warn;
    }
    assert.match(said.join("\n"), /^Pages do not link to it: .*01_b\.ipynb: not a notebook/);
    const index = await Deno.readTextFile(join(folder, "html", "index.html"));
    assert.match(index, /00_a\.html/);
    assert.doesNotMatch(index, /01_b/);
    const broken = [join(folder, "01_b.ipynb")];
    await assert.rejects(() => writePages(broken, join(folder, "html")), /01_b\.ipynb: not a/);
  }));

Deno.test("an index shows what is there when its turn comes, not what was before", () =>
  withNotebooks(
    { "00_a.ipynb": notebookOf("# A"), "01_b.ipynb": notebookOf("# B") },
    async (folder) => {
      const html = join(folder, "html");
      await Deno.mkdir(html);
      const work: Promise<void>[] = [];
      await whileLocked(join(html, "index.html.lock"), async () => {
        work.push(writePages([join(folder, "00_a.ipynb")], html));
        await new Promise((resolve) => setTimeout(resolve, 500)); // in which it would read them
        await writeNotebook(join(folder, "01_b.ipynb"), notebookOf("# Renamed"));
      });
      await Promise.all(work);
      assert.match(await Deno.readTextFile(join(html, "index.html")), /Renamed/);
      assert.match(await Deno.readTextFile(join(html, "00_a.html")), /Next: Renamed/);
    },
  ));

Deno.test("a page asks nothing of any network, also for a live figure", async () => {
  const figure = { data: [{ type: "bar", y: [1], name: "</script><b>" }], layout: {} };
  const plot = { "application/vnd.plotly.v1+json": figure, "text/html": SVG, "text/plain": "bars" };
  const cell = { ...code("await show(figure);"), outputs: [rich(plot)], execution_count: 1 };
  const { "00_a.html": html } = await pages({ "00_a.ipynb": notebookOf("# A\n\n$x$", cell) });
  const { document } = new JSDOM(html).window; // parsed, not run
  assert.match(
    document.querySelector("meta[http-equiv]")!.getAttribute("content")!,
    /^default-src 'none'; img-src data: blob:; font-src data:;/,
  );
  for (const element of document.querySelectorAll("[src], link, [href^=http]")) {
    assert.match(element.getAttribute("src") ?? "", /^data:/, element.outerHTML.slice(0, 200));
  }
  for (const style of document.querySelectorAll("style")) {
    assert.doesNotMatch(style.textContent!, /url\((?!data:)|@import/);
  }
  const plotElement = document.querySelector(".plot")!;
  assert.deepEqual(JSON.parse(plotElement.querySelector("script")!.textContent!), figure);
  assert.equal(plotElement.querySelector("img")!.alt, "bars");
  assert.equal(plotElement.querySelector(".live")!.getAttribute("aria-label"), "bars");
  assert.equal(document.querySelectorAll("body > script").length, 2);
});

Deno.test("plotly.js is left out where no figure needs it", async () => {
  const { "00_a.html": html } = await pages({ "00_a.ipynb": notebookOf("# A", code("1;")) });
  assert.ok(html!.length < 50_000);
});

Deno.test("pages link to each other, and the index names title and first sentence", async () => {
  const made = await pages({
    "00_a.ipynb": notebookOf(
      "# First *one*\n\nWhat it is. More.\n\n## Part\n\n[go](01_b.ipynb#part)",
    ),
    "01_b.ipynb": notebookOf("# Second\n\n## Part\n\n## Part"),
  });
  assert.deepEqual(Object.keys(made).sort(), [
    "00_a.html",
    "01_b.html",
    "glossary.html",
    "index.html",
  ]);
  assert.match(
    made["index.html"]!,
    /<a href="00_a.html"><b>First one<\/b><\/a><br>What it is\.<\/li>/,
  );
  assert.match(made["00_a.html"]!, /<a href="01_b.html#part">go<\/a>/);
  assert.match(made["00_a.html"]!, /<a href="01_b.html">Next: Second<\/a>/);
  assert.match(made["01_b.html"]!, /<li class="level-2"><a href="#part-2">Part<\/a>/);
});

Deno.test("what cells showed may hold wrong equations and pictures, and has no files", async () => {
  const shown = (text: string) =>
    outputHtml(rich({ "text/markdown": text }), markdown().forOutputs());
  assert.match(await shown("| $x^{$ |\n| --- |\n| $y_1$ |"), /<code>x\^\{<\/code>.*<math/s);
  assert.match(await shown("![bars](/etc/x.png) ![](a.svg) text"), /<p>bars a\.svg text<\/p>/);
  assert.throws(() => markdown().render("![x](../../x.png)"), /not in the notebook's folder/);
});

Deno.test("an output of 16 MB or more is told, not shown", async () => {
  const html = await outputHtml(rich({ "text/plain": "x".repeat(16e6) }), markdown());
  assert.equal(html, '<pre class="text">(an output of 16.0 MB is left out)</pre>');
});

Deno.test("only the page's own scripts may run, known by their hashes", async () => {
  const plot = { "application/vnd.plotly.v1+json": { data: [], layout: {} } };
  const cell = { ...code("await show(figure);"), outputs: [rich(plot)] };
  const made = await pages({ "00_a.ipynb": notebookOf("# A", cell), "01_b.ipynb": notebookOf() });
  for (const [name, html] of Object.entries(made)) {
    const { document } = new JSDOM(html).window;
    const policy = document.querySelector("meta[http-equiv]")!.getAttribute("content")!;
    const hashes = [...document.querySelectorAll("script:not([type])")].map((script) =>
      `'sha256-${createHash("sha256").update(script.textContent!).digest("base64")}'`
    );
    assert.equal(hashes.length, name === "00_a.html" ? 2 : 0);
    const allowed = policy.match(/script-src ([^;]*);/)![1]!;
    assert.equal(allowed, hashes.length > 0 ? hashes.join(" ") : "'none'");
  }
});

Deno.test("equations become MathML, inside a line and on their own, with their number", () => {
  const { html } = markdown().render(
    "With $x_i \\in \\mathbb{R}^d$ for $5 or *6*.\n\n$$\\sum_i x_i \\tag{3}$$\n",
  );
  assert.equal(html.match(/<math/g)?.length, 2);
  assert.match(html, /for \$5 or <em>6<\/em>/);
  assert.match(html, /<div class="equation"><math display="block".*<span class="number">\(3\)</s);
  assert.ok(html.includes("x_i \\in"), "the LaTeX stays as an annotation");
});

Deno.test("a wrong equation is an error that shows it", () => {
  assert.throws(() => markdown().render("$\\frac{1$"), /x\.ipynb: not an equation .*\\\\frac\{1/);
});

Deno.test("a picture that is not there is an error that names the notebook and the picture", () => {
  assert.throws(
    () => markdown().render("![bars](no/such.png)"),
    /^BadInput: x\.ipynb: no such picture: "no\/such\.png"/,
  );
});

Deno.test("HTML in Markdown is shown as text, but for a few harmless tags", () => {
  const { html } = markdown().render(
    "<script>alert(1)</script> a<br>b <img src=x onerror=y>\n\n" +
      "<details><summary>Answer</summary>\n\n**4**\n\n</details>\n\n[x](javascript:alert) `a<b>`",
  );
  assert.doesNotMatch(html, /<script|<img|javascript/);
  assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt; a<br>b/);
  assert.match(html, /<details><summary>Answer<\/summary>\s*<p><strong>4<\/strong>/);
  assert.match(html, /<code>a&lt;b&gt;<\/code>/);
});

Deno.test("of several forms the richest is shown", async () => {
  const all = {
    "text/plain": "<t>",
    "image/png": "AAAA\n",
    "text/markdown": "*m*",
    "text/html": "<i>h</i>",
  };
  const html = (data: Record<string, unknown>) => outputHtml(rich(data), markdown());
  assert.match(await html(all), /<i>h<\/i>/);
  const { "text/html": _h, ...withoutHtml } = all;
  assert.match(await html(withoutHtml), /<em>m<\/em>/);
  const { "text/markdown": _m, ...withoutMarkdown } = withoutHtml;
  assert.match(await html(withoutMarkdown), /alt="&lt;t&gt;" src="data:image\/png;base64,AAAA"/);
  assert.match(await html({ "text/plain": "<t>" }), /<pre class="text">&lt;t&gt;<\/pre>/);
});

Deno.test("HTML of which nothing may stay is replaced by its text", async () => {
  for (
    const html of [
      "<script>x</script>",
      "<p onclick=x>",
      '<img src="https://example.org/x.png">',
      "<p style='background: url(//example.org/x.png)'>",
    ]
  ) {
    const shown = await outputHtml(rich({ "text/html": html, "text/plain": "words" }), markdown());
    assert.equal(shown, '<pre class="text">words</pre>', html);
  }
});

Deno.test("a picture that is embedded as text is shown, whatever is drawn in it", async () => {
  const svg = "%3Csvg%3E%3Cg clip-path='url(%23a)'/%3E%3C/svg%3E";
  const picture = `<img alt="bars" src="data:image/svg+xml;charset=utf-8,${svg}">`;
  const shown = (html: string) => outputHtml(rich({ "text/html": html }), markdown());
  assert.equal(await shown(picture), `<div class="html">${picture}</div>`);
  assert.doesNotMatch(await shown(picture.replace("<img", "<img onload=x")), /onload/);
});

Deno.test("printed text is escaped, and without a terminal's colours", async () => {
  const stream: Output = {
    output_type: "stream",
    name: "stderr",
    text: "\x1b[31m<b>\x1b[0m & 'c'",
  };
  assert.match(await outputHtml(stream, markdown()), /^<pre class="stderr">&lt;b&gt; &amp; 'c'</);
});

Deno.test("equations bring the glyphs they need, and pages without any bring none", async () => {
  const made = await pages({ "00_a.ipynb": notebookOf("# A\n\n$x$"), "01_b.ipynb": notebookOf() });
  const font = made["00_a.html"]!.match(/url\(data:font\/woff2;base64,([^)]+)\)/)![1]!;
  assert.ok(font.length > 1000 && font.length < 12_000, `${font.length}`);
  assert.doesNotMatch(made["01_b.html"]!, /@font-face/);
  const more = await mathFont("<math><mi>x</mi><mo>∑</mo></math>");
  const x = await mathFont("<math><mi>x</mi></math>");
  assert.ok(more.length > x.length);
  const root = await mathFont("<math><msqrt><mi>x</mi></msqrt></math>");
  assert.ok(root.length > x.length, "a root's sign is drawn, though no text has it");
});

Deno.test("the index shows each notebook's first figure, and what the collection comes to", () =>
  inFolder(async (results) => {
    const plot = { "application/vnd.plotly.v1+json": { data: [], layout: {} }, "text/html": SVG };
    const cell = { ...code("await show(figure);"), outputs: [rich(plot)] };
    const notebooks = { "00_a.ipynb": notebookOf("# A", cell), "01_b.ipynb": notebookOf("# B") };
    await withEnv({ REMI_RESULTS: results }, async () => {
      const card = /<a href="00_a.html"><img [^>]*alt="bars"/;
      const before = (await pages(notebooks))["index.html"]!;
      assert.match(before, card);
      assert.doesNotMatch(before, /class="lead"/);
      await Deno.mkdir(join(results, "tables"));
      await Deno.writeTextFile(
        join(results, "tables/retailrocket-results.html"),
        "<table><tr><td>36</td></tr></table><script>x</script>",
      );
      const after = (await pages(notebooks))["index.html"]!;
      assert.match(after, /class="lead".*<td>36<\/td>/s);
      assert.doesNotMatch(after, /<script/);
    });
  }));
