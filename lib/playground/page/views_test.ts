/** What the views show is what the measures and the data's labels say. */
import assert from "node:assert/strict";
import { Answering } from "../answering.ts";
import type { PlaygroundMeasures } from "../held_out.ts";
import { Playground } from "../playground.ts";
import { cellOf, defaultSettings } from "../playground_settings.ts";
import type { Colours } from "./canvas_view.ts";
import { hiddenAmong } from "./negatives_view.ts";
import { drawPlane } from "./plane_view.ts";
import { drawRecall } from "./recall_view.ts";
import { drawRouting } from "./routing_view.ts";
import { toyCell } from "./toy_view.ts";
import type { Picture } from "./training_loop.ts";
import { aboutUser, announced, numbersHtml } from "./words_of_picture.ts";

const black = "#000000";
const colours: Colours = {
  ...{ paper: black, ink: black, muted: black, line: black, target: black },
  ...{ least: black, most: black },
};

/** Words on a canvas, and the point that they end, begin or stand around. */
interface Written {
  readonly text: string;
  readonly x: number;
  readonly align: CanvasTextAlign;
}

/** What is written on a canvas, in its order. */
function placed(draw: (canvas: HTMLCanvasElement) => void): Written[] {
  const words: Written[] = [];
  const state: { textAlign?: CanvasTextAlign } = {};
  const fillText = (text: string, x: number) => words.push({ text, x, align: state.textAlign! });
  const context = new Proxy(state, {
    get: (_, name) => name === "fillText" ? fillText : () => {},
  });
  const canvas = { clientWidth: 400, style: {}, getContext: () => context };
  draw(canvas as unknown as HTMLCanvasElement); // foreign: the browser's class
  return words;
}

/** The words alone. */
function written(draw: (canvas: HTMLCanvasElement) => void): string[] {
  return placed(draw).map(({ text }) => text);
}

/** Measures of a step. */
function measured(step: number, cosine = 0.5): PlaygroundMeasures {
  return {
    ...{ step, recall: 0.278, effectiveItems: 1.84, effectiveItemsUniform: 7.52 },
    ...{ effectiveNegatives: 12, hidden: 0.31, cosine },
  };
}

Deno.test("what is announced names the step that it was measured at", () => {
  const rest = "27.8 %, effective items 1.8 of 7.5, 31 % of the hard negatives hidden by the " +
    "selection.";
  assert.equal(announced(300, measured(300)), `Step 300. Recall@20 ${rest}`);
  assert.equal(announced(316, measured(300)), `Step 316; at step 300 recall@20 ${rest}`);
});

Deno.test("the table has the minus sign of every other number", () => {
  const cosineOf = (cosine: number) =>
    numbersHtml([{ name: "K 4", curve: [measured(0, cosine)] }]).match(/.*<td>(.*)<\/td>/)![1];
  assert.deepEqual([-0.07, -0.001, 0.07].map(cosineOf), ["−0.07", "0.00", "0.07"]);
});

Deno.test("a curve's name stands right of the ticks, from the first step on", () => {
  for (const step of [0, 25, 500]) {
    const curve = [measured(step)];
    const words = placed((canvas) =>
      drawRecall(canvas, [1, 2, 3].map((name) => ({ name: `${name}`, curve })), colours)
    );
    const ticks = words.filter(({ text }) => text.endsWith(" %")).map(({ x }) => x);
    for (const { text, x, align } of words.slice(-3)) {
      assert.equal(align, "right");
      assert.ok(x - 6.5 * text.length > Math.max(...ticks), `${text} at step ${step}`);
      assert.ok(x <= 400, text);
    }
  }
});

Deno.test("planted interests have the numbers of the items' labels, as in a cell", async () => {
  const playground = await Playground.begin(defaultSettings);
  const { labels } = playground.dataset;
  playground.dispose();
  const numberOf = (item: number) => labels![item]!.match(/^planted (\d+) /)![1]!;
  const answer = await new Answering().answer({
    ...{ kind: "begin", settings: defaultSettings, user: 7 },
  });
  const { frame, begun } = answer as Picture;
  const { history, planted, target } = frame.user;
  const items = frame.items.map((_, item) => item).slice(1);

  const plane = written((canvas) => drawPlane(canvas, frame, begun, colours));
  assert.deepEqual(plane.slice(0, begun.planted), [...new Set(items.map(numberOf))].toSorted());
  assert.deepEqual(plane.slice(begun.planted, -begun.settings.K), items.map(numberOf));

  const routing = written((canvas) => drawRouting(canvas, frame, begun, colours));
  assert.deepEqual(routing.slice(0, history.length), history.map(numberOf));

  const about = aboutUser(frame, begun, 0).plane;
  assert.ok(about.includes(`has ${planted.join(", ")} (filled)`), about);
  assert.ok(planted.some((c) => String(c) === numberOf(history.at(-1)!)), `${planted}`);
  assert.ok(about.includes(`the next item, of ${numberOf(target)};`), about);
});

for (const K of [2, 4, 6]) {
  Deno.test(`the red negatives are as many as the measure counts, K = ${K}`, async () => {
    const playground = await Playground.begin({ ...defaultSettings, K });
    await playground.advance(25);
    const { hidden } = playground.curve.at(-1)!;
    let shown = 0;
    for (let user = 0; user < playground.users; user++) {
      const { negatives } = (await playground.frame(user)).user;
      shown += hiddenAmong(negatives).size / Math.round(negatives.length / 10) / playground.users;
    }
    playground.dispose();
    assert.ok(hidden > 0);
    assert.ok(Math.abs(shown - hidden) < 1e-9, `${shown} shown, ${hidden} measured`);
  });
}

for (
  const [name, cell] of Object.entries({
    training: cellOf(defaultSettings, 500, 3),
    toy: toyCell({ lambda: 1, beta: 0, seed: 3 }),
  })
) {
  Deno.test(`the ${name}'s cell imports what it uses`, () => {
    const [first, ...body] = cell.split("\n");
    const imported = first!.match(/^import \{ (.+) \} from "\.\.\/lib\/mod\.ts";$/)?.[1];
    const text = body.join("\n");
    const made = Array.from(text.matchAll(/const (\w+)/g), ([, name]) => name!);
    const used = Array.from(text.matchAll(/(?<![.\w])([a-z]\w*)(?=[.(])/gi), ([, name]) => name!);
    const wanted = new Set(used.filter((name) => !made.includes(name)));
    assert.deepEqual(imported?.split(", "), [...wanted].toSorted());
  });
}
