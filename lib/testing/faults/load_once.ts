/** Loads a data set with places of its own, and prints its hash: a process that may be killed. */
import { join } from "../../base/paths.ts";
import { runCommand } from "../../cli/main.ts";
import { data } from "../../data/load.ts";

await runCommand(async () => {
  const [folder] = Deno.args;
  const [cache, downloads, own] = ["cache", "downloads", "data"].map((name) => join(folder!, name));
  const places = { cache: cache!, downloads: downloads!, folders: [own!] };
  console.log((await data("books-maerec", { places })).hash);
});
