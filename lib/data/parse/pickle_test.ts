import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { BadInput } from "../../base/bad_input.ts";
import { join } from "../../base/paths.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { EventLog } from "../events.ts";
import { formatOf } from "./formats.ts";
import { unpickled } from "./pickle.ts";

/** Written by CPython's pickle.dumps, with the protocol in the name. */
const PICKLES = {
  /** [[17, 300, 70000], [1, 2]] */
  plain2: "gAJdcQAoXXEBKEsRTSwBSnARAQBlXXECKEsBSwJlZS4=",
  plain4: "gASVGwAAAAAAAABdlChdlChLEU0sAUpwEQEAZV2UKEsBSwJlZS4=",
  /** [[5, 6, numpy.int64(7)], [1, numpy.int64(300)]] */
  numpy4:
    "gASVjwAAAAAAAABdlChdlChLBUsGjBZudW1weS5fY29yZS5tdWx0aWFycmF5lIwGc2NhbGFylJOUjAVudW1weZSM" +
    "BWR0eXBllJOUjAJpOJSJiIeUUpQoSwOMATyUTk5OSv////9K/////0sAdJRiQwgHAAAAAAAAAJSGlFKUZV2UKEsBaARo" +
    "CkMILAEAAAAAAACUhpRSlGVlLg==",
  /** [[an object whose reduction is os.system("true")]] */
  evil4: "gASVJQAAAAAAAABdlF2UjAVwb3NpeJSMBnN5c3RlbZSTlIwEdHJ1ZZSFlFKUYWEu",
};

const bytesOf = (name: keyof typeof PICKLES) =>
  new Uint8Array(Buffer.from(PICKLES[name], "base64"));

Deno.test("lists of integers, plain and of numpy, come out as they went in", () => {
  for (const name of ["plain2", "plain4"] as const) {
    assert.deepEqual(unpickled(bytesOf(name), "x"), [[17, 300, 70000], [1, 2]]);
  }
  assert.deepEqual(unpickled(bytesOf("numpy4"), "x"), [[5, 6, 7], [1, 300]]);
});

Deno.test("a pickle that would call something is refused, and calls nothing", () => {
  assert.throws(
    () => unpickled(bytesOf("evil4"), "bad.pkl"),
    (error: Error) =>
      error instanceof BadInput && /bad\.pkl: .*it names posix\.system.*Nothing.*executed/
        .test(error.message),
  );
});

Deno.test("cut off anywhere, or damaged anywhere, it is a plain error or other numbers", () => {
  const whole = bytesOf("numpy4");
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => unpickled(whole.slice(0, length), "x"), BadInput, String(length));
  }
  for (let at = 0; at < whole.length; at++) {
    for (const byte of [0, 0x2e, 0x52, 0x62, 0x65, 0x68, 0x85, 0x93, 0x94, 0xff]) {
      const damaged = whole.slice();
      damaged[at] = byte;
      try {
        unpickled(damaged, "x");
      } catch (error) {
        assert.ok(error instanceof BadInput, `${at} ${byte} ${error}`);
      }
    }
  }
});

Deno.test("a pickle is a format by its first byte; what is no list of lists is refused", () =>
  inFolder(async (folder) => {
    const path = join(folder, "tst");
    await Deno.writeFile(path, bytesOf("numpy4"));
    const events = new EventLog();
    await (await formatOf(path, ["pickled-sequences"])).read(path, events);
    const { offsets, items } = events.sequences("keep").interactions;
    assert.deepEqual([...offsets], [0, 3, 5]);
    assert.deepEqual(Array.from(items, (i) => events.items.name(i)), ["5", "6", "7", "1", "300"]);
    await assert.rejects(() => formatOf(path, ["sequences"]), /tst: .*this is/);
    const wrong = [[0x80, 4, 0x4b, 1, 0x2e], [0x80, 4, 0x5d, 0x4b, 1, 0x61, 0x2e]]; // 1, [1]
    for (const bytes of wrong) {
      await Deno.writeFile(path, Uint8Array.from(bytes));
      const format = await formatOf(path, ["pickled-sequences"]);
      await assert.rejects(() => format.read(path, new EventLog()), /not a list of/);
    }
  }));
