import fc from "fast-check";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { readXml, writeXml } from "@/lib/wechat/xml";

const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.$-]{0,20}$/).filter((name) => name !== "__proto__");
const pieces = fc.constantFrom(
  "]]>",
  "]]",
  "]",
  ">",
  "<![CDATA[",
  "<!DOCTYPE x>",
  "<!entity",
  "<",
  "&",
  "&amp;",
  "&#65;",
  "\r\n",
  "\r",
  "\n",
  "\t",
  " ",
  "😀",
  "掌柜",
  "</xml>",
  "<!--",
  "-->",
  "<?xml?>",
);
const xmlText = fc
  .string({ unit: "binary", maxLength: 20 })
  .map((text) => text.replace(/\p{Cc}|[\ufffe\uffff]/gu, "?").toWellFormed());
const values = fc.array(fc.oneof(pieces, xmlText), { maxLength: 8 }).map((parts) => parts.join(""));
const maps = fc.dictionary(names, values, { maxKeys: 20 });

describe("the XML writer and reader", () => {
  test("whatever text is written reads back, character for character", () => {
    fc.assert(
      fc.property(maps, fc.constantFrom<"xml" | "root">("xml", "root"), (fields, root) => {
        expect(fieldsIn(writeXml(fields, { root }), root)).toEqual({ ...fields });
      }),
      { numRuns: 1000 },
    );
  });

  test("a general parser reads the same fields from what we write", () => {
    const options = {
      parseTagValue: false,
      trimValues: false,
      htmlEntities: true,
      onDangerousProperty: (name: string) => name,
    };
    const parser = new XMLParser(options);
    fc.assert(
      fc.property(
        fc.dictionary(
          names.filter((name) => !["constructor", "prototype"].includes(name)),
          values,
          { minKeys: 1 },
        ),
        (fields) => {
          expect({ ...parser.parse(writeXml(fields)).xml }).toEqual({ ...fields });
        },
      ),
    );
  });

  test("whatever bytes come, reading answers and never throws", () => {
    const fragments = fc.constantFrom(
      "<xml>",
      "</xml>",
      "<a>",
      "</a>",
      "<a/>",
      "<b x='1'>",
      "</b>",
      "<![CDATA[",
      "]]>",
      "<!--",
      "-->",
      "<?x",
      "?>",
      "&lt;",
      "&",
      "1",
      " ",
      "<!DOCTYPE",
      "<",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(fragments).map((parts) => Buffer.from(parts.join(""))),
        ),
        (body) => {
          const reading = readXml(body);
          expect(reading.ok || reading.reason).toBeTruthy();
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("what our reader accepts of random markup, a general parser reads alike", () => {
    const parser = new XMLParser({
      parseTagValue: false,
      trimValues: false,
      htmlEntities: true,
      ignoreDeclaration: true,
      ignorePiTags: true,
    });
    const fragments = fc.constantFrom(
      "<a>",
      "</a>",
      "<a/>",
      "<b x='1'>",
      "</b>",
      "<c >",
      "</c >",
      "<![CDATA[<x>&amp;]]>",
      "<!-- c -->",
      "<?pi ?>",
      "&lt;",
      "&#20013;",
      "&#x1F600;",
      "1",
      " ",
      "text",
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 12 }), (parts) => {
        const xml = `<xml><first/>${parts.join("")}</xml>`; // Without a field the parser answers no object.
        const reading = readXml(Buffer.from(xml));
        if (!reading.ok) return;
        accepted += 1;
        const { "#text": between = "", ...fields } = Object(parser.parse(xml).xml);
        expect({ ...reading.fields }).toEqual(fields);
        expect(String(between).trim()).toBe("");
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test("numbers stay text: leading zeros, 28 digits, exponents", () => {
    expect(fieldsIn("<xml><a>0100</a><b>4200000000202604010000000001</b><c>605261e6</c></xml>")).toEqual({
      a: "0100",
      b: "4200000000202604010000000001",
      c: "605261e6",
    });
  });

  test("numbers are written, undefined is left out, an empty value is an empty tag", () => {
    expect(writeXml({ total_fee: 8800, attach: undefined, detail: "" })).toBe(
      "<xml><total_fee><![CDATA[8800]]></total_fee><detail></detail></xml>",
    );
  });

  test.each(["\u0000", "a\u0008", "\ud800", "\uffff"])(
    "what XML cannot carry is not written: %j",
    (value) => {
      expect(() => writeXml({ a: value })).toThrow("XML cannot carry");
    },
  );

  test.each(["", "1a", "a b", "a>", "__proto__", "a".repeat(65), "金额"])(
    "%j is no name for a field",
    (name) => {
      expect(() => writeXml(Object.fromEntries([[name, "1"]]))).toThrow("name of a field");
    },
  );

  test("a written value never looks like a DOCTYPE, not even inside CDATA", () => {
    expect(writeXml({ a: "<!DOCTYPE x><!ENTITY y>" })).not.toMatch(/<!(DOCTYPE|ENTITY)/);
  });
});

function fieldsIn(xml: string, root?: "xml" | "root"): Record<string, string> {
  const reading = readXml(Buffer.from(xml), { root });
  if (!reading.ok) throw new Error(reading.reason);
  return { ...reading.fields };
}
