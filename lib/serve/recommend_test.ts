import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { type Dataset, itemLabel, itemsOf } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import { exampleTable } from "../data/example_table.ts";
import { fromCsv } from "../data/from_csv.ts";
import { libraryColumns, libraryData, withLibraryModel } from "../testing/library_model.ts";
import { askedHistory, askedUser } from "./asked.ts";
import { type Exported, exportedUser } from "./exported.ts";
import { everyUser, fullerPlaces } from "./people.ts";
import { recommend, type RecommendOptions } from "./recommend.ts";

Deno.test("a user's list leaves out all that the user had, unless it is asked for", () =>
  withLibraryModel(async (model) => {
    const { dataset } = model;
    const user = dataset.userIds!.test[3]!;
    const whole = Array.from(itemsOf(dataset.test, 3), (item) => dataset.labels![item]!);
    const list = await recommend(model, { user, n: dataset.itemCount });
    assert.deepEqual(list.history, whole);
    assert.deepEqual(list.items.filter(({ item }) => whole.includes(item)), []);
    assert.equal(list.items.length, dataset.itemCount - new Set(whole).size);
    const all = await recommend(model, { user, n: dataset.itemCount, withSeen: true });
    assert.equal(all.items.length, dataset.itemCount);
    const without = all.items.filter(({ item }) => !whole.includes(item));
    assert.deepEqual(without.map(({ item }) => item), list.items.map(({ item }) => item));
  }));

Deno.test("an item's score is that of the interest that found it, and no other has more", () =>
  withLibraryModel(async (model) => {
    const { dataset } = model;
    const { history, about } = askedUser(dataset, dataset.userIds!.valid[0]!);
    const { interests } = await model.interestsOf(history, about);
    const { items } = await recommend(model, { user: dataset.userIds!.valid[0]!, n: 30 });
    assert.deepEqual(items.map(({ rank }) => rank), Array.from({ length: 30 }, (_, at) => at + 1));
    for (const { item, interest, score } of items) {
      const vector = model.embedding(dataset.labels!.indexOf(item));
      const scores = interests.map((of) => of.reduce((sum, x, i) => sum + x * vector[i]!, 0));
      assert.equal(score, Math.max(...scores));
      assert.equal(scores[interest - 1], score);
    }
  }));

Deno.test("a history by names is the same as that of the user who has it", () =>
  withLibraryModel(async (model) => {
    const user = model.dataset.userIds!.train[0]!;
    const byUser = await recommend(model, { user });
    const byHistory = await recommend(model, { history: byUser.history });
    assert.deepEqual(byHistory, { ...byUser, user: null });
    assert.equal(byUser.items.length, 20);
    const place = await recommend(model, { user: "train:0" });
    assert.deepEqual(place.items, byUser.items);
  }));

