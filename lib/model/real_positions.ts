/**
 * The real positions of a batch's histories, without padding: what a model does position by
 * position it does on these rows, a third of all slots where histories are short.
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  POSITION_PRODUCTS,
  POSITION_PRODUCTS_GRADIENT,
  positionProductsCover,
} from "../engine/tfjs/position_products_kernel.ts";
import { PLACED_ROWS } from "../engine/tfjs/wasm_rows_kernels.ts";
import { lookedUp, summedAt } from "./looked_up.ts";

/**
 * Which rows those are: all first positions, then all second ones, and so on, each with the users
 * from the longest history to the shortest. So position l has the first n_l of them.
 */
export class RealPositions {
  /** n_l of every position that any history has */
  readonly sizes: readonly number[];
  /** [n] where each row lies among the B L slots */
  readonly slots: Int32Array;
  /** [B] the row of every user's last item */
  readonly #last: tf.Tensor1D;
  /** [n] where each row lies among the B L slots */
  readonly #slots: tf.Tensor1D;
  /** [B L] which row a slot has; n, one after the last, on padding */
  readonly rows: tf.Tensor1D;
  /** [n] the same for slots [L, B] in which every position's rows come first */
  readonly #slotsByPosition: readonly number[];

  /** @param length [B] items of every history, in 1..L */
  constructor(length: Int32Array, private readonly L: number) {
    const B = length.length;
    const users = Array.from(length.keys()).sort((a, b) => length[b]! - length[a]! || a - b);
    const slots: number[] = [], slotsByPosition: number[] = [], sizes: number[] = [];
    const last = new Int32Array(B);
    for (let l = 0, n = B; l < length[users[0]!]!; l++) {
      while (length[users[n - 1]!]! <= l) n--;
      for (let i = 0; i < n; i++) {
        last[users[i]!] = slots.length;
        slots.push(users[i]! * L + l);
        slotsByPosition.push(l * B + i);
      }
      sizes.push(n);
    }
    this.sizes = sizes;
    this.#last = tf.tensor1d(last, "int32");
    this.slots = Int32Array.from(slots);
    this.#slotsByPosition = slotsByPosition;
    [this.#slots, this.rows] = placesAndRows(slots, B * L);
  }

  /** The rows of the real positions of x [B, L, c]: [n, c]. */
  packed(x: tf.Tensor3D): tf.Tensor2D {
    const flat = tf.reshape(x, [-1, x.shape[2]]) as tf.Tensor2D; // [B L, c]
    return moved(flat, this.#slots, this.rows);
  }

  /** Rows [n, c] in their slots and one row [1, c] on all padding, a constant: [B, L, c]. */
  among(rows: tf.Tensor2D, padding: tf.Tensor2D): tf.Tensor3D {
    const operation = tf.customGrad((...given) => {
      const [x, save] = given as [tf.Tensor2D, tf.GradSaveFunc];
      save([this.#slots]);
      const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.gather(dy, saved[0] as tf.Tensor1D);
      return { value: tf.gather(tf.concat([x, padding]), this.rows), gradFunc };
    });
    return tf.reshape(operation(rows), [-1, this.L, rows.shape[1]]); // [B, L, c]
  }

  /** The sum of every user's rows: [B, c]. */
  summed(rows: tf.Tensor2D): tf.Tensor2D {
    return summedAt(rows, this.#of("users"), this.sizes[0]!);
  }

  /** Rows [n, c] back in their slots: [B, L, c], 0 on padding. */
  padded(rows: tf.Tensor2D): tf.Tensor3D {
    return tf.reshape(moved(rows, this.rows, this.#slots), [-1, this.L, rows.shape[1]]);
  }

  /** The rows of each position, [n_l, c]: those of the users whose histories are that long. */
  byPosition(rows: tf.Tensor2D): tf.Tensor2D[] {
    return this.sizes.length === 1 ? [rows] : tf.split(rows, [...this.sizes]);
  }

  /** The row of every user's last item, [B, c]. */
  last(rows: tf.Tensor2D): tf.Tensor2D {
    return lookedUp(rows, this.#last);
  }

  /**
   * Each position's rows [n_l, g c], g groups of c numbers, by a matrix of its own: [n, g c'].
   *
   * @param W [L, c, c']
   */
  mapped(rows: tf.Tensor2D, W: tf.Tensor3D): tf.Tensor2D {
    if (positionProductsCover(W)) return productsByKernel(rows, W, [...this.sizes]);
    const [L, c] = W.shape;
    const groups = rows.shape[1] / c;
    const [places, rowAt] = placesAndRows(this.#slotsByPosition, L * this.sizes[0]!);
    const byPosition = moved(rows, rowAt, places); // [L B, g c]
    const y = tf.matMul(tf.reshape(byPosition, [L, -1, c]), W) as tf.Tensor3D; // [L, B g, c']
    const flat = tf.reshape(y, [-1, groups * y.shape[2]]) as tf.Tensor2D; // [L B, g c']
    return moved(flat, places, rowAt);
  }

  /** What belongs to the users or to the positions, for each row: [n, c] of [B, c] or [L, c]. */
  spread(x: tf.Tensor2D, of: "users" | "positions"): tf.Tensor2D {
    return lookedUp(x, this.#of(of));
  }

  /** [n] the user or the position of each row */
  #of(what: "users" | "positions"): tf.Tensor1D {
    const at = this.slots.map((s) => what === "users" ? Math.floor(s / this.L) : s % this.L);
    return tf.tensor1d(at, "int32");
  }
}

function productsByKernel(x: tf.Tensor2D, W: tf.Tensor3D, sizes: number[]): tf.Tensor2D {
  const operation = tf.customGrad((...given) => {
    const [rows, matrices, save] = given as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([rows, matrices]);
    const run = (kernel: string, inputs: tf.NamedTensorMap) =>
      tf.engine().runKernel<tf.Tensor[]>(kernel, inputs, { sizes });
    const gradFunc = (dy: tf.Tensor, [x, W]: tf.Tensor[]) =>
      run(POSITION_PRODUCTS_GRADIENT, { x: x!, W: W!, dy });
    return { value: run(POSITION_PRODUCTS, { x: rows, W: matrices })[0]!, gradFunc };
  });
  return operation(x, W) as tf.Tensor2D;
}

/** Where each row lies, and which row a place has: as many as there are rows if it has none. */
function placesAndRows(places: readonly number[], count: number): [tf.Tensor1D, tf.Tensor1D] {
  const rows = new Int32Array(count).fill(places.length);
  places.forEach((place, row) => rows[place] = row);
  return [tf.tensor1d(Int32Array.from(places), "int32"), tf.tensor1d(rows, "int32")];
}

/**
 * y_i = x at to[i], and 0 where to[i] is one after the last row of x. Its gradient is the same the
 * other way round, by `from`: a look-up's own is a scatter, which not every backend has.
 */
function moved(x: tf.Tensor2D, to: tf.Tensor1D, from: tf.Tensor1D): tf.Tensor2D {
  const operation = tf.customGrad((...given) => {
    const [rows, save] = given as [tf.Tensor, tf.GradSaveFunc];
    save([from, to]);
    const gradFunc = (dy: tf.Tensor, [from, to]: tf.Tensor[]) => rowsAt(dy, from!, to!);
    return { value: rowsAt(rows, to, from), gradFunc };
  });
  return operation(x) as tf.Tensor2D;
}

function rowsAt(x: tf.Tensor, at: tf.Tensor, from: tf.Tensor): tf.Tensor2D {
  // only the way to the slots of a batch asks for the row after the last, and it has more of them
  if (at.shape[0]! <= x.shape[0]!) return tf.gather(x, at as tf.Tensor1D) as tf.Tensor2D;
  if (tf.getKernel(PLACED_ROWS, tf.getBackend())) {
    const count = at.shape[0]!;
    return tf.engine().runKernel(PLACED_ROWS, { x, at: from }, { count }) as tf.Tensor2D;
  }
  const zero = tf.zeros([1, x.shape[1]!]);
  return tf.gather(tf.concat([x, zero]), at as tf.Tensor1D) as tf.Tensor2D;
}
