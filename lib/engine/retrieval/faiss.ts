/** faiss' exact index in a Python process, for benchmarks on machines that have it. */
import { fromFileUrl, join } from "../../base/paths.ts";
import type { Catalogue } from "./test_catalogues.ts";

const script = fromFileUrl(new URL("./faiss_flat.py", import.meta.url));

/** A running faiss with an IndexFlatIP over a catalogue. */
export class Faiss {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: ReadableStreamDefaultReader<string>;
  #rest = "";

  private constructor(process: Deno.ChildProcess, readonly folder: string) {
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#output = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /**
   * Starts it, with every interest of the catalogue's users as a query for its N best items; null
   * if there is no Python with faiss. The Python is `python3`, or what REMI_PYTHON names.
   */
  static async start(
    { table, interests, d }: Catalogue,
    N: number,
    threads: number,
  ): Promise<Faiss | null> {
    const folder = await Deno.makeTempDir();
    const items = join(folder, "items.f32"), queries = join(folder, "queries.f32");
    await Deno.writeFile(items, bytesOf(table.subarray(d)));
    await Deno.writeFile(queries, bytesOf(interests));
    const command = new Deno.Command(Deno.env.get("REMI_PYTHON") ?? "python3", {
      args: [script, items, queries, `${d}`, `${N}`, `${threads}`],
      env: { OMP_NUM_THREADS: `${threads}` },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    });
    let process: Deno.ChildProcess;
    try {
      process = command.spawn();
    } catch (error) {
      await Deno.remove(folder, { recursive: true });
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
    const faiss = new Faiss(process, folder);
    if (await faiss.#line() !== null) return faiss;
    await faiss.stop();
    return null;
  }

  /** Seconds to answer all queries in batches of this size. */
  async seconds(batch: number): Promise<number> {
    await this.#input.write(new TextEncoder().encode(`${batch}\n`));
    return Number(await this.#line());
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    await this.#input.close().catch(() => {}); // a process that has failed has closed it already
    await this.#process.status;
    await Deno.remove(this.folder, { recursive: true });
  }

  /** The next line it prints, null at the end. */
  async #line(): Promise<string | null> {
    while (!this.#rest.includes("\n")) {
      const { value, done } = await this.#output.read();
      if (done) return null;
      this.#rest += value;
    }
    const end = this.#rest.indexOf("\n");
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return line;
  }
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
