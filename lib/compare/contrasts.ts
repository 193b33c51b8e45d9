/** Comparisons that a table declares: what is added to what, on which data, and what tests say. */
import { resultsPath } from "../base/files.ts";
import { frameOf, pointsOf, type Variant, variants } from "../results/points.ts";
import { studyNames } from "../results/study.ts";
import { type Asked, askedBy, askedOf } from "./asked_rows.ts";
import { type PairedTest, pairedTests } from "./paired_tests.ts";

/** The quantities that tables of tests have a column for. */
export const TESTED = ["R@20", "HR@20", "NDCG@20", "R@50", "HR@50", "NDCG@50"] as const;

/** One of them. */
export type TestedQuantity = (typeof TESTED)[number];

/** Two configurations on one data set, and what the second has more. */
export interface Contrast {
  /** "RR", "IHN", "IHN and RR", or another change */
  readonly added: string;
  /** "RR to ComiRec-SA" */
  readonly label: string;
  readonly from: Asked;
  readonly to: Asked;
}

/** A contrast with its tests by quantity; null without a common seed. */
export interface TestedContrast extends Contrast {
  readonly tests: Readonly<Record<TestedQuantity, PairedTest | null>>;
}

/**
 * Tests contrasts as one table: Holm's adjustment is over all of them, a quantity at a time.
 *
 * @throws {BadInput} as {@linkcode pairedTests}
 */
export async function testContrasts(
  contrasts: readonly Contrast[],
  folder: string = resultsPath(),
): Promise<TestedContrast[]> {
  const pairs = contrasts.map(({ from, to }) => ({ from: from.runs, to: to.runs }));
  const columns = await Promise.all(
    TESTED.map((quantity) => pairedTests(pairs, quantity, { folder })),
  );
  return contrasts.map((contrast, i) => ({
    ...contrast,
    tests: byQuantity(columns.map((column) => column[i]!)),
  }));
}

/** What there is of each quantity, in the order of {@linkcode TESTED}, by its name. */
export function byQuantity<T>(values: readonly T[]): Readonly<Record<TestedQuantity, T>> {
  return Object.fromEntries(TESTED.map((quantity, q) => [quantity, values[q]!])) as Record<
    TestedQuantity,
    T
  >;
}

function addition(added: string, from: Asked, to: Asked): Contrast {
  return { added, label: `${added} to ${from.name}`, from, to };
}

/** What is added from one variant to another. */
const additions: readonly (readonly [added: string, from: Variant, to: Variant])[] = [
  ["RR", "plain", "+RR"],
  ["RR", "+IHN", "+IHN+RR"],
  ["IHN", "plain", "+IHN"],
  ["IHN", "+RR", "+IHN+RR"],
  ["IHN and RR", "plain", "+IHN+RR"],
];

/**
 * The ablation of REMI on every data set with a study.
 *
 * @throws {BadInput} as {@linkcode testContrasts}
 */
export async function ablation(folder: string = resultsPath()): Promise<TestedContrast[]> {
  const frames = studyNames.map(frameOf);
  const points = frames.flatMap((frame) => pointsOf(frame, Object.values(variants(frame))));
  const rows = await askedOf(points, folder);
  const contrasts = studyNames.flatMap((data) =>
    additions.flatMap(([added, from, to]) => {
      const of = (variant: Variant) =>
        rows.filter((row) => row.data === data && row.method.variant === variant);
      return of(from).flatMap((before) => of(to).map((after) => addition(added, before, after)));
    })
  );
  return await testContrasts(contrasts, folder);
}

/** Whether a model's routing is trained where its authors stop the gradient. */
function isLifted({ config }: Asked): boolean {
  return config.options?.["stopGradient"] === false;
}

/**
 * What IHN, RR and both add to each model with several interests, and what lifting the
 * stop-gradient of a capsule network changes alone.
 *
 * @throws {BadInput} as {@linkcode testContrasts}
 */
export async function generality(folder: string = resultsPath()): Promise<TestedContrast[]> {
  const rows = await askedBy("generality", folder);
  const groups = Map.groupBy(rows, ({ data, method }) => `${data} ${method.model}`);
  const contrasts = [...groups.values()].flatMap((group) => {
    const plain = group.filter(({ method }) => method.variant === "plain");
    const [shipped, lifted] = [false, true].map((is) => plain.find((row) => isLifted(row) === is));
    const fixes = group.filter(({ method }) => method.variant !== "plain").map((to) =>
      addition(
        to.method.variant.slice(1).replace("+", " and "),
        (isLifted(to) ? lifted : shipped)!,
        to,
      )
    );
    const lifting = shipped && lifted ? [addition("trained routing", shipped, lifted)] : [];
    return [...lifting, ...fixes];
  });
  return await testContrasts(contrasts, folder);
}
