/** The stand-in browser against a real one: plotly must lay figures out the same in both. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join, toFileUrl } from "../../base/paths.ts";
import type { Figure } from "../figure.ts";
import { exampleRouting, exampleRuns } from "../../testing/example_runs.ts";
import { figure } from "../../figures/mod.ts";
import { findChromium } from "../../show/picture/print_page.ts";
import { exampleFigures } from "../../testing/example_pictures.ts";
import { fontFiles } from "./fonts.ts";
import { toPlotlySvg } from "./picture.ts";

const tolerance = 1.5; // CSS pixels

const figures: Readonly<Record<string, Figure>> = {
  ...exampleFigures,
  "routing in the house style": figure.routing(exampleRouting()),
  "metrics in the house style": figure.metrics(exampleRuns),
  "the framework's drawing": figure.framework(),
};

const chromium = await findChromium();

Deno.test({
  name: "every element lies where Chromium puts it, within 1.5 px" +
    (chromium ? "" : " (skipped: no Chromium found; CHROMIUM can name one)"),
  ignore: !chromium,
  fn: async (test) => {
    const theirs = await svgsOfChromium(chromium!);
    for (const [name, figure] of Object.entries(figures)) {
      await test.step(name, async () => {
        const ours = parts(await toPlotlySvg(figure));
        const reference = parts(theirs[name]!);
        assert.deepEqual(ours.map((p) => p.tag), reference.map((p) => p.tag));
        ours.forEach((part, i) => comparePart(part, reference[i]!));
      });
    }
  },
});

interface Part {
  readonly tag: string;
  readonly geometry: Readonly<Record<string, readonly number[]>>;
}

/** Every element of an SVG that is drawn, with the numbers that say where. */
function parts(svg: string): Part[] {
  return [...svg.matchAll(/<(text|tspan|path|rect|image|g|circle)\b([^>]*)>/g)]
    .map(([, tag, attributes]) => ({
      tag: tag!,
      geometry: Object.fromEntries(
        [...attributes!.matchAll(/\b(x|y|cx|cy|r|d|width|height|transform)="([^"]*)"/g)].map(
          ([, name, value]) => [name!, (value!.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number)],
        ),
      ),
    }));
}

function comparePart(ours: Part, theirs: Part): void {
  assert.deepEqual(Object.keys(ours.geometry), Object.keys(theirs.geometry));
  for (const [name, numbers] of Object.entries(ours.geometry)) {
    const reference = theirs.geometry[name]!;
    assert.equal(numbers.length, reference.length, `${ours.tag} ${name}`);
    numbers.forEach((number, i) => {
      const off = Math.abs(number - reference[i]!);
      assert.ok(off <= tolerance, `${ours.tag} ${name}: ${number}, Chromium has ${reference[i]}`);
    });
  }
}

/** Lets Chromium draw every example with the same plotly and the same font. */
async function svgsOfChromium(browser: string): Promise<Record<string, string>> {
  const folder = await Deno.makeTempDir();
  try {
    const page = join(folder, "page.html");
    await Deno.writeTextFile(page, pageThatDraws());
    const { stdout } = await new Deno.Command(browser, {
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--allow-file-access-from-files",
        `--user-data-dir=${join(folder, "profile")}`,
        "--virtual-time-budget=60000",
        "--dump-dom",
        toFileUrl(page).href,
      ],
      stderr: "null",
    }).output();
    const drawn = new TextDecoder().decode(stdout).match(/<pre>([^<]+)<\/pre>/)?.[1];
    assert.ok(drawn, "Chromium drew nothing");
    return JSON.parse(decodeURIComponent(drawn));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function pageThatDraws(): string {
  const plotly = createRequire(import.meta.url).resolve("plotly.js-cartesian-dist-min");
  const faces = fontFiles().map((file) =>
    `@font-face { font-family: Arial; src: url("${toFileUrl(file).href}");
      font-weight: ${/Bold/.test(file) ? 700 : 400};
      font-style: ${/Italic/.test(file) ? "italic" : "normal"} }`
  );
  return `<!doctype html><meta charset="utf-8"><style>${faces.join("\n")}</style>
    <script src="${toFileUrl(plotly).href}"></script><body><script type="module">
      for (const face of document.fonts) await face.load();
      const family = "Arial", svgs = {};
      for (const [name, { data, layout }] of Object.entries(${JSON.stringify(figures)})) {
        svgs[name] = await Plotly.toImage({ data, layout: { font: { family }, ...layout } },
          { format: "svg", imageDataOnly: true,
            width: layout.width ?? 760, height: layout.height ?? 450 });
      }
      const pre = document.createElement("pre");
      pre.textContent = encodeURIComponent(JSON.stringify(svgs));
      document.body.append(pre);
    </script>`;
}
