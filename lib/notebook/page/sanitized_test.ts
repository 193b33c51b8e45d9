import assert from "node:assert/strict";
import { JSDOM } from "jsdom";
import { MarkdownRenderer } from "./page_markdown.ts";
import { sanitized } from "./sanitized.ts";

/** HTML that would run, load, send, or cover something, each with a word that may stay. */
const HOSTILE = [
  "<script>alert(1)</script>word",
  "<scr<script>ipt>alert(1)</scr</script>ipt>word",
  "<img src=x onerror=alert(1)>word",
  "<img/src=x/onerror=alert(1)>word",
  "<img src='data:text/html,<script>alert(1)</script>'>word",
  "<img src='//example.org/x.png'>word",
  "<img srcset='https://example.org/x.png 2x'>word",
  "<image src='https://example.org/x.png'>word",
  "<svg onload=alert(1)><text>word</text></svg>word",
  "<svg><script>alert(1)</script></svg>word",
  "<svg><style>@import url(https://example.org/x)</style></svg>word",
  "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>word",
  "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>word",
  "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)/>#x'/></svg>word",
  "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>word",
  "<svg><set attributeName=href to=javascript:alert(1)></svg>word",
  "<a href='javascript:alert(1)'>word</a>",
  "<a href=' &#1; java\nscript:alert(1)'>word</a>",
  "<a href='&#106;avascript:alert(1)'>word</a>",
  "<a href='data:text/html,<script>alert(1)</script>'>word</a>",
  "<a href='vbscript:x' ping='https://example.org'>word</a>",
  "<a href='file:///etc/passwd'>word</a>",
  "<a href='//example.org' target=_blank>word</a>",
  "<meta http-equiv=refresh content='0;url=https://example.org'>word",
  "<base href='https://example.org/'>word",
  "<link rel=stylesheet href='https://example.org/x.css'>word",
  "<style>body{background:url(https://example.org/x)}</style>word",
  "<style>input[value^=a]{background:url(https://example.org/a)}</style>word",
  "<form action='https://example.org'><input name=a><button>word</button></form>",
  "<button formaction=javascript:alert(1)>word</button>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>word",
  "<iframe src='javascript:alert(1)'></iframe>word",
  "<object data='data:text/html,<script>alert(1)</script>'></object>word",
  "<embed src='https://example.org/x.swf'>word",
  "<math><maction actiontype=statusline xlink:href='javascript:alert(1)'>x</maction></math>word",
  "<math href='javascript:alert(1)'><mi>word</mi></math>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext>word",
  "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml>word",
  "<template><script>alert(1)</script></template>word",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>word",
  "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>word",
  "<!--><img src=x onerror=alert(1)>-->word",
  "<![CDATA[><img src=x onerror=alert(1)>]]>word",
  "<video src='https://example.org/x.mp4' poster='https://example.org/x.png'></video>word",
  "<audio src='data:audio/wav,x' onerror=alert(1)></audio>word",
  "<details ontoggle=alert(1) open>word</details>",
  "<p style='background:url(https://example.org/x)'>word</p>",
  "<p style='background:u\\72l(https://example.org/x)'>word</p>",
  "<p style='background:image-set(\"https://example.org/x\" 1x)'>word</p>",
  "<p style='width:expression(alert(1))'>word</p>",
  "<p style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:9'>word</p>",
  "<p style='margin-top:-1000px;transform:scale(100)'>word</p>",
  "<p style='color:red;behavior:url(x)'>word</p>",
  "<p id=location name=cookie class=plot>word</p>",
  "<div data-x=1 contenteditable autofocus onfocus=alert(1) tabindex=1>word</div>",
  "<table background='https://example.org/x.png'><tr><td>word</td></tr></table>",
  "<body onload=alert(1)>word</body>",
  "<isindex action=javascript:alert(1)>word",
  "word<plaintext><script>alert(1)</script>",
];

const HARMLESS =
  "table,tbody,tr,td,p,div,a,img,span,details,math,mtext,mi,b,em,code,pre,html,head,body";

/** What in a document runs, loads, covers, or is on no list. */
function dangers(html: string): string[] {
  const { document } = new JSDOM(html).window;
  return [...document.querySelectorAll("*")].flatMap((element) => {
    const wrong = [...element.attributes].filter(({ name, value }) => {
      if (name === "src") return !/^data:image\//.test(value);
      if (name === "href") return !/^(?:https:\/\/|#)/.test(value);
      if (name === "style") return /url|\(|\\|position|transform|-\d/.test(value);
      return !["alt", "open", "rel", "title"].includes(name);
    });
    const known = element.matches(HARMLESS);
    return [...known ? [] : [element.localName], ...wrong.map(({ name }) => name)];
  });
}

Deno.test("nothing of a hostile output runs, loads or covers; its words stay", async () => {
  for (const html of HOSTILE) {
    const clean = await sanitized(html);
    assert.deepEqual(dangers(clean), [], `${html} became ${clean}`);
    assert.equal(await sanitized(clean), clean, `not the same again: ${html}`);
    assert.match(clean, /word/, `${html} became ${clean}`);
  }
});

Deno.test("tables, pictures, links and colours stay as they were", async () => {
  const picture = '<img alt="bars" style="max-width:100%;background:#ffffff" ' +
    'src="data:image/svg+xml;base64,PHN2Zy8+">';
  const table = '<table style="border-collapse:collapse;font-variant-numeric:tabular-nums">' +
    '<tbody><tr><td colspan="2" style="text-align:right;padding:4px 12px;border-bottom:1px solid ' +
    'rgba(128,128,128,0.5);white-space:nowrap">−1</td></tr></tbody></table>';
  const text = '<pre style="margin:0;white-space:pre-wrap;word-break:normal;' +
    'overflow-wrap:anywhere">a &lt;b&gt;</pre>';
  for (const html of [picture, table, text]) assert.equal(await sanitized(html), html);
  assert.equal(
    await sanitized('<a href="https://example.org/a?b#c">x</a>'),
    '<a href="https://example.org/a?b#c" rel="noopener noreferrer">x</a>',
  );
});

Deno.test("what shows nothing is nothing", async () => {
  for (const html of ["", " ", "<p></p>", "<script>1</script>", '<img src="x.png">']) {
    assert.equal(await sanitized(html), "", html);
  }
});

Deno.test("hostile Markdown is as harmless as hostile HTML", async () => {
  const markdown = new MarkdownRenderer("x.ipynb", ".", true);
  for (
    const text of [
      ...HOSTILE,
      "[word](javascript:alert(1))",
      "[word](java\tscript:alert(1))",
      "[word](data:text/html;base64,PHNjcmlwdD4=)",
      "<javascript:alert(1)> word",
      "![word](javascript:alert(1))",
      "![word](https://example.org/x.png 'onerror=alert(1)')",
      '[word](https://example.org/"onclick="alert(1))',
      "[word][x]\n\n[x]: javascript:alert(1)",
      "$\\href{javascript:alert(1)}{x}$ word",
      "$\\includegraphics{https://example.org/x.png}$ word",
      '```js"onclick=alert(1)\nword\n```',
    ]
  ) {
    const html = markdown.render(text).html;
    const found = dangers(await sanitized(html)).filter((danger) => danger !== "style");
    assert.deepEqual(found, [], `${text} became ${html}`);
  }
});
