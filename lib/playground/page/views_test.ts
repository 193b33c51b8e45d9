/** What the views show is what the measures and the data's labels say. */
import assert from "node:assert/strict";
import { Answering } from "../answering.ts";
import { Playground } from "../playground.ts";
import { cellOf, defaultSettings } from "../playground_settings.ts";
import type { Colours } from "./canvas_view.ts";
import { hiddenAmong } from "./negatives_view.ts";
import { drawPlane } from "./plane_view.ts";
import { drawRouting } from "./routing_view.ts";
import { toyCell } from "./toy_view.ts";
import type { Picture } from "./training_loop.ts";
import { aboutUser } from "./words_of_picture.ts";

/** The words that are written on a canvas, in their order. */
function written(draw: (canvas: HTMLCanvasElement) => void): string[] {
  const words: string[] = [];
  const context = new Proxy({}, {
    get: (_, name) => name === "fillText" ? (text: string) => words.push(text) : () => {},
    set: () => true,
  });
  const canvas = { clientWidth: 400, style: {}, getContext: () => context };
  draw(canvas as unknown as HTMLCanvasElement); // foreign: the browser's class
  return words;
}

const black = "#000000";
const colours: Colours = {
  ...{ paper: black, ink: black, muted: black, line: black, target: black },
  ...{ least: black, most: black },
};

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
