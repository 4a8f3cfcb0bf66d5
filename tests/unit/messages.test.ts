import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exportedLists } from "@/lib/exports/lists";
import { problemStatus } from "@/lib/http/app-error";
import { locales } from "@/lib/http/locale";

const catalogues = [
  "common",
  "shop",
  "cart",
  "addresses",
  "me",
  "desk",
  "home",
  "lists",
  "order",
  "products",
  "members",
  "staff",
  "audit",
  "setup",
  "exports",
  "alarms",
  "problems",
  "evidence",
] as const;

/** Every text of a language by its whole key: `shop.pay.title`. */
function textsOf(locale: string): Map<string, string> {
  const files = catalogues.map((name) => `messages/${locale}/${name}.json`);
  const present = files.filter((file) => existsSync(file));
  return new Map(present.flatMap((file) => flatten(JSON.parse(readFileSync(file, "utf8")), nameOf(file))));
}

function flatten(value: unknown, key: string): [string, string][] {
  if (typeof value === "string") return [[key, value]];
  return Object.entries(value as object).flatMap(([name, inner]) => flatten(inner, `${key}.${name}`));
}

function nameOf(file: string): string {
  return file.split("/").at(-1)?.replace(".json", "") ?? "";
}

const chinese = textsOf("zh-CN");
const english = textsOf("en");
const sources = globSync("app/**/*.{ts,tsx}").map((file) => ({
  file,
  code: withoutComments(readFileSync(file, "utf8")),
}));

