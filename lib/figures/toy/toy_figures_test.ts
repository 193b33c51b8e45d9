import assert from "node:assert/strict";
import { toy } from "../../analyze/toy/toy_user.ts";
import { trainToy } from "../../analyze/toy/train_toy.ts";
import { BadInput } from "../../base/bad_input.ts";
import { matrixTable } from "./matrix_table.ts";
import { toyPlane } from "./toy_plane.ts";
import { toyRouting } from "./toy_routing.ts";
import { toySelection } from "./toy_selection.ts";

/** Names of the marks of a trace in the i-th frame. */
function marked(i: number, trace: string): string[] {
  const frame = toySelection({ A: toy.A }).frames![i]! as unknown as {
    data: { name: string; text: string[] }[];
  };
  return frame.data.find(({ name }) => name === trace)!.text.map((name) => name.trim());
}

Deno.test("towards cooking the heist film takes the pasta machine's hiding place", () => {
  assert.deepEqual(marked(0, "negative: hidden"), ["pasta machine"]);
  assert.deepEqual(marked(12, "negative: hidden"), ["heist film"]);
  assert.deepEqual(marked(12, "negative: seen above the target"), ["pasta machine"]);
});

Deno.test("the selection's words name every place of the target", () => {
  const { alt } = toySelection({ A: toy.A });
  assert.match(alt, /0°: interest 1, seen heist film, hidden pasta machine\./);
  assert.match(alt, /90°: interest 2, seen pasta machine, hidden heist film\./);
});

Deno.test("a score below zero has the minus sign of every other number", () => {
  const frames = JSON.stringify(toySelection({ A: [[1, 0, 0, 0]] }).frames);
  assert.match(frames, /is selected, x<sub>\+<\/sub> = −2\.00"/);
  assert.doesNotMatch(frames, /= -\d/);
});

Deno.test("with equal rows nothing is hidden", () => {
  const flat = [0.25, 0.25, 0.25, 0.25];
  const { alt } = toySelection({ A: [flat, flat] });
  assert.equal(alt.match(/hidden none\./g)?.length, 13);
});

Deno.test("a long training has few frames, with its first and its last step", async () => {
  const made = toyRouting((await trainToy()).frames);
  const names = made.frames!.map(({ name }) => name);
  assert.deepEqual([names[0], names.at(-1)], ["0", "100"]);
  assert.ok(names.length <= 26);
  assert.match(made.alt, /^After 100 steps each interest is a copy of one item/);
});

Deno.test("what is no routing of the toy is told", () => {
  for (const A of [[], [[1, 0]], [[0.5, 0.5, 0.5, 0.5]]]) {
    assert.throws(() => toyPlane({ A }), BadInput);
    assert.throws(() => toySelection({ A }), BadInput);
    assert.throws(() => toyRouting([{ step: 0, A }]), BadInput);
  }
  assert.throws(() => toyRouting([]), BadInput);
});

Deno.test("a matrix is written with its names, which must be as many", () => {
  const [rows, columns] = [["interest 1"], ["thriller", "umbrella"]];
  const markdown = matrixTable([[0.4, 0.6]], { rows, columns, digits: 1 }).toMarkdown();
  assert.match(markdown, /\| interest 1 \| 0\.4 \| 0\.6 \|/);
  assert.throws(() => matrixTable([[0.4]], { rows, columns }), BadInput);
  const ragged = () => matrixTable([[0.1, 0.2], [0.3]], { rows: ["a", "b"], columns });
  assert.throws(ragged, /matrixTable, row 2: .*: 1\. Give 2\./);
});

Deno.test("columns stay in their places, of equal names and of numbers too", () => {
  for (const columns of [["shoe", "sock", "shoe"], ["3", "1", "2"]]) {
    const made = matrixTable([[0.1, 0.2, 0.7]], { rows: ["interest 1"], columns });
    assert.equal(
      made.toMarkdown(),
      `|  | ${columns.join(" | ")} |\n| :--- | ---: | ---: | ---: |\n` +
        "| interest 1 | 0.10 | 0.20 | 0.70 |",
    );
    assert.equal(made.toCsv(), `,${columns}\ninterest 1,0.1,0.2,0.7\n`);
  }
});

Deno.test("the toy's titles and captions say what is drawn", () => {
  const flat = [0.25, 0.25, 0.25, 0.25];
  const hides = /^Training does not see what outranks the target for the other interest/;
  assert.match(toySelection({ A: toy.A }).alt, hides);
  assert.match(toySelection({ A: [...toy.A, flat] }).alt, /^Training does not .* another interest/);
  for (const A of [[flat], [flat, flat]]) {
    assert.match(toySelection({ A }).alt, /^Training sees all that outranks the target/);
  }
  assert.match(toyPlane({ A: toy.A }).alt, /L = 4, K = 2, d = 2/);
  assert.match(toyPlane({ A: [...toy.A, flat] }).alt, /L = 4, K = 3, d = 2/);
});
