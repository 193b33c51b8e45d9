import assert from "node:assert/strict";
import { parsedTable, rejects, userLines } from "../../testing/parsed.ts";

/** A table of one user whose items are a, b, c, … at some times. */
function table(...times: string[]): string {
  const cell = (time: string) => /[,\n]/.test(time) ? `"${time}"` : time;
  return "u,i,t\n" +
    times.map((time, n) => `1,${String.fromCharCode(97 + n)},${cell(time)}\n`).join("");
}

async function order(...times: string[]): Promise<string> {
  return userLines(await parsedTable(table(...times)))[0]!.slice(3);
}

Deno.test("one unit, one notation: the order is that of time", async () => {
  const ordered: [times: string[], order: string][] = [
    [["1400000002", "1400000001", "1400000000.5"], "c b a"],
    [["1400000000123", "1400000000122"], "b a"],
    [["1503669302123456789", "1503669302123456788", "1503669302123456787"], "c b a"],
    [["2017-08-25 13:55:02.000002", "2017-08-25 13:55:02.000001"], "b a"],
    [["2017-08-25T13:00:00+02:00", "2017-08-25T11:30:00Z", "2017-08-25T03:00:00-07:00"], "c a b"],
    [["Fri Aug 25 13:55:02 -0700 2017", "Fri Aug 25 20:55:01 +0000 2017"], "b a"],
    [["06 3, 2014", "12 31, 2013"], "b a"],
    [["25/08/2017", "04/09/2017", "03/10/2017", "01/09/2017"], "a d b c"],
    [["08/25/2017", "09/04/2017", "10/03/2017", "09/01/2017"], "a d b c"],
    [["12/1/2010 8:26", "1/2/2011 10:01", "12/31/2010 9:00"], "a c b"],
    [["03/03/2017", "02/02/2017"], "b a"],
    [["2017-08-26", "2017-08-25 13:55", "2017-08-25"], "c b a"],
    [["2", "1", "0"], "c b a"],
    [["45000.5", "45000.25"], "b a"],
    [["0", "90000000", "850000000", "300000000", "1300000000"], "a b d c e"], // a counter
    [["20240131", "20231231"], "b a"],
  ];
  for (const [times, expected] of ordered) {
    assert.equal(await order(...times), expected, `${times}`);
  }
});

Deno.test("what is not one thing is refused at the first line that differs", async () => {
  const seconds = ["1400000000", "1400000001"];
  const refused: [times: string[], message: RegExp][] = [
    [[...seconds, "1400000002000"], /line 4: a time that is milliseconds since 1970, where line 2/],
    [
      ["1400000002000", ...seconds],
      /line 3: a time that is seconds since 1970, where line 2 has m/,
    ],
    [[...seconds, "1400000002000000"], /line 4: .*microseconds/],
    [[...seconds, "1400000002000000000"], /line 4: .*nanoseconds/],
    [["1400000000000000", "1400000002000000000"], /line 3: .*nanoseconds.* has microseconds/],
    [[...seconds, "0"], /line 4: a time that is no date of 1973 to 2286/],
    [[...seconds, "-1"], /line 4: a time that is no date/],
    [[...seconds, "99999999999"], /line 4: a time that is no date/],
    [[...seconds, "45000.5"], /line 4: a time that is no date/],
    [["1400000000000", "20140131123000"], /line 3: a time that is no date/],
    [[...seconds, "2017-08-25"], /line 4: ISO 8601, where line 2 has another notation \(14000/],
    [["2017-08-25", "1400000000"], /line 3: a number, where line 2 has another notation/],
    [["2017-08-25", "08/25/2017"], /line 3: day\/month\/year, where line 2/],
    [["2017-08-25 10:00", "2017-08-25T10:00Z"], /line 3: ISO 8601 with a time zone, where line 2/],
    [["2017-08-25T10:00Z", "2017-08-25 10:00"], /line 3: ISO 8601, where line 2/],
    [["2017-08-25T10:00Z", "2017-08-25"], /line 3: ISO 8601, where line 2/],
    [["2017-08-25", "2017-08-25T10:00Z"], /line 3: ISO 8601 with a time zone, where line 2/],
    [["2017-08-25 1:00 PM", "2017-08-25 13:00"], /line 3: ISO 8601, where line 2/],
    [
      ["25/08/2017", "01/02/2017", "08/25/2017"],
      /line 4: day and month in another order than in l/,
    ],
    [["01/02/2017", "03/04/2017"], /line 2: day before month, or month before day\?/],
    [["2017-08-25", "2017-02-30"], /line 3: no such date in column 3: "2017-02-30"\. Accepted/],
    [["1400000000", "yesterday"], /line 3: not a time in column 3: "yesterday"/],
  ];
  for (const [times, message] of refused) {
    await rejects(() => parsedTable(table(...times)), message);
  }
});

Deno.test("equal times and dates without a time of day are told", async () => {
  const events = await parsedTable(
    table("2017-08-25", "2017-08-25", "2017-08-24", "NULL", "", "NaT"),
  );
  assert.deepEqual(userLines(events), ["1: c a b"]);
  assert.equal(events.sequences("keep").equalTimes, 1);
  assert.deepEqual(events.notes, [
    "times: all are dates without a time of day",
    "times: ISO 8601, 2017-08-24 to 2017-08-25",
  ]);
  assert.deepEqual(events.allDrops().map(({ count }) => count), [3]);
  const numbers = await parsedTable(table("874724710", "893286638"));
  assert.deepEqual(numbers.notes, ["times: seconds since 1970, 1997-09-20 to 1998-04-22"]);
});

Deno.test("dates without separators are not counted since 1970: their order counts", async () => {
  const columns = [
    ["2018060107", "2016010100"],
    ["201708251355", "199912312359"],
    ["20170825", "19991231"],
    ["20170825135502", "20170825135501"],
    ["2017082513550200", "1999123123595999"],
    ["201708251355020001", "199912312359599999"],
    ["2017082513550200001", "1999123123595999999"],
    ["2018060107.0", "2016010100.0"], // as a column with gaps is often written
    ["201708251355.25", "199912312359."],
    ["+2018060107", "+2016010100"],
  ];
  for (const times of columns) {
    for (const values of [times, times.map((time) => ` ${time}`)]) {
      const events = await parsedTable(table(...values));
      assert.deepEqual(userLines(events), ["1: b a"]);
      assert.match(
        events.notes.join(),
        /^times: numbers from \d+ to \d+; only their order counts$/,
      );
      assert.equal(events.sequences("keep").interactions.times, undefined, times[0]);
    }
  }
  const since1970 = [
    ["2016010100", "2016013200"], // a day that no month has
    ["2016010100", "1400000000"],
    ["201708251355", "201708252455"],
  ];
  for (const times of since1970) {
    const { notes } = await parsedTable(table(...times));
    assert.match(notes.join(), /^times: (milli)?seconds since 1970/);
  }
});

Deno.test("a second key orders equal times, to its last digit", async () => {
  const columns = { user: "u", item: "i", time: "t", order: "n" };
  const text = "u,i,t,n\n1,a,2017-08-25,10\n1,b,2017-08-25,9\n1,c,2017-08-24,11\n";
  assert.deepEqual(userLines(await parsedTable(text, columns)), ["1: c b a"]);
  assert.deepEqual(userLines(await parsedTable(text, { user: "u", item: "i", order: "n" })), [
    "1: b a c",
  ]);
});