describe("both languages", () => {
  test("have the same texts, and none is empty", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
    expect([...chinese, ...english].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test("take the same arguments in each text", () => {
    const argumentsOf = (text = "") =>
      [
        ...new Set([...text.matchAll(/(?<!\b(?:one|other|=\d) )\{(\w+)[,}]/g)].map(([, name]) => name)),
      ].sort();
    const differing = [...chinese].filter(
      ([key, text]) => `${argumentsOf(text)}` !== `${argumentsOf(english.get(key))}`,
    );

    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test("Chinese texts are set in full-width punctuation", () => {
    const halfWidth = [...chinese].filter(([, text]) =>
      /[\u4e00-\u9fff][,;:!?]|[,;!?][\u4e00-\u9fff]/.test(text),
    );

    expect(halfWidth.map(([key]) => key)).toEqual([]);
  });

  test.each(locales)("every problem has its words in %s", (locale) => {
    const texts = textsOf(locale);

    expect(Object.keys(problemStatus).filter((code) => !texts.has(`problems.${code}`))).toEqual([]);
  });
});

/** One place that asks for a text, and the whole keys that it may mean. */
type Use = { file: string; means: string[] };

/**
 * How the app names its texts: `const t = await getTranslations("shop.pay")`, then `t("title")` or t(`ways.${way}`).
 * A key with a hole in it stands for everything that fits; a name that a file gives to two translators, for either.
 */
function usesOf({ file, code }: { file: string; code: string }): Use[] {
  const direct = [...code.matchAll(/\(await getTranslations\("([\w.]+)"\)\)\("([\w.]+)"/g)];
  const spaces = new Map<string, Set<string>>();
  for (const [, name = "", space] of code.matchAll(
    /(\w+) = (?:await )?(?:getTranslations|useTranslations)(?:<[^>]*>)?\((?:"([\w.]+)")?\)/g,
  ))
    spaces.set(name, (spaces.get(name) ?? new Set()).add(space ? `${space}.` : ""));
  const called = [...spaces].flatMap(([name, prefixes]) =>
    [...code.matchAll(new RegExp(`\\b${name}(?:\\.(?:rich|markup|raw|has))?\\(`, "g"))]
      .flatMap((call) => keysAt(code, call.index + call[0].length))
      .map((key) => ({ file, means: [...prefixes].map((prefix) => prefix + key) })),
  );
  return [...direct.map(([, space, key]) => ({ file, means: [`${space}.${key}`] })), ...called];
}

/** The keys in a call's first argument: a literal, a template, either of two, or a variable that may be any. */
function keysAt(code: string, from: number): string[] {
  const argument = firstArgument(code, from);
  const literals = [...argument.matchAll(/(?<![!=]== )(?:"([\w.]+)"|`([^`]*)`)/g)].map(
    ([, plain, template]) => plain ?? template ?? "",
  );
  if (literals.length === 0) return ["*"];
  return literals.map((literal) => literal.replace(/\$\{[^}]*\}/g, "*"));
}

function firstArgument(code: string, from: number): string {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    const sign = code[at] ?? "";
    if ("([{".includes(sign)) depth++;
    if (")]}".includes(sign) && depth-- === 0) return code.slice(from, at);
    if (sign === "," && depth === 0) return code.slice(from, at);
  }
  return code.slice(from);
}

/** A file for a spreadsheet is written without a request: its words are read from the catalogue, its columns by name. */
const inFiles: Use[] = [
  ...globSync("lib/exports/**/*.ts").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\bwords\.((?:\w+\.)*\w+)(\[)?/g)].map(([, path, hole]) => ({
      file,
      means: [hole ? `${path}.*` : `${path}`],
    })),
  ),
  ...Object.entries(exportedLists).flatMap(([list, { columns }]) =>
    columns.map((column) => ({
      file: `lib/exports/lists/${list}`,
      means: [`exports.columns.${list}.${column}`],
    })),
  ),
];

const uses = [...sources.flatMap(usesOf), ...inFiles];
const fits = (pattern: string) =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "[\\w.-]+")}$`);

describe("the catalogue and the app", () => {
  test("every text that the app asks for is there", () => {
    const keys = [...chinese.keys()];
    const missing = uses.filter(
      ({ means }) => !means.some((key) => keys.some((known) => fits(key).test(known))),
    );

    expect(missing.map(({ file, means }) => `${means.join(" or ")} in ${file}`)).toEqual([]);
  });

  test("every text is asked for somewhere", () => {
    const patterns = [...new Set(uses.flatMap(({ means }) => means))].filter((key) => key !== "*").map(fits);
    const unused = [...chinese.keys()].filter(
      (key) => !/^(problems|evidence)\./.test(key) && !patterns.some((pattern) => pattern.test(key)),
    );

    expect(unused).toEqual([]);
  });

  test("no page has words of its own", () => {
    const found = sources.flatMap(({ file, code }) => ownWords(code).map((words) => `${file}: ${words}`));

    expect(found).toEqual([]);
  });
});

/** Chinese anywhere in code, and letters where JSX shows them: between tags and in the attributes people read. */
function ownWords(code: string): string[] {
  const han = code.match(/[\u3400-\u9fff\uff00-\uffef][^"'`<\n]*/g) ?? [];
  const between = [
    ...code.matchAll(
      /<\/?[A-Za-z][^<>]*(?<!=)>\s*([A-Za-z][^<>{}()=;]*[A-Za-z][^<>{}()=;]*)\s*<\/?[A-Za-z]/g,
    ),
  ].map(([, text]) => text);
  const attributes = [
    ...code.matchAll(/\b(?:aria-label|alt|title|placeholder|label)="([^"]*[A-Za-z]{2,}[^"]*)"/g),
  ].map(([, text]) => text);
  // A literal that begins like a sentence, in an expression, a condition or a field; what is thrown or logged is nobody's to read.
  const prose = [
    ...code.matchAll(
      /(?<!(?:Error|log\.\w+)\([^;]*)["'`]([A-Z][a-z]+(?:[ ,][^"'`\n]*[a-z]|…)[^"'`\n]*)["'`]/g,
    ),
    ...code.matchAll(/[{?:]\s*["'`]([A-Z][a-z]{2,})["'`]\s*[}:]/g),
  ].map(([, text]) => text);
  return [...han, ...between, ...attributes, ...prose].map((text) => text?.trim() ?? "");
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/[^\n]*/g, "$1");
}
