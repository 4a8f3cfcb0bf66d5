import { basename, dirname } from "node:path";
import { expect, test } from "vitest";
import { type Import, listSources, readImports, type Source } from "../support/imports";

const sources = listSources();
const imports = sources.filter(({ path }) => !path.startsWith("tests/")).flatMap(readImports);

type Rule = { rule: string; remedy: string; breaks: (it: Import) => boolean };

const inside = (path: string, ...folders: string[]) =>
  folders.some((folder) => path.startsWith(`${folder}/`));
const isNext = (to: string) =>
  /^(next|next-auth|next-intl|server-only|client-only|react|react-dom)(\/|$)/.test(to);

/** Which way arrows may point (design §5). Tests may import anything. */
const rules: Rule[] = [
  {
    rule: "only app and lib/auth know Next",
    remedy:
      "pass what you need as an argument (headers, cookies, texts), and call Next from app/ or lib/auth/",
    breaks: ({ from, to }) => isNext(to) && inside(from, "lib") && !inside(from, "lib/auth"),
  },
  {
    rule: "lib does not import app, scripts or tests",
    remedy: "move what both need into lib/<noun>/",
    breaks: ({ from, to }) => inside(from, "lib") && inside(to, "app", "scripts", "tests"),
  },
  {
    rule: "app does not import scripts or tests",
    remedy: "move what both need into lib/<noun>/",
    breaks: ({ from, to }) => inside(from, "app") && inside(to, "scripts", "tests"),
  },
  {
    rule: "nothing imports lib/jobs but the worker's script",
    remedy:
      "queue a job by its name in the transaction (lib/db/add-job); the verb itself belongs to its noun's folder",
    breaks: ({ from, to }) => inside(to, "lib/jobs") && !inside(from, "lib/jobs", "scripts"),
  },
  {
    rule: "nothing imports lib/sandbox but its own command",
    remedy: "talk to the sandbox over HTTP, as to WeChat",
    breaks: ({ from, to }) =>
      inside(to, "lib/sandbox") && !inside(from, "lib/sandbox") && from !== "scripts/sandbox.ts",
  },
  {
    rule: "the sandbox imports nothing of the shop but lib/wechat",
    remedy:
      "let it learn what it needs over HTTP, or write it out again: it must not share the shop's mistakes",
    breaks: ({ from, to }) =>
      inside(from, "lib/sandbox") && inside(to, "lib", "app") && !inside(to, "lib/sandbox", "lib/wechat"),
  },
  {
    rule: "lib/wechat knows no order and no table",
    remedy: "take values as arguments and return verified values; the noun's folder does the rest",
    breaks: ({ from, to }) => inside(from, "lib/wechat") && inside(to, "lib") && !inside(to, "lib/wechat"),
  },
  {
    rule: "lib/db imports no noun, but for types and tables of states",
    remedy: "move the verb into its noun's folder, or use `import type`",
    breaks: ({ from, to, isType }) =>
      inside(from, "lib/db") &&
      inside(to, "lib") &&
      !inside(to, "lib/db", "lib/environment") &&
      !/(^lib\/shop|\/state)\.ts$/.test(to) &&
      !isType,
  },
  {
    rule: "lib/environment imports nothing of the shop",
    remedy: "it is read before anything else exists: pass facts to it",
    breaks: ({ from, to, isType }) =>
      inside(from, "lib/environment") && inside(to, "lib") && !inside(to, "lib/environment") && !isType,
  },
];

test.each(rules)("$rule", ({ rule, remedy, breaks }) => {
  const broken = imports.filter(breaks).map(({ from, to }) => `${from} imports ${to}`);

  expect(broken, `${rule}. Remedy: ${remedy}`).toEqual([]);
});

type Habit = { habit: string; remedy: string; breaks: (source: Source) => boolean };

const habits: Habit[] = [
  {
    habit: "no folder gathers what has no name",
    remedy: "name the folder after its noun and the file after its verb",
    breaks: ({ path }) => /(^|\/)(utils?|helpers?|misc|common|services?|types)\//.test(path),
  },
  {
    habit: "no barrel files",
    remedy: "import the verb's own file",
    breaks: ({ path }) => /^index\.tsx?$/.test(basename(path)),
  },
  {
    habit: "file names are kebab-case",
    remedy: "rename it",
    breaks: ({ path }) => !/^[a-z0-9.-]+$/.test(basename(path)),
  },
  {
    habit: "no file is longer than 300 lines",
    remedy: "one verb a file: move a leaf out",
    breaks: ({ path, text }) => !path.startsWith("tests/") && text.split("\n").length > 301,
  },
  {
    habit: "types are not argued away",
    remedy: "parse at the edge with a schema, or narrow",
    breaks: ({ path, text }) => path !== self && /\bas any\b|@ts-(ignore|nocheck)/.test(text),
  },
  {
    habit: "nothing is left for later",
    remedy: "do it, or open an issue",
    breaks: ({ path, text }) => path !== self && /\b(TODO|FIXME|XXX)\b/.test(text),
  },
  {
    habit: "no test is skipped or singled out",
    remedy: "mend it or delete it",
    breaks: ({ path, text }) =>
      path !== self && inside(path, "tests") && /\b(test|it|describe)\.(skip|only|todo)\b/.test(text),
  },
  {
    habit: "tests lie beside nothing but tests",
    remedy: "put it below tests/, where the product's tree is mirrored",
    breaks: ({ path }) => /\.test\.tsx?$/.test(path) && dirname(path).split("/")[0] !== "tests",
  },
];

const self = "tests/unit/architecture.test.ts";

test.each(habits)("$habit", ({ habit, remedy, breaks }) => {
  const broken = sources.filter(breaks).map(({ path }) => path);

  expect(broken, `${habit}. Remedy: ${remedy}`).toEqual([]);
});
