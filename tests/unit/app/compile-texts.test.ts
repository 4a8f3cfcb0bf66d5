import { expect, test } from "vitest";
import { compileTexts } from "@/app/i18n/compile-texts";

test("a compiled text is made of what a page can hand to the browser: plain objects and lists", () => {
  const compiled: unknown = compileTexts({ text: "{count, plural, one {# piece} other {# pieces}}" }).text;

  expect(JSON.stringify(compiled)).toContain("pieces");
  expect(prototypesIn(compiled)).toEqual(new Set([Array.prototype, Object.prototype]));
});

function prototypesIn(value: unknown): Set<unknown> {
  if (typeof value !== "object" || value === null) return new Set();
  return new Set([
    Object.getPrototypeOf(value),
    ...Object.values(value).flatMap((one) => [...prototypesIn(one)]),
  ]);
}
