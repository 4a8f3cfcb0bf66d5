/**
 * XML as WeChat writes it: one root, flat fields, values that are text. Everything else is refused.
 *
 * Written by hand because the signature covers the raw characters of every value: the general parsers
 * tried here turn CR LF into LF, rename a field called `toString`, drop `&#0;` without a word and take
 * four times as long on the notification's path. One of them stays as the oracle of the tests.
 */

/** Field name → raw text. No prototype, so a field may be called `constructor`. */
export type Fields = Record<string, string>;

export type XmlReading = { ok: true; fields: Fields } | { ok: false; tooLarge: boolean; reason: string };

const limits = {
  bodyBytes: 64 * 1024, // WeChat's largest message, an order query with promotion details, is about 20 KB.
  fields: 200,
  valueLength: 8 * 1024, // The longest documented value is 6,000 characters.
};

/**
 * Reads a message of WeChat's into its fields, or says why it cannot be read. Never throws.
 * Values are not trimmed; CDATA and text are joined; an empty tag is an empty string; attributes,
 * comments and processing instructions are ignored. Source: WeChat Pay APIv2 "关于XML解析存在的安全问题指引".
 */
export function readXml(body: Uint8Array, options: { root?: "xml" | "root" } = {}): XmlReading {
  if (body.byteLength > limits.bodyBytes) {
    return { ok: false, tooLarge: true, reason: `the body is larger than ${limits.bodyBytes} bytes` };
  }
  try {
    return { ok: true, fields: readDocument(decodeUtf8(body), options.root ?? "xml") };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, tooLarge: false, reason: error.message };
    throw error;
  }
}

/**
 * Writes fields as `<xml><name><![CDATA[value]]></name>…</xml>`, in the order given. Undefined fields are left out.
 * Throws on what XML cannot carry (control characters, lone surrogates): that is a bug of the caller's.
 */
export function writeXml(
  fields: Record<string, string | number | undefined>,
  options: { root?: "xml" | "root" } = {},
): string {
  const root = options.root ?? "xml";
  let text = `<${root}>`;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (!wholeName.test(name) || name === "__proto__")
      throw new Error(`"${name}" cannot be the name of a field`);
    text += `<${name}>${writeValue(name, String(value))}</${name}>`;
  }
  return `${text}</${root}>`;
}

class Refusal extends Error {}

const utf8 = new TextDecoder("utf-8", { fatal: true }); // Takes a BOM off by itself.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 forbids.
const forbiddenCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]"|'1\.[0-9]')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([\w.-]+)"|'([\w.-]+)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;
const wholeName = /^[A-Za-z_][A-Za-z0-9_.$-]{0,63}$/;
const openingTag =
  /<([A-Za-z_][A-Za-z0-9_.$-]{0,63})(?:[ \t\r\n]+[^\s=<>"'/]+[ \t\r\n]*=[ \t\r\n]*(?:"[^"<]*"|'[^'<]*'))*[ \t\r\n]*(\/?)>/y;
const reference = /&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{2,4}));|&/g;
const namedReferences: Fields = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeUtf8(body: Uint8Array): string {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new Refusal("the body is not UTF-8");
  }
  if (forbiddenCharacter.test(text)) throw new Refusal("the body contains a character that XML forbids");
  // Also inside CDATA, where it would be harmless: the next program to read the message may be less careful.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Refusal("DOCTYPE and ENTITY are not accepted");
  return text;
}

function readDocument(text: string, root: string): Fields {
  let at = skipMisc(text, skipDeclaration(text));
  const opening = readOpeningTag(text, at);
  if (opening.name !== root) throw new Refusal(`the root is not <${root}>`);
  const fields: Fields = Object.create(null);
  at = opening.end;
  if (!opening.empty) at = readFields(text, at, root, fields);
  if (skipMisc(text, at) !== text.length) throw new Refusal("something follows the root");
  return fields;
}

function readFields(text: string, start: number, root: string, fields: Fields): number {
  let count = 0;
  for (let at = skipMisc(text, start); ; at = skipMisc(text, at)) {
    if (text.startsWith("</", at)) return skipClosingTag(text, at, root);
    const opening = readOpeningTag(text, at);
    if (opening.name in fields) throw new Refusal(`<${opening.name}> appears twice`);
    if (opening.name === "__proto__") throw new Refusal("__proto__ cannot be the name of a field");
    count += 1;
    if (count > limits.fields) throw new Refusal(`there are more than ${limits.fields} fields`);
    if (opening.empty) {
      fields[opening.name] = "";
      at = opening.end;
    } else {
      at = readValue(text, opening, fields);
    }
  }
}

