/** What a file is by its first bytes, and the command that makes a text file of it. */
import { BadInput } from "../../base/bad_input.ts";
import { basename } from "../../base/paths.ts";

/** A kind of file that is no text in UTF-8. */
interface Kind {
  /** for people: "a zip archive" */
  readonly what: string;
  /** what makes a readable file of it; FILE stands for its name */
  readonly remedy: string;
  /** its first bytes in hexadecimal, ".." for any byte */
  readonly magic?: string;
  /** or what else tells it */
  readonly test?: (head: Uint8Array, text: string) => boolean;
}

const unpack = (command: string) => `Unpack it: ${command}`;
const convert = (reader: string) =>
  'Convert it: python3 -c "import pandas; ' +
  `pandas.${reader}('FILE').to_csv('data.csv', index=False)"`;
const reencode = (encoding: string) =>
  `Convert it: iconv -f ${encoding} -t UTF-8 FILE > data.csv (in Excel: save as "CSV UTF-8").`;
const AGAIN = "Get the file again.";

/** The most telling first. */
const KINDS: readonly Kind[] = [
  { what: "a gzip file", remedy: unpack("gunzip FILE"), magic: "1f8b" },
  {
    what: "an Excel workbook",
    remedy: 'In Excel, save the sheet as "CSV UTF-8".',
    test: (head, text) => startsWith(head, "504b0304") && /\[Content_Types\]\.xml|xl\//.test(text),
  },
  {
    what: "a file of numpy arrays (npz)",
    remedy:
      'Convert it in Python: numpy.savetxt("data.csv", numpy.load("FILE")[…], delimiter=",").',
    test: (head, text) => startsWith(head, "504b0304") && /^.{26,34}[\w.-]+\.npy/s.test(text),
  },
  { what: "a zip archive", remedy: unpack("unzip FILE"), magic: "504b0304" },
  { what: "an empty zip archive", remedy: AGAIN, magic: "504b0506" },
  { what: "a bzip2 file", remedy: unpack("bunzip2 -k FILE"), magic: "425a68..314159265359" },
  { what: "an xz file", remedy: unpack("xz -dk FILE"), magic: "fd377a585a00" },
  { what: "a zstd file", remedy: unpack("zstd -d FILE"), magic: "28b52ffd" },
  { what: "a 7z archive", remedy: unpack("7z x FILE"), magic: "377abcaf271c" },
  { what: "a rar archive", remedy: unpack("unrar x FILE"), magic: "526172211a07" },
  { what: "an lz4 file", remedy: unpack("lz4 -d FILE"), magic: "04224d18" },
  { what: "an lzma file", remedy: unpack("xz -dk --format=lzma FILE"), magic: "5d0000" },
  { what: "a compress (.Z) file", remedy: unpack("gunzip FILE"), magic: "1f9d" },
  {
    what: "a tar archive",
    remedy: unpack("tar -xf FILE"),
    test: (_head, text) => text.slice(257, 262) === "ustar",
  },
  { what: "text in UTF-32", remedy: reencode("UTF-32"), magic: "fffe0000" },
  { what: "text in UTF-32", remedy: reencode("UTF-32"), magic: "0000feff" },
  { what: "text in UTF-16", remedy: reencode("UTF-16"), magic: "fffe" },
  { what: "text in UTF-16", remedy: reencode("UTF-16"), magic: "feff" },
  { what: "a Parquet file", remedy: convert("read_parquet"), magic: "50415231" },
  { what: "an ORC file", remedy: convert("read_orc"), magic: "4f5243" },
  { what: "an Arrow or Feather file", remedy: convert("read_feather"), magic: "4152524f5731" },
  { what: "a Feather file", remedy: convert("read_feather"), magic: "46454131" },
  {
    what: "an Avro file",
    remedy: "Convert it to CSV: python3 -m pip install fastavro reads it.",
    magic: "4f626a01",
  },
  { what: "an HDF5 file", remedy: convert("read_hdf"), magic: "894844460d0a1a0a" },
  {
    what: "a Matlab file",
    remedy: "Convert it to CSV: scipy.io.loadmat reads it in Python.",
    magic: "4d41544c414220",
  },
  {
    what: "a numpy array",
    remedy: 'Convert it in Python: numpy.savetxt("data.csv", numpy.load("FILE"), delimiter=",").',
    magic: "934e554d5059",
  },
  {
    what: "a pickle of Python",
    remedy: `${convert("read_pickle")}; only if you trust where it comes from.`,
    test: ([first, second = 0, third]) =>
      first === 0x80 && second >= 2 && second <= 5 && third !== undefined,
  },
  {
    what: "an SQLite database",
    remedy: 'Export the table: sqlite3 -header -csv FILE "select * from …" > data.csv',
    magic: "53514c69746520666f726d6174203300",
  },
  {
    what: "a workbook of old Excel, or another file of old Office",
    remedy: 'In Excel, save the sheet as "CSV UTF-8".',
    magic: "d0cf11e0a1b11ae1",
  },
  { what: "a PDF", remedy: "Give the table itself as text.", magic: "25504446" },
  { what: "a picture", remedy: "Give the table itself as text.", magic: "89504e470d0a1a0a" },
  { what: "a picture", remedy: "Give the table itself as text.", magic: "ffd8ff" },
  {
    what: "an HTML page",
    remedy: "The download met a login or an error page: open the link in a browser.",
    test: (_head, text) => /^\uFEFF?\s*<(!doctype html|html|head|body)\b/i.test(text),
  },
  {
    what: "XML",
    remedy: "Convert it to CSV or to a JSON object a line.",
    test: (_head, text) => /^\uFEFF?\s*<\?xml\b/i.test(text),
  },
  {
    what: "a Git LFS pointer, not the file itself",
    remedy: "Run git lfs pull in its repository.",
    test: (_head, text) => text.startsWith("version https://git-lfs.github.com/"),
  },
  {
    what: "one JSON array",
    remedy: "Write an object a line: jq -c '.[]' FILE > data.json",
    test: (_head, text) => /^\uFEFF?\s*\[\s*[{[\]]/.test(text),
  },
  {
    what: "text in UTF-16 without a mark",
    remedy: reencode("UTF-16LE (or UTF-16BE)"),
    test: (head) => nulShare(head, 0) > 0.8 !== nulShare(head, 1) > 0.8,
  },
  {
    what: "a binary file: it has NUL bytes",
    remedy: "Give a text file in UTF-8.",
    test: (head) => head.includes(0),
  },
  {
    what: "text whose lines end in CR alone, as on old Macs",
    remedy: "Convert it: tr '\\r' '\\n' < FILE > data.csv",
    test: (head, text) => /\r[^\n]/.test(text) && !head.includes(10),
  },
];

/**
 * Does nothing for text in UTF-8.
 *
 * @param head the first bytes of the file, or of what a gzip file packs
 * @throws BadInput that names what else it is, with the command that makes text of it
 */
export function refuseForeign(path: string, head: Uint8Array): void {
  const text = new TextDecoder("latin1").decode(head);
  const kind = KINDS.find(({ magic, test }) =>
    magic === undefined ? test!(head, text) : startsWith(head, magic)
  );
  if (kind === undefined) return;
  const name = basename(path);
  throw new BadInput(`this is ${kind.what}`, path, name, kind.remedy.replaceAll("FILE", name));
}

function startsWith(head: Uint8Array, magic: string): boolean {
  const bytes = magic.match(/../g)!;
  return bytes.length <= head.length &&
    bytes.every((byte, at) => byte === ".." || head[at] === parseInt(byte, 16));
}

/** The share of NUL among every second byte. */
function nulShare(head: Uint8Array, first: 0 | 1): number {
  const bytes = head.subarray(0, 1 << 10).filter((_, at) => at % 2 === first);
  return bytes.length < 4 ? 0 : bytes.filter((byte) => byte === 0).length / bytes.length;
}
