import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { expect, test } from "vitest";

const sheets: { file: string; rules: string }[] = [];
for await (const file of glob("app/**/*.css"))
  sheets.push({ file, rules: readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "") });
const tokens = "app/ui/tokens.css";

/** Each place of the sheets that a pattern finds, as "file: what". */
const found = (pattern: RegExp, of: (file: string) => boolean = () => true) =>
  sheets.flatMap(({ file, rules }) =>
    of(file) ? [...rules.matchAll(pattern)].map(([what]) => `${file}: ${what.trim()}`) : [],
  );

test("there are style sheets to look at", () => {
  expect(sheets.length).toBeGreaterThan(20);
  expect(found(/--zg-text-m:/g)).toHaveLength(1);
});

test("text has no size but those of the one scale", () => {
  const sizes = found(/font-size:(?!\s*(?:var\(--zg-text-|inherit))[^;]+/g);

  expect(sizes).toEqual([`${tokens}: font-size: 0.94em`]); // Numbers to copy, beside text of any size.
});

test("a colour is a token's, except a shadow's black and what is printed", () => {
  const [screen = ""] = readFileSync("app/dashboard/desk.css", "utf8").split("@media print");

  expect(found(/#[0-9a-f]{3,8}\b/gi, (file) => file !== tokens && file !== "app/dashboard/desk.css")).toEqual(
    [],
  );
  expect(screen).not.toMatch(/#[0-9a-f]{3,8}\b/i);
  expect(found(/\b(?:rgb|hsl|oklch)a?\((?!0 0 0 \/)[^)]*\)/g)).toEqual([]);
});

test("money's green is used where money has come in, and nowhere else", () => {
  const users = found(/[^{};]*\{[^{}]*--zg-money[^{}]*\}/g, (file) => file !== tokens);

  expect(users.map((user) => user.replace(/\s*\{[\s\S]*/, "")).sort()).toEqual(
    [
      "app/(shop)/amounts.module.css: .received", // What was paid, under the sum.
      "app/(shop)/orders/[orderNo]/order.module.css: .received",
      'app/ui/order-status.module.css: .mark[data-status="paid"]',
      "app/dashboard/desk.css: @theme inline",
    ].sort(),
  );
});

test("no Chinese is slanted", () => {
  expect(found(/font-style:\s*(?:italic|oblique)/g)).toEqual([]);
});
