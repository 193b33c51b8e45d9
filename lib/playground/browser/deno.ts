/** What the library calls of Deno where it runs in a browser: values in words, for its errors. */
export const Deno = { inspect: (value: unknown): string => JSON.stringify(value) };
