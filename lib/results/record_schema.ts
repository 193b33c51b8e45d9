/** What a record has to be: types and ranges, checked whenever one is read. */
import { z } from "zod";
import type { CurvePoint, Run } from "../train/run.ts";

/** Steps that no training takes. */
const MOST_STEPS = 100_000_000;

/** A number of steps. */
export const step = z.int().min(0).max(MOST_STEPS);
const share = z.number().min(0).max(1);
const text = z.string().min(1);

const metricsAt = z.looseObject({ recall: share, hr: share, ndcg: share, ndcgReference: share });
const metrics = z.record(z.string().regex(/^[1-9]\d*$/), metricsAt);
/** What is reported of every run. */
const reported = metrics.and(z.object({ 20: metricsAt, 50: metricsAt }));
const measures = z.record(z.string(), z.number());

const curvePoint = z.looseObject({
  step,
  loss: z.number(),
  softmaxLoss: z.number(),
  routingPenalty: z.number(),
  terms: measures.optional(),
  valid: metrics,
  measures: z.record(z.string(), z.number().or(z.nan())).optional(), // what has no value then
});

const rising = (points: readonly { readonly step: number }[]) =>
  points.every(({ step }, i) => i === 0 || step > points[i - 1]!.step);

const curve = z.array(curvePoint).refine(rising, "its steps do not rise");

const size = z.int().positive();

const config = z.looseObject({
  model: text,
  objective: z.looseObject({}),
  ...{ B: size, L: size, K: size, S: size, d: size },
  learningRate: z.number().positive(),
  ...{ evaluateEvery: size, patience: size, maxSteps: size },
  validationUsers: size.optional(),
  seed: z.int(),
});

/** What every record is found by. */
export const found = {
  key: text,
  config,
  data: z.looseObject({
    name: text,
    split: text.optional(),
    hash: text,
    timesHash: text.optional(),
    profilesHash: text.optional(),
  }),
  seed: z.int(),
};

const listsAt = z.looseObject({
  coverage: share,
  popularity: share,
  logPopularity: z.number().nonnegative(),
  diversity: share,
  leadingShare: share,
  servingInterests: z.number().nonnegative(),
});

const run = z.looseObject({
  ...found,
  stop: z.enum(["early-stopping", "max-steps", "interrupted"]),
  steps: step,
  bestStep: step,
  valid: reported,
  test: reported,
  curve: z.union([z.hash("sha256"), curve]),
  measures: measures.optional(),
  users: z.hash("sha256").optional(),
  lists: z.looseObject({ 20: listsAt, 50: listsAt }).optional(),
  unseen: reported.optional(),
  wallSeconds: z.number().nonnegative(),
  backend: text,
  code: text,
  fingerprint: text.optional(),
  begunBy: z.array(z.looseObject({ fingerprint: text, code: text, steps: step })).optional(),
  deno: text,
  v8Flags: text.optional(),
  machine: text,
  finished: z.iso.datetime().or(z.iso.date()),
}).superRefine(({ steps, bestStep, config, seed }, context) => {
  const wrong = (key: string, message: string) =>
    context.addIssue({ code: "custom", path: [key], message });
  if (steps > config.maxSteps) wrong("steps", `more than the ${config.maxSteps} allowed`);
  if (bestStep > steps) wrong("bestStep", `after the last step, ${steps}`);
  if (seed !== config.seed) wrong("seed", `not the ${config.seed} of its configuration`);
});

/** What was read, or why it is none of that kind: the key in it, the value, and what is wrong. */
export type Checked<T> =
  | { readonly record: T; readonly why?: undefined }
  | { readonly record?: undefined; readonly why: string };

/** A run's line. */
export interface RunLine extends Omit<Run, "curve"> {
  /** sha256 of the curve's file; the curve itself if it is empty, and in lines of older versions */
  readonly curve: string | readonly CurvePoint[];
}

/** Checks a run as it stands in results/runs. */
export function checkedRun(value: unknown): Checked<RunLine> {
  return checked<RunLine>(run, value);
}

/** Checks the points of a learning curve. */
export function checkedCurve(value: unknown): Checked<CurvePoint[]> {
  return checked<CurvePoint[]>(curve, value);
}

/** Why half a record is none. */
export const CUT = "not JSON, or cut off";

/** The JSON of a text. */
export function jsonIn(text: string): Checked<unknown> {
  try {
    return { record: JSON.parse(text) };
  } catch {
    return { why: CUT };
  }
}

/** Checks a value, which stays as it was read: nothing is dropped. */
export function checked<T>(schema: z.ZodType, value: unknown): Checked<T> {
  const result = schema.safeParse(value);
  if (result.success) return { record: value as T };
  return { why: complaint(result.error.issues[0]!, value) };
}

/** "test.50.recall is 12: too big: expected number to be <=1" */
function complaint(issue: z.core.$ZodIssue, value: unknown): string {
  const { at, there, reason } = issueInWords(issue, value);
  const shown = JSON.stringify(there)?.slice(0, 40) ?? "missing";
  return at === "" ? reason : `${at} is ${shown}: ${reason}`;
}

/** What a check found wrong. */
export interface IssueInWords {
  /** "test.50.recall", empty for the whole */
  readonly at: string;
  /** the value there; undefined if there is none */
  readonly there: unknown;
  /** "too big: expected number to be <=1"; names in it are as they were written */
  readonly reason: string;
}

/** Says what a check found wrong with a value, and where in it. */
export function issueInWords({ path, message }: z.core.$ZodIssue, value: unknown): IssueInWords {
  const there = path.reduce<unknown>(
    (tree, key) => (tree as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
  const reason = message[0]!.toLowerCase() + message.slice(1);
  return { at: path.join("."), there, reason };
}
