/** How far a download is: bytes, rate and time left, in one line of a terminal. */
import { Pace } from "../train/pace.ts";

/** What a download tells its progress to. */
export interface DownloadProgress {
  /** how many bytes are there, of how many (0 if the server does not say) */
  tell(bytes: number, total: number): void;
  /** ends the line, so that others can follow */
  end(): void;
}

/** Milliseconds between two lines: in a terminal, and where each stays. */
const EVERY = { terminal: 500, file: 10_000 } as const;

/** Writes the same line again and again in a terminal; seldom, and a line each, elsewhere. */
export function downloadProgress(): DownloadProgress {
  const terminal = Deno.stdout.isTerminal();
  const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
  let pace: Pace | undefined;
  let [last, open] = [0, false];
  return {
    tell(bytes, total) {
      pace ??= new Pace(bytes, 0);
      const due = Date.now() - last >= (terminal ? EVERY.terminal : EVERY.file);
      if (!due && bytes !== total) return;
      last = Date.now();
      pace.mark(bytes);
      const text = progressText(bytes, total, pace);
      write(terminal ? `\r\x1b[K${text}` : `${text}\n`);
      open = terminal;
    },
    end() {
      if (open) write("\n");
      open = false;
      pace = undefined;
    },
  };
}

/** "12.3 of 105.2 MB, 4.1 MB/s, 23 s left" */
export function progressText(
  bytes: number,
  total: number,
  pace: Pick<Pace, "stepsPerSecond" | "secondsUntil">,
): string {
  const megabytes = (count: number) => (count / 1e6).toFixed(1);
  const of = total > 0 ? ` of ${megabytes(total)}` : "";
  const rate = pace.stepsPerSecond;
  if (rate === 0) return `${megabytes(bytes)}${of} MB`;
  const left = total > 0 ? `, ${Math.ceil(pace.secondsUntil(total))} s left` : "";
  return `${megabytes(bytes)}${of} MB, ${megabytes(rate)} MB/s${left}`;
}
