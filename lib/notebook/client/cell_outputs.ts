/** What a kernel publishes, filed under the cell it belongs to, with every irregularity noted. */
import type { Output, RichOutput } from "../file/ipynb.ts";
import type { Message } from "./wire.ts";

/**
 * The outputs of one run of a notebook. A cell is opened before its request is sent; from the next
 * cell on, whatever still names an earlier request is not filed but noted as a problem, as Jupyter
 * would show it in the wrong place or not at all.
 */
export class OutputFile {
  /** what is wrong with the output of the open cell, in sentences for its author */
  problems: string[] = [];

  #request = "";
  #outputs: Output[] = [];
  #clearBeforeNext = false;
  readonly #displays = new Map<string, RichOutput[]>();
  readonly #keepsValues: boolean;

  /**
   * Starts without a cell.
   *
   * @param keepsValues whether the value of a cell's last expression is kept as what it shows, as
   *   Jupyter would, rather than noted as a problem
   */
  constructor(keepsValues = false) {
    this.#keepsValues = keepsValues;
  }

  /** Starts a cell's list; it goes on growing while the cell runs. */
  open(request: string): Output[] {
    this.#request = request;
    this.#outputs = [];
    this.#clearBeforeNext = false;
    this.problems = [];
    return this.#outputs;
  }

  /** Files a published message. */
  hear({ header, parent, content }: Message): void {
    if (header.msg_type === "execute_input") return; // the kernel repeats what it was asked
    if (parent.msg_id !== this.#request) {
      const what = header.msg_type === "error"
        ? `${content.ename}: ${content.evalue}`
        : header.msg_type;
      this.problems.push(
        `some output (${what}) came after the cell had ended, where Jupyter shows it under ` +
          "another cell or loses it. Show it with `await show(...)`, which waits for it",
      );
      return;
    }
    switch (header.msg_type) {
      case "stream":
        return this.#stream(content.name === "stderr" ? "stderr" : "stdout", String(content.text));
      case "display_data":
        return this.#display(content);
      case "update_display_data":
        return this.#update(content);
      case "execute_result":
        if (this.#keepsValues) return this.#display(content);
        this.problems.push(
          "it ends with an expression, whose value Jupyter may show under another cell. " +
            "Show it with `await show(...)`",
        );
        return;
      case "error":
        this.#add({
          output_type: "error",
          ename: String(content.ename),
          evalue: String(content.evalue),
          traceback: content.traceback as string[],
        });
        return;
      case "clear_output":
        if (content.wait) this.#clearBeforeNext = true;
        else this.#outputs.length = 0;
        return;
      default:
        this.problems.push(`it publishes ${header.msg_type}, which a notebook file cannot keep`);
    }
  }

  #add(output: Output): void {
    if (this.#clearBeforeNext) this.#outputs.length = 0;
    this.#clearBeforeNext = false;
    this.#outputs.push(output);
  }

  #stream(name: "stdout" | "stderr", text: string): void {
    const last = this.#outputs.at(-1);
    const continues = last?.output_type === "stream" && last.name === name;
    if (continues && !this.#clearBeforeNext) last.text += text;
    else this.#add({ output_type: "stream", name, text });
  }

  #display(content: Message["content"]): void {
    const output: RichOutput = { output_type: "display_data", data: {}, metadata: {} };
    fill(output, content);
    this.#add(output);
    const id = displayId(content);
    if (id !== undefined) this.#displays.set(id, [...this.#displays.get(id) ?? [], output]);
  }

  #update(content: Message["content"]): void {
    const shown = this.#displays.get(displayId(content) ?? "");
    if (shown === undefined) this.problems.push("it updates a display that was never shown");
    for (const output of shown ?? []) fill(output, content);
  }
}

function fill(output: RichOutput, content: Message["content"]): void {
  output.data = content.data as RichOutput["data"];
  output.metadata = content.metadata as RichOutput["metadata"];
}

function displayId(content: Message["content"]): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}
