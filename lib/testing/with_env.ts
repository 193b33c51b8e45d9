/** Environment variables of one test. */

/** Runs something with variables set, or unset if undefined; afterwards they are as before. */
export async function withEnv<T>(
  variables: Readonly<Record<string, string | undefined>>,
  run: () => T | Promise<T>,
): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, Deno.env.get(name)] as const);
  const set = ([name, value]: readonly [string, string | undefined]) =>
    value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
  Object.entries(variables).forEach(set);
  try {
    return await run();
  } finally {
    before.forEach(set);
  }
}
