/** Catalogues and users on which a retrieval could go wrong; for tests and benchmarks. */
import type { Random } from "../base/random.ts";

/** Embeddings and users' interests. */
export interface Catalogue {
  /** [items + 1, d] */
  readonly table: Float32Array;
  /** [U, K, d] */
  readonly interests: Float32Array;
  /** embedding size */
  readonly d: number;
}

/** How much of it. */
export interface CatalogueSizes {
  /** items 1..items */
  readonly items: number;
  /** embedding size */
  readonly d: number;
  /** users */
  readonly U: number;
  /** interests of a user */
  readonly K: number;
}

/** Independent normal values: no direction is special. */
export function gaussian(random: Random, { items, d, U, K }: CatalogueSizes): Catalogue {
  return { table: normals(random, (items + 1) * d), interests: normals(random, U * K * d), d };
}

/**
 * Like trained embeddings: items around centres with norms that differ by a factor of three or so,
 * interests around the same centres.
 */
export function clustered(random: Random, sizes: CatalogueSizes): Catalogue {
  const { items, d, U, K } = sizes;
  const centres = Math.ceil(Math.sqrt(items));
  const centre = normals(random, centres * d); // [centres, d]
  const near = (rows: number, spread: number): Float32Array => {
    const values = normals(random, rows * d, spread);
    for (let row = 0; row < rows; row++) {
      const c = random.below(centres) * d, length = Math.exp(0.3 * random.normal());
      for (let i = 0; i < d; i++) {
        values[row * d + i] = length * (values[row * d + i]! + centre[c + i]!);
      }
    }
    return values;
  };
  return { table: near(items + 1, 0.7), interests: near(U * K, 0.5), d };
}

/** A third of the items are copies of others, and every user has an interest twice: ties. */
export function duplicated(random: Random, sizes: CatalogueSizes): Catalogue {
  const { table, interests, d } = clustered(random, sizes);
  for (let item = 3; item <= sizes.items; item += 3) {
    const from = 1 + random.below(item - 1);
    table.copyWithin(item * d, from * d, (from + 1) * d);
  }
  if (sizes.K > 1) {
    for (let u = 0; u < sizes.U; u++) {
      interests.copyWithin(u * sizes.K * d, (u * sizes.K + 1) * d, (u * sizes.K + 2) * d);
    }
  }
  return { table, interests, d };
}

/** Many zero items, and users with zero interests, one of them with nothing else. */
export function withZeros(random: Random, sizes: CatalogueSizes): Catalogue {
  const { table, interests, d } = gaussian(random, sizes);
  for (let item = 1; item <= sizes.items; item++) {
    if (item % 5 < 3) table.fill(0, item * d, (item + 1) * d);
  }
  interests.fill(0, 0, sizes.K * d);
  for (let u = 1; u < sizes.U; u += 2) interests.fill(0, u * sizes.K * d, (u * sizes.K + 1) * d);
  return { table, interests, d };
}

/**
 * Scores that differ in the last bits only: every item is one vector, changed by about float32's
 * rounding in one component, so that the codes cannot tell the items apart.
 */
export function adversarial(random: Random, sizes: CatalogueSizes): Catalogue {
  const { items, d, U, K } = sizes;
  const one = normals(random, d);
  const table = Float32Array.from({ length: (items + 1) * d }, (_, i) => one[i % d]!);
  for (let item = 0; item <= items; item++) {
    const at = item * d + random.below(d);
    table[at] = table[at]! * (1 + (random.below(9) - 4) * 2 ** -23);
  }
  const interests = normals(random, U * K * d, 0.1);
  for (let i = 0; i < interests.length; i++) interests[i] = interests[i]! + one[i % d]!;
  return { table, interests, d };
}

/**
 * Vectors on which the bound of the screening is as tight as it can be. Every score is a product of
 * one component that is exact in the codes and one that is coarse, because most of its vector lies
 * along an axis that the other side does not have: interests are coarse on the axes 1..middle,
 * items on the axes after it.
 */
export function coarse(random: Random, { items, d, U, K }: CatalogueSizes): Catalogue {
  const middle = d / 2 - 1;
  const exact = (): number => 0.99 + 0.01 * random.uniform();
  const small = (): number => 0.2 + 0.01 * random.uniform();
  const table = new Float32Array((items + 1) * d); // [items + 1, d]
  for (let row = 0; row < table.length; row += d) {
    const axis = row + 1 + random.below(middle);
    if (random.below(2) === 0) table[axis] = exact();
    else {
      table[axis + middle] = small();
      table[row + d - 1] = exact();
    }
  }
  const interests = new Float32Array(U * K * d); // [U, K, d]
  for (let row = 0; row < interests.length; row += d) {
    if (random.below(2) === 0) interests[row + 1 + middle + random.below(middle)] = exact();
    else interests.set([1, ...Array.from({ length: middle }, small)], row);
  }
  return { table, interests, d };
}

/** The same with other lengths. */
export function scaled(catalogue: Catalogue, items: number, interests: number): Catalogue {
  return {
    table: catalogue.table.map((x) => x * items),
    interests: catalogue.interests.map((x) => x * interests),
    d: catalogue.d,
  };
}

function normals(random: Random, length: number, deviation = 1): Float32Array {
  return Float32Array.from({ length }, () => deviation * random.normal());
}
