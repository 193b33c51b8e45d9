/** `deno task stores`: vector stores that serve several vectors, against our own retrieval. */
import { BadInput } from "../base/bad_input.ts";
import { positiveInteger } from "../base/number_text.ts";
import { shownName } from "../base/shown_name.ts";
import { type Exported, exportedUser, readExport } from "../serve/exported.ts";
import { storesAtHand } from "../serve/stores/ask_stores.ts";
import { LANCE_TABLE } from "../serve/stores/lancedb.ts";
import { INSTALL_STORES, storePackages } from "../serve/stores/packages.ts";
import { LIST_SQL, POSTGRES, tablesSql } from "../serve/stores/pgvector.ts";
import { type Agreement, agreementOf, openOwnRetrieval } from "../serve/stores/own_retrieval.ts";
import { type StoreItem, storeQuery } from "../serve/stores/vector_store.ts";
import { grouped } from "../show/theme.ts";
import { callerPath } from "./caller_path.ts";
import { parseArgs, runCommand } from "./main.ts";

const usage = `deno task stores <folder of an export> [options]
deno task stores --install
deno task stores --sql

Puts an export into vector stores, LanceDB and PostgreSQL's pgvector, asks them for users' lists,
and compares with our own exact retrieval: ids and order, where scores are no ties. In LanceDB a
user's K interests are K query vectors of one call; either way answers are merged by the maximum.
(MaxSim of a store's multivector search sums over interests, which is another ranking.)

  --user <id>            one user's list from every store, instead of a comparison of many
  --users <n>            users that are compared, spread evenly over all (default 100)
  --n <n>                items of a list (default 50)
  --with-seen            items that a user had may come again, which they do not otherwise
  --install              install the stores' packages, about 340 MB, in data/downloads/stores
  --sql                  print the tables and the query for your own PostgreSQL

pgvector runs in PGlite, PostgreSQL inside this process. The environment variable ${POSTGRES}, such
as postgres://user:password@host/database, names a server that is asked too; its tables are those
of the schema "remi", made anew in one transaction. LanceDB's is the table "${LANCE_TABLE}" in the
folder lancedb of the export, made anew as well; other tables of either stay as they are.`;

/** A list as a person reads it. */
function listed(name: string, list: readonly StoreItem[], { items }: Exported): string {
  const labels = new Map(items.map(({ id, label }) => [id, label]));
  const lines = list.map(({ id, score }, at) =>
    `${String(at + 1).padStart(4)}  ${score.toFixed(3)}  ${shownName(labels.get(id)!)}`
  );
  return [`${name}:`, ...lines].join("\n");
}

await runCommand(async () => {
  const { values, positionals: [folder] } = parseArgs({
    options: {
      user: { type: "string" },
      users: { type: "string", default: "100" },
      n: { type: "string", default: "50" },
      "with-seen": { type: "boolean", default: false },
      install: { type: "boolean", default: false },
      sql: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
    allowPositionals: true,
  }, {
    names: 1,
    excludes: {
      install: ["names", "user", "users", "n", "with-seen", "sql"],
      sql: ["user", "users", "n", "with-seen"],
      user: ["users"],
    },
  });
  if (values.help) return console.log(usage);
  if (values.install) {
    await storePackages.install();
    return console.log("ready: deno task stores <folder of an export>");
  }
  const n = positiveInteger(values.n, "--n");
  const most = positiveInteger(values.users, "--users");
  if (folder === undefined) {
    if (values.sql) return console.log(`${tablesSql(64)}\n\n${LIST_SQL};`);
    const remedy = "Name the folder that deno task export wrote, or see --help.";
    throw new BadInput("no export is named", "deno task stores", undefined, remedy);
  }
  const exported = await readExport(callerPath(folder));
  if (values.sql) return console.log(`${tablesSql(exported.manifest.d)}\n\n${LIST_SQL};`);
  const open = await storesAtHand();
  if (open.length === 0) {
    const remedy = `Install them with ${INSTALL_STORES}, or see the SQL with --sql.`;
    throw new BadInput("no vector store is installed", "deno task stores", undefined, remedy);
  }
  const query = storeQuery(exported, n, values["with-seen"]);
  const all = [...exported.users.values()];
  const count = Math.min(all.length, most);
  const asked = values.user === undefined
    ? Array.from({ length: count }, (_, i) => all[Math.floor(i * all.length / count)]!)
    : [exportedUser(exported, values.user)];
  const own = await openOwnRetrieval(exported);
  const lists = await Promise.all(asked.map((user) => own.top(user, query)));
  await own.close();
  const { items, users, K, d } = exported.manifest;
  console.log(`${grouped(items)} items, ${grouped(users)} users, K = ${K}, d = ${d}`);
  if (values.user !== undefined) console.log(listed(own.name, lists[0]!, exported));
  let different = 0;
  for (const one of open) {
    const [begun, store] = [performance.now(), await one(exported, callerPath(folder))];
    const loaded = performance.now();
    const found: Record<Agreement, number> = { "same": 0, "same but for ties": 0, "different": 0 };
    for (const [at, user] of asked.entries()) {
      const list = await store.top(user, query);
      if (values.user !== undefined) console.log(listed(store.name, list, exported));
      found[agreementOf(lists[at]!, list)]++;
    }
    const milliseconds = (performance.now() - loaded) / asked.length;
    await store.close();
    different += found.different;
    const said = Object.entries(found).filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what}`);
    console.log(
      `${store.name}: top ${query.n} of ${asked.length} users: ${said.join(", ")} ` +
        `(filled in ${((loaded - begun) / 1000).toFixed(1)} s, ${
          milliseconds.toFixed(1)
        } ms a list)`,
    );
  }
  if (different > 0) Deno.exitCode = 1;
});
