/** Where a program spends its time: methods that are timed while it runs. */

// foreign boundary: a method of any class, called as it was called
// deno-lint-ignore no-explicit-any
type Method = (...args: any[]) => unknown;

/** Adds up the time that calls take, by name. Calls within timed calls count for the outer one. */
export class Stopwatch {
  /** milliseconds by name */
  readonly spent = new Map<string, number>();
  readonly #restore: (() => void)[] = [];
  #busy = false;

  /** @param now milliseconds: by the clock, unless another one is given */
  constructor(readonly now: () => number = () => performance.now()) {}

  /** Times a method of a class until {@linkcode Stopwatch.stop}. */
  method<T extends object>(prototype: T, method: keyof T, name: string): void {
    const original = prototype[method] as Method;
    const timed = this.wrapped(name, original);
    prototype[method] = timed as T[typeof method];
    this.#restore.push(() => prototype[method] = original as T[typeof method]);
  }

  /** A function that does the same and is timed. */
  wrapped<F extends Method>(name: string, original: F): F {
    // deno-lint-ignore no-this-alias
    const watch = this;
    return function (this: unknown, ...args: unknown[]) {
      if (watch.#busy) return original.apply(this, args);
      const start = watch.now();
      const done = (): void => {
        watch.#busy = false;
        watch.spent.set(name, (watch.spent.get(name) ?? 0) + watch.now() - start);
      };
      watch.#busy = true;
      const result = original.apply(this, args);
      if (result instanceof Promise) return result.finally(done);
      done();
      return result;
    } as F;
  }

  /** Puts the methods back. */
  stop(): void {
    for (const restore of this.#restore) restore();
  }
}
