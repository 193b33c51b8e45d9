/**
 * Zip archives with RecBole's <name>.train.inter and <name>.test.inter, as FPSR publishes its data:
 * a user's items of train and then of test are one sequence. The archive is unpacked in memory.
 */
import { unzipSync } from "fflate";
import { BadInput } from "../../base/bad_input.ts";
import { reading } from "../../base/disk.ts";
import type { EventLog } from "../events.ts";
import { Columns } from "./columns.ts";
import type { Format } from "./format.ts";
import { InParts } from "./in_parts.ts";
import { eachLine } from "./lines.ts";

/** Bytes of a file in the archive that are unpacked: no archive of behaviours has more. */
const MOST_BYTES = 1 << 29;

/** Needs user_id:token, a number, and item_id:token; the order of the lines is that in time. */
export const recboleZip: Format = {
  name: "recbole-zip",
  description: "a zip archive with <name>.train.inter and <name>.test.inter of RecBole",
  repeats: "keep",
  magic: "PK\x03\x04",
  recognizes: () => false,
  async read(path: string, events: EventLog): Promise<void> {
    const files = unpacked(path, await reading(path, () => Deno.readFile(path)));
    const parts = new InParts();
    for (const name of ["train", "test"]) {
      const columns = new Columns("\t");
      await eachLine(oneOf(files, name, path), (line) => {
        if (columns.takesHeader(line)) return;
        const fields = columns.split(line);
        const items = parts.of(fields, columns.index("user_id:token"));
        items.push(fields.text(columns.index("item_id:token")));
      });
    }
    parts.into(events, path);
  },
};

function unpacked(path: string, bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  const wanted = ({ name, originalSize }: { name: string; originalSize: number }) =>
    /\.(train|test)\.inter$/.test(name) && originalSize <= MOST_BYTES;
  try {
    return unzipSync(bytes, { filter: wanted });
  } catch (error) {
    const { message } = error as Error;
    throw new BadInput("a damaged zip archive", path, message, "Get the file again.");
  }
}

function oneOf(files: Readonly<Record<string, Uint8Array>>, part: string, path: string) {
  const names = Object.keys(files).filter((name) => name.endsWith(`.${part}.inter`));
  if (names.length === 1) {
    const text = new TextDecoder().decode(files[names[0]!]);
    return { name: `${path}, ${names[0]}`, text };
  }
  const what = `${names.length} files <name>.${part}.inter in the archive, where one is needed`;
  throw new BadInput(what, path, Object.keys(files).join(", "), "Give the archive as published.");
}
