/** Settings that come from environment variables. */
import { BadInput } from "./bad_input.ts";

/**
 * The value of an environment variable; undefined if it is not set.
 *
 * @throws {BadInput} if it is set to nothing: a script that lost its value must not get another
 */
export function environment(name: string): string | undefined {
  const value = Deno.env.get(name);
  if (value === undefined || value.trim() !== "") return value;
  throw new BadInput(
    "set to nothing",
    `environment variable ${name}`,
    value,
    `Give it a value, or unset ${name}.`,
  );
}
