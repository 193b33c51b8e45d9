import { gzipSync, zstdCompressSync } from "node:zlib";
import { parsedTable, rejects, textFile } from "../../testing/parsed.ts";
import { formatOf } from "./formats.ts";

const bytes = (hex: string, ...rest: string[]) =>
  Uint8Array.from([
    ...hex.match(/../g)!.map((byte) => parseInt(byte, 16)),
    ...new TextEncoder().encode(rest.join("")),
  ]);
const utf16 = (text: string, mark: number[] = []) =>
  Uint8Array.from([...mark, ...[...text].flatMap((c) => [c.charCodeAt(0), 0])]);
const utf32 = (text: string) =>
  Uint8Array.from([...text].flatMap((c) => [c.charCodeAt(0), 0, 0, 0]));
const tar = new TextEncoder().encode("events.csv".padEnd(257, "\0") + "ustar\0" + "\0".repeat(300));

Deno.test("what is no text is named, with the command that makes text of it", async () => {
  const files: [content: string | Uint8Array, message: RegExp][] = [
    [
      bytes("504b0304", "\x14\0\0\0\x08\0events.csv"),
      /this is a zip archive: "data\.bin"\. .*unzip/,
    ],
    [bytes("504b0304", "\x14\0\0\0\x08\0[Content_Types].xml"), /an Excel workbook.*CSV UTF-8/],
    [bytes("425a68393141592653590000"), /a bzip2 file.*bunzip2 -k data\.bin/],
    [bytes("fd377a585a0000"), /an xz file.*xz -dk data\.bin/],
    [zstdCompressSync("u,i\n1,2\n"), /a zstd file.*zstd -d data\.bin/],
    [bytes("377abcaf271c0004"), /a 7z archive.*7z x/],
    [bytes("526172211a070100"), /a rar archive/],
    [tar, /a tar archive.*tar -xf/],
    [gzipSync(tar), /a tar archive.*tar -xf/],
    [gzipSync(gzipSync("u,i\n1,2\n")), /a gzip file.*gunzip/],
    [utf16("u,i\n1,2\n", [0xff, 0xfe]), /text in UTF-16.*iconv -f UTF-16 -t UTF-8/],
    [utf16("u,i\n1,2\n"), /text in UTF-16 without a mark.*iconv/],
    [Uint8Array.from([0xff, 0xfe, 0, 0, ...utf32("u,i\n")]), /text in UTF-32.*iconv -f UTF-32/],
    [bytes("50415231", "\x15\x04"), /a Parquet file.*read_parquet\('data\.bin'\)/],
    [bytes("894844460d0a1a0a"), /an HDF5 file.*read_hdf/],
    [bytes("4152524f57310000"), /an Arrow or Feather file/],
    [bytes("80049500"), /a pickle of Python.*trust/],
    [bytes("53514c69746520666f726d6174203300"), /an SQLite database.*sqlite3 -header -csv/],
    [bytes("d0cf11e0a1b11ae1"), /old Excel/],
    ["<!DOCTYPE html>\n<html>", /an HTML page.*login or an error/],
    ["\n <html lang='en'>", /an HTML page/],
    ["version https://git-lfs.github.com/spec/v1\noid sha256:1\n", /Git LFS pointer.*git lfs pull/],
    ['[{"u": 1, "i": 2}]\n', /one JSON array.*jq -c/],
    ["u,i\r1,2\r3,4\r", /end in CR alone/],
    ["u,i\n1,\0\0\0\0\n", /a binary file: it has NUL bytes/],
  ];
  for (const [content, message] of files) {
    const path = await textFile("data.bin", content);
    await rejects(() => formatOf(path, ["sequences"]), message);
    await rejects(() => parsedTable(content, { user: "u", item: "i" }), /this is |binary/);
  }
});

Deno.test("a text of another format is named, not the test that failed last", async () => {
  const files: [content: string, message: RegExp][] = [
    ["timestamp,visitorid,event,itemid,transactionid\n", /looks like retailrocket-events/],
    ["userId,movieId,rating,timestamp\n1,2,4,9\n", /4 columns separated by commas, with a header/],
    ["1::1193::5::978300760\n", /4 columns separated by "::", without a header line/],
    ["196\t242\t3\t881250949\n", /4 columns separated by tabs, without a header line/],
    ["1,2268318,2520377,pv,1511544070\n", /5 columns separated by commas, without a header/],
    ['{"user_id": "a", "business_id": "b"}\n', /looks like JSON/],
  ];
  for (const [content, message] of files) {
    const path = await textFile("other.txt", content);
    await rejects(() => formatOf(path, ["sequences"]), message);
  }
});