function readValue(text: string, field: { name: string; end: number }, fields: Fields): number {
  let value = "";
  for (let at = field.end; ; ) {
    const next = text.indexOf("<", at);
    if (next === -1) throw new Refusal(`<${field.name}> is not closed`);
    if (next > at) value += decodeText(text.slice(at, next));
    if (text.startsWith("<![CDATA[", next)) {
      const end = indexOfEnd(text, "]]>", next + 9);
      value += text.slice(next + 9, end);
      at = end + 3;
    } else if (text.startsWith("</", next)) {
      if (value.length > limits.valueLength)
        throw new Refusal(`<${field.name}> is longer than ${limits.valueLength}`);
      fields[field.name] = value;
      return skipClosingTag(text, next, field.name);
    } else {
      at = skipAside(text, next);
      if (at === next) throw new Refusal(`<${field.name}> contains another element`);
    }
  }
}

function decodeText(text: string): string {
  if (text.includes("]]>")) throw new Refusal("]]> stands outside CDATA");
  if (!text.includes("&")) return text;
  let decoded = "";
  let from = 0;
  // One by one, so that the first wrong reference ends it: `replace` would find all of 65,000 before it looks at one.
  for (const found of text.matchAll(reference)) {
    decoded += text.slice(from, found.index) + decodeReference(found);
    from = found.index + found[0].length;
  }
  return decoded + text.slice(from);
}

function decodeReference([whole, decimal, hex, name]: RegExpExecArray): string {
  const named = name === undefined ? undefined : namedReferences[name];
  if (named !== undefined) return named;
  const code = decimal ? Number.parseInt(decimal, 10) : hex ? Number.parseInt(hex, 16) : -1;
  const character = code < 0 || code > 0x10ffff ? "" : String.fromCodePoint(code);
  if (character === "" || !character.isWellFormed() || forbiddenCharacter.test(character)) {
    throw new Refusal(`${whole} is not a reference that XML knows without a DOCTYPE`);
  }
  return character;
}

function skipDeclaration(text: string): number {
  const found = declaration.exec(text);
  if (!found) return 0; // A malformed one is then refused as a processing instruction called xml.
  const encoding = found[1] ?? found[2] ?? "utf-8";
  if (!/^utf-?8$/i.test(encoding)) throw new Refusal(`the encoding is ${encoding}, not UTF-8`);
  return found[0].length;
}

/** White space, comments and processing instructions between elements. */
function skipMisc(text: string, start: number): number {
  for (let at = start; ; ) {
    at = skipSpaces(text, at);
    const next = skipAside(text, at);
    if (next === at) return at;
    at = next;
  }
}

function skipSpaces(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; ) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}

function skipAside(text: string, at: number): number {
  if (text.startsWith("<!--", at)) {
    const end = indexOfEnd(text, "--", at + 4);
    if (text[end + 2] !== ">") throw new Refusal("a comment contains --");
    return end + 3;
  }
  if (text.startsWith("<?", at)) {
    if (!/^<\?[A-Za-z_]/.test(text.slice(at, at + 3)) || /^<\?xml[\s?]/i.test(text.slice(at, at + 6))) {
      throw new Refusal("a processing instruction is malformed");
    }
    return indexOfEnd(text, "?>", at + 2) + 2;
  }
  return at;
}

function readOpeningTag(text: string, at: number): { name: string; empty: boolean; end: number } {
  openingTag.lastIndex = at;
  const found = openingTag.exec(text);
  if (!found?.[1])
    throw new Refusal(
      at >= text.length
        ? "the message ends too early"
        : "there is text or a tag that a flat message does not have",
    );
  return { name: found[1], empty: found[2] === "/", end: openingTag.lastIndex };
}

function skipClosingTag(text: string, at: number, name: string): number {
  const afterName = at + 2 + name.length;
  if (!text.startsWith(name, at + 2)) throw new Refusal(`<${name}> is not closed`);
  const end = skipSpaces(text, afterName);
  if (text[end] !== ">") throw new Refusal(`<${name}> is not closed`);
  return end + 1;
}

function indexOfEnd(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  if (at === -1) throw new Refusal(`${end} is missing`);
  return at;
}

function writeValue(name: string, value: string): string {
  if (forbiddenCharacter.test(value) || !value.isWellFormed()) {
    throw new Error(`the value of ${name} contains a character that XML cannot carry`);
  }
  if (value === "") return "";
  // `<!` is split too, so that no value can look like a DOCTYPE; CR is written as a reference because parsers turn it into LF.
  const split = value
    .replaceAll("]]>", "]]]]><![CDATA[>")
    .replaceAll(/<!(?!\[CDATA\[)/g, "<]]><![CDATA[!")
    .replaceAll("\r", "]]>&#13;<![CDATA[");
  return `<![CDATA[${split}]]>`;
}
