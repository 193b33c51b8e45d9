/** Commands as a person types them. */

/**
 * A task with its arguments, each as a shell takes it.
 *
 *     commandLine("train", ["--from", "my data.csv"])  // deno task train --from 'my data.csv'
 */
export function commandLine(task: string, args: readonly string[]): string {
  return ["deno task", task, ...args.map(quoted)].join(" ");
}

function quoted(text: string): string {
  return /^[\w./:=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
