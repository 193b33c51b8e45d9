import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { exists, sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { brokenAfter } from "../testing/file_server.ts";
import { download } from "./download.ts";

/** How the server of a test behaves; a test changes it between downloads. */
interface Behaviour {
  content: Uint8Array<ArrayBuffer>;
  etag?: string;
  ranges: boolean;
  /** sends this many bytes of a body only */
  breakAfter?: number;
  status?: number;
  /** what it answers in place of all this */
  answer?: (request: Request) => Response | undefined;
  /** what it waits for before it answers */
  held?: Promise<void>;
}

async function withServer(
  run: (
    server: Behaviour,
    url: string,
    to: string,
    requests: (string | null)[],
  ) => Promise<void>,
): Promise<void> {
  const random = new Random(1);
  const content = Uint8Array.from({ length: 300_000 }, () => random.below(256));
  const behaviour: Behaviour = { content, etag: '"one"', ranges: true };
  const requests: (string | null)[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      requests.push(request.headers.get("range"));
      await behaviour.held;
      return behaviour.answer?.(request) ?? respond(request, behaviour);
    },
  );
  const folder = await Deno.makeTempDir();
  try {
    const to = join(folder, "downloads", "file.gz");
    await run(behaviour, `http://127.0.0.1:${server.addr.port}/file.gz`, to, requests);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

function respond(request: Request, behaviour: Behaviour): Response {
  const { content, etag, ranges, breakAfter, status } = behaviour;
  if (status !== undefined) return new Response("no", { status });
  const headers = new Headers(etag === undefined ? {} : { etag });
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? NaN);
  const partial = ranges && !Number.isNaN(start) && request.headers.get("if-range") === etag;
  if (partial && start >= content.length) {
    headers.set("content-range", `bytes */${content.length}`);
    return new Response(null, { status: 416, headers });
  }
  const body = content.subarray(partial ? start : 0);
  headers.set("content-length", String(body.length));
  if (partial) {
    headers.set("content-range", `bytes ${start}-${content.length - 1}/${content.length}`);
  }
  return new Response(broken(body, breakAfter), { status: partial ? 206 : 200, headers });
}

/** A body that stops early if so asked. */
function broken(body: Uint8Array<ArrayBuffer>, after: number | undefined): BodyInit {
  if (after === undefined) return body;
  return brokenAfter(body.subarray(0, after));
}

async function rejects(run: () => Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(
    run,
    (error: Error) => error instanceof BadInput && message.test(error.message),
    String(message),
  );
}

Deno.test("a download arrives whole, and its hash is recorded", () =>
  withServer(async (server, url, to) => {
    const seen: [number, number][] = [];
    await download(url, to, { progress: (bytes, total) => seen.push([bytes, total]) });
    assert.deepEqual(await Deno.readFile(to), server.content);
    assert.deepEqual(seen.at(-1), [300_000, 300_000]);
    const record = JSON.parse(await Deno.readTextFile(join(to, "..", "hashes.json")));
    assert.deepEqual(record, { [url]: sha256(server.content) });
    assert.equal(await exists(`${to}.part`), false);
    // the same address with another content later
    server.content = server.content.map((byte) => byte ^ 1);
    await rejects(() => download(url, to), /not the file that was expected/);
  }));

Deno.test("a transfer that broke off goes on where it stopped", () =>
  withServer(async (server, url, to, requests) => {
    server.breakAfter = 100_000;
    await rejects(() => download(url, to), /the transfer broke off/);
    assert.equal(await exists(to), false);
    const have = (await Deno.stat(`${to}.part`)).size;
    assert.ok(have > 0 && have < 300_000);
    delete server.breakAfter;
    await download(url, to, { sha256: sha256(server.content) });
    assert.deepEqual(requests, [null, `bytes=${have}-`]);
    assert.deepEqual(await Deno.readFile(to), server.content);
  }));

Deno.test("a server without ranges, or one whose file has changed, sends it anew", async () => {
  for (const change of ["no ranges", "other file", "no version"]) {
    await withServer(async (server, url, to) => {
      if (change === "no version") delete server.etag;
      server.breakAfter = 100_000;
      await rejects(() => download(url, to), /the transfer broke off/);
      delete server.breakAfter;
      if (change === "no ranges") server.ranges = false;
      if (change === "other file") {
        server.etag = '"two"';
        server.content = server.content.map((byte) => byte ^ 1);
      }
      await download(url, to);
      assert.deepEqual(await Deno.readFile(to), server.content, change);
    });
  }
});

Deno.test("a part that is whole already is only verified", () =>
  withServer(async (server, url, to, requests) => {
    await Deno.mkdir(join(to, ".."));
    await Deno.writeFile(`${to}.part`, server.content);
    await Deno.writeTextFile(`${to}.part.version`, '"one"');
    await download(url, to);
    assert.deepEqual(requests, ["bytes=300000-"]);
    assert.deepEqual(await Deno.readFile(to), server.content);
  }));

Deno.test("a part that is longer than the file is started anew", () =>
  withServer(async (server, url, to, requests) => {
    await Deno.mkdir(join(to, ".."));
    await Deno.writeFile(`${to}.part`, new Uint8Array(300_001));
    await Deno.writeTextFile(`${to}.part.version`, '"one"');
    await download(url, to);
    assert.deepEqual(requests, ["bytes=300001-", null]);
    assert.deepEqual(await Deno.readFile(to), server.content);
  }));

/** A server's wrong answers to what goes on, and to everything. */
const wrongAnswers: Record<string, (content: Uint8Array<ArrayBuffer>) => Response> = {
  "416": () => new Response(null, { status: 416 }),
  "416 of another size": () =>
    new Response(null, { status: 416, headers: { "content-range": "bytes */7" } }),
  "206 without a range": (content) => new Response(content.slice(5), { status: 206 }),
  "206 of another place": (content) =>
    new Response(content.slice(5), {
      status: 206,
      headers: { "content-range": `bytes 5-299999/300000` },
    }),
  "206 of a file of another size": (content) =>
    new Response(content.slice(100_000, 200_000), {
      status: 206,
      headers: { "content-range": `bytes 100000-199999/200000` },
    }),
  "206 of less than the rest": (content) =>
    new Response(content.slice(100_000, 200_000), {
      status: 206,
      headers: { "content-range": `bytes 100000-199999/300000` },
    }),
  "206 that is no number": (content) =>
    new Response(content.slice(5), { status: 206, headers: { "content-range": "bytes all" } }),
};

async function withPart(to: string, content: Uint8Array): Promise<void> {
  await Deno.mkdir(join(to, ".."), { recursive: true });
  await Deno.writeFile(`${to}.part`, content.subarray(0, 100_000));
  await Deno.writeTextFile(`${to}.part.version`, '"one"\n300000');
}

Deno.test("a wrong answer to a resumption is followed by one request for the whole", async () => {
  for (const [name, wrong] of Object.entries(wrongAnswers)) {
    await withServer(async (server, url, to, requests) => {
      await withPart(to, server.content);
      server.answer = (request) => request.headers.has("range") ? wrong(server.content) : undefined;
      await download(url, to);
      assert.deepEqual(requests, ["bytes=100000-", null], name);
      assert.deepEqual(await Deno.readFile(to), server.content, name);
    });
  }
});

Deno.test("a server that answers wrongly again and again ends in an error", async () => {
  for (const [name, wrong] of Object.entries(wrongAnswers)) {
    await withServer(async (server, url, to, requests) => {
      server.answer = () => wrong(server.content);
      const message = /the whole file with a piece: "(416|206) .* --from/;
      await rejects(() => download(url, to), message);
      assert.deepEqual(requests, [null], name);
      await withPart(to, server.content);
      await rejects(() => download(url, to), message);
      assert.deepEqual(requests, [null, "bytes=100000-", null], name);
      assert.equal(await exists(to), false);
      assert.equal(await exists(`${to}.lock`), false);
    });
  }
});

Deno.test("a part of a version of another size is not gone on with", () =>
  withServer(async (server, url, to, requests) => {
    await withPart(to, server.content.map((byte) => byte ^ 1));
    await Deno.writeTextFile(`${to}.part.version`, '"one"\n300001');
    await download(url, to);
    assert.deepEqual(requests, ["bytes=100000-", null]);
    assert.deepEqual(await Deno.readFile(to), server.content);
  }));

Deno.test("of two that want one file one downloads it, and the other waits and says so", () =>
  withServer(async (server, url, to, requests) => {
    const script = `
      import { download } from ${JSON.stringify(import.meta.resolve("./download.ts"))};
      await download(${JSON.stringify(url)}, ${JSON.stringify(to)}, { say: console.log });`;
    const one = () =>
      new Deno.Command(Deno.execPath(), { args: ["eval", "--no-check", script] }).output();
    const said: string[] = [];
    const waits = Promise.withResolvers<void>();
    const say = (message: string) => {
      said.push(message);
      waits.resolve();
    };
    server.held = waits.promise;
    const here = [download(url, to, { say }), download(url, to, { say })];
    await waits.promise;
    const there = await Promise.all([one(), one()]);
    await Promise.all(here);
    assert.ok(there.every(({ success }) => success));
    assert.deepEqual(said, ["Another process downloads file.gz: waiting for it."]);
    // those that came when it was there have downloaded it anew, as they were asked to
    assert.ok(requests.length < 4 && requests.every((range) => range === null));
    assert.deepEqual([...Deno.readDirSync(join(to, ".."))].map(({ name }) => name).sort(), [
      "file.gz",
      "hashes.json",
    ]);
  }));

Deno.test("downloads into one folder at once are all recorded", () =>
  withServer(async (server, url, to) => {
    const names = ["a", "b", "c", "d"];
    await Promise.all(names.map((name) => download(`${url}?${name}`, `${to}-${name}`)));
    const record = JSON.parse(await Deno.readTextFile(join(to, "..", "hashes.json")));
    const hash = sha256(server.content);
    assert.deepEqual(record, Object.fromEntries(names.map((name) => [`${url}?${name}`, hash])));
  }));

Deno.test("a file whose hash is the expected one stays, whatever its check says", () =>
  withServer(async (server, url, to, requests) => {
    const check = () => Promise.reject(new BadInput("unusable", "check", 1, "Mend the check."));
    const given = { sha256: sha256(server.content), check };
    await rejects(() => download(url, to, given), /check: unusable/);
    assert.equal((await Deno.stat(`${to}.part`)).size, 300_000);
    await rejects(() => download(url, to, given), /check: unusable/);
    assert.deepEqual(requests, [null, "bytes=300000-"]); // not damaged: not fetched again
    await download(url, to, { sha256: given.sha256 });
    assert.deepEqual(await Deno.readFile(to), server.content);
  }));

Deno.test("a wrong hash, a refusal, and no server are said; nothing false is left", () =>
  withServer(async (server, url, to) => {
    await rejects(() => download(url, to, { sha256: "0".repeat(64) }), /not the file .* removed/);
    assert.equal(await exists(to), false);
    assert.equal(await exists(`${to}.part`), false);
    server.status = 404;
    await rejects(() => download(url, to), /the server refuses: "404 /);
    await rejects(() => download("http://127.0.0.1:1/x", to), /the server cannot be reached/);
  }));
