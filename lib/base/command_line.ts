/** Commands as a person types them. */

/** How arguments that are not plain are quoted. */
interface Quoting {
  readonly plain: RegExp;
  quoted(text: string): string;
}

const sh: Quoting = {
  plain: /^[\w./:=,-]+$/,
  quoted: (text) => `'${text.replaceAll("'", `'\\''`)}'`,
};

/** Backslashes count as themselves, but for those before a quotation mark. */
const cmd: Quoting = {
  plain: /^[\w.\\/:=,-]+$/,
  quoted: (text) => `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&")}"`,
};

/**
 * A task with its arguments, each as a shell takes it: sh, or cmd.exe on Windows.
 *
 *     commandLine("train", ["--from", "my data.csv"])  // deno task train --from 'my data.csv'
 */
export function commandLine(
  task: string,
  args: readonly string[],
  os: typeof Deno.build.os = Deno.build.os,
): string {
  const { plain, quoted } = os === "windows" ? cmd : sh;
  return ["deno task", task, ...args.map((text) => plain.test(text) ? text : quoted(text))]
    .join(" ");
}

/**
 * An option with its value, as arguments of a command: after a blank, a value that begins with a
 * minus would be taken for another option.
 */
export function optionArguments(name: string, value: string | number): string[] {
  const text = String(value);
  return text.startsWith("-") ? [`--${name}=${text}`] : [`--${name}`, text];
}
