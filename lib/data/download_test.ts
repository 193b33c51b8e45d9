import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { exists, sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { download } from "./download.ts";

/** How the server of a test behaves; a test changes it between downloads. */
interface Behaviour {
  content: Uint8Array<ArrayBuffer>;
  etag?: string;
  ranges: boolean;
  /** sends this many bytes of a body only */
  breakAfter?: number;
  status?: number;
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
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    requests.push(request.headers.get("range"));
    return respond(request, behaviour);
  });
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
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(body.subarray(0, after));
      await new Promise((resolve) => setTimeout(resolve, 50)); // let it be sent
      controller.close(); // before the announced length: the server cuts the connection
    },
  });
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

Deno.test("a wrong hash, a refusal, and no server are said; nothing false is left", () =>
  withServer(async (server, url, to) => {
    await rejects(() => download(url, to, { sha256: "0".repeat(64) }), /not the file .* removed/);
    assert.equal(await exists(to), false);
    assert.equal(await exists(`${to}.part`), false);
    server.status = 404;
    await rejects(() => download(url, to), /the server refuses: "404 /);
    await rejects(() => download("http://127.0.0.1:1/x", to), /the server cannot be reached/);
  }));
