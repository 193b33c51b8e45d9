/** What a file's content is, whatever its size. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { reading } from "./disk.ts";
import { chanceToStop } from "./interrupt.ts";

/** sha256 of a file of any size, as 64 hexadecimal digits. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash("sha256");
  await reading(path, async () => {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      await chanceToStop("the reading of the data");
    }
  });
  return hash.digest("hex");
}
