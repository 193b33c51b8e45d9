/**
 * Values of the official codes at tiny sizes, against which the parity tests compare. README.md in
 * lib/testing/fixtures describes them.
 *
 * The environment variable REMI_FIXTURES points the tests at another folder of the same form.
 */
import { existsSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { systemRefusal } from "../base/disk.ts";
import { environment } from "../base/environment.ts";
import { basename, join } from "../base/paths.ts";
import { projectPath } from "../base/files.ts";

/** Numbers by official parameter name. */
export type ByName = Readonly<Record<string, readonly number[]>>;

/** What the official code said about a step. */
export interface StepResults {
  readonly sampled_loss?: number;
  readonly routing_penalty?: number | null;
  readonly loss: number;
  /** only in the first step; null for a parameter that is not used */
  readonly grads?: Readonly<Record<string, readonly number[] | null>>;
}

/** One training step of the official code. */
export interface FixtureStep extends StepResults {
  /** [B][L], padded on the right with item 0 */
  readonly history: readonly (readonly number[])[];
  readonly mask: readonly (readonly number[])[];
  readonly target: readonly number[];
  /** [S] shared by the batch, or [B][S] */
  readonly negatives: readonly number[] | readonly (readonly number[])[];
  /** [S] what the variants share */
  readonly negatives_uniform?: readonly number[];
  readonly readout: readonly number[];
  readonly interests?: readonly number[];
  readonly routing?: readonly number[];
  readonly selected?: readonly number[];
  /** Re4's further losses */
  readonly attend_loss?: number;
  readonly contrast_loss?: number;
  readonly construct_loss?: number;
  /** [B, K, L] the noise that a routing starts from */
  readonly routing_logits_init?: readonly number[];
  /** [B][L] in seconds, 0 on padding */
  readonly timestamps?: readonly (readonly number[])[];
  /** [B][L][L] PIMI's intervals in days */
  readonly time_matrix?: readonly (readonly (readonly number[])[])[];
  /** [B] each */
  readonly gender?: readonly number[];
  readonly age?: readonly number[];
  readonly occupation?: readonly number[];
  /** of TensorFlow's candidate sampler */
  readonly expected_count_target?: readonly number[];
  readonly expected_count_negatives?: readonly number[];
}

/** The same batches and start with another loss. */
export interface FixtureVariant {
  readonly beta: number;
  readonly lambda_: number;
  readonly steps: readonly StepResults[];
  readonly params_after: ByName;
}

/** A fixture of training: parameters, five steps, parameters after five Adam steps. */
export interface TrainingFixture {
  readonly name: string;
  readonly model: string;
  readonly config: {
    readonly items: number;
    readonly dim: number;
    readonly batch: number;
    readonly length: number;
    readonly interests: number;
    readonly negatives: number;
    readonly time_span?: number;
    readonly beta: number;
    readonly lambda_: number;
    readonly lr: number;
    readonly adam: { readonly beta1: number; readonly beta2: number; readonly eps: number };
  };
  /** the official code's own settings */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly tolerance?: {
    readonly forward: number;
    readonly grads: number;
    readonly params_after: number;
  };
  readonly params: Readonly<
    Record<string, { shape: readonly number[]; values: readonly number[] }>
  >;
  readonly steps: readonly FixtureStep[];
  readonly params_after: ByName;
  /** after five steps on the first batch */
  readonly params_after_same_batch?: ByName;
  readonly variants?: Readonly<Record<string, FixtureVariant>>;
}

const numbers = z.array(z.number()).min(1);

/** What a fixture has at least, so that something is compared. */
const Form = z.union([
  z.looseObject({
    targets: z.array(numbers).min(1),
    item_embeddings: numbers,
    user_vectors: numbers,
  }),
  z.looseObject({
    model: z.string(),
    config: z.looseObject({ dim: z.int().positive(), batch: z.int().positive() }),
    params: z.record(z.string(), z.looseObject({ values: numbers })),
    steps: z.array(z.looseObject({ loss: z.number() })).min(1),
    params_after: z.record(z.string(), z.unknown()),
  }),
]);

/** The folder the fixtures are read from. */
export function fixtureFolder(): string {
  return environment("REMI_FIXTURES") ?? projectPath("lib", "testing", "fixtures");
}

/**
 * The names of the fixtures in the folder, sorted: files ending in .json or .json.gz.
 *
 * @throws {BadInput} if there is none: nothing compared is not parity
 */
export function fixtureNames(folder: string = fixtureFolder()): string[] {
  const entries = withRefusals(folder, () => [...Deno.readDirSync(folder)]);
  const names = entries.map((entry) => entry.name)
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .map((name) => basename(name).replace(/\.json(\.gz)?$/, "")).sort();
  if (names.length > 0) return names;
  throw new BadInput("no fixtures in it", folder, undefined, "Correct or unset REMI_FIXTURES.");
}

function withRefusals<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw systemRefusal(error, path, "read") ?? error;
  }
}

/**
 * The names of the fixtures of trainings, or of those of evaluations, told apart by what is in
 * them.
 */
export function fixturesOf(
  kind: "training" | "evaluation",
  folder: string = fixtureFolder(),
): string[] {
  return fixtureNames(folder).filter((name) =>
    ("steps" in fixture<object>(name, folder)) === (kind === "training")
  );
}

/**
 * One fixture, parsed; T is the caller's knowledge of its form.
 *
 * @throws {BadInput} if there is no such fixture, it is not JSON, or it has nothing to compare
 */
export function fixture<T>(name: string, folder: string = fixtureFolder()): T {
  for (const ending of [".json.gz", ".json"]) {
    const path = join(folder, name + ending);
    if (!existsSync(path)) continue;
    const bytes = withRefusals(path, () => Deno.readFileSync(path));
    let values: unknown;
    try {
      const plain = ending === ".json" ? bytes : gunzipSync(bytes);
      values = JSON.parse(new TextDecoder().decode(plain));
    } catch (error) {
      throw new BadInput("not a readable fixture", path, String(error), "Export it again.");
    }
    const complaint = Form.safeParse(values).error?.issues[0];
    if (complaint === undefined) return values as T;
    const where = [path, ...complaint.path].join(", ");
    throw new BadInput(`no fixture: ${complaint.message}`, where, undefined, "Export it again.");
  }
  throw new BadInput(
    "no such fixture",
    folder,
    name,
    `It has ${fixtureNames(folder).join(", ")}; REMI_FIXTURES names another folder.`,
  );
}
