import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { exists, sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { inFolder } from "../testing/in_folder.ts";
import { download } from "./download.ts";
import { type ManifestEntry, manifestEntry } from "./manifest.ts";
import { obtain } from "./obtain.ts";
import type { Places } from "./sources.ts";
import { type Patience } from "./transfer.ts";

function sequenceText(length: number): string {
  const random = new Random(1);
  const line = () => Array.from({ length }, () => random.below(20)).join(" ");
  return Array.from({ length: 50 }, line).join("\n");
}

const RIGHT = sequenceText(8);

interface Bench {
  readonly url: string;
  readonly places: Places;
  readonly said: string[];
  /** the data set of 400 behaviours that the address should give */
  obtain(split?: string): ReturnType<typeof obtain>;
  downloads(): string[];
}

/** Runs a test with a data set that is downloaded from a server of its own. */
function withServer(
  answer: (request: Request) => Response | Promise<Response>,
  test: (bench: Bench) => Promise<void>,
  patience?: Patience,
): Promise<void> {
  return inFolder(async (folder) => {
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
    const url = `http://127.0.0.1:${server.addr.port}/file`;
    const [cache, downloads] = [join(folder, "cache"), join(folder, "downloads")];
    const registered = await manifestEntry("books-maerec");
    const entry: ManifestEntry = {
      ...registered,
      counts: { users: 50, items: 20, behaviours: 400 },
      hash: undefined,
      files: [{ name: "file.txt", format: "sequences", url }],
    };
    const said: string[] = [];
    const places = { cache, downloads, folders: [] };
    const options = { entry, places, ...patience && { patience } };
    try {
      await test({
        url,
        places,
        said,
        obtain: (split) =>
          obtain(entry.name, { ...options, split, say: (text) => said.push(text) }),
        downloads: () => [...Deno.readDirSync(downloads)].map(({ name }) => name).sort(),
      });
    } finally {
      await server.shutdown();
    }
  });
}

const hashes = (places: Places) => join(places.downloads, "hashes.json");

Deno.test("a download is recorded once its numbers are right, and read only once", () =>
  withServer(() => new Response(RIGHT), async ({ url, places, obtain, downloads }) => {
    const dataset = await obtain();
    assert.equal(dataset.itemCount, 20);
    assert.equal(dataset.report!.source, join(places.downloads, "file.txt"));
    assert.deepEqual(JSON.parse(await Deno.readTextFile(hashes(places))), { [url]: sha256(RIGHT) });
    assert.deepEqual(downloads(), ["file.txt", "hashes.json"]);
    assert.equal((await obtain()).hash, dataset.hash);
  }));

Deno.test("a page, half a file, another file: refused, and nothing of it is kept", async () => {
  const html = { headers: { "content-type": "text/html" } };
  const wrong: [() => Response, RegExp][] = [
    [() => new Response("<!doctype html><p>Log in</p>", html), /an HTML page, not the file/],
    [() => new Response("<!doctype html><p>Log in</p>"), /this is an HTML page/],
    [() => new Response(RIGHT.slice(0, 500)), /not the registered data: it has/],
    [() => new Response(sequenceText(7)), /350 behaviours, not the known 50 users/],
    [() => new Response(""), /empty file/],
  ];
  for (const [answer, message] of wrong) {
    let isRight = false;
    await withServer(() => isRight ? new Response(RIGHT) : answer(), async (bench) => {
      await assert.rejects(() => bench.obtain(), message);
      assert.deepEqual(bench.downloads(), []);
      assert.equal(await exists(bench.places.cache), false);
      isRight = true; // which no earlier try has made impossible
      assert.equal((await bench.obtain()).itemCount, 20);
    });
  }
});

Deno.test("the right file stays where a recorded hash is wrong, and the record is corrected", () =>
  withServer(() => new Response(RIGHT), async ({ url, places, said, obtain }) => {
    await Deno.mkdir(places.downloads);
    for (const record of [JSON.stringify({ [url]: "0".repeat(64) }), "{", "[1]"]) {
      await Deno.writeTextFile(hashes(places), record);
      await Deno.remove(join(places.downloads, "file.txt")).catch(() => {});
      await Deno.remove(places.cache, { recursive: true }).catch(() => {});
      assert.equal((await obtain()).itemCount, 20);
      assert.deepEqual(JSON.parse(await Deno.readTextFile(hashes(places))), {
        [url]: sha256(RIGHT),
      });
    }
    assert.equal(said.length, 1);
    assert.match(said[0]!, /hashes\.json had another sha256 of file\.txt, which is right/);
  }));

Deno.test("a download that is damaged later is fetched again", () =>
  withServer(() => new Response(RIGHT), async ({ places, said, obtain }) => {
    await Deno.mkdir(places.downloads);
    for (const damaged of [sequenceText(7), "1,2\n", RIGHT.slice(0, 99)]) {
      await Deno.writeTextFile(join(places.downloads, "file.txt"), damaged);
      await Deno.remove(places.cache, { recursive: true }).catch(() => {});
      assert.equal((await obtain()).itemCount, 20);
      assert.match(said.at(-1)!, /file\.txt.*; it is fetched again\.$/);
    }
  }));

const BYTES = new TextEncoder().encode(RIGHT);

/** The right file, or what lacks of it. */
function answerRanges({ headers }: Request): Response {
  const from = Number(/\d+/.exec(headers.get("range") ?? "0")![0]);
  return new Response(BYTES.slice(from), {
    status: from > 0 ? 206 : 200,
    headers: { etag: '"1"', "content-range": `bytes ${from}-${BYTES.length - 1}/${BYTES.length}` },
  });
}

/** Writes what an earlier download left. */
async function beginning(places: Places, change: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  const part = join(places.downloads, "file.txt.part");
  await Deno.writeFile(part, change(BYTES.slice(0, 300)));
  await Deno.writeTextFile(`${part}.version`, `"1"\n${BYTES.length}`);
}

Deno.test("a damaged part is fetched again once, from its beginning", () => {
  const ranges: (string | null)[] = [];
  const answer = (request: Request) => {
    ranges.push(request.headers.get("range"));
    return answerRanges(request);
  };
  return withServer(answer, async ({ places, said, obtain }) => {
    await Deno.mkdir(places.downloads);
    await beginning(places, (bytes) => bytes.fill(65, 100, 200));
    assert.equal((await obtain()).itemCount, 20);
    assert.deepEqual(ranges, ["bytes=300-", null]);
    assert.match(said[0]!, /file\.txt is damaged.*fetched again/);
  });
});

Deno.test("a split that the data does not allow costs no download, whole or begun", async () => {
  const noTimes = /downloads.file\.txt: a split by time of data without times/;
  for (const begun of [false, true]) {
    let requests = 0;
    const answer = (request: Request) => {
      requests++;
      return answerRanges(request);
    };
    await withServer(answer, async ({ places, said, obtain, downloads }) => {
      await Deno.mkdir(places.downloads);
      if (begun) await beginning(places, (bytes) => bytes);
      await assert.rejects(() => obtain("time"), noTimes);
      assert.deepEqual(downloads(), ["file.txt", "hashes.json"]);
      await assert.rejects(() => obtain("time:2030-01-01,2031-01-01"), noTimes);
      await Deno.remove(places.cache, { recursive: true });
      await assert.rejects(() => obtain("time"), noTimes);
      assert.equal((await obtain()).itemCount, 20);
      assert.equal((await obtain("leave-last-out")).split, "leave-last-out");
      assert.equal(requests, 1);
      assert.deepEqual(said, []);
    });
  }
});

Deno.test("a wrong file is refused as such, whatever split is asked for", async () => {
  for (const split of ["time", "leave-last-out"]) {
    await withServer(() => new Response(sequenceText(7)), async ({ obtain, downloads }) => {
      await assert.rejects(() => obtain(split), /350 behaviours, not the known 50 users/);
      assert.deepEqual(downloads(), []);
    });
  }
});

Deno.test("a download that cannot be read just now stays", () =>
  withServer(() => new Response(RIGHT), async ({ places, obtain, downloads }) => {
    const open = Deno.open;
    let isRefused = true;
    Deno.open = (path, options) =>
      isRefused && String(path).endsWith(".part") && !options?.write
        ? Promise.reject(new Error("Too many open files (os error 24)"))
        : open(path, options);
    try {
      await assert.rejects(() => obtain(), /file\.txt\.part: cannot be read: too many files/);
      assert.deepEqual(downloads(), ["file.txt.part", "file.txt.part.version"]);
      isRefused = false;
      assert.equal((await obtain()).report!.source, join(places.downloads, "file.txt"));
    } finally {
      Deno.open = open;
    }
  }));

Deno.test("a server that says nothing is named, then given up; the part stays", async () => {
  for (const sends of [0, 300]) {
    let hold = Promise.withResolvers<void>();
    const answer = async () => {
      if (sends === 0) await hold.promise;
      const body = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode(RIGHT.slice(0, sends)));
          await hold.promise;
          controller.close();
        },
      });
      return new Response(body, { headers: { etag: '"1"' } });
    };
    await withServer(answer, async ({ places, said, obtain }) => {
      try {
        await assert.rejects(
          () => obtain(),
          /the transfer broke off: "no byte for 1\.5 s".*goes on/,
        );
      } finally {
        hold.resolve();
        hold = Promise.withResolvers();
      }
      assert.match(said[0]!, /^No byte from 127\.0\.0\.1:\d+ for 0\.1 s: waiting, 1\.5 s at most/);
      const part = join(places.downloads, "file.txt.part");
      assert.equal(await exists(part) ? (await Deno.stat(part)).size : 0, sends);
    }, { silence: 100, limit: 1500 });
  }
});

Deno.test("addresses that are not safe are not asked, nor followed", () =>
  inFolder(async (folder) => {
    const to = join(folder, "file");
    for (const url of ["file:///etc/passwd", "http://example.org/a", "data:,a", "ftp://a/b"]) {
      await assert.rejects(() => download(url, to), /not an address that begins with https/);
    }
    const to302 = (location: string) => () =>
      new Response(null, { status: 302, headers: { location } });
    const onAndOn = ({ url }: Request) =>
      new Response(null, { status: 302, headers: { location: `${url}x` } });
    const leads: [(request: Request) => Response, RegExp][] = [
      [to302("file:///x"), /it leads to an unsafe address: "file:\/\/\/x"/],
      [to302("http://"), /it leads to an unsafe address: "http:\/\/"/],
      [to302("https://[::"), /it leads to an unsafe address: "https:\/\/\[::"/],
      [onAndOn, /it leads on and on/],
    ];
    for (const [answer, message] of leads) {
      await withServer(answer, async ({ url }) => {
        await assert.rejects(
          () => download(url, to),
          (error: Error) => error instanceof BadInput && message.test(error.message),
        );
      });
    }
  }));
