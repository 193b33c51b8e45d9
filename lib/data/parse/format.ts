/** What a format is: how a kind of file is told and read. */
import type { EventLog, Repeats } from "../events.ts";

/** How a kind of file is told and read. */
export interface Format {
  /** as in the manifest */
  readonly name: string;
  /** what a line holds, for people */
  readonly description: string;
  /** what becomes of repeated events */
  readonly repeats: Repeats;
  /** the first bytes of a file that is no text; such a file is told by them alone */
  readonly magic?: string;
  /** whether a file looks like this format, by its name and first lines */
  recognizes(fileName: string, firstLines: readonly string[]): boolean;
  /** reads a file, a text (plain or gzip) as a stream; throws BadInput with what is wrong where */
  read(path: string, events: EventLog): Promise<void>;
}
