/** The lecture as one HTML page: reveal.js, pictures and fonts are inside, nothing is loaded. */
import { BadInput } from "../../base/bad_input.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { projectPath, resultsPath, writeAtomically } from "../../base/files.ts";
import { codeCells, readNotebook } from "../../notebook/file/ipynb.ts";
import { documentHtml } from "../../notebook/page/page_document.ts";
import { MarkdownRenderer } from "../../notebook/page/page_markdown.ts";
import { highlighted } from "../../notebook/page/page_outputs.ts";
import { findNotebooks } from "../../notebook/project_notebooks.ts";
import { dataUri } from "../../show/picture/data_uri.ts";
import { toSvg } from "../../show/picture/picture.ts";
import { inShape, withoutTitle } from "../../show/plain_figure.ts";
import { indexed } from "../figure_index.ts";
import { lecture } from "./lecture.ts";
import type { Part, Slide } from "./slide.ts";
import { SLIDES_SCRIPT, SLIDES_STYLE } from "./slides_style.ts";

/** Width over height of a slide's place for a figure. */
const ROOM = 1200 / 490;

/** The deck's file. */
export function slidesPath(): string {
  return resultsPath("html", "slides.html");
}

/**
 * Writes the deck.
 *
 * @returns its path
 * @throws {BadInput} if runs or a notebook's definition that it shows are not there
 */
export async function writeSlides(): Promise<string> {
  await writeAtomically(slidesPath(), await slidesHtml(lecture));
  return slidesPath();
}

/** Slides with their minutes as a page of reveal.js. */
export async function slidesHtml(parts: readonly Part[]): Promise<string> {
  const sections: string[] = [];
  let start = 0;
  for (const { title, slides } of parts) {
    for (const slide of slides) {
      sections.push(await sectionHtml(title, slide, start));
      start += slide.minutes;
    }
  }
  const body = `<div class="reveal"><div class="slides">
${sections.join("\n")}
</div></div>`;
  const [script, style] = await Promise.all([revealFile("reveal.js"), revealFile("reveal.css")]);
  const safe = script.replaceAll("</script", "<\\/script");
  return await documentHtml(
    "REMI in 90 minutes",
    body,
    [safe, SLIDES_SCRIPT],
    style + SLIDES_STYLE,
  );
}

/** A file of the installed package. */
function revealFile(name: string): Promise<string> {
  return Deno.readTextFile(projectPath("node_modules", "reveal.js", "dist", name));
}

async function sectionHtml(part: string, slide: Slide, start: number): Promise<string> {
  const { title, minutes, notes, text, code, source } = slide;
  const markdown = new MarkdownRenderer("slides", ".");
  const rendered = (words: string) => markdown.render(words).html;
  const end = start + minutes;
  const clock = `${Math.floor(end / 60)}:${String(end % 60).padStart(2, "0")}`;
  const { picture, finding, data } = await figureHtml(slide);
  const foot = [data, source && `<code>${escapeHtml(source)}</code>`].filter(Boolean).join(" · ");
  return `<section>
<p class="part">${escapeHtml(part)}</p>
<h2>${escapeHtml(title)}</h2>
${finding}${text ? `<div class="text">${rendered(text)}</div>` : ""}
${code ? `<pre class="code"><code>${highlighted(await definition(code))}</code></pre>` : ""}
${picture}${slide.table ? `<div class="table">${(await slide.table()).toHtml()}</div>` : ""}
<p class="foot">${foot}</p>
<aside class="notes"><p><b>${minutes} min, until ${clock}</b></p>${rendered(notes)}</aside>
</section>`;
}

/** A slide's figure without its title, whose words stand above and below it. */
async function figureHtml({ figure, drawing }: Slide) {
  if (figure === undefined) return { picture: "", finding: "", data: "" };
  const made = await figure();
  const { alt, finding, data } = indexed("", made);
  const plain = withoutTitle(made);
  const src = dataUri(await toSvg(drawing ? plain : inShape(plain, ROOM)));
  return {
    picture: `<img alt="${escapeHtml(alt)}" src="${src}">`,
    finding: `<p class="finding">${escapeHtml(finding)}</p>`,
    data: escapeHtml(data),
  };
}

/** The statement of a notebook's cells that defines a name. */
async function definition({ notebook, name }: NonNullable<Slide["code"]>): Promise<string> {
  const [path] = await findNotebooks([notebook]);
  for (const { source } of codeCells(await readNotebook(path!))) {
    const found = source.match(new RegExp(`^const ${name} = [\\s\\S]*?^};$`, "m"));
    if (found) return found[0];
  }
  const remedy = "Name one that its code cells define.";
  throw new BadInput("not defined in it", `slides, notebook ${notebook}`, name, remedy);
}
