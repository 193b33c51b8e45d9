/**
 * From a public file to the data set, by a server of our own: with small files always, with the
 * registered ones where they are at hand.
 */
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { gunzipSync, strToU8, zipSync } from "fflate";
import { BadInput } from "../base/bad_input.ts";
import { exists, sha256 } from "../base/files.ts";
import { basename, join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { study, studyNames } from "../results/study.ts";
import { type FileServer, withFileServer } from "../testing/file_server.ts";
import { inFolder } from "../testing/in_folder.ts";
import { exportComirec } from "./comirec_format.ts";
import type { Dataset } from "./interactions.ts";
import { data } from "./load.ts";
import { type ManifestEntry, manifestEntry } from "./manifest.ts";
import { obtain } from "./obtain.ts";
import { type Places, places } from "./sources.ts";

const random = new Random(1);
const SEQUENCES = Array.from(
  { length: 60 },
  () => Array.from({ length: 10 }, () => random.below(30)),
);

/** A pickle of protocol 2 of lists of small integers. */
function pickled(lists: readonly number[][]): Uint8Array<ArrayBuffer> {
  const list = (items: readonly number[]) => [0x5d, 0x28, ...items.flatMap((i) => [0x4b, i]), 0x65];
  return Uint8Array.from([0x80, 2, 0x5d, 0x28, ...lists.flatMap(list), 0x65, 0x2e]);
}

const encoded = (text: string) => new Uint8Array(strToU8(text));
const inLines = (from: number, end?: number) =>
  encoded(SEQUENCES.map((items, u) => `${u} ${items.slice(from, end).join(" ")}\n`).join(""));
const inter = (from: number, end?: number) =>
  encoded(
    "user_id:token\titem_id:token\n" +
      SEQUENCES.flatMap((items, u) => items.slice(from, end).map((i) => `${u}\t${i}\n`)).join(""),
  );

/** The same sequences in the three forms that public files have, by path. */
const SMALL: Readonly<Record<string, { format: string; files: Record<string, Uint8Array> }>> = {
  pickle: { format: "pickled-sequences", files: { "/a/tst": pickled(SEQUENCES) } },
  zip: {
    format: "recbole-zip",
    files: {
      "/b/x.zip": zipSync({ "x.train.inter": inter(0, 8), "x.test.inter": inter(8) }),
    },
  },
  folder: {
    format: "train-and-test",
    files: { "/c/train.txt": inLines(0, 8), "/c/test.txt": inLines(8) },
  },
};

/** A registered data set of one of the three forms. */
async function entryOf(form: string): Promise<ManifestEntry> {
  const { format, files } = SMALL[form]!;
  const parts = Object.entries(files).map(([path, bytes]) => ({
    name: basename(path),
    url: `https://files.example${path}`,
    sha256: sha256(bytes),
  }));
  const [{ url, sha256: hash }] = parts as [typeof parts[number]];
  return {
    ...await manifestEntry("books-maerec"),
    counts: { users: 60, items: 30, behaviours: 600 },
    hash: undefined,
    files: [
      parts.length > 1
        ? { name: "set", format, parts }
        : { name: `set-${form}`, format, url, sha256: hash },
    ],
  };
}

/** Runs a test with a server in place of the sources' own. */
async function withMirror(
  use: (server: FileServer, where: Places, said: string[]) => Promise<void>,
): Promise<void> {
  await inFolder((folder) =>
    withFileServer(async (server) => {
      for (const { files } of Object.values(SMALL)) {
        for (const [path, bytes] of Object.entries(files)) {
          server.files.set(path, new Uint8Array(bytes));
        }
      }
      const where = {
        cache: join(folder, "cache"),
        downloads: join(folder, "downloads"),
        folders: [],
      };
      const before = Deno.env.get("REMI_MIRROR");
      Deno.env.set("REMI_MIRROR", server.address);
      try {
        await use(server, where, []);
      } finally {
        if (before === undefined) Deno.env.delete("REMI_MIRROR");
        else Deno.env.set("REMI_MIRROR", before);
      }
    })
  );
}

/** With a server that says nothing; others have the usual one. */
const impatience = { silence: 50, limit: 300 };

Deno.test("three forms give one data set, and a fault leaves nothing half-written", async () => {
  const faults: [NonNullable<FileServer["fault"]>, RegExp][] = [
    ["cut", /the transfer broke off.*Run it again: it goes on from there/],
    ["wrong byte", /not the file that was expected \(sha256 .*What was downloaded is removed/],
    ["short", /not the file that was expected/],
    ["silent", /the transfer broke off: "no byte for 0\.3 s"/],
    ["missing", /404/],
  ];
  const hashes = new Set<string>();
  for (const form of Object.keys(SMALL)) {
    await withMirror(async (server, where, said) => {
      const entry = await entryOf(form);
      const options = { entry, places: where, say: (text: string) => said.push(text) };
      for (const [fault, message] of faults) {
        server.fault = fault;
        await assert.rejects(
          () =>
            obtain(entry.name, { ...options, ...fault === "silent" && { patience: impatience } }),
          (error: Error) =>
            error instanceof BadInput && message.test(error.message) &&
            /By hand: save https:\/\/files\.example\/\S+ as \S+, and run/.test(error.message),
          `${form} ${fault}`,
        );
        assert.equal(await exists(where.cache), false);
      }
      server.fault = "moved";
      const dataset = await obtain(entry.name, options);
      hashes.add(dataset.hash);
      const { length } = server.asked;
      assert.equal((await obtain(entry.name, options)).hash, dataset.hash);
      assert.equal(server.asked.length, length, "it is fetched once");
      const left = [...Deno.readDirSync(where.downloads)].map(({ name }) => name);
      assert.ok(!left.some((name) => /part|lock/.test(name)), left.join(" "));
    });
  }
  assert.equal(hashes.size, 1);
});

Deno.test("what a cut connection brought is gone on with", () =>
  withMirror(async (server, where) => {
    const entry = await entryOf("zip");
    const options = { entry, places: where, say: () => {} };
    server.fault = "cut";
    await assert.rejects(() => obtain(entry.name, options), /broke off/);
    server.fault = undefined;
    await obtain(entry.name, options);
    const half = Math.ceil(server.files.get("/b/x.zip")!.length / 2);
    assert.deepEqual(server.asked, ["/b/x.zip 0", `/b/x.zip ${half}`]);
  }));

Deno.test("two that want one data set fetch it once", () =>
  withMirror(async (server, where) => {
    const entry = await entryOf("folder");
    const options = { entry, places: where, say: () => {} };
    const both = await Promise.all([1, 2].map(() => obtain(entry.name, options)));
    assert.equal(both[0]!.hash, both[1]!.hash);
    assert.deepEqual(server.asked.toSorted(), ["/c/test.txt 0", "/c/train.txt 0"]);
  }));

Deno.test("without a network it is said what to do, and a file placed by hand will do", () =>
  withMirror(async (_server, where) => {
    const entry = await entryOf("folder");
    const options = { entry, places: where, say: () => {} };
    Deno.env.set("REMI_MIRROR", "http://127.0.0.1:1"); // where nobody answers
    await assert.rejects(
      () => obtain(entry.name, options),
      /the server cannot be reached.*Check the connection.*By hand: save https:.*train\.txt as/s,
    );
    const folder = join(where.downloads, "set");
    for (const [path, bytes] of Object.entries(SMALL.folder!.files)) {
      await Deno.writeFile(join(folder, basename(path)), bytes);
    }
    assert.equal((await obtain(entry.name, options)).report!.source, folder);
    Deno.env.set("REMI_MIRROR", "http://example.org");
    await Deno.remove(folder, { recursive: true });
    await Deno.remove(where.cache, { recursive: true });
    await assert.rejects(() => obtain(entry.name, options), /REMI_MIRROR: no safe address/);
  }));

const gunzipped = (bytes: Uint8Array) => new TextDecoder().decode(gunzipSync(bytes));

/** The folder with the registered public files, if it and what is made of them are at hand. */
function rawFiles(): string | undefined {
  const made = [
    "retailrocket_comirec",
    "maerec_retailrocket.seq.txt.gz",
    "maerec_books.seq.txt.gz",
  ];
  const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
  const folder = places().folders.find((folder) =>
    ["raw", ...made].every((name) => isThere(join(folder, name)))
  );
  return folder === undefined ? undefined : join(folder, "raw");
}

/** Under which names they lie there, by the end of their address. */
const RAW: Readonly<Record<string, string>> = {
  "/datasets/retailrocket/tst": "maerec_retailrocket_tst.pkl",
  "/datasets/books/tst": "maerec_books_tst.pkl",
  "/Data/gowalla.zip": "fpsr_gowalla.zip",
  "/Data/amazon-book/train.txt": "kgat_train.txt",
  "/Data/amazon-book/test.txt": "kgat_test.txt",
};

const raw = rawFiles();

Deno.test({
  name: "each registered public file gives the recorded data set" +
    (raw === undefined
      ? " (skipped: no folder raw beside the data in REMI_DATA or ../shared/data)"
      : ""),
  ignore: raw === undefined,
  fn: () =>
    withMirror(async (server, where) => {
      const names = [
        "retailrocket-comirec",
        "retailrocket-maerec",
        "books-maerec",
        "gowalla-lightgcn",
        "books-kgat",
      ];
      const got: Record<string, Dataset> = {};
      for (const name of names) {
        const entry = await manifestEntry(name);
        const addresses = entry.files.flatMap(({ url, parts = [] }) => [
          ...(url === undefined ? [] : [url]),
          ...parts.map((part) => part.url),
        ]);
        for (const url of addresses) {
          const { pathname } = new URL(url);
          const [, file] = Object.entries(RAW).find(([end]) => pathname.endsWith(end))!;
          server.files.set(pathname, await Deno.readFile(join(raw!, file)));
        }
        const options = { places: where, say: () => {} };
        server.fault = "cut"; // what is at hand already is not asked for
        const first = await obtain(name, options).catch((error: Error) => error);
        if (first instanceof Error) assert.match(first.message, /broke off/);
        server.fault = undefined;
        got[name] = await obtain(name, options).catch(() => obtain(name, options));
        const recorded = studyNames.includes(name)
          ? study(name).hash
          : (await data(name, { say: () => {}, places: { ...places(), cache: where.cache } })).hash;
        assert.equal(got[name].hash, recorded, name);
      }
      const there = join(raw!, "..", "retailrocket_comirec");
      const folder = join(where.cache, "export");
      await exportComirec(got["retailrocket-comirec"]!, folder);
      for (const split of ["train", "valid", "test"]) {
        const [ours, theirs] = await Promise.all([
          Deno.readTextFile(join(folder, `retailrocket-comirec_${split}.txt`)),
          Deno.readFile(join(there, `retailrocket_${split}.txt.gz`)).then(gunzipped),
        ]);
        assert.ok(ours === theirs, `the official code's ${split} users, byte for byte`);
      }
    }),
});
