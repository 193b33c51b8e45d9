/** Bytes from an address: only from where it is safe, never in silence, never without an end. */
import { BadInput } from "../base/bad_input.ts";
import { isSafeAddress } from "./manifest.ts";

/** How long a transfer may be without a byte. */
export interface Patience {
  /** milliseconds after which it is said */
  readonly silence: number;
  /** milliseconds after which it is given up */
  readonly limit: number;
}

/** For servers that are far away. */
export const PATIENCE: Patience = { silence: 1500, limit: 60_000 };

const REDIRECTS = 5;

/** A request that is watched until its body is read. */
export interface Transfer {
  readonly response: Response;
  /** the body's next bytes; undefined at its end */
  next(): Promise<Uint8Array | undefined>;
  /** ends it, read or not */
  close(): Promise<void>;
}

/**
 * Asks for an address.
 *
 * @param say told when nothing came for a while, once for each wait
 * @throws {BadInput} if it is no safe address or leads to one that is none, the server cannot be
 *   reached, or no byte comes for too long
 */
export async function transfer(
  url: string,
  headers: Readonly<Record<string, string>>,
  say: (message: string) => void,
  patience: Patience = PATIENCE,
): Promise<Transfer> {
  const stop = new AbortController();
  const watched = <T>(work: Promise<T>) => watch(work, url, stop, say, patience);
  const response = await follow(url, (at) =>
    watched(fetch(at, {
      headers: { ...headers, "accept-encoding": "identity" },
      redirect: "manual",
      signal: stop.signal,
    })).catch((error) => {
      throw error instanceof BadInput ? error : unreachable(at, error);
    }));
  const reader = (response.body ?? new Blob().stream()).getReader();
  return {
    response,
    async next() {
      const { value, done } = await watched(reader.read()).catch((error) => {
        throw error instanceof BadInput ? error : brokenOff(url, (error as Error).message);
      });
      return done ? undefined : value;
    },
    close: () => reader.cancel().catch(() => {}),
  };
}

async function follow(url: string, ask: (at: string) => Promise<Response>): Promise<Response> {
  for (let [at, times] = [url, 0];; times++) {
    if (!isSafeAddress(at)) {
      throw new BadInput(
        at === url ? "not an address that begins with https" : "it leads to an unsafe address",
        url,
        at === url ? undefined : at,
        "Get the file in a browser, and give it with --from.",
      );
    }
    const response = await ask(at);
    const next = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || next === null) return response;
    await response.body?.cancel();
    if (times === REDIRECTS) {
      throw new BadInput("it leads on and on", url, next, "Get the file in a browser.");
    }
    at = URL.parse(next, at)?.href ?? next; // what is no address is refused as unsafe
  }
}

async function watch<T>(
  work: Promise<T>,
  url: string,
  stop: AbortController,
  say: (message: string) => void,
  { silence, limit }: Patience,
): Promise<T> {
  const seconds = (milliseconds: number) => `${Math.round(milliseconds / 100) / 10} s`;
  const said = setTimeout(() => {
    const { host } = new URL(url);
    say(
      `No byte from ${host} for ${seconds(silence)}: waiting, ${seconds(limit)} at most. ` +
        "Ctrl-C keeps what is there.",
    );
  }, silence);
  const over = Promise.withResolvers<never>();
  const ended = setTimeout(() => {
    over.reject(brokenOff(url, `no byte for ${seconds(limit)}`));
    stop.abort();
  }, limit);
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(said);
    clearTimeout(ended);
    work.catch(() => {}); // what is given up may still fail
  }
}

/** The error for a transfer that can be gone on with. */
export function brokenOff(url: string, value: string): BadInput {
  return new BadInput("the transfer broke off", url, value, "Run it again: it goes on from there.");
}

function unreachable(url: string, error: unknown): BadInput {
  return new BadInput(
    "the server cannot be reached",
    url,
    (error as Error).message,
    "Check the connection and run it again, or get the file elsewhere and give it with --from.",
  );
}
