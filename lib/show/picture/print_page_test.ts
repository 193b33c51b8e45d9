/** What printing does where the browser or the page is no good. */
import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { join, toFileUrl } from "../../base/paths.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { Chromium } from "./chromium.ts";
import { findChromium, pagesOfPdf, printPage } from "./print_page.ts";
import { withEnv } from "../../testing/with_env.ts";

const chromium = await findChromium();
const missing = chromium ? "" : " (skipped: no Chromium found; CHROMIUM can name one)";

/** Runs a test with another program as the browser, and with temporary files in a folder. */
async function withBrowser(program: string | undefined, test: () => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await withEnv({ CHROMIUM: program, TMPDIR: folder }, test);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), []);
  });
}

async function refused(url: string, why: RegExp): Promise<void> {
  await assert.rejects(printPage(url), (error: Error) => {
    assert.ok(error instanceof BadInput, String(error.stack));
    assert.match(error.message, why);
    return true;
  });
}

for (
  const [what, script, why] of [
    ["ends at once", "#!/bin/sh\nexit 3\n", /printed nothing: it ended by itself, 3/],
    ["is no program", "no program", /printed nothing: it (does not start|ended by itself)/],
  ] as const
) {
  Deno.test({
    name: `a browser that ${what} is told at once, and leaves nothing behind`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      inFolder(async (folder) => {
        const program = join(folder, "browser");
        await Deno.writeTextFile(program, script, { mode: 0o755 });
        await withBrowser(program, () => refused("file:///page.html", why));
      }),
  });
}

Deno.test({
  name: `a page that is not there is told, one that is there is printed${missing}`,
  ignore: !chromium,
  fn: () =>
    inFolder(async (folder) => {
      const page = join(folder, "page.html");
      await withBrowser(chromium, async () => {
        const url = toFileUrl(page).href;
        await refused(url, /printed nothing: net::ERR_FILE_NOT_FOUND/);
        await Deno.writeTextFile(page, "<!DOCTYPE html><p>A page.");
        assert.equal(pagesOfPdf(await printPage(url)), 1);
      });
    }),
});

Deno.test({
  name: `a page that crashes ends what was asked of it${missing}`,
  ignore: !chromium,
  fn: () =>
    withBrowser(chromium, async () => {
      const browser = await Chromium.start(chromium!);
      try {
        const { targetId } = await browser.ask("Target.createTarget", { url: "about:blank" });
        const flat = { targetId, flatten: true };
        const { sessionId } = await browser.ask("Target.attachToTarget", flat);
        await browser.ask("Inspector.enable", {}, sessionId);
        await assert.rejects(browser.ask("Page.crash", {}, sessionId), /the page crashed/);
      } finally {
        await browser.close();
      }
    }),
});
