import { expect, test } from "vitest";
import { returnAddress } from "@/lib/sandbox/web/return-address";

const referer = "https://shop.example/checkout";
const back = (redirectUrl: string | null, siteUrl: string | null = null) =>
  returnAddress({ redirectUrl, referer, siteUrl });

test("without a redirect_url it is the page the payer comes from", () => {
  expect(back(null)).toEqual({ ok: true, address: referer });
});

test("a redirect_url leads to the site's or the referring page's host and nowhere else", () => {
  expect(back("https://shop.example/orders/1?a=b#c")).toEqual({
    ok: true,
    address: "https://shop.example/orders/1?a=b#c",
  });
  expect(back("https://pay.example/", "https://pay.example")).toMatchObject({ ok: true });
  for (const elsewhere of [
    "https://evil.example/",
    "https://shop.example.evil.example/",
    "https://shop.example@evil.example/",
    "javascript:alert(1)",
    "data:text/html,hi",
    "/orders/1",
    "//evil.example",
  ]) {
    expect(back(elsewhere)).toEqual({ ok: false });
  }
});
