import assert from "node:assert/strict";
import { BadInput } from "./bad_input.ts";
import { didYouMean } from "./did_you_mean.ts";
import { columnsOf, padded, shownName } from "./shown_name.ts";

Deno.test("a name is shown in one line, with what it has of control characters", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['plain "x" \\ é 日本 🎉', 'plain "x" \\ é 日本 🎉'],
    ["a\nb\tc\r", "a\\nb\\tc\\r"],
    ["\x1b[31mred\x7f\x9b", "\\u001b[31mred\\u007f\\u009b"],
    ["a\u2028b\u202ec\ud800", "a\\u2028b\\u202ec\\ud800"],
  ];
  for (const [name, shown] of cases) assert.equal(shownName(name), shown);
  const error = new BadInput(`none${didYouMean("a\nb", ["a\nbc"])}`, "x", "\x9b\u202e\n", "Try.");
  assert.equal(error.message, 'x: none, did you mean a\\nbc: "\\u009b\\u202e\\n". Try.');
});

Deno.test("columns are those of a terminal", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["", 0],
    ["abc é", 5],
    ["e\u0301", 1],
    ["\u0301", 0],
    ["日本", 4],
    ["ひらカタ한글", 12],
    ["「ー」、", 8],
    ["ｶﾀ", 2],
    ["ＡＢ", 4],
    ["🎉", 2],
    ["👨‍👩‍👧", 2],
    ["🇫🇷", 2],
    ["❤️", 2],
    ["7 © ❤ ·", 7],
    ["　￥", 4],
    ["\u200b", 0],
    ["Ελληνικά", 8],
  ];
  for (const [text, columns] of cases) assert.equal(columnsOf(text), columns, text);
  assert.equal(padded("日本", 6), "日本  ");
  assert.equal(padded("abcdef", 3), "abcdef");
});
