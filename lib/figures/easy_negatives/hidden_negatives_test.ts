import assert from "node:assert/strict";
import { likedTable } from "./hidden_negatives.ts";

const squeezed = (markdown: string) => markdown.replaceAll(/ +/g, " ");

Deno.test("liked negatives by range, none hidden below the target", () => {
  const range = { share: 0.5, hidden: 1, likedOfHidden: 0.04, likedOfSeen: null };
  const far = { share: 0.5, hidden: 0.25, likedOfHidden: 0.7, likedOfSeen: 0.6 };
  const shown = squeezed(
    likedTable([{ ...range, from: -Infinity }, { ...far, from: 0 }, {
      ...far,
      from: 2,
    }]).toMarkdown(),
  );
  assert.match(shown, /\| below the target \| 50\.0 \| – \| – \| 4\.0 \|/);
  assert.match(shown, /\| above it by 0 to 2 \| 50\.0 \| 25\.0 \| 60\.0 \| 70\.0 \|/);
  assert.match(shown, /above it by more than 2/);
});
