/** HTML of outputs for pages: of what anybody may have written, only what is on a list stays. */
import createPurifier, { type Config, type DOMPurify } from "dompurify";

/** What HTML may consist of: text, tables, lists and pictures. */
const TAGS = "a abbr b blockquote br caption code col colgroup dd del details div dl dt em " +
  "figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span " +
  "strong sub summary sup table tbody td tfoot th thead tr u ul var wbr";

/** Neither ids nor classes: they would name what the page's own script and style name. */
const ATTRIBUTES = "align alt colspan dir height href lang open rowspan scope src start style " +
  "title width";

/** Of MathML what layout needs; nothing that acts or holds other markup. */
const MATH_TAGS = "math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle mpadded mphantom " +
  "msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd semantics";

const MATH_ATTRIBUTES = "accent accentunder columnalign columnspacing depth display displaystyle " +
  "fence form linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize " +
  "movablelimits rowspacing rspace scriptlevel separator stretchy symmetric voffset";

const CONFIG: Config = {
  ALLOWED_TAGS: `#text ${TAGS} ${MATH_TAGS}`.split(" "),
  ALLOWED_ATTR: `${ATTRIBUTES} ${MATH_ATTRIBUTES}`.split(" "),
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
};

/** Pictures inside the page; as pictures, SVGs run nothing and load nothing. */
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]/i;

const LINK = /^(?:https?:\/\/|mailto:|#)/i;

/** How text and tables look; nothing that lies over something else. */
const STYLES = new RegExp(
  "^(?:background|background-color|color|display|padding(?:-\\w+)?|margin(?:-\\w+)?|width|" +
    "(?:max|min)-width|border(?:-[\\w-]+)?|font(?:-[\\w-]+)?|line-height|text-align|" +
    "text-decoration|vertical-align|white-space|word-break|overflow-wrap|overflow(?:-[xy])?)$",
);

/** Words, numbers, lengths and, once colours are taken out, no call: no address, no escape. */
const VALUE = /^[\w\s.,#%!'"+-]*$/;

const COLOUR = /\b(?:rgb|hsl)a?\([\d\s.,%/]*\)/gi;

/** A negative length would move something over something else. */
const NEGATIVE = /(?:^|[\s,])-[\d.]/;

/**
 * HTML that neither runs nor loads anything, nor hides what is around it.
 *
 * @returns what is left of it; "" if that shows nothing
 */
export async function sanitized(html: string): Promise<string> {
  const purifier = await (loading ??= load());
  const body = purifier.sanitize(html, { ...CONFIG, RETURN_DOM: true });
  const shows = body.textContent?.trim() !== "" || body.querySelector("img[src], hr") !== null;
  return shows ? body.innerHTML : "";
}

let loading: Promise<DOMPurify> | undefined;

async function load(): Promise<DOMPurify> {
  const { JSDOM } = await import("jsdom");
  const purifier = createPurifier(new JSDOM("").window);
  purifier.addHook("uponSanitizeAttribute", (_element, attribute) => {
    const { attrName: name, attrValue: value } = attribute;
    if (name === "src") attribute.keepAttr = PICTURE.test(value);
    if (name === "href") attribute.keepAttr = LINK.test(value);
    if (name === "style") attribute.attrValue = harmless(value);
  });
  purifier.addHook("afterSanitizeAttributes", (element) => {
    if (element.hasAttribute("href")) element.setAttribute("rel", "noopener noreferrer");
  });
  return purifier;
}

/** The declarations of a style that are on the list. */
function harmless(style: string): string {
  return style.split(";").filter((declaration) => {
    const [, name = "", value = ""] = declaration.match(/^\s*([a-z-]+)\s*:(.*)$/is) ?? [];
    return STYLES.test(name.toLowerCase()) && VALUE.test(value.replace(COLOUR, "")) &&
      !NEGATIVE.test(value);
  }).join(";");
}
