/** Deno's language server, asked what VS Code asks it when a notebook is opened. */
import { spawn } from "node:child_process";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node.js";
import { projectRoot } from "../../base/files.ts";
import { toFileUrl } from "../../base/paths.ts";

/** What is underlined in a cell. */
export interface Diagnostic {
  readonly source: string;
  readonly message: string;
  /** counted from 0 */
  readonly range: { readonly start: { readonly line: number } };
}

/** A running language server. */
export interface LanguageServer {
  /**
   * Opens a notebook and asks for the diagnostics of its code cells, in their order.
   *
   * @param path need not exist; imports of the cells count from it
   */
  diagnosticsOf(path: string, cells: readonly string[]): Promise<Diagnostic[][]>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Starts the language server of this Deno in the project's folder. */
export async function startLanguageServer(): Promise<LanguageServer> {
  const child = spawn(Deno.execPath(), ["lsp"], {
    cwd: projectRoot,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const server = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  server.onRequest(
    "workspace/configuration",
    ({ items }: { items: unknown[] }) => items.map(() => ({ enable: true })),
  );
  server.onRequest(() => null); // what it registers with an editor
  server.listen();
  const root = toFileUrl(projectRoot).href;
  await server.sendRequest("initialize", {
    processId: Deno.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: "project" }],
    initializationOptions: { enable: true },
    capabilities: {
      workspace: { configuration: true },
      textDocument: { diagnostic: {} },
      notebookDocument: { synchronization: {} },
    },
  });
  await server.sendNotification("initialized", {});
  return {
    async diagnosticsOf(path, cells) {
      const { href, pathname } = toFileUrl(path);
      const uris = cells.map((_, i) => `vscode-notebook-cell:${pathname}#W${i}`);
      await server.sendNotification("notebookDocument/didOpen", {
        notebookDocument: {
          uri: href,
          notebookType: "jupyter-notebook",
          version: 1,
          cells: uris.map((document) => ({ kind: 2, document })), // 2: code
        },
        cellTextDocuments: cells.map((text, i) => ({
          uri: uris[i],
          languageId: "typescript",
          version: 1,
          text,
        })),
      });
      const found: Diagnostic[][] = [];
      for (const uri of uris) {
        const { items } = await server.sendRequest<{ items: Diagnostic[] }>(
          "textDocument/diagnostic",
          { textDocument: { uri } },
        );
        found.push(items);
      }
      return found;
    },
    async stop() {
      await server.sendRequest("shutdown");
      await server.sendNotification("exit");
      server.dispose();
      await ended;
    },
  };
}
