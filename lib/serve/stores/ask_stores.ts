/** The same question to our own retrieval and to every store at hand. */
import { BadInput } from "../../base/bad_input.ts";
import { environment } from "../../base/environment.ts";
import type { Name } from "../asked.ts";
import { type Exported, exportedUser, readExport } from "../exported.ts";
import { openLanceDb } from "./lancedb.ts";
import { INSTALL_STORES, storePackages } from "./packages.ts";
import { LIST_SQL, openPglite, openPostgres, POSTGRES, serverUrl, tablesSql } from "./pgvector.ts";
import { type OpenStore, storeQuery, type VectorStore } from "./vector_store.ts";
import { openOwnRetrieval } from "./own_retrieval.ts";

/** Whose list is asked for. */
export interface StoresQuestion {
  /** as the export names the user, a number where the ids are numbers */
  readonly user: Name;
  /** how many items, or all where the catalogue ends before; 50 */
  readonly n?: number;
  /** whether what the user had may come again; false */
  readonly withSeen?: boolean;
}

/** What the stores say. */
export interface StoresAnswer {
  /** a row a rank: the item's label by store; null where no store is installed */
  readonly rows: readonly Readonly<Record<string, string | number>>[] | null;
  /** what a store is to be asked, as Markdown, and the command that installs stores */
  readonly how: string;
}

/**
 * The stores that can be opened here; none if they are not installed.
 *
 * @throws {BadInput} if a server is named wrongly: before the others are filled
 */
export async function storesAtHand(): Promise<OpenStore[]> {
  const hasServer = environment(POSTGRES) !== undefined;
  if (hasServer) serverUrl();
  if (!await storePackages.installed()) return [];
  return [openLanceDb, openPglite, ...(hasServer ? [openPostgres] : [])];
}

/**
 * Asks the vector stores that are installed for a user's list, beside our own retrieval, with the
 * vectors of an export. Where none is installed, `how` has the SQL that pgvector takes.
 *
 * @throws {BadInput} if there is no export in the folder, it is not whole or has no such user, n
 *   is no size, a server is named wrongly, or a store fails
 */
export async function askStores(
  folder: string,
  { user, n = 50, withSeen = false }: StoresQuestion,
): Promise<StoresAnswer> {
  if (!Number.isInteger(n) || n < 1) {
    throw new BadInput("not a size", "askStores, n", n, "Give an integer >= 1.");
  }
  const exported = await readExport(folder);
  const asked = exportedUser(exported, user);
  const query = storeQuery(exported, n, withSeen);
  const open = await storesAtHand();
  const how = howTo(exported);
  if (open.length === 0) return { rows: null, how };
  const label = new Map(exported.items.map(({ id, label }) => [id, label]));
  const lists: Record<string, string[]> = {};
  for (const one of [openOwnRetrieval, ...open]) {
    const store: VectorStore = await one(exported, folder);
    try {
      const list = await store.top(asked, query);
      lists[store.name] = list.map(({ id }) => label.get(id)!);
    } finally {
      await store.close();
    }
  }
  const longest = Math.max(...Object.values(lists).map((list) => list.length));
  const rows = Array.from({ length: longest }, (_, at) => ({
    rank: at + 1,
    ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list[at] ?? ""])),
  }));
  return { rows, how };
}

function howTo({ manifest: { d } }: Exported): string {
  return `No vector store is installed; \`${INSTALL_STORES}\` installs LanceDB and pgvector in ` +
    "PGlite. In your own PostgreSQL the export goes into these tables\n\n" +
    `\`\`\`sql\n${tablesSql(d)}\n\`\`\`\n\n` +
    "and a user's list is (`$1` the user, `$2` how many, `$3` whether what the user had may come " +
    `again)\n\n\`\`\`sql\n${LIST_SQL}\n\`\`\``;
}
