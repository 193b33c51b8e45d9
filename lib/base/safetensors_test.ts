import assert from "node:assert/strict";
import { BadInput } from "./bad_input.ts";
import { join } from "./paths.ts";
import { openTensors, readTensors, vector, writeTensors } from "./safetensors.ts";
import { inFolder } from "../testing/in_folder.ts";

const file = {
  tensors: {
    labels: vector(new TextEncoder().encode("odd")), // 3 bytes: the others must stay aligned
    table: { values: Float32Array.of(1, NaN, -0, 1e-38, 5, 6), shape: [3, 2] },
    last: vector(Uint32Array.of(0, 2 ** 32 - 1)),
    times: vector(Float64Array.of(1e300)),
    days: vector(Int32Array.of(-1)),
    none: { values: new Float32Array(0), shape: [0, 2] },
  },
  metadata: { run: '{"a":"b\nä"}' },
};

Deno.test("tensors come back to the bit, with their shapes and texts", () =>
  inFolder(async (folder) => {
    const path = join(folder, "new", "a.safetensors");
    await writeTensors(path, file);
    const { tensors, metadata } = await readTensors(path, "");
    assert.deepEqual(tensors, file.tensors);
    assert.deepEqual(metadata, file.metadata);
    assert.deepEqual([...Deno.readDirSync(join(folder, "new"))].length, 1); // nothing left beside
  }));

Deno.test("memory that threads share is written too, in pieces", () =>
  inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const values = new Float32Array(new SharedArrayBuffer(9 << 20)).map((_, i) => i);
    await writeTensors(path, { tensors: { values: vector(values) }, metadata: {} });
    const { tensors } = await readTensors(path, "");
    assert.deepEqual(tensors.values!.values, Float32Array.from(values));
  }));

Deno.test("what was read is written and read again, whatever its names", () =>
  inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const tensors = {
      "7": vector(Float64Array.of(7)),
      none: vector(new Float64Array(0)),
      "constructor": vector(Uint8Array.of(1)),
      "\ud800": vector(Uint8Array.of(2)),
    };
    await writeTensors(path, { tensors, metadata: { "0": "a number's name", run: "" } });
    const first = await Deno.readFile(path);
    const read = await readTensors(path, "");
    assert.deepEqual(read, { tensors, metadata: { "0": "a number's name", run: "" } });
    for (const again of [read, await openTensors(path, "")]) {
      const copy = join(folder, "b.safetensors");
      await writeTensors(copy, again);
      assert.deepEqual(await readTensors(copy, ""), read);
    }
    assert.deepEqual(await Deno.readFile(path), first);
  }));

Deno.test("a name that could not be read again is not written", () =>
  inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const one = vector(Uint8Array.of(1));
    const none = { tensors: {}, metadata: {} };
    for (const name of ["__metadata__", "__proto__"]) {
      const write = () => writeTensors(path, { ...none, tensors: { [name]: one } });
      await assert.rejects(write, new RegExp(`safetensors: no name for .* arrays: .*"${name}"`));
    }
    for (const name of ["sha256", "__proto__"]) {
      const write = () => writeTensors(path, { ...none, metadata: { [name]: "hello" } });
      await assert.rejects(write, new RegExp(`safetensors: no name for .* texts: .*"${name}"`));
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("what the system does not let be read is refused as what is damaged", () =>
  inFolder(async (folder) => {
    const none = join(folder, "none.safetensors");
    for (const read of [readTensors, openTensors]) {
      await assert.rejects(() => read(none, ""), isBadInput(/cannot be read: no such file/));
      await assert.rejects(
        () => read(folder, ""),
        isBadInput(/a folder is in the place of a file/),
      );
    }
    const path = join(folder, "a.safetensors");
    await writeTensors(path, file);
    const { tensors } = await openTensors(path, "");
    await Deno.remove(path);
    const later = () => tensors.table!.values.subarray(0, 1);
    assert.throws(later, isBadInput(/a\.safetensors: cannot be read: no such file/));
  }));

function isBadInput(message: RegExp): (error: Error) => boolean {
  return (error) => error instanceof BadInput && message.test(error.message);
}

Deno.test("every way to damage a file is refused, naming it and what to do", () =>
  inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    await writeTensors(path, file);
    const bytes = await Deno.readFile(path);
    const text = new TextDecoder("latin1").decode(bytes);
    const replaced = (from: string, to: string) => {
      assert.ok(text.includes(from) && from.length === to.length, from);
      return Uint8Array.from(text.replace(from, to), (c) => c.charCodeAt(0));
    };
    const cases: readonly [Uint8Array, RegExp][] = [
      [new Uint8Array(0), /the file is cut/],
      [bytes.subarray(0, 20), /the file is cut/],
      [bytes.subarray(0, -1), /the file is cut/],
      [Uint8Array.of(...bytes, 0), /bytes after its last array: "1 bytes"/],
      [bytes.with(7, 1), /not a safetensors file/],
      [bytes.with(bytes.length - 1, 0), /was changed or damaged/],
      [replaced('"run"', '"ran"'), /was changed or damaged/],
      [replaced('"dtype":"F64"', '"dtype":"F99"'), /its header cannot be read/],
      [replaced('"sha256"', '"sha255"'), /its header cannot be read/],
      [replaced("{", "["), /its header cannot be read/],
      [replaced('"shape":[3,2]', '"shape":[4,2]'), /the place of table does not fit F32 \[4,2\]/],
    ];
    for (const [damaged, message] of cases) {
      await Deno.writeFile(path, damaged);
      await assert.rejects(() => readTensors(path, "Do this."), (error: Error) => {
        assert.ok(error instanceof BadInput, String(error.stack));
        assert.match(error.message, message);
        assert.match(error.message, /a\.safetensors: .* Do this\.$/);
        return true;
      });
    }
  }));

Deno.test("values that are not of their shape are not written", () =>
  inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    for (const shape of [[2, 2], [1.5, 2], [-1, -3]]) {
      const wrong = { values: new Float32Array(3), shape };
      await assert.rejects(writeTensors(path, { tensors: { wrong }, metadata: {} }), RangeError);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

/** Prints [3, 2] values and a text, as the safetensors package of Python reads them. */
const inPython = `
import json, sys
from safetensors import safe_open
with safe_open(sys.argv[1], framework="numpy") as f:
    print(json.dumps([f.metadata()["run"], f.get_tensor("table")[2].tolist(),
                      f.get_tensor("last").tolist(), bytes(f.get_tensor("labels")).decode()]))
`;

const python = await hasSafetensors();

Deno.test({
  name: `Python's safetensors opens a file${python ? "" : " (skipped: not installed)"}`,
  ignore: !python,
  fn: () =>
    inFolder(async (folder) => {
      const path = join(folder, "a.safetensors");
      await writeTensors(path, file);
      const { stdout } = await new Deno.Command("python3", { args: ["-c", inPython, path] })
        .output();
      const got = JSON.parse(new TextDecoder().decode(stdout));
      assert.deepEqual(got, [file.metadata.run, [5, 6], [0, 2 ** 32 - 1], "odd"]);
    }),
});

async function hasSafetensors(): Promise<boolean> {
  try {
    const args = ["-c", "import numpy, safetensors"];
    return (await new Deno.Command("python3", { args, stderr: "null" }).output()).success;
  } catch {
    return false; // no Python
  }
}
