/**
 * The paper's numbers beside ours: results/paper.json, empty until someone who has the paper types
 * them in.
 */
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { readText } from "../base/disk.ts";
import { exists, resultsPath } from "../base/files.ts";
import { models } from "../model/registry.ts";
import { methodOf } from "./method.ts";
import { objectives } from "./points.ts";
import { issueInWords, jsonIn } from "./record_schema.ts";

/** The metrics of a row. */
const METRICS = ["recall", "hr", "ndcg"] as const;

const percent = z.number().min(0).max(100);

const metrics = z.strictObject({
  recall: percent.optional(),
  hr: percent.optional(),
  ndcg: percent.optional(),
});

const row = z.strictObject({
  data: z.enum(["books", "gowalla", "retailrocket"])
    .describe("The paper's data set, by its name in data/manifest.json."),
  method: z.string().min(1).describe('As tables here call it: "REMI", "MIND", "MIND + IHN + RR".'),
  at: z.strictObject({ 20: metrics.optional(), 50: metrics.optional() })
    .describe("By cut-off: the metrics that the paper prints, in percent."),
});

const schema = z.strictObject({
  $schema: z.literal("./paper.schema.json").optional(),
  source: z.string().describe("Which version of the paper, and which of its tables."),
  rows: z.array(row),
});

/** The same as a JSON Schema, for editors: results/paper.schema.json. */
export function paperSchema(): object {
  return z.toJSONSchema(schema);
}

/** One number of the paper. */
export interface PaperNumber {
  /** "books", "gowalla" or "retailrocket": the paper's own, none of which has a study here */
  readonly data: string;
  /** as {@linkcode methodOf} names it */
  readonly method: string;
  readonly cutoff: 20 | 50;
  readonly metric: (typeof METRICS)[number];
  /** a share in [0, 1], as in recorded runs; the file has percent */
  readonly value: number;
}

/** What was typed in. */
export interface PaperNumbers {
  /** which version of the paper, and which of its tables */
  readonly source: string;
  /** in the order of the file; none until someone types them in */
  readonly numbers: readonly PaperNumber[];
}

/**
 * Reads the paper's numbers.
 *
 * ```ts
 * const { numbers } = await paperNumbers();
 * const cell = numbers.find((n) => n.data === "books" && n.method === "REMI" && n.cutoff === 50);
 * ```
 *
 * @param path of the file; a results folder without it has no numbers
 * @throws {BadInput} naming the row, the key in it and the value that cannot be
 */
export async function paperNumbers(
  path: string = resultsPath("paper.json"),
): Promise<PaperNumbers> {
  if (!await exists(path)) return { source: "", numbers: [] };
  const { record, why } = jsonIn(await readText(path));
  if (why !== undefined) refuse(path, "not JSON, or cut off", undefined);
  const read = schema.safeParse(record);
  if (!read.success) {
    const { at, there, reason } = issueInWords(read.error.issues[0]!, record);
    return refuse(`${path}, ${at}`, reason, there);
  }
  const { source, rows } = read.data;
  const known = knownMethods();
  const numbers = rows.flatMap(({ data, method, at }, i): PaperNumber[] => {
    const where = `${path}, rows.${i}.method`;
    if (!known.includes(method)) {
      refuse(where, `no method of this name${didYouMean(method, known)}`, method);
    }
    if (rows.findIndex((row) => row.data === data && row.method === method) < i) {
      refuse(where, `a second row of it on ${data}`, method);
    }
    return ([20, 50] as const).flatMap((cutoff) =>
      METRICS.flatMap((metric) => {
        const value = at[cutoff]?.[metric];
        return value === undefined ? [] : { data, method, cutoff, metric, value: value / 100 };
      })
    );
  });
  return { source, numbers };
}

/** Every model as it is and with either fix or both, by their names in tables. */
function knownMethods(): string[] {
  const variants = Object.values(objectives({ beta: 1, lambda: 100 }));
  const options = (name: string) => name === "pimi" ? [{}, { clock: "time" }] : [{}];
  return models.flatMap(({ name: model }) =>
    options(model).flatMap((options) =>
      variants.map((objective) => methodOf({ model, options, objective }).name)
    )
  );
}

function refuse(where: string, what: string, value: unknown): never {
  throw new BadInput(what, where, value, "results/paper.schema.json says what may stand there.");
}
