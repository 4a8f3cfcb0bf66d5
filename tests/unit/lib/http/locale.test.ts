import { expect, test } from "vitest";
import { chooseLocale, localeOf, readCookie } from "@/lib/http/locale";

test.each([
  [undefined, undefined, "zh-CN"],
  [undefined, "", "zh-CN"],
  [undefined, "fr", "zh-CN"],
  [undefined, "en", "en"],
  [undefined, "en-GB,en;q=0.9", "en"],
  [undefined, "zh-TW,en;q=0.9", "zh-CN"],
  [undefined, "en;q=0.5, zh;q=0.9", "zh-CN"],
  [undefined, "fr, en;q=0.2", "en"],
  [undefined, "en;q=0", "zh-CN"],
  [undefined, "*", "zh-CN"],
  ["en", "zh-CN", "en"],
  ["zh-CN", "en", "zh-CN"],
  ["xx", "en", "en"],
] as const)("cookie %s, Accept-Language %s: %s", (cookie, acceptLanguage, expected) => {
  expect(chooseLocale(cookie, acceptLanguage)).toBe(expected);
});

test("a cookie is read by its whole name, with = in its value", () => {
  const request = new Request("http://shop.test", { headers: { cookie: "a_zg=1; zg=x=y; zg_locale=en" } });

  expect(readCookie(request, "zg")).toBe("x=y");
  expect(readCookie(request, "g")).toBeNull();
  expect(localeOf(request)).toBe("en");
});
