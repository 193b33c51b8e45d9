/**
 * The real positions of a batch's histories, without padding: what a model does position by
 * position it does on these rows, a third of all slots where histories are short.
 */
import * as tf from "@tensorflow/tfjs-core";

/**
 * Which rows those are: all first positions, then all second ones, and so on, each with the users
 * from the longest history to the shortest. So position l has the first n_l of them.
 */
export class RealPositions {
  /** n_l of every position that any history has */
  readonly #sizes: number[] = [];
  /** [B] the users, longest history first, and each one's place among them */
  readonly #users: tf.Tensor1D;
  readonly #places: tf.Tensor1D;
  /** [n] where each row lies among the B L slots */
  readonly #slots: tf.Tensor1D;
  /** [B L] which row a slot has; n, one after the last, on padding */
  readonly #rows: tf.Tensor1D;
  /** the same for slots [L, B] in which every position's rows come first */
  readonly #slotsByPosition: tf.Tensor1D;
  readonly #rowsByPosition: tf.Tensor1D;

  /** @param length [B] items of every history, in 1..L */
  constructor(length: Int32Array, private readonly L: number) {
    const B = length.length;
    const users = Array.from(length.keys()).sort((a, b) => length[b]! - length[a]! || a - b);
    const slots: number[] = [], slotsByPosition: number[] = [];
    for (let l = 0, n = B; l < length[users[0]!]!; l++) {
      while (length[users[n - 1]!]! <= l) n--;
      for (let i = 0; i < n; i++) {
        slots.push(users[i]! * L + l);
        slotsByPosition.push(l * B + i);
      }
      this.#sizes.push(n);
    }
    const tensors = (places: number[], slots = B * L): [tf.Tensor1D, tf.Tensor1D] => {
      const rows = new Int32Array(slots).fill(places.length);
      places.forEach((slot, row) => rows[slot] = row);
      return [tf.tensor1d(Int32Array.from(places), "int32"), tf.tensor1d(rows, "int32")];
    };
    [this.#slots, this.#rows] = tensors(slots);
    [this.#slotsByPosition, this.#rowsByPosition] = tensors(slotsByPosition);
    [this.#users, this.#places] = tensors(users, B);
  }

  /** The rows of the real positions of x [B, L, c]: [n, c]. */
  packed(x: tf.Tensor3D): tf.Tensor2D {
    const flat = tf.reshape(x, [-1, x.shape[2]]) as tf.Tensor2D; // [B L, c]
    return moved(flat, this.#slots, this.#rows);
  }

  /** Rows [n, c] back in their slots: [B, L, c], 0 on padding. */
  padded(rows: tf.Tensor2D): tf.Tensor3D {
    return tf.reshape(moved(rows, this.#rows, this.#slots), [-1, this.L, rows.shape[1]]);
  }

  /** The rows of each position, [n_l, c]: those of the users whose histories are that long. */
  byPosition(rows: tf.Tensor2D): tf.Tensor2D[] {
    return this.#sizes.length === 1 ? [rows] : tf.split(rows, this.#sizes);
  }

  /** Rows of all users, longest history first, in the batch's order. */
  inOrder(rows: tf.Tensor2D): tf.Tensor2D {
    return moved(rows, this.#places, this.#users);
  }

  /**
   * Each position's rows [n_l, c] by a matrix of its own, [n, c'].
   *
   * @param W [L, c, c']
   */
  mapped(rows: tf.Tensor2D, W: tf.Tensor3D): tf.Tensor2D {
    const [L, c] = W.shape;
    const byPosition = moved(rows, this.#rowsByPosition, this.#slotsByPosition); // [L B, c]
    const y = tf.matMul(tf.reshape(byPosition, [L, -1, c]), W) as tf.Tensor3D; // [L, B, c']
    const flat = tf.reshape(y, [-1, y.shape[2]]) as tf.Tensor2D; // [L B, c']
    return moved(flat, this.#slotsByPosition, this.#rowsByPosition);
  }
}

/**
 * y_i = x at to[i], and 0 where to[i] is one after the last row of x. Its gradient is the same the
 * other way round, by `from`: a look-up's own is a scatter, which not every backend has.
 */
function moved(x: tf.Tensor2D, to: tf.Tensor1D, from: tf.Tensor1D): tf.Tensor2D {
  const operation = tf.customGrad((...given) => {
    const [rows, save] = given as [tf.Tensor, tf.GradSaveFunc];
    save([from]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => rowsAt(dy, saved[0]!);
    return { value: rowsAt(rows, to), gradFunc };
  });
  return operation(x) as tf.Tensor2D;
}

function rowsAt(x: tf.Tensor, at: tf.Tensor): tf.Tensor2D {
  const zero = tf.zeros([1, x.shape[1]!]);
  // only the way to the slots of a batch asks for the row after the last, and it has more of them
  const rows = at.shape[0]! > x.shape[0]! ? tf.concat([x, zero]) : x;
  return tf.gather(rows, at as tf.Tensor1D) as tf.Tensor2D;
}
