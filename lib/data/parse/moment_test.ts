import assert from "node:assert/strict";
import { momentOf } from "./moment.ts";

const at = (iso: string) => Date.parse(iso);

Deno.test("every accepted notation is the moment that it says", () => {
  const moments: [text: string, iso: string][] = [
    ["2017-08-25", "2017-08-25T00:00:00Z"],
    ["2017/8/5", "2017-08-05T00:00:00Z"],
    ["2017-08-25 13:55", "2017-08-25T13:55:00Z"],
    ["2014-12-06 02", "2014-12-06T02:00:00Z"], // Tianchi's hours
    ["2017-08-25T13:55:02Z", "2017-08-25T13:55:02Z"],
    ["2017-08-25T13:55:02.5+02:00", "2017-08-25T11:55:02.500Z"],
    ["2017-08-25 13:55:02 UTC", "2017-08-25T13:55:02Z"],
    ["2017-08-25 13:55:02,123", "2017-08-25T13:55:02.123Z"],
    ["2017-08-25 01:55:02 PM", "2017-08-25T13:55:02Z"],
    ["2017-08-25 12:05:00 AM", "2017-08-25T00:05:00Z"],
    ["2017-08-25 24:00", "2017-08-26T00:00:00Z"],
    ["20170825T135502Z", "2017-08-25T13:55:02Z"],
    ["20170825T135502-0700", "2017-08-25T20:55:02Z"],
    ["25.08.2017 13:55", "2017-08-25T13:55:00Z"],
    ["25/08/2017 13:55", "2017-08-25T13:55:00Z"],
    ["08/25/2017 1:55 PM", "2017-08-25T13:55:00Z"],
    ["25-08-2017", "2017-08-25T00:00:00Z"],
    ["Fri, 25 Aug 2017 13:55:02 -0700", "2017-08-25T20:55:02Z"],
    ["25 Aug 2017 13:55:02 EST", "2017-08-25T18:55:02Z"],
    ["25-Aug-2017", "2017-08-25T00:00:00Z"],
    ["Fri Aug 25 13:55:02 -0700 2017", "2017-08-25T20:55:02Z"],
    ["Fri Aug 25 13:55:02 +0000 2017", "2017-08-25T13:55:02Z"],
    ["Fri Aug 25 13:55:02 2017", "2017-08-25T13:55:02Z"],
    ["Tue Aug  1 13:55:02 UTC 2017", "2017-08-01T13:55:02Z"],
    ["Fri Aug 25 2017 13:55:02 GMT-0700 (Pacific Daylight Time)", "2017-08-25T20:55:02Z"],
    ["August 25, 2017", "2017-08-25T00:00:00Z"],
    ["September 13, 2020 at 12:26 PM", "2020-09-13T12:26:00Z"],
    ["Sept 1, 2017", "2017-09-01T00:00:00Z"],
    ["06 3, 2014", "2014-06-03T00:00:00Z"],
    ["0001-01-01 00:00:00", "0001-01-01T00:00:00Z"],
  ];
  for (const [text, iso] of moments) {
    const moment = momentOf(text);
    assert.ok(typeof moment === "object", `${text}: ${moment}`);
    assert.equal(moment.time, at(iso), text);
  }
});

Deno.test("what is no moment is refused for its reason", () => {
  const reasons: [text: string, reason: RegExp][] = [
    ["2017-02-30", /no such date/],
    ["2017-13-01", /no such date/],
    ["2017-02-29", /no such date/],
    ["31/31/2017", /no such date/],
    ["0000-00-00 00:00:00", /no such date/],
    ["13 40, 2014", /no such date/],
    ["Mon, 25 Aug 2017 13:55:02 +0000", /not on that day of the week/],
    ["2017-08-25 25:00", /no such time of day/],
    ["2017-08-25 13:60", /no such time of day/],
    ["2017-08-25 13:05 PM", /no such time of day/],
    ["2017-08-25 13:55:02 CEST", /time zone that is not known/],
    ["25/08/17", /a year of two digits/],
    ["25-Aug-17", /a year of two digits/],
    ["13:55:02", /a time of day without a date/],
    ["1,503,669,302", /commas for thousands/],
    ["1503669302,5", /decimal comma/],
    ["9".repeat(309), /a number that is too large/],
    ["-1" + "0".repeat(400), /a number that is too large/],
    ["1e400", /a number that is too large/],
    ["2017-08", /not a time/],
    ["0x10", /not a time/],
    ["Infinity", /not a time/],
  ];
  for (const [text, reason] of reasons) {
    const moment = momentOf(text);
    assert.ok(typeof moment === "string", text);
    assert.match(moment, reason, text);
  }
});

Deno.test("the last digit counts: numbers and fractions compare as they are written", () => {
  const ascending = [
    ["-2", "-1.5", "-1.499999999999999", "0", "1e-9", "0.5", "1", "1.0000000000000000001"],
    ["1503669302123456788", "1503669302123456789", "1503669302123456790", "1503669302123456790.5"],
    ["1503669302.123456788", "1503669302.123456789", "1503669302.12345679", "1.5036693022e9"],
    ["2017-08-25 13:55:02", "2017-08-25 13:55:02.0000001", "2017-08-25 13:55:02.123456788"],
    ["2017-08-25 13:55:02.123456788", "2017-08-25 13:55:02.123456789", "2017-08-25 13:55:02.1235"],
  ];
  for (const texts of ascending) {
    const moments = texts.map((text) => momentOf(text));
    for (let i = 1; i < texts.length; i++) {
      const [a, b] = [moments[i - 1]!, moments[i]!];
      assert.ok(typeof a === "object" && typeof b === "object", texts[i]!);
      assert.ok(a.time < b.time || a.time === b.time && a.finer < b.finer, texts[i]!);
    }
  }
  assert.deepEqual(momentOf("1503669302.50"), momentOf("1503669302.5"));
  assert.deepEqual(momentOf("1.4e9"), momentOf("1400000000"));
});
