import { expect, test } from "vitest";
import { newOAuthState, oauthCookie, readOauthCookie } from "@/lib/members/oauth-state";

const siteUrl = "https://shop.example";
const visit = (cookie: string) => new Request(`${siteUrl}/api/auth/wechat/callback`, { headers: { cookie } });

test("the state is what WeChat allows, and never the same", () => {
  const states = Array.from({ length: 100 }, newOAuthState);

  for (const state of states) expect(state).toMatch(/^[a-zA-Z0-9]{32}$/);
  expect(new Set(states).size).toBe(100);
});

test("a trip remembers where it began, for this browser and ten minutes", () => {
  const cookie = oauthCookie({ state: "abc", returnTo: "/orders/1?x=发", isSecond: false }, siteUrl);

  expect(cookie).toMatch(/; Path=\/api\/auth\/wechat; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/);
  const trip = readOauthCookie(visit(cookie.split(";")[0] ?? ""), "abc", siteUrl);
  expect([trip.stateFits, trip.isSecond]).toEqual([true, false]);
  expect(decodeURIComponent(trip.returnTo)).toBe("/orders/1?x=发");
});

test("a second trip says that it is one", () => {
  const cookie = oauthCookie({ state: "abc", returnTo: "/cart", isSecond: true }, siteUrl);

  expect(readOauthCookie(visit(cookie.split(";")[0] ?? ""), "abc", siteUrl)).toEqual({
    returnTo: "/cart",
    stateFits: true,
    isSecond: true,
  });
});

test.each([
  ["another state", "zg_oauth=abc.Lw", "abd"],
  ["no cookie", "", "abc"],
  ["an empty state", "zg_oauth=.Lw", ""],
  ["no state", "zg_oauth=abc.Lw", null],
])("%s does not fit", (_what, cookie, state) => {
  expect(readOauthCookie(visit(cookie), state, siteUrl).stateFits).toBe(false);
});

test("a cookie that somebody wrote leads to no other host", () => {
  for (const path of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
    const cookie = `zg_oauth=abc.${Buffer.from(path).toString("base64url")}`;
    expect(readOauthCookie(visit(cookie), "abc", siteUrl).returnTo).toBe("/");
  }
});

test("on plain http, as in development, the cookie is not Secure", () => {
  expect(
    oauthCookie({ state: "abc", returnTo: "/", isSecond: false }, "http://localhost:3000"),
  ).not.toContain("Secure");
});
