/**
 * The N best of a user: a heap of (f32 score, u32 item) whose root is the worst, that is the lowest
 * score and among equal scores the largest item. Places not yet taken hold (-Infinity, 0).
 */

// @ts-ignore: decorator
@inline
function worse(score: f32, item: u32, than: f32, thanItem: u32): bool {
  return score < than || (score == than && item > thanItem);
}

/** An empty heap of n places. */
export function clear(heap: usize, n: i32): void {
  for (let i = 0; i < n; i++) {
    store<f32>(heap + (<usize>i << 3), -Infinity);
    store<u32>(heap + (<usize>i << 3), 0, 4);
  }
}

/** Whether (score, item) belongs into a heap with this root. */
export function belongs(heap: usize, score: f32, item: u32): bool {
  return worse(load<f32>(heap), load<u32>(heap, 4), score, item);
}

/** Puts (score, item) into the place of the root of a heap of n places. */
export function replaceWorst(heap: usize, n: i32, score: f32, item: u32): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= n) break;
    let at = heap + (<usize>child << 3);
    if (
      child + 1 < n &&
      worse(load<f32>(at, 8), load<u32>(at, 12), load<f32>(at), load<u32>(at, 4))
    ) {
      child++;
      at += 8;
    }
    if (!worse(load<f32>(at), load<u32>(at, 4), score, item)) break;
    store<u64>(heap + (<usize>place << 3), load<u64>(at));
    place = child;
  }
  store<f32>(heap + (<usize>place << 3), score);
  store<u32>(heap + (<usize>place << 3), item, 4);
}

/** Turns a heap of n places into a list, best first. */
export function sortBestFirst(heap: usize, n: i32): void {
  for (let last = n - 1; last > 0; last--) {
    const end = heap + (<usize>last << 3);
    const score = load<f32>(end), item = load<u32>(end, 4);
    store<u64>(end, load<u64>(heap)); // the worst of those left
    replaceWorst(heap, last, score, item);
  }
}
