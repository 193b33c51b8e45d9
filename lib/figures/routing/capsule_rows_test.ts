import assert from "node:assert/strict";
import { exampleCollapse, exampleSnapshots } from "../../testing/example_collapses.ts";
import { titleOf } from "../../testing/example_runs.ts";
import { figure } from "../mod.ts";

/** Rows of capsules: padding has a part of MIND's softmax, UMI's interests share each item. */
const [ofMind, ofUmi] = [
  [0, 1].map(() => new Array<number>(6).fill(0.05)), // flat over 6 items of 20 places
  [0, 1].map(() => new Array<number>(20).fill(0.15)), // flat over 20 items
];

/** The example's first training with another routing of all its users. */
function withRouting(routing: readonly (readonly number[])[]): typeof exampleSnapshots[number] {
  const [first] = exampleSnapshots;
  const history = routing[0]!.map((_, l) => l + 1);
  return {
    ...first!,
    snapshots: first!.snapshots.map((snapshot) => ({
      ...snapshot,
      users: snapshot.users.map((user) => ({ ...user, history, routing })),
    })),
  };
}

Deno.test("rows that do not sum to 1 express the items over which they are flat", () => {
  for (const routing of [ofMind, ofUmi]) {
    const n = routing[0]!.length;
    const labels = routing[0]!.map((_, l) => `item ${l + 1}`);
    const data = { routing: Float32Array.from(routing.flat()), K: 2, labels, about: "made-up" };
    assert.match(titleOf(figure.routing(data)), new RegExp(`^An interest attends to ${n}\\.0 of `));
    const recorded = [withRouting(routing)];
    const over = figure.routingOverTraining(recorded);
    assert.match(titleOf(over), new RegExp(`attends to ${n}\\.0 items`));
    assert.deepEqual(over.numbers!.map((row) => row["effective items"]), [n, n]);
    assert.match((over.data[1]!.text as string[])[0]!, new RegExp(`^${n}\\.0 items`));
    const stages = figure.routingStages(recorded, { runs: exampleCollapse });
    assert.deepEqual(stages.numbers!.map((row) => row["effective items"]), new Array(6).fill(n));
    const [above] = stages.layout.annotations as { text: string }[];
    assert.match(above!.text, new RegExp(`user ${n}\\.0, all 1\\.1`));
  }
});
