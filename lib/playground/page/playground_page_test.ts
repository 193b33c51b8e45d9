/** The page in a real browser: the same bits as in Deno, nothing loaded, narrow enough. */
import assert from "node:assert/strict";
import { chromium, type Page } from "playwright-core";
import { join, toFileUrl } from "../../base/paths.ts";
import { userCount } from "../../data/interactions.ts";
import { findChromium } from "../../show/picture/print_page.ts";
import { Playground } from "../playground.ts";
import { PRESET_STEPS, presets } from "../presets.ts";
import { playgroundHtml } from "./playground_html.ts";

/** The page may have so many bytes. */
const MOST_BYTES = 3 * 2 ** 20;

const browser = await findChromium();

/** Waits until a training has stopped where a preset does; the state that the page shows. */
async function stateAtEnd(page: Page): Promise<string | null> {
  await page.waitForFunction(
    (steps) => document.getElementById("at")!.textContent === steps,
    String(PRESET_STEPS),
    { timeout: 120_000 },
  );
  return await page.textContent("#state");
}

Deno.test({
  name: "the page trains to the same bits as Deno, loads nothing and fits a phone" +
    (browser ? "" : " (skipped: no Chromium found; CHROMIUM can name one)"),
  ignore: !browser,
  fn: async (test) => {
    const html = await playgroundHtml();
    assert.ok(new TextEncoder().encode(html).length < MOST_BYTES);
    const folder = await Deno.makeTempDir();
    const file = join(folder, "playground.html");
    await Deno.writeTextFile(file, html);
    const running = await chromium.launch({
      executablePath: browser!,
      args: Deno.uid() === 0 ? ["--no-sandbox"] : [], // Chromium refuses to have one as root
    });
    try {
      const page = await running.newPage({ viewport: { width: 390, height: 844 } });
      const [loaded, wrong]: [string[], string[]] = [[], []];
      page.on("request", (request) => loaded.push(request.url().slice(0, 5)));
      page.on("console", (message) => wrong.push(message.text()));
      page.on("pageerror", (error) => wrong.push(error.message));
      await page.goto(`${toFileUrl(file)}`);
      for (const name of ["found", "open"] as const) {
        await test.step(`${presets[name].title}: the same bits`, async () => {
          await page.keyboard.press(String(1 + Object.keys(presets).indexOf(name)));
          const state = await stateAtEnd(page);
          const playground = await Playground.begin(presets[name].settings);
          await playground.advance(PRESET_STEPS);
          assert.equal(state, playground.state());
          playground.dispose();
          for (let i = 0; i < 2; i++) await page.keyboard.press("+"); // the second one faster
        });
      }
      await test.step("it says its numbers, and fits 390 pixels", async () => {
        assert.match((await page.textContent("#live"))!, /^Step 500\. Recall@20 [\d.]+ %/);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(width, 390);
      });
      await test.step("a preset that is begun anew stops where it did before", async () => {
        const state = await page.textContent("#state");
        await page.keyboard.press("r");
        assert.equal(await page.textContent("#at"), "0");
        await page.keyboard.press(" ");
        assert.equal(await stateAtEnd(page), state);
      });
      await test.step("a seed that is none is refused, naming its field", async () => {
        const given = async (field: string, text: string) => {
          await page.fill(field, text);
          await page.press(field, "Tab");
          return await page.inputValue(field);
        };
        await page.click("#own > summary"); // a phone shows the training first
        assert.equal(await given("#set-seed", "-5"), String(presets.open.settings.seed));
        assert.match((await page.textContent("#wrong"))!, /^the field seed: not a value of .*-5/);
        assert.equal(await given("#toy-seed", "4"), "4");
        assert.equal(await given("#toy-seed", "1.5"), "4");
        assert.match((await page.textContent("#toy-wrong"))!, /^the toy's field seed: not a .*1.5/);
        assert.match((await page.textContent("#toy-cell"))!, /seed: 4 }/);
        assert.equal(await given("#toy-seed", "5"), "5");
        assert.equal(await page.textContent("#toy-wrong"), "");
      });
      await test.step("it says what its users are for", async () => {
        const playground = await Playground.begin(presets.open.settings);
        const { users, dataset } = playground;
        const said = (await page.textContent("main > p"))!.replaceAll(/\s+/g, " ");
        const train = userCount(dataset.train);
        assert.ok(said.includes(`1,000 users: ${train} are trained on, ${users} are held`), said);
        playground.dispose();
      });
      await test.step("another user is shown, and the cell is of that one", async () => {
        await page.evaluate(() => {
          document.getElementById("restart")!.click();
          document.getElementById("previous")!.click(); // before the training's first picture
        });
        const shown = page.locator("#about-plane", { hasText: "User 99 has" });
        await shown.waitFor({ state: "attached" });
        assert.match((await page.textContent("#cell"))!, /follow\(trained, \{ user: 99 \}\)/);
      });
      await test.step("a link with a mistake says so, and goes on saying so", async () => {
        await page.goto(`${toFileUrl(file)}#K=9`);
        await page.reload();
        for (let i = 0; i < 4; i++) await page.keyboard.press("+");
        await stateAtEnd(page);
        assert.match((await page.textContent("#live"))!, /^Step 500\./);
        assert.match((await page.textContent("#wrong"))!, /K: not a value of this setting/);
        await page.keyboard.press("1");
        assert.equal(await page.textContent("#wrong"), "");
      });
      assert.deepEqual(wrong, []);
      assert.deepEqual([...new Set(loaded)].toSorted(), ["blob:", "file:"]);
    } finally {
      await running.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