Deno.test("unknown users and items, and histories of nothing, are told in sentences", () =>
  withLibraryModel(async (model) => {
    const cases: readonly [unknown, RegExp][] = [
      [{ user: "Ada Abl" }, /users of town-library: no such user, did you mean Ada Abel/],
      [{ user: "test:64" }, /no such user.*give the history itself/],
      [{ history: ["Notes on Owl"] }, /no such item, did you mean Notes on Owls.*fewer than five/],
      [{ history: [""] }, /no such item: ""/],
      [{ history: [] }, /too short: a history without items/],
      [{}, /neither a user nor a history, or both/],
      [{ user: "Ada Abel", history: ["Notes on Owls"] }, /neither a user nor a history, or both/],
      [{ user: "Ada Abel", n: 0 }, /not a size/],
      [{ user: 7 }, /no such user.*: "7"\./],
      [{ user: null }, /^user: no name: null/],
      [{ user: ["Ada Abel"] }, /^user: no name/],
      [{ history: "Notes on Owls" }, /^history: no list of items: "?Notes on Owls/],
      [{ history: [12, 7] }, /no such item.*: "12"\./],
      [{ history: [null] }, /^history: no name: null/],
    ];
    for (const [options, message] of cases) {
      await assert.rejects(recommend(model, options as RecommendOptions), (error: Error) => {
        assert.ok(error instanceof BadInput, String(error.stack));
        assert.match(error.message, message);
        return true;
      });
    }
  }));

Deno.test("ids beyond 2^53 are texts or bigints: none is taken for its neighbour", async () => {
  const ids = [2n ** 53n, 2n ** 53n + 1n];
  const line = (_: unknown, n: number) => `${ids[n % 2]},${ids[n % 3 % 2]}\n${n % 30},x${n % 7}\n`;
  const table = `who,what\n${Array.from({ length: 300 }, line).join("")}`;
  const dataset = await fromCsv(table, { user: "who", item: "what", name: "large" });
  const exported = {
    manifest: { data: { name: "large" } },
    users: new Map(ids.map((id) => [String(id), { user: String(id), interests: [], seen: [] }])),
  } as unknown as Exported;
  for (const id of ids) {
    for (const name of [id, String(id)]) {
      assert.equal(askedUser(dataset, name).user, String(id));
      assert.equal(exportedUser(exported, name).user, String(id));
      const { history: [item] } = askedHistory(dataset, [name]);
      assert.equal(dataset.labels![item!], String(id));
    }
    const lost = /: a number that lost its last digits: 9007199254740992\. Give it as a text/;
    assert.throws(() => askedUser(dataset, Number(id)), lost);
    assert.throws(() => askedHistory(dataset, [Number(id)]), lost);
    assert.throws(() => exportedUser(exported, Number(id)), lost);
  }
});

Deno.test("who is shared is looked up once a data set, however many are asked for", async () => {
  const { userIds: _, ...dataset } = await fromCsv(exampleTable(), {
    ...libraryColumns,
    split: "leave-last-out",
  });
  assert.equal(fullerPlaces(dataset), fullerPlaces(dataset));
  assert.ok(fullerPlaces(dataset).size > 0);
});

Deno.test("a user whom splits share is asked for and exported once, in full", async () => {
  const dataset = await fromCsv(exampleTable(), { ...libraryColumns, split: "leave-last-out" });
  const everyone = everyUser(dataset);
  assert.equal(everyone.length, 640);
  const whole = await libraryData();
  const user = whole.userIds!.test[3]!;
  const names = (of: typeof dataset, items: Iterable<number>) =>
    Array.from(items, (item) => of.labels![item]!);
  const { split, u } = everyone.find((place) => place.user === user)!;
  const history = names(dataset, itemsOf(dataset[split], u));
  assert.deepEqual(history, names(whole, itemsOf(whole.test, 3)));
  assert.deepEqual(names(dataset, askedUser(dataset, user).history), history);
});

for (const split of ["leave-last-out", "time", "time:0.3,0.9"]) {
  Deno.test(`without ids, who is shared is known by the behaviours: ${split}`, async () => {
    const { userIds, ...others } = await fromCsv(exampleTable(), { ...libraryColumns, split });
    const dataset: Dataset = others;
    const places = (of: Dataset) => everyUser(of).map(({ split, u }) => [split, u]);
    assert.deepEqual(places(dataset), places({ ...dataset, userIds: userIds! }));
    const [u, user] = [2, userIds!.train[2]!];
    const fullest = (["test", "valid", "train"] as const)
      .find((split) => userIds![split].includes(user))!;
    const name = `${fullest}:${userIds![fullest].indexOf(user)}`;
    assert.deepEqual(askedUser(dataset, `train:${u}`), askedUser(dataset, name));
    assert.equal(askedUser(dataset, `train:${u}`).user, name);
    const known = { ...dataset, userIds: userIds! };
    assert.deepEqual(askedUser(known, `train:${u}`), askedUser(known, user));
  });
}

Deno.test("without ids of its own, a data set has users by split and place", () => {
  const dataset = synthetic({ users: 300, interests: 10, itemsPerInterest: 40 });
  assert.deepEqual(askedUser(dataset, "test:2").history, [...itemsOf(dataset.test, 2)]);
  for (const name of ["2", "test:02", "test:00", "test:", "test:1e1", " test:2", "test:2\n"]) {
    assert.throws(() => askedUser(dataset, name), /no such user.*from test:0 to test:\d+/, name);
  }
});

Deno.test("an item without a label is asked for by its number, or as it is printed", () => {
  const { labels: _, ...dataset }: Dataset = synthetic({
    users: 300,
    interests: 10,
    itemsPerInterest: 40,
  });
  const most = dataset.itemCount;
  const { history } = askedHistory(dataset, [5, 5n, "5", itemLabel(dataset, 5), `item ${most}`]);
  assert.deepEqual(history, [5, 5, 5, 5, most]);
  const none = ["5.0", "1e1", "0x7", "05", " 5", "", "0", "-1", "item 05", "item  5", "Item 5"];
  for (const name of [...none, String(most + 1), `item ${most + 1}`, "5\n"]) {
    assert.throws(() => askedHistory(dataset, [name]), /no such item.*numbered 1 to /, name);
  }
});
