/** A browser to compare with. */
import { exists } from "../base/files.ts";

/** Chromium, or Chrome: what the environment variable CHROMIUM names, or where it usually is. */
export async function findChromium(): Promise<string | undefined> {
  const names = [
    Deno.env.get("CHROMIUM"),
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
  ];
  for (const name of names) if (name && await exists(name)) return name;
}
