/** What strangers, scanners and broken senders post to the callbacks: refused with a reason, quickly, and nothing else happens. */
import { describe, expect, test } from "vitest";
import { readXml } from "@/lib/wechat/xml";

const wrap = (inner: string) => `<xml>${inner}</xml>`;
const many = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join("");

const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${many(9, (index) => `<!ENTITY lol${index + 1} "${`&lol${index || ""};`.repeat(10)}">`)}]><xml><a>&lol9;</a></xml>`;
const tencentProbe =
  '<!DOCTYPE foo [<!ENTITY xxe SYSTEM "http://tst.qq.com/xxe_inject/463103c2ee4067e1c4f5318440dc245d">]><foo><value>&xxe;</value></foo>';

const refused: [string, string | Uint8Array, RegExp][] = [
  ["WeChat's own probe for external entities", tencentProbe, /DOCTYPE/],
  [
    "an external file",
    '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><a>&f;</a></xml>',
    /DOCTYPE/,
  ],
  [
    "a parameter entity",
    '<!DOCTYPE xml [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><xml></xml>',
    /DOCTYPE/,
  ],
  ["a billion laughs", laughs, /DOCTYPE/],
  [
    "a quadratic blow-up",
    `<!DOCTYPE x [<!ENTITY a "${"a".repeat(30_000)}">]>${wrap(`<a>${"&a;".repeat(5_000)}</a>`)}`,
    /DOCTYPE/,
  ],
  ["a DOCTYPE in small letters", "<!doctype xml><xml></xml>", /DOCTYPE/],
  ["a DOCTYPE behind a comment", "<!-- --><!DOCTYPE xml><xml></xml>", /DOCTYPE/],
  ["a DOCTYPE inside CDATA", wrap("<a><![CDATA[<!DOCTYPE x>]]></a>"), /DOCTYPE/],
  ["an ENTITY without a DOCTYPE", wrap('<!ENTITY a "b">'), /DOCTYPE and ENTITY/],
  ["another markup declaration", wrap("<!ELEMENT a ANY>"), /flat message/],
  ["UTF-16 spelled DOCTYPE", utf16("<!DOCTYPE xml><xml></xml>", true), /UTF-8/],
  ["UTF-16 with a BOM", utf16(wrap("<a>1</a>"), true), /UTF-8/],
  ["UTF-16 without a BOM", utf16(wrap("<a>1</a>"), false), /forbids/],
  [
    "GBK",
    Buffer.from([
      0x3c, 0x78, 0x6d, 0x6c, 0x3e, 0x3c, 0x61, 0x3e, 0xd5, 0xc6, 0xb9, 0xf1, 0x3c, 0x2f, 0x61, 0x3e, 0x3c,
      0x2f, 0x78, 0x6d, 0x6c, 0x3e,
    ]),
    /UTF-8/,
  ],
  ["GBK by declaration", '<?xml version="1.0" encoding="GBK"?><xml></xml>', /GBK/],
  ["UTF-16 by declaration", "<?xml version='1.0' encoding='UTF-16'?><xml></xml>", /UTF-16/],
  [
    "a lone surrogate in bytes",
    Buffer.concat([Buffer.from("<xml><a>"), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from("</a></xml>")]),
    /UTF-8/,
  ],
  [
    "an overlong slash",
    Buffer.concat([Buffer.from("<xml><a>"), Buffer.from([0xc0, 0xaf]), Buffer.from("</a></xml>")]),
    /UTF-8/,
  ],
  ["a lone surrogate by number", wrap("<a>&#xD800;</a>"), /reference/],
  ["NUL", wrap("<a>\u0000</a>"), /forbids/],
  ["NUL by number", wrap("<a>&#0;</a>"), /reference/],
  ["a control character by number", wrap("<a>&#x8;</a>"), /reference/],
  ["a character beyond Unicode", wrap("<a>&#x110000;</a>"), /reference/],
  ["an entity of HTML", wrap("<a>&nbsp;</a>"), /reference/],
  ["an entity nobody defined", wrap("<a>&xxe;</a>"), /reference/],
  ["a property of every object as an entity", wrap("<a>&constructor;</a>"), /reference/],
  ["a bare ampersand", wrap("<a>a & b</a>"), /reference/],
  ["nothing", "", /too early/],
  ["only a BOM", "\ufeff", /too early/],
  ["white space", " \r\n\t ", /too early/],
  ["text", "success", /flat message/],
  ["JSON", '{"xml":{"a":"1"}}', /flat message/],
  ["a form", "xml=%3Cxml%3E", /flat message/],
  ["an HTML page", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", /DOCTYPE/],
  ["an HTML page without a DOCTYPE", "<html><body>hello</body></html>", /root is not <xml>/],
  ["another root", "<XML></XML>", /root is not <xml>/],
  ["a refund's inner root", "<root></root>", /root is not <xml>/],
  ["two roots", "<xml></xml><xml></xml>", /follows the root/],
  ["text before the root", `x${wrap("")}`, /flat message/],
  ["text after the root", `${wrap("")}x`, /follows the root/],
  ["CDATA around everything", "<![CDATA[<xml></xml>]]>", /flat message/],
  ["text between fields", wrap("<a>1</a>x<b>2</b>"), /flat message/],
  ["CDATA between fields", wrap("<a>1</a><![CDATA[x]]>"), /flat message/],
  ["a field twice", wrap("<total_fee>1</total_fee><total_fee>8800</total_fee>"), /twice/],
  ["a field twice, once empty", wrap("<sign/><sign>x</sign>"), /twice/],
  ["a nested element", wrap("<a><b>1</b></a>"), /another element/],
  ["a nested element behind text", wrap("<a>1<b/></a>"), /another element/],
  ["a thousand levels", wrap(`${"<a>".repeat(1000)}1${"</a>".repeat(1000)}`), /another element/],
  ["ten thousand unclosed levels", "<xml>".repeat(10_000), /another element/],
  ["__proto__", wrap("<__proto__>1</__proto__>"), /__proto__/],
  ["a name that begins with a digit", wrap("<1a>1</1a>"), /flat message/],
  ["a name with a colon", wrap("<a:b>1</a:b>"), /flat message/],
  ["a Chinese name", wrap("<金额>1</金额>"), /flat message/],
  ["a name of 65 characters", wrap(`<${"a".repeat(65)}>1</${"a".repeat(65)}>`), /flat message/],
  ["an empty name", wrap("<>1</>"), /flat message/],
  ["blanks before a name", wrap("< a>1</a>"), /flat message/],
  ["201 fields", wrap(many(201, (index) => `<a${index}>1</a${index}>`)), /more than 200/],
  ["four thousand fields", wrap(many(4_000, (index) => `<a${index}/>`)), /more than 200/],
  ["ten thousand fields", wrap(many(10_000, (index) => `<a${index}>1</a${index}>`)), /larger than/],
  ["a value over 8 KB", wrap(`<a>${"a".repeat(8 * 1024 + 1)}</a>`), /longer than/],
  ["a value over 8 KB in CDATA", wrap(`<a><![CDATA[${"a".repeat(8 * 1024 + 1)}]]></a>`), /longer than/],
  ["an unclosed field", "<xml><a>1", /not closed/],
  ["an unclosed root", "<xml><a>1</a>", /too early/],
  ["an unclosed tag", "<xml><a", /flat message/],
  ["unclosed CDATA", "<xml><a><![CDATA[1</a></xml>", /missing/],
  ["an unclosed comment", "<xml><!-- </xml>", /missing/],
  ["an unclosed instruction", "<xml><?x </xml>", /missing/],
  ["the wrong closing tag", wrap("<a>1</b>"), /not closed/],
  ["a closing tag that only begins alike", wrap("<a>1</ab>"), /not closed/],
  ["a closing tag with an attribute", wrap("<a>1</a x='1'>"), /not closed/],
  ["the end of CDATA in plain text", wrap("<a>]]></a>"), /outside CDATA/],
  ["CDATA in small letters", wrap("<a><![cdata[1]]></a>"), /another element/],
  ["an attribute without a value", wrap("<a x>1</a>"), /flat message/],
  ["an attribute without quotes", wrap("<a x=1>1</a>"), /flat message/],
  ["an attribute whose quote never ends", wrap("<a x='1>1</a>"), /flat message/],
  ["an attribute that hides a tag", wrap("<a x='</a><b>'>1</a>"), /flat message/],
  ["sixty thousand blanks in a tag", `<xml${" ".repeat(60_000)}`, /flat message/],
  ["many attributes that never end", `<xml${" a='1'".repeat(10_000)}`, /flat message/],
  ["a comment with two dashes", wrap("<!-- a -- b -->"), /comment/],
  ["a declaration that is not first", ` <?xml version="1.0"?>${wrap("")}`, /processing instruction/],
  ["a declaration inside", wrap('<?xml version="1.0"?>'), /processing instruction/],
  ["a declaration without a version", `<?xml encoding="UTF-8"?>${wrap("")}`, /processing instruction/],
  ["an instruction without a name", wrap("<? ?>"), /processing instruction/],
];

const legal: [string, string, Record<string, string>][] = [
  ["a BOM", `\ufeff${wrap("<a>1</a>")}`, { a: "1" }],
  ["a declaration", `<?xml version="1.0" encoding="utf-8"?>\n${wrap("<a>1</a>")}`, { a: "1" }],
  [
    "a declaration in single quotes",
    `<?xml version='1.0' encoding='UTF8' standalone='yes' ?>${wrap("")}`,
    {},
  ],
  ["white space between fields", "\n<xml>\r\n\t<a>1</a>\n <b>2</b>\n</xml>\n", { a: "1", b: "2" }],
  ["an empty message", "<xml/>", {}],
  ["empty fields", wrap("<a></a><b/><c />"), { a: "", b: "", c: "" }],
  ["CDATA and text, joined", wrap("<a>x<![CDATA[<y>&amp;]]>z</a>"), { a: "x<y>&amp;z" }],
  ["text that is not trimmed", wrap("<a> 1 </a><b>\n</b>"), { a: " 1 ", b: "\n" }],
  ["line ends as they were", wrap("<a>1\r\n2\r3</a>"), { a: "1\r\n2\r3" }],
  ["entities, decoded once", wrap("<a>&amp;lt;&#20013;&#x6587;&quot;&apos;&gt;</a>"), { a: "&lt;中文\"'>" }],
  [
    "comments and instructions, which mean nothing",
    wrap("<!-- c --><a>8<!-- 1 -->8<?x y?>00</a><?z ?>"),
    { a: "8800" },
  ],
  ["attributes, which mean nothing", `<xml version="1"><a x='>' y="/>">1</a></xml>`, { a: "1" }],
  [
    "names that every object has",
    wrap("<constructor>1</constructor><toString>2</toString><hasOwnProperty>3</hasOwnProperty>"),
    {
      constructor: "1",
      toString: "2",
      hasOwnProperty: "3",
    },
  ],
  [
    "a name of 64 characters and 200 fields",
    wrap(many(200, (index) => `<${`a${index}`.padEnd(64, "x")}/>`)),
    Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`a${index}`.padEnd(64, "x"), ""])),
  ],
  ["a value of 8 KB", wrap(`<a>${"a".repeat(8 * 1024)}</a>`), { a: "a".repeat(8 * 1024) }],
  ["emoji", wrap("<a>😀</a>"), { a: "😀" }],
];

describe("hostile and broken messages", () => {
  test.each(refused)("%s is refused", (_name, body, reason) => {
    const reading = readXml(bytesOf(body));

    expect(reading).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });

  test("every one of them, and 50 MB, is refused within 50 ms", () => {
    const bodies: [string, Uint8Array][] = refused.map(([name, body]) => [name, bytesOf(body)]);
    bodies.push(
      ["50 MB", Buffer.alloc(50 * 1024 * 1024, "<a>")],
      ["64 KB of <", Buffer.alloc(64 * 1024, "<")],
      ["64 KB of &", Buffer.from(wrap(`<a>${"&".repeat(65_000)}</a>`))],
    );
    // The best of five, so that a busy machine cannot fail it: the slowest of them takes about one millisecond.
    const slow = bodies
      .map(
        ([name, body]) =>
          [name, Math.min(...Array.from({ length: 5 }, () => millisecondsFor(body)))] as const,
      )
      .filter(([, ms]) => ms >= 50);

    expect(slow).toEqual([]);
  });

  test("what is over 64 KB is refused as too large before anything is read, what is not is not", () => {
    const spaces = (bytes: number) => Buffer.from(`<xml>${" ".repeat(bytes - 11)}</xml>`);

    expect(readXml(spaces(64 * 1024))).toMatchObject({ ok: true });
    expect(readXml(spaces(64 * 1024 + 1))).toMatchObject({ ok: false, tooLarge: true });
    expect(readXml(Buffer.from(wrap("<a>&x;</a>")))).toMatchObject({ ok: false, tooLarge: false });
  });

  test("nothing leaks into other objects", () => {
    readXml(Buffer.from(wrap("<__proto__>1</__proto__>")));
    const reading = readXml(Buffer.from(wrap("<constructor>1</constructor>")));

    expect(reading.ok && Object.getPrototypeOf(reading.fields)).toBeNull();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("unusual messages that are XML all the same", () => {
  test.each(legal)("%s", (_name, xml, fields) => {
    const reading = readXml(Buffer.from(xml));

    expect(reading.ok && Object.entries(reading.fields)).toEqual(Object.entries(fields));
  });

  test("a refund's inner message has another root", () => {
    expect(readXml(Buffer.from("<root><a>1</a></root>"), { root: "root" })).toMatchObject({ ok: true });
    expect(readXml(Buffer.from("<xml><a>1</a></xml>"), { root: "root" })).toMatchObject({ ok: false });
  });
});

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === "string" ? Buffer.from(body) : body;
}

function utf16(text: string, withBom: boolean): Uint8Array {
  return Buffer.from(withBom ? `\ufeff${text}` : text, "utf16le");
}

function millisecondsFor(body: Uint8Array): number {
  const start = performance.now();
  readXml(body);
  return performance.now() - start;
}
