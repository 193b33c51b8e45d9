/** A server of files that can be made to misbehave, for tests of downloads. */

/** How it answers; a test changes it between requests. */
export interface FileServer {
  /** "http://127.0.0.1:1234" */
  readonly address: string;
  /** content by path */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  /** the paths that were asked for, with where they should begin: "/a/tst 100" */
  readonly asked: string[];
  /** what happens to the next answers; nothing if undefined */
  fault: "cut" | "wrong byte" | "short" | "silent" | "missing" | "moved" | undefined;
}

/** Runs something beside a server, which ends with it. */
export async function withFileServer<T>(use: (server: FileServer) => Promise<T>): Promise<T> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const asked: string[] = [];
  const hold = Promise.withResolvers<void>();
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
    asked.push(`${pathname} ${from}`);
    const moved = pathname.startsWith("/moved/");
    const content = files.get(moved ? pathname.slice("/moved".length) : pathname);
    if (server.fault === "missing" || !content) return new Response("no", { status: 404 });
    if (server.fault === "moved" && !moved) {
      return new Response(null, { status: 302, headers: { location: `/moved${pathname}` } });
    }
    if (server.fault === "silent") await hold.promise;
    const whole = faulty(content, server.fault);
    const headers = new Headers({
      etag: '"1"',
      "content-length": String(whole.length - from),
      "content-range": `bytes ${from}-${whole.length - 1}/${whole.length}`,
    });
    const cut = server.fault === "cut" ? Math.ceil((whole.length - from) / 2) : undefined;
    return new Response(body(whole.subarray(from), cut), { status: from > 0 ? 206 : 200, headers });
  };
  const http = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
  const address = `http://127.0.0.1:${http.addr.port}`;
  const server: FileServer = { address, files, asked, fault: undefined };
  try {
    return await use(server);
  } finally {
    hold.resolve();
    await http.shutdown();
  }
}

function faulty(
  content: Uint8Array<ArrayBuffer>,
  fault: FileServer["fault"],
): Uint8Array<ArrayBuffer> {
  if (fault === "short") return content.slice(0, -10);
  const copy = content.slice();
  if (fault === "wrong byte") copy[copy.length - 10]! ^= 1; // in what a cut connection leaves out
  return copy;
}

/** A body that ends after these bytes, although more are announced: the connection is cut. */
export function brokenAfter(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  let taken = false;
  return new ReadableStream({
    async pull(controller) {
      if (taken) {
        await new Promise((resolve) => setTimeout(resolve, 200)); // let it be sent
        return controller.close();
      }
      taken = true;
      controller.enqueue(bytes);
    },
  }, { highWaterMark: 0 });
}

/** All of it, or so many bytes before the connection is cut. */
function body(bytes: Uint8Array<ArrayBuffer>, cut: number | undefined): BodyInit {
  if (cut === undefined) return bytes;
  return brokenAfter(bytes.subarray(0, cut));
}
