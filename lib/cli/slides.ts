/** `deno task slides`: the lecture as a page. */
import { shownPath } from "../base/files.ts";
import { writeSlides } from "../render/slides/slides_page.ts";
import { runPlainCommand } from "./main.ts";

const usage = `deno task slides

Writes results/html/slides.html, a lecture of 90 minutes: framework, hidden negatives, collapse,
both fixes, what holds. It is one file that needs no network. In a browser:

  slides.html                                     the slides; F is full screen, O an overview
  slides.html?showNotes=true                      with what is said, and the minutes
  slides.html?print-pdf                           for the printer, or a PDF
  slides.html?print-pdf&showNotes=separate-page   likewise, with what is said`;

await runPlainCommand(usage, async () => {
  console.log(shownPath(await writeSlides()));
});
